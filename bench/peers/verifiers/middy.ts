import type { MiddlewareObj } from "@middy/core";
import middy from "@middy/core";
import { EncryptionAlgorithms, JWTAuthMiddleware } from "middy-middleware-jwt-auth";
import type { Trust } from "../tokens.ts";
import { type Claims, checked } from "./claims.ts";
import { keyFinder } from "./jsonwebtoken.ts";

/** What the middleware needs of an event of an HTTP API, and what it adds: a second visit with that is refused. */
export interface MiddyEvent {
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: { readonly http: object };
  readonly auth?: { readonly payload: Claims };
}

/**
 * A handler of middy behind middy-middleware-jwt-auth, which takes a key finder of jwks-rsa. The official
 * `@middy/http-jwt` is on its site, but not on the registry, and takes no key set.
 */
export function middyHandler<Answer>(trust: Trust, handle: (claims: Claims, event: MiddyEvent) => Answer) {
  const middleware = JWTAuthMiddleware.create({
    algorithm: EncryptionAlgorithms.RS256,
    credentialsRequired: true,
    secretOrPublicKey: keyFinder(trust),
  }) as MiddlewareObj<MiddyEvent, Answer>;
  return middy<MiddyEvent, Answer>()
    .use(middleware)
    .handler(async (event) => handle(checked(event.auth?.payload ?? {}, trust), event));
}
