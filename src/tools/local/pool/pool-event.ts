import { type JsonObject, jsonIn, objectOf, textOf } from "../../../json.ts";
import type { WebCall } from "../../cognito-server/http/user-pool-server.ts";

/** Something that was asked of the user pool, and what came of it. */
export interface PoolEvent {
  /** `SignUp`, or the grant of the token endpoint. */
  readonly operation: string;
  readonly status: number;
  /** The name or address that was given; it proves nothing. */
  readonly username: string | undefined;
  /** The access token that was issued: for who it names, never to be shown. */
  readonly accessToken: string | undefined;
  /** The code of the error. */
  readonly error: string | undefined;
  /** What the pool asks for before it gives tokens, e.g. `PASSWORD_VERIFIER`. */
  readonly challenge: string | undefined;
}

/** The operations that a person wants to see; functions call others of the pool while they work. */
const SHOWN: ReadonlySet<string> = new Set([
  "AdminCreateUser",
  "AdminInitiateAuth",
  "ConfirmForgotPassword",
  "ConfirmSignUp",
  "ForgotPassword",
  "GetTokensFromRefreshToken",
  "GlobalSignOut",
  "InitiateAuth",
  "RespondToAuthChallenge",
  "SignUp",
]);

/** The event of an operation; undefined for one that is not shown. */
export function apiEvent(
  operation: string,
  request: JsonObject,
  answer: { readonly status: number; readonly body: JsonObject; readonly error: string | undefined },
): PoolEvent | undefined {
  if (!SHOWN.has(operation)) return undefined;
  const username =
    textOf(request["Username"]) ??
    textOf(objectOf(request["AuthParameters"])["USERNAME"]) ??
    textOf(objectOf(request["ChallengeResponses"])["USERNAME"]);
  const { AuthenticationResult: result } = answer.body;
  return {
    operation,
    status: answer.status,
    username,
    accessToken: textOf(objectOf(result)["AccessToken"]) ?? textOf(request["AccessToken"]),
    error: answer.error,
    challenge: textOf(answer.body["ChallengeName"]),
  };
}

/** The event of a request of the token endpoint; undefined for every other endpoint, and for pages. */
export function webEvent({ route, request, answer }: WebCall): PoolEvent | undefined {
  if (route !== "POST /oauth2/token") return undefined;
  const body = objectOf(jsonIn(answer.body));
  return {
    operation: new URLSearchParams(request.body).get("grant_type") ?? "/oauth2/token",
    status: answer.status,
    username: undefined,
    accessToken: textOf(body["access_token"]),
    error: textOf(body["error"]),
    challenge: undefined,
  };
}
