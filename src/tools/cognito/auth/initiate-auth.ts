import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import { notSimulated } from "../cognito-error.ts";
import { type Operation, requiredText } from "../operations/operation.ts";
import { inPool, metadataOf } from "../operations/request.ts";
import { clientOf } from "../pool.ts";
import { beginSignIn, type UserTokens } from "../tokens/sign-in-tokens.ts";
import { API_SCOPE } from "../tokens/stock-claims.ts";
import { answerChallenge } from "./answer-challenge.ts";
import { permittedFlow } from "./auth-flows.ts";
import { authenticationResult } from "./authentication-result.ts";
import { refreshedTokens } from "./refresh.ts";
import { assertSecretHash } from "./secret-hash.ts";
import { startSignIn } from "./start-sign-in.ts";
import type { AuthCall, Step } from "./step.ts";

/** Parameters and responses of AWS that this pool does nothing with. */
const NOT_SIMULATED = ["DEVICE_KEY", "ACCESS_TOKEN", "TARGET_ACR_VALUES", "MAX_AGE"];

/** @throws CognitoError `InvalidParameterException` */
function assertSimulated(values: JsonObject, what: string): void {
  const unknown = NOT_SIMULATED.find((name) => textOf(values[name]) !== undefined);
  if (unknown !== undefined) throw notSimulated(`the ${what} ${unknown}`);
}

/** `InitiateAuth`, and `AdminInitiateAuth`. */
function initiate(byAdmin: boolean): Operation {
  return async (pool, request) => {
    const client = clientOf(pool.config, requiredText(request, "ClientId"));
    const flow = permittedFlow(pool.config, client, requiredText(request, "AuthFlow"), byAdmin);
    const parameters = objectOf(request["AuthParameters"]);
    assertSimulated(parameters, "authentication parameter");
    const secretHash = textOf(parameters["SECRET_HASH"]);
    if (flow === "REFRESH_TOKEN_AUTH" || flow === "REFRESH_TOKEN") {
      const token = requiredText(parameters, "REFRESH_TOKEN");
      return signedIn(await refreshedTokens(pool, client, token, secretHash));
    }
    assertSecretHash(client, requiredText(parameters, "USERNAME"), secretHash);
    const call: AuthCall = { pool, client, validationData: metadataOf(request) };
    return answerOf(call, await startSignIn(call, flow, parameters, textOf(request["Session"])));
  };
}

export const initiateAuth = initiate(false);
export const adminInitiateAuth = inPool(initiate(true));

export const respondToAuthChallenge: Operation = async (pool, request) => {
  const client = clientOf(pool.config, requiredText(request, "ClientId"));
  const name = requiredText(request, "ChallengeName");
  const responses = objectOf(request["ChallengeResponses"]);
  assertSimulated(responses, "challenge response");
  assertSecretHash(client, requiredText(responses, "USERNAME"), textOf(responses["SECRET_HASH"]));
  const call: AuthCall = { pool, client, clientMetadata: metadataOf(request) };
  const session = textOf(request["Session"]);
  return answerOf(call, await answerChallenge(call, { name, session, responses }));
};

export const adminRespondToAuthChallenge = inPool(respondToAuthChallenge);

async function answerOf(call: AuthCall, step: Step): Promise<JsonObject> {
  if (step.kind === "challenge") {
    return {
      ChallengeName: step.name,
      ChallengeParameters: step.parameters,
      ...(step.session === undefined ? {} : { Session: step.session }),
      ...(step.available === undefined ? {} : { AvailableChallenges: step.available }),
    };
  }
  const { pool, client, clientMetadata } = call;
  const request = { source: step.source, scopes: [API_SCOPE], clientMetadata };
  return signedIn(await beginSignIn(pool, step.user, client, request));
}

const signedIn = (tokens: UserTokens): JsonObject => ({
  ChallengeParameters: {},
  AuthenticationResult: authenticationResult(tokens),
});
