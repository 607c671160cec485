import { createTokenVerifier, headerValues, readBearerToken } from "claimgate/authorizers";
import type { ServerGuardOptions } from "claimgate/middleware";
import { options } from "./guard-options.js";

const verifier = createTokenVerifier({
  issuers: [
    {
      userPoolId: String(process.env["CLAIMGATE_USER_POOL_ID"]),
      appClients: new Map(Object.entries(JSON.parse(String(process.env["CLAIMGATE_APP_CLIENTS"])))),
    },
  ],
  now: () => Date.now() / 1000,
});

/** Verifies the token itself: there is no authorizer. */
export const verifying: ServerGuardOptions = {
  ...options,
  verify: (event) => verifier.verify(readBearerToken(headerValues(event, "authorization"))),
};
