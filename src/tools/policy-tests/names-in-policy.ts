import { covers, isPermission, isPermissionPattern } from "../../policy/permission.ts";
import type { Policy } from "../../policy/policy.ts";
import { describeRow } from "../../policy/row-description.ts";
import type { Subject } from "../../policy/subject.ts";
import { nearest } from "../../policy/suggestion.ts";
import { hasBraces, tenantOf } from "../../policy/tenant-group.ts";
import { comparedPermissions } from "../access/named-permissions.ts";
import { namedSubjects } from "../access/named-subjects.ts";
import { QuestionError, readSubjects, readTarget } from "../access/question.ts";
import type { AskedTarget } from "./policy-test.ts";
import type { At, PlacedText, YamlReader } from "./yaml-reader.ts";

/** Finds in the policy what a test names; a name that it does not have is a finding, since it would test nothing. */
export class NamesInPolicy {
  readonly policy: Policy;
  readonly #named: ReadonlySet<Subject>;
  readonly #yaml: YamlReader;
  /** Of `p` rows, as soon as one is asked about. */
  #rows: ReadonlySet<string> | undefined;

  constructor(policy: Policy, yaml: YamlReader) {
    this.policy = policy;
    this.#named = namedSubjects(policy);
    this.#yaml = yaml;
  }

  /** The name of an app client that `p3` rows name, if there are any. */
  appNamed(one: PlacedText): string | undefined {
    const { apps } = this.policy;
    const name = one.text.replace(/^client:/, "");
    if (apps.size === 0 || apps.has(name)) return name;
    const meant = nearest(name, [...apps.keys()].sort());
    const fix = meant === undefined ? undefined : `did you mean \`${meant}\`?`;
    this.#yaml.reportAt(one, `no \`p3\` row of the policy names \`client:${name}\``, fix);
    return undefined;
  }

  subjects(text: string, at: At): readonly Subject[] {
    try {
      const subjects = readSubjects(text);
      for (const subject of subjects) {
        if (hasBraces(subject)) {
          const fix = "name the group of one tenant, such as `group:acme.editors`";
          this.#yaml.reportAt(at, `no token has the group \`${subject}\``, fix);
        } else this.checkKnown(subject, at);
      }
      return subjects;
    } catch (error) {
      this.#refuse(error, at);
      return [];
    }
  }

  /** A misspelled group would be denied everything, so each test of a deny would pass. */
  checkKnown(subject: Subject, at: At): void {
    if (subject.startsWith("user:") || subject === "role:authenticated" || subject === "role:machine") return;
    if (this.#named.has(subject)) return;
    if (this.policy.tenantRoles.some((group) => tenantOf(group, subject) !== undefined)) return;
    const meant = nearest(subject, [...this.#named].sort());
    const fix = meant === undefined ? undefined : `did you mean \`${meant}\`?`;
    this.#yaml.reportAt(at, `no row of the policy names \`${subject}\``, fix);
  }

  targets(asked: readonly PlacedText[]): AskedTarget[] {
    return asked.flatMap((one): AskedTarget[] => {
      try {
        return [{ ...one, target: readTarget(this.policy, one.text) }];
      } catch (error) {
        this.#refuse(error, one);
        return [];
      }
    });
  }

  /** The targets of an invariant, which may be a wildcard. */
  reached(one: PlacedText): readonly AskedTarget[] {
    const below = this.#permissionsBelow(one.text);
    return below.length === 0
      ? this.targets([one])
      : below.map((permission) => ({ ...one, text: permission, target: { permission } }));
  }

  /** The permissions that `billing:*` covers: those that rows name, and all others of the resource. */
  #permissionsBelow(text: string): readonly string[] {
    if (text === "*" || !isPermissionPattern(text) || isPermission(text)) return [];
    const named = comparedPermissions(this.policy).filter((one) => covers(text, one));
    return named.length === 0 ? [] : [...new Set([...named, text])];
  }

  checkRow(row: PlacedText): void {
    this.#rows ??= new Set(this.policy.decisionRows.map((one) => describeRow("p", one).row));
    if (this.#rows.has(row.text)) return;
    const meant = nearest(row.text, [...this.#rows]);
    const fix = meant === undefined ? undefined : `did you mean \`${meant}\`?`;
    this.#yaml.reportAt(row, "the policy has no such row", fix);
  }

  checkOpens(granted: PlacedText, { text, target }: AskedTarget): void {
    const opening =
      "route" in target
        ? (this.policy.routeEntries.get(target.route)?.permissions ?? [])
        : [target.permission];
    if (opening.includes(granted.text)) return;
    const fix = opening.length === 0 ? "no permission opens it" : `it is opened by ${opening.join(", ")}`;
    this.#yaml.reportAt(granted, `\`${granted.text}\` does not open \`${text}\``, fix);
  }

  unknown(one: PlacedText, what: string, known: readonly string[]): void {
    const meant = nearest(one.text, known);
    const fix =
      meant === undefined ? `expected one of: ${known.join(", ") || "none"}` : `did you mean \`${meant}\`?`;
    this.#yaml.reportAt(one, `\`${one.text}\` is not a ${what}`, fix);
  }

  #refuse(error: unknown, at: At): void {
    if (!(error instanceof QuestionError)) throw error;
    this.#yaml.reportAt(at, error.message, error.fix);
  }
}
