import fc from "fast-check";
import type { JsonObject } from "../../src/json.ts";

/** A small document, with who a naive reader would let in. */
export interface GeneratedDocument {
  readonly openapi: string;
  readonly security?: readonly Requirement[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, GeneratedOperation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, GeneratedScheme>> };
}

type Requirement = Readonly<Record<string, readonly string[]>>;

interface GeneratedOperation {
  readonly security?: readonly Requirement[];
  readonly "x-claimgate-permissions"?: readonly string[];
}

interface GeneratedScheme {
  readonly type: string;
  readonly scheme?: string;
  readonly flows?: Readonly<Record<string, { readonly scopes: Readonly<Record<string, string>> }>>;
}

/** What a token of the pool says. */
export interface Token {
  readonly kind: "user" | "machine";
  readonly client: string;
  readonly scopes: readonly string[];
  readonly groups: readonly string[];
}

export const APPS = ["web", "mobile"];
const SCOPES = ["orders.read", "openid"];
const ROLES = ["admin", "clerk"];

function subsets<T>([first, ...rest]: readonly T[]): readonly (readonly T[])[] {
  if (first === undefined) return [[]];
  const others = subsets(rest);
  return [...others, ...others.map((one) => [first, ...one])];
}

/** Every possible token. */
export const TOKENS: readonly Token[] = subsets(SCOPES).flatMap((scopes) => [
  { kind: "machine" as const, client: "reporting", scopes, groups: [] },
  ...APPS.flatMap((client) =>
    subsets(ROLES).map((groups) => ({ kind: "user" as const, client, scopes, groups })),
  ),
]);

const scopesOf = (...names: readonly string[]) => ({
  scopes: Object.fromEntries(names.map((name) => [name, ""])),
});

/** Schemes of every kind; flows with the same scopes and with others. */
const SCHEMES: Readonly<Record<string, GeneratedScheme>> = {
  both: {
    type: "oauth2",
    flows: {
      authorizationCode: scopesOf("orders.read", "openid"),
      clientCredentials: scopesOf("orders.read"),
    },
  },
  people: { type: "oauth2", flows: { implicit: scopesOf("openid") } },
  machines: { type: "oauth2", flows: { clientCredentials: scopesOf("orders.read", "openid") } },
  oidc: { type: "openIdConnect" },
  jwt: { type: "http", scheme: "Bearer" },
  key: { type: "apiKey" },
};

const few = <T>(items: readonly T[], maxLength: number) =>
  fc.uniqueArray(fc.constantFrom(...items), { maxLength });

const scheme = fc.constantFrom("both", "both", "people", "machines", "oidc", "jwt", "jwt", "jwt", "key");

/** Mostly what rows can say: one scheme with at most one name. */
const requirement: fc.Arbitrary<Requirement> = fc
  .oneof(
    { weight: 12, arbitrary: fc.tuple(scheme.filter((name) => name !== "key")) },
    { weight: 2, arbitrary: fc.uniqueArray(scheme, { maxLength: 2 }) },
  )
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc
          .oneof(
            { weight: 9, arbitrary: few(name === "jwt" ? ROLES : SCOPES, 1) },
            { weight: 1, arbitrary: few(SCOPES, 2) },
          )
          .map((list) => [name, list] as const),
      ),
    ),
  )
  .map((entries) => Object.fromEntries(entries));

const security = fc.oneof(
  { weight: 6, arbitrary: fc.array(requirement, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant([]) },
);

const operation: fc.Arbitrary<GeneratedOperation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ security }) },
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record(
      { security, "x-claimgate-permissions": fc.constantFrom(["orders:read"], ["orders:list", "a:b"], []) },
      { requiredKeys: ["x-claimgate-permissions"] },
    ),
  },
);

const PATHS = ["/orders", "/orders/{id}", "/orders/{orderId}", "/", "/a/{b}/c", "/files/{proxy+}", "/end/"];
const METHODS = ["get", "post", "head", "trace", "x-amazon-apigateway-any-method"];

export const openApiDocument: fc.Arbitrary<GeneratedDocument> = fc.record(
  {
    openapi: fc.constantFrom("3.0.3", "3.1.0", "3.1.1", "3.2.0"),
    security,
    paths: fc.dictionary(
      fc.constantFrom(...PATHS),
      fc.dictionary(fc.constantFrom(...METHODS), operation, {
        minKeys: 1,
        maxKeys: 3,
        noNullPrototype: true,
      }),
      { minKeys: 1, maxKeys: 4, noNullPrototype: true },
    ),
    components: fc.constant({ securitySchemes: SCHEMES }),
  },
  { requiredKeys: ["openapi", "paths", "components"] },
);

/** Whether a naive reader of the document lets the token in; undefined if the document does not say. */
export function documentAllows(
  document: GeneratedDocument,
  path: string,
  method: string,
  token: Token | undefined,
): boolean | undefined {
  const required = document.paths[path]?.[method]?.security ?? document.security;
  if (required === undefined) return undefined;
  return (
    required.length === 0 ||
    required.some((one) =>
      Object.entries(one).every(([name, names]) =>
        satisfies(document.components.securitySchemes[name], names, token),
      ),
    )
  );
}

function satisfies(
  scheme: GeneratedScheme | undefined,
  names: readonly string[],
  token: Token | undefined,
): boolean {
  if (token === undefined || scheme === undefined) return false;
  switch (scheme.type) {
    case "oauth2":
      return Object.entries(scheme.flows ?? {}).some(
        ([flow, { scopes }]) =>
          (flow === "clientCredentials") === (token.kind === "machine") &&
          names.every((name) => Object.hasOwn(scopes, name) && token.scopes.includes(name)),
      );
    case "openIdConnect":
      return names.every((name) => token.scopes.includes(name));
    case "http":
      return names.every((name) => token.groups.includes(name));
    default:
      return false;
  }
}

/** The document as a file. */
export function documentText(document: GeneratedDocument | JsonObject): string {
  return JSON.stringify(document, null, 2);
}
