import { PUBLIC } from "../../../policy/permission.ts";
import { TEXT_CLAIMS } from "../../access/access-token-claims.ts";
import type { Service } from "../../service/service.ts";
import { isPattern, type NameKind, spelled } from "../names/name.ts";
import type { NameIndex } from "../names/name-index.ts";
import { parametersIn } from "../names/names-in-string.ts";
import { describeName, describePermission, describeRoute, listed } from "../view/describe-name.ts";
import { permissionsBelow, rowFacts } from "../view/row-facts.ts";
import type { Completion } from "./completion.ts";

/** The names that a workspace knows, each with what it is for. */
export class OfferedNames {
  readonly #index: NameIndex;
  readonly #service: Service | undefined;

  constructor(index: NameIndex, service: Service | undefined) {
    this.#index = index;
    this.#service = service;
  }

  /** Subjects with their prefix, kind by kind. */
  subjects(kinds: readonly ("role" | "group" | "user" | "client" | "scope")[]): readonly Completion[] {
    return kinds.flatMap((kind) => [
      ...this.#named(kind).map((name) => this.#subject(spelled({ kind, name }))),
      ...(kind === "role" ? BUILT_IN : []),
    ]);
  }

  /** Roles that rows can assign. */
  roles(): readonly Completion[] {
    return this.#named("role").map((name) => this.#subject(`role:${name}`));
  }

  /** Names without their prefix. */
  bare(kind: "role" | "group" | "user" | "client" | "scope"): readonly Completion[] {
    return this.#named(kind).map((name) => ({ ...this.#subject(spelled({ kind, name })), label: name }));
  }

  permissions(): readonly Completion[] {
    return this.#permissions().map(
      (label): Completion => ({
        label,
        kind: "permission",
        detail: () => describePermission(this.#facts, label),
      }),
    );
  }

  /** With `resource:*` and `*`. */
  permissionPatterns(): readonly Completion[] {
    const resources = new Set(this.#permissions().map((one) => `${one.slice(0, one.indexOf(":"))}:*`));
    const wildcards = [...resources].map((label): Completion => {
      const below = () => listed(permissionsBelow(this.#facts, label), 3);
      return { label, kind: "permission", detail: () => `covers ${below() || "no permission of a route"}` };
    });
    return [
      ...this.permissions(),
      ...wildcards,
      { label: "*", kind: "permission", detail: () => "every permission" },
    ];
  }

  /** Routes of the service that have no row come first. */
  routes(): readonly Completion[] {
    const { permissionsOf } = this.#facts;
    const known = new Set([
      ...permissionsOf.keys(),
      ...this.#index.names("route", "service").map(({ name }) => name),
      ...(this.#service?.routes ?? []).map(({ route }) => route),
    ]);
    const hasRow = (route: string) => permissionsOf.has(route);
    const sorted = [...known].sort((a, b) => Number(hasRow(a)) - Number(hasRow(b)) || (a < b ? -1 : 1));
    return sorted.map(
      (label): Completion => ({
        label,
        kind: "route",
        detail: () => describeRoute(this.#facts, label),
      }),
    );
  }

  public(): Completion {
    return {
      label: PUBLIC,
      kind: "permission",
      detail: () => "the route has no authorizer: everyone may call it",
    };
  }

  claims(): readonly Completion[] {
    const copied = new Set([
      ...(this.#service?.copiedClaims.keys() ?? []),
      ...this.#index.names("claim").map(({ name }) => name),
    ]);
    const own = [...copied].filter((claim) => !TEXT_CLAIMS.has(claim)).sort();
    return [
      { label: "sub", kind: "value", detail: () => "the user's id" },
      ...own.map(
        (label): Completion => ({ label, kind: "value", detail: () => "a claim that the pool adds" }),
      ),
      ...[...TEXT_CLAIMS].flatMap((label): Completion[] =>
        label === "sub" ? [] : [{ label, kind: "value", detail: () => "a claim of every access token" }],
      ),
    ];
  }

  /** The parameters of the routes of a permission; of every route without one. */
  parameters(permission?: string): readonly Completion[] {
    const facts = this.#facts;
    const routes =
      permission === undefined
        ? [...facts.permissionsOf.keys()]
        : permissionsBelow(facts, permission).flatMap((one) => facts.routesOf.get(one) ?? []);
    const found = new Map<string, string>();
    for (const route of routes) {
      for (const { name } of parametersIn(route)) if (!found.has(name)) found.set(name, route);
    }
    return [...found].map(
      ([label, route]): Completion => ({ label, kind: "value", detail: () => `of ${route}` }),
    );
  }

  /** The providers of directory groups, each with its `/`. */
  providers(): readonly Completion[] {
    const used = [...this.#facts.directoriesOf.values()].flat().map((source) => source.split("/")[0] ?? "");
    const declared = (this.#service?.identityProviders ?? []).map(({ name }) => name);
    return [...new Set([...declared, ...used])].sort().map((name) => ({
      label: `${name}/`,
      kind: "value",
      detail: () => "an identity provider",
    }));
  }

  get #facts() {
    return rowFacts(this.#index);
  }

  #named(kind: NameKind): readonly string[] {
    const built = (name: string) => kind === "role" && (name === "authenticated" || name === "machine");
    const known = this.#index.names(kind).filter((one) => !isPattern(one) && !built(one.name));
    return [...new Set([...known.map(({ name }) => name), ...this.#ofService(kind)])].sort();
  }

  #ofService(kind: NameKind): readonly string[] {
    if (this.#service === undefined) return [];
    const { groups = [], clients, clientNames = [], scopes = [] } = this.#service;
    if (kind === "group") return groups.map(({ name }) => name);
    if (kind === "client") return [...clients.map(({ name }) => name), ...clientNames];
    return kind === "scope" ? scopes : [];
  }

  #permissions(): readonly string[] {
    return this.#index.names("permission").flatMap((one) => (isPattern(one) ? [] : [one.name]));
  }

  #subject(label: string): Completion {
    return { label, kind: "subject", detail: () => describeName(this.#facts, label) };
  }
}

const BUILT_IN: readonly Completion[] = [
  { label: "role:authenticated", kind: "subject", detail: () => "every signed-in user" },
  { label: "role:machine", kind: "subject", detail: () => "every machine-to-machine token" },
];
