import type { App } from "../../policy/app.ts";
import type { Finding } from "../../policy/finding.ts";
import { covers, isPermission, isPermissionPattern } from "../../policy/permission.ts";
import type { Policy } from "../../policy/policy.ts";
import { describeRow } from "../../policy/row-description.ts";
import { AUTHENTICATED, isSubject, MACHINE, type Subject } from "../../policy/subject.ts";
import { nearest } from "../../policy/suggestion.ts";
import { hasBraces, tenantOf } from "../../policy/tenant-group.ts";
import { placesOf } from "../access/access-terms.ts";
import { comparedPermissions } from "../access/named-permissions.ts";
import { namedSubjects } from "../access/named-subjects.ts";
import { QuestionError, readSubjects, readTarget, type Target } from "../access/question.ts";
import type { YamlNode } from "../text/yaml-text.ts";
import { type At, type PlacedText, YamlReader } from "./yaml-reader.ts";

/** A named principal with the subjects and claims of its token. */
export interface Principal extends At {
  readonly name: string;
  readonly subjects: readonly Subject[];
  /** The app of a user. */
  readonly app: App | undefined;
  readonly claims: Readonly<Record<string, string>>;
  /** Seconds since the sign-in; undefined if unknown. */
  readonly age: number | undefined;
}

/** The target, as written. */
export interface AskedTarget extends At {
  readonly text: string;
  readonly target: Target;
}

/** Principals times routes or permissions: everything that `allow` does not list must be denied. */
export interface Suite extends At {
  readonly name: string;
  readonly principals: readonly Principal[];
  readonly targets: readonly AskedTarget[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Name of a principal -> its allowed targets, in the spelling of `targets`. */
  readonly allow: ReadonlyMap<string, ReadonlySet<string>>;
  readonly because: readonly Reason[];
}

/** The expected reason of a decision. */
export interface Reason extends At {
  readonly principal: string;
  /** As the suite spells it. */
  readonly target: string;
  /** Must be among the determining rows. */
  readonly row: string | undefined;
  /** The permission that must be granted, one of those that open the route. */
  readonly granted: string | undefined;
}

/** A statement about every possible token. */
export interface Invariant extends At {
  readonly name: string;
  /** `apart`: the groups of one tenant give nothing in another. `apps`: no user through one of the apps. */
  readonly kind: "only" | "never" | "apart" | "apps";
  readonly subjects: readonly Subject[];
  /** For `apart`, the parameter that names the tenant. */
  readonly parameter?: string;
  /** For `apps`, the names of app clients, without prefix. */
  readonly apps: readonly string[];
  /** The targets: the listed ones, every route, every route that is not public, or every permission. */
  readonly reach: "listed" | "every-route" | "guarded-routes" | "every-permission";
  /** Empty if all of a kind are meant. */
  readonly targets: readonly AskedTarget[];
}

export interface TestFile {
  readonly file: string;
  readonly suites: readonly Suite[];
  readonly invariants: readonly Invariant[];
  readonly findings: readonly Finding[];
}

const PRINCIPAL = ["groups", "roles", "user", "client", "scopes", "claims", "age"];
const SUITE = ["name", "principals", "routes", "permissions", "parameters", "allow", "because"];
const REASON = ["principal", "route", "permission", "row", "granted"];
const INVARIANT = ["name", "only", "never", "apart", "apps", "hold", "reach"];

/**
 * Reads a policy test. Strict: an unknown property, principal, route or permission is a finding, since it would test
 * nothing. docs/policy-tests.md describes the format.
 */
export function parseTestFile(policy: Policy, file: string, text: string): TestFile {
  const reader = new TestReader(policy, file, text);
  return { file, ...reader.read() };
}

class TestReader {
  readonly #policy: Policy;
  readonly #named: ReadonlySet<Subject>;
  readonly #yaml: YamlReader;
  readonly #principals = new Map<string, Principal>();
  /** The app of users that name none. */
  #client: string | undefined;

  constructor(policy: Policy, file: string, text: string) {
    this.#policy = policy;
    this.#named = namedSubjects(policy);
    this.#yaml = new YamlReader(file, text);
  }

