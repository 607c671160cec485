import type { PolicyFile } from "../../policy/compile.ts";
import type { Suggestion } from "../../policy/finding.ts";
import type { Row } from "../../policy/row.ts";
import type { Severity } from "../findings/finding.ts";
import type { Service } from "../service/service.ts";
import type { GroupSettings, Setting } from "./groups-file.ts";

type Category = "shape" | "values" | "references" | "structure" | "service";

/** What a rule looks at. Rules are pure functions of it. */
export interface LintSubject {
  /** The rows that parsed, in canonical order. */
  readonly rows: readonly Row[];
  /** The text of the policy files, for rules about spelling that a row does not show. */
  readonly files: readonly PolicyFile[];
  /** What serverless.yml deploys, as the framework resolves it; undefined where nobody looked. */
  readonly service: Service | undefined;
  /** What `groups.yaml` says; undefined where there is none. */
  readonly groupSettings?: readonly GroupSettings[] | undefined;
  /** As `2026-05-26`; undefined where what is said of days does not matter. */
  readonly today?: string | undefined;
  /** The rules whose findings a comment above a row can switch off. */
  readonly ruleIds?: ReadonlySet<string>;
  /** Set where nobody reads what was probably meant: looking for it is most of the work. */
  readonly withoutSuggestions?: boolean;
}

/** One thing that a rule found; the rule's id and severity are added by whoever runs it. */
export interface Problem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  readonly message: string;
  readonly fix?: string;
  readonly suggestions?: readonly Suggestion[];
  readonly guide?: string;
  /** What it says is missing: permissions, routes, subjects. Required of a rule that needs every row. */
  readonly names?: readonly string[];
}

/**
 * One lint rule: one file in src/tools/lint/rules, one test, one page in docs/rules. A miss is acceptable where
 * the page says so; a finding on a correct policy is a defect.
 */
export interface Rule {
  /** Kebab-case, stable; the name of its page. A template check or comparison of the same danger has the same. */
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  /** One line: what it finds. */
  readonly summary: string;
  /**
   * Set where the rule concludes from what is *not* in the policy. Where a line that does not parse has one of the
   * names of the finding, the finding is left out: it would only repeat that the row is missing.
   */
  readonly needsEveryRow?: true;
  readonly check: (subject: LintSubject) => Iterable<Problem>;
}

/** Where the field of a row stands: 0 is the first field after the row type. */
export function atField(row: Row, field: number): Pick<Problem, "file" | "line" | "column"> {
  return { file: row.file, line: row.line, column: row.columns[field] ?? 1 };
}

/** Where something of `groups.yaml` stands. */
export function atSetting({ file, line, column }: Setting): Pick<Problem, "file" | "line" | "column"> {
  return { file, line, column };
}
