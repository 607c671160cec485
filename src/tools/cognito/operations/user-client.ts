import type { JsonObject } from "../../../json.ts";
import { textOf } from "../../../json.ts";
import { assertSecretHash } from "../auth/secret-hash.ts";
import { CognitoError } from "../cognito-error.ts";
import type { ClientConfig } from "../config/pool-config.ts";
import { clientOf, type Pool } from "../pool.ts";
import { requiredText } from "./operation.ts";

/** Who an operation without credentials is about: the app client, its proof checked, and the name of the user. */
export interface ClientCall {
  readonly client: ClientConfig;
  /** As the request names the user. */
  readonly username: string;
}

/** @throws CognitoError where the client is unknown, or does not prove its secret */
export function clientCall(pool: Pool, request: JsonObject): ClientCall {
  const client = clientOf(pool.config, requiredText(request, "ClientId"));
  const username = requiredText(request, "Username");
  assertSecretHash(client, username, textOf(request["SecretHash"]));
  return { client, username };
}

/** What a client hears of a user who does not exist, unless it has to be kept from it. */
export const unknownUser = () =>
  new CognitoError("UserNotFoundException", "Username/client id combination not found.");