  read(): Omit<TestFile, "file"> {
    const node = this.#yaml.document();
    const empty = { suites: [], invariants: [] };
    if (node === undefined) {
      if (this.#yaml.findings.length === 0)
        this.#yaml.report(0, "the file tests nothing", "add `suites` or `invariants`");
      return { ...empty, findings: this.#yaml.findings };
    }
    const top = this.#yaml.properties(
      node,
      ["client", "principals", "suites", "invariants"],
      "a policy test",
    );
    const client = this.#yaml.text(top.get("client"));
    if (client !== undefined) this.#client = this.#appNamed(client);
    for (const { name, offset, value } of this.#entriesOf(top.get("principals"))) {
      this.#principals.set(name, this.#principal(name, offset, value));
    }
    const list = "a list, one `- name:` each";
    return {
      suites: this.#yaml.items(top.get("suites"), list).flatMap((item) => this.#suite(item)),
      invariants: this.#yaml.items(top.get("invariants"), list).flatMap((item) => this.#invariant(item)),
      findings: this.#yaml.findings,
    };
  }

  #entriesOf(node: YamlNode | undefined) {
    return node === undefined ? [] : this.#yaml.entries(node, "a map of names to principals");
  }

  #principal(name: string, offset: number, node: YamlNode): Principal {
    const has = this.#yaml.properties(node, PRINCIPAL, "a principal");
    const listed = (property: string, prefix: string) =>
      this.#yaml.texts(has.get(property)).map(({ text }) => `${prefix}:${text}`);
    const claims = this.#yaml.textMap(has.get("claims"));
    const at = this.#yaml.at(offset);
    const ofUser = [...listed("groups", "group"), ...listed("roles", "role"), ...listed("user", "user")];
    // With groups or a `sub` it is a user, whose client and scopes are those of the app.
    const isUser = has.has("groups") || has.has("user") || ofUser.includes(AUTHENTICATED);
    const named = isUser ? ofUser : [...ofUser, ...listed("client", "client"), ...listed("scopes", "scope")];
    // Every signed-in user has a `sub`, so a principal without groups needs nothing else.
    const own = named.length === 0 ? [AUTHENTICATED] : named;
    const subjects = this.#subjects(own.join(","), at);
    const age = this.#yaml.wholeNumber(has.get("age"));
    const isMachine = subjects.includes(MACHINE);
    if (age !== undefined && isMachine) {
      this.#yaml.reportAt(at, "a machine has no `age`: it never signs in", "remove it");
    }
    return { ...at, name, claims, age, subjects, app: isMachine ? undefined : this.#app(has, at, name) };
  }

  /** A user without an app would be denied everything, so each test of a deny would pass. */
  #app(has: ReadonlyMap<string, YamlNode>, at: At, name: string): App | undefined {
    const written = this.#yaml.text(has.get("client"));
    const client = written === undefined ? this.#client : this.#appNamed(written);
    const scopes = this.#yaml.texts(has.get("scopes")).map(({ text }) => text);
    if (client !== undefined) return { client, scopes };
    if (written === undefined && this.#policy.apps.size > 0) {
      const message = `the policy has \`p3\` rows, so the test must say which app \`${name}\` uses`;
      this.#yaml.reportAt(at, message, "add `client: NAME` here, or at the top of the file for all users");
    }
    return undefined;
  }

