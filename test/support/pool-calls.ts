import { type JsonObject, objectOf, objectsOf, textOf } from "../../src/json.ts";
import { CognitoError } from "../../src/tools/cognito/cognito-error.ts";
import { callOperation } from "../../src/tools/cognito/operations/call-operation.ts";
import type { Pool } from "../../src/tools/cognito/pool.ts";
import { clientOf } from "../../src/tools/cognito/pool.ts";
import { beginSignIn } from "../../src/tools/cognito/tokens/sign-in-tokens.ts";
import { API_SCOPE } from "../../src/tools/cognito/tokens/stock-claims.ts";

/** A password that the policy of AWS takes. */
export const PASSWORD = "Passw0rd!";

/** Calls an operation, of the pool and as its client `web` where the request names no other. */
export async function call(pool: Pool, operation: string, request: JsonObject = {}): Promise<JsonObject> {
  const named = { UserPoolId: pool.config.place.userPoolId, ClientId: "webclient" };
  return callOperation(pool, operation, { ...named, ...request });
}

/** How an operation is refused, `Name: message`; else `answered`. */
export async function outcome(pool: Pool, operation: string, request: JsonObject = {}): Promise<string> {
  try {
    await call(pool, operation, request);
    return "answered";
  } catch (error) {
    if (error instanceof CognitoError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

/** How an operation is refused: `Name: message`. */
export async function refusal(pool: Pool, operation: string, request: JsonObject = {}): Promise<string> {
  const text = await outcome(pool, operation, request);
  if (text === "answered") throw new Error(`${operation} was not refused`);
  return text;
}

/** The newest code that was sent. */
export const lastCode = (pool: Pool): string => pool.mailbox.list()[0]?.code ?? "";

/** Signs up and confirms. @returns the username */
export async function confirmedUser(pool: Pool, name: string, request: JsonObject = {}): Promise<string> {
  await call(pool, "SignUp", { Username: name, Password: PASSWORD, ...request });
  await call(pool, "ConfirmSignUp", { Username: name, ConfirmationCode: lastCode(pool) });
  return userNamed(pool, name).username;
}

export function userNamed(pool: Pool, name: string) {
  const user = pool.users.find(name);
  if (user === undefined) throw new Error(`there is no user ${name}`);
  return user;
}

/** An access token of the API, for a user who is there. */
export async function accessTokenOf(pool: Pool, name: string, clientId = "webclient"): Promise<string> {
  const client = clientOf(pool.config, clientId);
  const source = "TokenGeneration_Authentication";
  return (await beginSignIn(pool, userNamed(pool, name), client, { source, scopes: [API_SCOPE] }))
    .accessToken;
}

/** A list of `{Name, Value}` as a map. */
export const named = (list: unknown): Record<string, string> =>
  Object.fromEntries(
    objectsOf(list).map((item) => [textOf(item["Name"]) ?? "", textOf(item["Value"]) ?? ""]),
  );

/** A map as a list of `{Name, Value}`. */
export const listed = (values: Record<string, string>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

/** `AdminGetUser`, with attributes as a map. */
export async function shown(pool: Pool, name: string): Promise<JsonObject> {
  const answer = objectOf(await call(pool, "AdminGetUser", { Username: name }));
  return { ...answer, UserAttributes: named(answer["UserAttributes"]) };
}

/** A trigger that changes nothing, and keeps its events. */
export const recording =
  <Event>(events: Event[]) =>
  (event: Event): Event => {
    events.push(event);
    return event;
  };

/** The refusal of a code that is wrong. */
export const MISMATCH = "CodeMismatchException: Invalid verification code provided, please try again.";

/** The refusal of a code that no longer counts. */
export const EXPIRED = "ExpiredCodeException: Invalid code provided, please request a code again.";
