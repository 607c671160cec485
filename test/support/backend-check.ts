import { encodeCaller } from "../../src/authorizers/caller.ts";
import type { GatewayEvent } from "./authorization.ts";
import { callerWith } from "./caller.ts";

/** Alice, as an authorizer tells a backend of her. */
export const ALICE = "11111111-1111-4111-8111-000000000001";

/** The event of a backend behind an authorizer that let Alice through, whatever it would have decided. */
export function behindAuthorizer(event: GatewayEvent, group = "customers"): GatewayEvent {
  const caller = encodeCaller(
    callerWith({
      sub: ALICE,
      subjects: ["role:authenticated", `user:${ALICE}`, `group:${group}`],
      conditionClaims: { sub: ALICE },
      expiresAt: 4_000_000_000,
    }),
  );
  const authorizer = event["version"] === "2.0" ? { lambda: caller } : caller;
  return { ...event, requestContext: { ...event.requestContext, authorizer } };
}
