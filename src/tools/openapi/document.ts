import type { At } from "../text/place.ts";
import type { DocumentProblem } from "./document-nodes.ts";

/** An OpenAPI document, as far as it says who may call what. */
export interface OpenApiDocument {
  readonly version: OpenApiVersion;
  /** Its beginning. */
  readonly start: At;
  readonly schemes: ReadonlyMap<string, SecurityScheme>;
  readonly operations: readonly Operation[];
  /** Section of `components` -> the names in it; undefined if the document has no components. */
  readonly components: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** The paths of all servers, with their places: `/v1`, or an empty string. */
  readonly servers: readonly (At & { readonly path: string })[];
  /** Why the document, or a part of it, cannot be read. */
  readonly problems: readonly DocumentProblem[];
}

export type OpenApiVersion = "3.0" | "3.1" | "3.2";

export type SecurityScheme =
  | {
      readonly kind: "oauth2";
      /** The scopes that tokens of users may have; undefined if the scheme gives no tokens to users. */
      readonly userScopes: ReadonlySet<string> | undefined;
      /** Of tokens by client credentials. */
      readonly machineScopes: ReadonlySet<string> | undefined;
    }
  | { readonly kind: "openIdConnect" }
  /** `http` with the scheme `bearer`. */
  | { readonly kind: "bearer" }
  /** Not a token: an API key, `basic`, mutual TLS. */
  | { readonly kind: "other"; readonly type: string };

export interface Operation {
  /** In upper case; `ANY` for `x-amazon-apigateway-any-method`. */
  readonly method: string;
  /** As the document spells it: `/orders/{orderId}`. */
  readonly path: string;
  /** Of its method. */
  readonly at: At;
  /** The names that lead to the operation from the top of the document. */
  readonly keys: readonly string[];
  /** Any of them suffices. Undefined if neither the operation nor the document has `security`. */
  readonly security: readonly Requirement[] | undefined;
  /** The `security` of the operation itself. */
  readonly ownSecurity: OwnValue | undefined;
  /** `x-claimgate-permissions` */
  readonly permissions: (OwnValue & { readonly names: readonly string[] }) | undefined;
  /** The codes of its responses; undefined if it has no `responses`. */
  readonly responses: readonly string[] | undefined;
}

/** A value in the operation itself. */
export interface OwnValue {
  /** Of its name, in the text without a byte order mark, from 0. */
  readonly offset: number;
  /** The value as JSON. */
  readonly json: unknown;
}

/** All of its schemes are needed; without any, no caller has to prove anything. */
export interface Requirement {
  readonly at: At;
  readonly schemes: readonly RequiredScheme[];
}

export interface RequiredScheme {
  readonly name: string;
  readonly at: At;
  /** Scopes, or from OpenAPI 3.1 on the roles of a scheme without scopes. All are needed. */
  readonly names: readonly { readonly text: string; readonly at: At }[];
}
