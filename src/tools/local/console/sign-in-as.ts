import type { ClientConfig } from "../../cognito/config/pool-config.ts";
import type { User } from "../../cognito/directory/user.ts";
import type { Pool } from "../../cognito/pool.ts";
import { beginSignIn } from "../../cognito/tokens/sign-in-tokens.ts";
import { API_SCOPE } from "../../cognito/tokens/stock-claims.ts";
import { ConsoleError } from "./console-error.ts";

/** Tokens as an app gets them. */
export interface Jwts {
  readonly access: string;
  /** undefined for a machine. */
  readonly id: string | undefined;
}

/** Who calls: a user by name, or `client:NAME` for an app client that acts for itself. */
export async function signInAs(pool: Pool, who: string): Promise<Jwts> {
  if (who.startsWith("client:")) return machineTokens(pool, who.slice("client:".length));
  const user = pool.users.find(who);
  if (user === undefined) throw new ConsoleError(404, "user", `the pool has no user \`${who}\``);
  assertConfirmed(user);
  const request = { source: "TokenGeneration_Authentication", scopes: [API_SCOPE] };
  const { accessToken, idToken } = await beginSignIn(pool, user, clientForUsers(pool), request);
  return { access: accessToken, id: idToken };
}

async function machineTokens(pool: Pool, name: string): Promise<Jwts> {
  const client = pool.config.clients.find((one) => one.name === name);
  if (client === undefined) throw new ConsoleError(404, "client", `the pool has no app client \`${name}\``);
  const { accessToken } = await pool.tokens.forMachine(client, client.scopes, undefined);
  return { access: accessToken, id: undefined };
}

/** Cognito gives such a user no tokens, whatever they know. */
function assertConfirmed({ status }: User): void {
  if (status !== "UNCONFIRMED") return;
  throw new ConsoleError(
    400,
    "UserNotConfirmedException",
    "the user is not confirmed; confirm the user first",
  );
}

/** The first client that is not a machine's. */
function clientForUsers({ config: { clients } }: Pool): ClientConfig {
  const client = clients.find(({ flows }) => !flows.includes("client_credentials")) ?? clients[0];
  if (client === undefined)
    throw new ConsoleError(400, "client", "the pool has no app client to sign in with");
  return client;
}