  /** The name of an app client that `p3` rows name, if there are any. */
  #appNamed(one: PlacedText): string | undefined {
    const { apps } = this.#policy;
    const name = one.text.replace(/^client:/, "");
    if (apps.size === 0 || apps.has(name)) return name;
    const meant = nearest(name, [...apps.keys()].sort());
    const fix = meant === undefined ? undefined : `did you mean \`${meant}\`?`;
    this.#yaml.reportAt(one, `no \`p3\` row of the policy names \`client:${name}\``, fix);
    return undefined;
  }

  #subjects(text: string, at: At): readonly Subject[] {
    try {
      const subjects = readSubjects(text);
      for (const subject of subjects) {
        if (hasBraces(subject)) {
          const fix = "name the group of one tenant, such as `group:acme.editors`";
          this.#yaml.reportAt(at, `no token has the group \`${subject}\``, fix);
        } else this.#checkKnown(subject, at);
      }
      return subjects;
    } catch (error) {
      this.#refuse(error, at);
      return [];
    }
  }

  /** A misspelled group would be denied everything, so each test of a deny would pass. */
  #checkKnown(subject: Subject, at: At): void {
    if (subject.startsWith("user:") || subject === "role:authenticated" || subject === "role:machine") return;
    if (this.#named.has(subject)) return;
    if (this.#policy.tenantRoles.some((group) => tenantOf(group, subject) !== undefined)) return;
    const meant = nearest(subject, [...this.#named].sort());
    const fix = meant === undefined ? undefined : `did you mean \`${meant}\`?`;
    this.#yaml.reportAt(at, `no row of the policy names \`${subject}\``, fix);
  }

  #suite(node: YamlNode): Suite[] {
    const has = this.#yaml.properties(node, SUITE, "a suite");
    const at = this.#yaml.at(node.offset);
    const name = this.#yaml.text(has.get("name"));
    if (name === undefined) this.#yaml.reportAt(at, "the suite has no `name`");
    const asked = [...this.#yaml.texts(has.get("routes")), ...this.#yaml.texts(has.get("permissions"))];
    const targets = this.#targets(asked);
    if (asked.length === 0) this.#yaml.reportAt(at, "the suite has no `routes` and no `permissions`");
    const written = has.get("principals");
    const principals =
      written === undefined
        ? [...this.#principals.values()]
        : this.#yaml.texts(written).flatMap((one) => this.#principalNamed(one) ?? []);
    if (principals.length === 0)
      this.#yaml.reportAt(at, "the suite has no principals", "add some under `principals`");
    const spelled = new Set(targets.map(({ text }) => text));
    const allow = new Map<string, ReadonlySet<string>>();
    for (const { name: who, offset, value } of this.#entriesOf(has.get("allow"))) {
      if (!this.#isIn(principals, { ...this.#yaml.at(offset), text: who })) continue;
      const listed = this.#yaml
        .texts(value)
        .filter((one) => one.text === "*" || this.#isListed(spelled, one));
      allow.set(
        who,
        listed.some(({ text }) => text === "*") ? spelled : new Set(listed.map(({ text }) => text)),
      );
    }
    const because = this.#yaml
      .items(has.get("because"), "a list of `{ principal, route, row }`")
      .flatMap((item) => this.#reason(item, principals, targets));
    const parameters = this.#yaml.textMap(has.get("parameters"));
    return [{ ...at, name: name?.text ?? "", principals, targets, parameters, allow, because }];
  }

  #reason(node: YamlNode, principals: readonly Principal[], targets: readonly AskedTarget[]): Reason[] {
    const has = this.#yaml.properties(node, REASON, "a reason");
    const at = this.#yaml.at(node.offset);
    const principal = this.#yaml.text(has.get("principal"));
    const target = this.#yaml.text(has.get("route") ?? has.get("permission"));
    const row = this.#yaml.text(has.get("row"));
    const granted = this.#yaml.text(has.get("granted"));
    if (principal === undefined || target === undefined || (row === undefined && granted === undefined)) {
      this.#yaml.reportAt(at, "a reason needs `principal`, `route` or `permission`, and `row` or `granted`");
      return [];
    }
    const spelled = new Set(targets.map(({ text }) => text));
    if (!this.#isIn(principals, principal) || !this.#isListed(spelled, target)) return [];
    if (row !== undefined) this.#checkRow(row);
    const asked = targets.find(({ text }) => text === target.text);
    if (granted !== undefined && asked !== undefined) this.#checkOpens(granted, asked);
    return [
      { ...at, principal: principal.text, target: target.text, row: row?.text, granted: granted?.text },
    ];
  }

  #checkRow(row: PlacedText): void {
    const rows = this.#policy.decisionRows.map((one) => describeRow("p", one).row);
    if (rows.includes(row.text)) return;
    const meant = nearest(row.text, rows);
    const fix = meant === undefined ? undefined : `did you mean \`${meant}\`?`;
    this.#yaml.reportAt(row, "the policy has no such row", fix);
  }

  #checkOpens(granted: PlacedText, { text, target }: AskedTarget): void {
    const opening =
      "route" in target
        ? (this.#policy.routeEntries.get(target.route)?.permissions ?? [])
        : [target.permission];
    if (opening.includes(granted.text)) return;
    const fix = opening.length === 0 ? "no permission opens it" : `it is opened by ${opening.join(", ")}`;
    this.#yaml.reportAt(granted, `\`${granted.text}\` does not open \`${text}\``, fix);
  }

  #invariant(node: YamlNode): Invariant[] {
    const has = this.#yaml.properties(node, INVARIANT, "an invariant");
    const at = this.#yaml.at(node.offset);
    const apart = this.#yaml.text(has.get("apart"));
    if (apart !== undefined) return this.#apart(has, at, apart);
    const [only, never] = [this.#yaml.texts(has.get("only")), this.#yaml.texts(has.get("never"))];
    const listed = this.#yaml.texts(has.get("apps"));
    if ([only, never, listed].filter(({ length }) => length > 0).length !== 1) {
      this.#yaml.reportAt(at, "an invariant has either `only` or `never`, with subjects, `apps` or `apart`");
      return [];
    }
    const kind = only.length > 0 ? "only" : never.length > 0 ? "never" : "apps";
    const apps = listed.flatMap((one) => this.#appNamed(one) ?? []);
    const subjects = [...only, ...never].flatMap((one): Subject[] => {
      if (!isSubject(one.text)) {
        this.#yaml.reportAt(one, `\`${one.text}\` is not a subject`, "write `role:NAME` or `group:NAME`");
        return [];
      }
      this.#checkKnown(one.text, one);
      return [one.text];
    });
    const said = has.get("hold") ?? has.get("reach");
    const reach = reachOf(has.get("hold"), has.get("reach"));
    const targets = reach === "listed" ? this.#yaml.texts(said).flatMap((one) => this.#reached(one)) : [];
    if (said === undefined || (kind === "only" && reach !== "listed")) {
      this.#yaml.reportAt(at, "an invariant needs `hold:` (permissions) or `reach:` (routes)");
      return [];
    }
    const name = this.#yaml.text(has.get("name"))?.text ?? `${kind} ${[...subjects, ...apps].join(", ")}`;
    return [{ ...at, name, kind, subjects, apps, reach, targets }];
  }

  /** All routes with the parameter are meant, so it takes no targets. */
  #apart(has: ReadonlyMap<string, YamlNode>, at: At, { text: parameter, ...place }: PlacedText): Invariant[] {
    if (["only", "never", "apps", "hold", "reach"].some((name) => has.has(name))) {
      this.#yaml.reportAt(at, "`apart` is about all routes with its parameter, and takes no other property");
      return [];
    }
    const known = [...new Set(this.#policy.tenantRoles.map((group) => group.parameter))];
    const routes = [...this.#policy.routeEntries.keys()];
    if (!known.includes(parameter) || !routes.some((route) => placesOf(route, undefined).has(parameter))) {
      const meant = nearest(parameter, known);
      const fix =
        meant === undefined
          ? "write the parameter of a row such as `g, group:{tenantId}.editors, role:editor`"
          : `did you mean \`${meant}\`?`;
      this.#yaml.reportAt(
        place,
        `no group name and route of the policy have the parameter \`{${parameter}}\``,
        fix,
      );
      return [];
    }
    const name = this.#yaml.text(has.get("name"))?.text ?? `apart by ${parameter}`;
    return [{ ...at, name, kind: "apart", subjects: [], apps: [], parameter, reach: "listed", targets: [] }];
  }

  #targets(asked: readonly PlacedText[]): AskedTarget[] {
    return asked.flatMap((one): AskedTarget[] => {
      try {
        return [{ ...one, target: readTarget(this.#policy, one.text) }];
      } catch (error) {
        this.#refuse(error, one);
        return [];
      }
    });
  }

  /** The targets of an invariant, which may be a wildcard. */
  #reached(one: PlacedText): readonly AskedTarget[] {
    const below = this.#permissionsBelow(one.text);
    return below.length === 0
      ? this.#targets([one])
      : below.map((permission) => ({ ...one, text: permission, target: { permission } }));
  }

  /** The permissions that `billing:*` covers: those that rows name, and all others of the resource. */
  #permissionsBelow(text: string): readonly string[] {
    if (text === "*" || !isPermissionPattern(text) || isPermission(text)) return [];
    const named = comparedPermissions(this.#policy).filter((one) => covers(text, one));
    return named.length === 0 ? [] : [...new Set([...named, text])];
  }

  #principalNamed(one: PlacedText): Principal | undefined {
    const found = this.#principals.get(one.text);
    if (found === undefined) this.#unknown(one, "principal", [...this.#principals.keys()]);
    return found;
  }

  #isIn(principals: readonly Principal[], one: PlacedText): boolean {
    if (principals.some(({ name }) => name === one.text)) return true;
    this.#unknown(
      one,
      "principal of this suite",
      principals.map(({ name }) => name),
    );
    return false;
  }

  #isListed(spelled: ReadonlySet<string>, one: PlacedText): boolean {
    if (spelled.has(one.text)) return true;
    this.#unknown(one, "route or permission of this suite", [...spelled]);
    return false;
  }

  #unknown(one: PlacedText, what: string, known: readonly string[]): void {
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

/** For routes `"*"` means all and `guarded` all that are not public; for permissions `"*"` means all. */
function reachOf(hold: YamlNode | undefined, reach: YamlNode | undefined): Invariant["reach"] {
  const said = hold ?? reach;
  if (said?.kind !== "text") return "listed";
  if (said.value === "*") return hold === undefined ? "every-route" : "every-permission";
  return hold === undefined && said.value === "guarded" ? "guarded-routes" : "listed";
}
