import { type JsonObject, textOf } from "../../../json.ts";
import type { PoolConfig } from "../../cognito/config/pool-config.ts";
import type { Pool } from "../../cognito/pool.ts";
import type { IssuedTokens } from "../../cognito/tokens/token-issuer.ts";
import type { IssuedJson, TokenJson } from "../../console/contract.ts";

/** More sign-ins than a person compares. */
const KEPT = 30;

/** The tokens that the pool issued last, newest first, without the tokens themselves. */
export class IssuedLog {
  #issued: readonly (readonly [accessToken: string, issued: IssuedJson])[] = [];
  #next = 1;

  add(pool: Pick<Pool, "config" | "users" | "now">, tokens: IssuedTokens): IssuedJson {
    const issued = issuedJson(pool, tokens, this.#next++);
    this.#issued = [[tokens.accessToken, issued] as const, ...this.#issued].slice(0, KEPT);
    return issued;
  }

  list(): readonly IssuedJson[] {
    return this.#issued.map(([, issued]) => issued);
  }

  /** What is known of an access token that was issued just now. */
  of(accessToken: string): IssuedJson | undefined {
    return this.#issued.find(([known]) => known === accessToken)?.[1];
  }
}

function issuedJson(
  { config, users, now }: Pick<Pool, "config" | "users" | "now">,
  { stock, claims, idToken }: IssuedTokens,
  id: number,
): IssuedJson {
  const { access } = claims;
  const client = clientName(config, textOf(access["client_id"]));
  const user = users.find(textOf(access["username"]) ?? "");
  const who = user?.attributes["email"] ?? textOf(access["username"]) ?? client;
  return {
    id,
    at: now(),
    who,
    client,
    access: { stock: stock.access, claims: access },
    idToken: idToken === undefined ? null : idTokenJson(stock.id, claims.id, idToken),
  };
}

/** `at_hash` is added with the signature, not by the trigger. */
function idTokenJson(
  stock: JsonObject | undefined,
  claims: JsonObject | undefined,
  idToken: string,
): TokenJson {
  const signed = JSON.parse(
    Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString("utf8"),
  ) as JsonObject;
  const hash = { at_hash: signed["at_hash"] };
  return { stock: { ...stock, ...hash }, claims: { ...claims, ...hash } };
}

/** What people call an app client. */
export function clientName({ clients }: PoolConfig, id: string | undefined): string {
  return clients.find((client) => client.id === id)?.name ?? id ?? "";
}
