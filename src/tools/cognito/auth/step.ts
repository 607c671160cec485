import type { JsonObject } from "../../../json.ts";
import type { ClientConfig } from "../config/pool-config.ts";
import type { Attributes, User } from "../directory/user.ts";
import type { Pool } from "../pool.ts";
import { triggerAttributes } from "../tokens/sign-in-tokens.ts";
import { type TriggerCall, triggerEvent } from "../triggers/trigger-event.ts";
import type { Challenged, ChallengeState } from "./challenges.ts";

/** One call of a sign-in: who makes it, and what its triggers are told. */
export interface AuthCall {
  readonly pool: Pool;
  readonly client: ClientConfig;
  /** `ClientMetadata` where a sign-in begins: goes to PreAuthentication and UserMigration, under this name. */
  readonly validationData?: Attributes | undefined;
  /** `ClientMetadata` of an answer to a challenge: goes to the triggers that run then. */
  readonly clientMetadata?: Attributes | undefined;
}

/** How a sign-in goes on: it is proven, or the pool asks for more. */
export type Step = ProvenStep | ChallengeStep;

/** The user is who they say; tokens are the next thing (`beginSignIn`). */
export interface ProvenStep {
  readonly kind: "proven";
  readonly user: User;
  /** The source of pre-token-generation, where the API gives the tokens. */
  readonly source: "TokenGeneration_Authentication" | "TokenGeneration_NewPasswordChallenge";
}

export interface ChallengeStep {
  readonly kind: "challenge";
  /** `ChallengeName` */
  readonly name: string;
  readonly parameters: Attributes;
  /** undefined where the challenge is found by its `SECRET_BLOCK`. */
  readonly session: string | undefined;
  /** `AvailableChallenges` of SELECT_CHALLENGE. */
  readonly available?: readonly string[];
}

/** Whose challenge it is at the beginning of a sign-in. @param user the given name where no user has it */
export const firstOf = (user: User | string): Challenged => ({
  username: typeof user === "string" ? user : user.username,
  userExists: typeof user !== "string",
  newPassword: false,
});

/** Opens a challenge, and tells of it. */
export function ask(
  { pool, client }: AuthCall,
  whose: Challenged,
  state: ChallengeState,
  parameters: Attributes,
): ChallengeStep {
  const session = pool.challenges.open(client, whose, state);
  return { kind: "challenge", name: state.name, parameters, session };
}

/** An event about the user of a sign-in; a name alone where there is no such user. */
export function authEvent(
  { pool, client, clientMetadata }: AuthCall,
  source: string,
  user: User | string,
  request: JsonObject,
  response: JsonObject = {},
): JsonObject {
  const call: TriggerCall = {
    userName: typeof user === "string" ? user : user.username,
    clientId: client.id,
    clientMetadata,
    userAttributes: typeof user === "string" ? {} : triggerAttributes(user),
  };
  return triggerEvent(pool.config.place, source, call, request, response);
}

/** What triggers are told of whether the user exists: only those of clients that hide it. */
export function userNotFound({ client }: AuthCall, user: User | string): JsonObject {
  return client.preventUserExistenceErrors ? { userNotFound: typeof user === "string" } : {};
}
