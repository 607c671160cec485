import type { OpenApiDocument, Requirement, SecurityScheme } from "../../openapi/document.ts";
import type { At } from "../../text/place.ts";
import type { Problem, Refusal } from "../refusal.ts";

/** Who an operation is open to: for everyone, or for tokens of some kinds. */
export type Access =
  | { readonly kind: "public" }
  | { readonly kind: "tokens"; readonly alternatives: readonly Alternative[] };

/** Tokens of one kind that suffice. */
export type Alternative =
  | {
      readonly kind: "user";
      /** The Cognito group that the user is in; undefined for any user. */
      readonly group: string | undefined;
      /** The scope that the token has; undefined if it needs none. */
      readonly scope: string | undefined;
    }
  | { readonly kind: "machine"; readonly scope: string | undefined };

/**
 * The access that requirements give: any of them suffices, and each needs all of its schemes. A requirement that a
 * policy cannot say is refused, and the operation with it.
 */
export function accessOf(
  requirements: readonly Requirement[],
  document: Pick<OpenApiDocument, "version" | "schemes">,
): { readonly access: Access } | { readonly refused: readonly Refusal[] } {
  // `security: []` and an empty requirement alike: no one has to prove anything.
  if (requirements.length === 0 || requirements.some((one) => one.schemes.length === 0)) {
    return { access: { kind: "public" } };
  }
  const alternatives: Alternative[] = [];
  const refused: Refusal[] = [];
  for (const requirement of requirements) {
    const read = alternativesOf(requirement, document);
    if ("problem" in read) refused.push({ ...read.at, ...read.problem });
    else alternatives.push(...read.alternatives);
  }
  return refused.length > 0 ? { refused } : { access: { kind: "tokens", alternatives } };
}

type Reading =
  | { readonly alternatives: readonly Alternative[] }
  | { readonly at: At; readonly problem: Problem };

function alternativesOf(
  requirement: Requirement,
  { version, schemes }: Pick<OpenApiDocument, "version" | "schemes">,
): Reading {
  const scopes = new Set<string>();
  const groups = new Set<string>();
  let kinds: ReadonlySet<Alternative["kind"]> = new Set(["user", "machine"]);
  for (const { name, at, names } of requirement.schemes) {
    const scheme = schemes.get(name);
    if (scheme === undefined || scheme.kind === "other")
      return { at, problem: notAToken(name, scheme?.type) };
    const [role] = names;
    if (scheme.kind === "bearer" && role !== undefined && version === "3.0")
      return { at: role.at, problem: OLD_ROLE };
    for (const { text } of names) (scheme.kind === "bearer" ? groups : scopes).add(text);
    const own = kindsOf(
      scheme,
      names.map(({ text }) => text),
    );
    if (own.size === 0) {
      const unknown = names.find(({ text }) => kindsOf(scheme, [text]).size === 0);
      return { at: unknown?.at ?? at, problem: noFlow(name, unknown?.text) };
    }
    kinds = new Set([...kinds].filter((kind) => own.has(kind)));
  }
  if (scopes.size > 1) return { at: requirement.at, problem: several("scopes", scopes) };
  if (groups.size > 1) return { at: requirement.at, problem: several("roles", groups) };
  const [scope] = scopes;
  const [group] = groups;
  // The token of a machine has no groups.
  const isMachine = kinds.has("machine") && group === undefined;
  if (!isMachine && !kinds.has("user")) return { at: requirement.at, problem: NO_TOKEN };
  return {
    alternatives: [
      ...(kinds.has("user") ? [{ kind: "user", group, scope } as const] : []),
      ...(isMachine ? [{ kind: "machine", scope } as const] : []),
    ],
  };
}

/** The kinds of tokens that can have all of the names by the scheme. */
function kindsOf(scheme: SecurityScheme, names: readonly string[]): ReadonlySet<Alternative["kind"]> {
  if (scheme.kind !== "oauth2") return new Set(["user", "machine"]);
  const has = (scopes: ReadonlySet<string> | undefined) =>
    scopes !== undefined && names.every((name) => scopes.has(name));
  return new Set([
    ...(has(scheme.userScopes) ? ["user" as const] : []),
    ...(has(scheme.machineScopes) ? ["machine" as const] : []),
  ]);
}

function notAToken(name: string, type: string | undefined): Problem {
  return {
    message: `\`${name}\` is a scheme of the type \`${type ?? ""}\`, and an authorizer of claimgate reads access tokens only`,
    fix: "remove the requirement if the gateway checks it, or write the `g2` row of the route by hand",
  };
}

function noFlow(name: string, scope: string | undefined): Problem {
  if (scope === undefined) {
    return {
      message: `no flow of \`${name}\` gives a token that has all of these scopes`,
      fix: "write the scopes into one flow, or a requirement for each",
    };
  }
  return {
    message: `no flow of \`${name}\` has the scope \`${scope}\``,
    fix: "add it to the `scopes` of the flow whose tokens have it",
  };
}

function several(what: "scopes" | "roles", names: ReadonlySet<string>): Problem {
  const listed = [...names].map((name) => `\`${name}\``).join(", ");
  return {
    message: `a token needs several ${what} at once (${listed}), and a row names one`,
    fix: `define one ${what === "scopes" ? "scope" : "role"} for it; for \`or\` write a requirement for each`,
  };
}

const OLD_ROLE: Problem = {
  message:
    "in OpenAPI 3.0 only schemes of the types `oauth2` and `openIdConnect` have names in a requirement",
  fix: "write `openapi: 3.1.0` if the name is a role, otherwise remove it",
};

const NO_TOKEN: Problem = {
  message:
    "no token can satisfy all schemes of the requirement: some are for users only, others for machines only",
  fix: "write a requirement for each scheme if any of them suffices",
};
