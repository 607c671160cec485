import type { TokenCookie } from "./token-cookie.ts";

/** The options of a stage for the authorizers of HTTP APIs. */
export interface HttpOptions {
  /**
   * Whether a bad token ends with a thrown `Unauthorized`, as on a REST API, instead of a deny (403). AWS does not
   * document what an HTTP API answers then (docs/gateways.md#401-on-an-http-api); it never lets the request through.
   */
  readonly throwUnauthorized?: boolean | undefined;
  /** A cookie that may carry the token. Undefined: only `Authorization` does. */
  readonly cookie?: TokenCookie | undefined;
}

/** For a bad token. @throws Error `Unauthorized`, if the stage is configured so */
export function refuseToken({ throwUnauthorized }: HttpOptions): void {
  if (throwUnauthorized === true) throw new Error("Unauthorized");
}
