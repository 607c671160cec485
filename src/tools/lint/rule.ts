import type { PolicyFile } from "../../policy/compile.ts";
import type { Finding } from "../../policy/finding.ts";
import { placeInRow, type Row } from "../../policy/row.ts";
import type { Severity } from "../findings/finding.ts";
import type { FrontEndFile } from "../front-end/front-end-file.ts";
import type { Service } from "../service/service.ts";
import type { GroupSettings, Setting } from "./groups-file.ts";

type Category = "shape" | "values" | "references" | "structure" | "service";

/** The input of a rule. Rules are pure functions of it. */
export interface LintSubject {
  /** The rows that parsed, in canonical order. */
  readonly rows: readonly Row[];
  /** The text of the policy files, for rules about spelling that a parsed row does not show. */
  readonly files: readonly PolicyFile[];
  /** What serverless.yml deploys, as the framework resolves it; undefined if it was not read. */
  readonly service: Service | undefined;
  /** The contents of `groups.yaml`; undefined if there is none. */
  readonly groupSettings?: readonly GroupSettings[] | undefined;
  /** The contents of `front-end.yaml`; undefined if there is none. */
  readonly frontEnd?: FrontEndFile | undefined;
  /** The claims that policy tests name; undefined if these were not read. */
  readonly testedClaims?: (() => ReadonlySet<string>) | undefined;
  /** As `2026-05-26`; undefined if findings about dates do not matter. */
  readonly today?: string | undefined;
  /** The rules whose findings a comment above a row can switch off. */
  readonly ruleIds?: ReadonlySet<string>;
  /** Set where suggestions are not shown: looking for them is most of the work. */
  readonly withoutSuggestions?: boolean;
}

/** One problem that a rule found; the runner adds the rule's id and severity. */
export interface Problem extends Omit<Finding, "rule"> {
  /** What it says is missing: permissions, routes, subjects. Required from a rule that needs every row. */
  readonly names?: readonly string[];
  /** The authorizer that it is about, unless it is one of claimgate: `lint.json` may name it. */
  readonly authorizer?: string | undefined;
}

/**
 * One lint rule: one file in src/tools/lint/rules, or in rules/service if it finds nothing without serverless.yml; one
 * test, one page in docs/rules. A miss is acceptable where the page says so; a finding on a correct policy is a defect.
 */
export interface Rule {
  /** Kebab-case, stable; the name of its page. A template check or comparison of the same danger has the same. */
  readonly id: string;
  /** `service` for those in rules/service, and for no others. */
  readonly category: Category;
  readonly severity: Severity;
  /** One line: what it finds. */
  readonly summary: string;
  /**
   * Set if the rule concludes something from what is *not* in the policy. If a line that does not parse contains one
   * of the finding's names, the finding is left out: it would only repeat that the row is missing.
   */
  readonly needsEveryRow?: true;
  /** Set if it judges authorizers one by one, so that `lint.json` may name one. */
  readonly ofAuthorizers?: true;
  readonly check: (subject: LintSubject) => Iterable<Problem>;
}

/** The place of a character in a row's field: 0 is the first field after the row type. */
export function atField(row: Row, field: number, offset = 0): Pick<Problem, "file" | "line" | "column"> {
  return placeInRow(row, field, offset);
}

/** A place in `groups.yaml`. */
export function atSetting({ file, line, column }: Setting): Pick<Problem, "file" | "line" | "column"> {
  return { file, line, column };
}
