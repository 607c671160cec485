import { signInByPassword } from "../../cognito/auth/start-sign-in.ts";
import { CognitoError, notAuthorized } from "../../cognito/cognito-error.ts";
import { clientOf, type Pool } from "../../cognito/pool.ts";
import { beginSignIn } from "../../cognito/tokens/sign-in-tokens.ts";
import { API_SCOPE } from "../../cognito/tokens/stock-claims.ts";
import { basicCredentials } from "../../managed-login/oauth/client-authentication.ts";
import { json, type WebHandler } from "../../managed-login/route.ts";
import { LOCAL } from "../identifiers.ts";
import type { PoolEvent } from "./pool-event.ts";

/**
 * A sign-in that fits in a curl line: `curl -u NAME:PASSWORD .../_access-token`. It is that of the sign-in page, with
 * its triggers and its lockout, for users of whom nothing more is asked. AWS has no such thing.
 */
export function accessTokenRoute(tell: (event: PoolEvent) => void): WebHandler {
  return async (pool, { headers }) => {
    const { id, secret } = basicCredentials(headers["authorization"]) ?? { id: "", secret: "" };
    const told = { operation: "InitiateAuth", username: id, challenge: undefined };
    try {
      const accessToken = await signIn(pool, id, secret);
      tell({ ...told, status: 200, accessToken, error: undefined });
      return { status: 200, headers: { "content-type": "text/plain" }, body: accessToken };
    } catch (error) {
      if (!(error instanceof CognitoError)) throw error;
      tell({ ...told, status: 400, accessToken: undefined, error: error.code });
      return json(401, { __type: error.code, message: error.message });
    }
  };
}

async function signIn(pool: Pool, name: string, password: string): Promise<string> {
  const client = clientOf(pool.config, LOCAL.appClients.web);
  const step = await signInByPassword({ pool, client }, name, password);
  if (step.kind === "challenge") {
    throw notAuthorized(`The user has to answer ${step.name} first: sign in at a page or through the API.`);
  }
  const { user, source } = step;
  return (await beginSignIn(pool, user, client, { source, scopes: [API_SCOPE] })).accessToken;
}
