import { type JsonObject, objectOf, textMapOf, textOf } from "../../../json.ts";
import { CognitoError } from "./cognito-error.ts";
import type { LocalPool } from "./local-pool.ts";
import { refresh } from "./operations/refresh.ts";
import type { ClientPlan } from "./pool-plan.ts";
import { clientOf } from "./tokens/token-issuer.ts";
import type { Attributes } from "./trigger-event.ts";

/** An answer of `/oauth2/token`. */
export interface TokenAnswer {
  readonly status: 200 | 400;
  readonly body: JsonObject;
}

const refuse = (error: string): TokenAnswer => ({ status: 400, body: { error } });

/**
 * The two grants of `/oauth2/token` that cognito-local does not have, or does not have right; undefined for a
 * grant that is left to it.
 *
 * @param authorization the `Authorization` header: `Basic` of client id and secret
 */
export async function answerTokenRequest(
  pool: LocalPool,
  form: URLSearchParams,
  authorization: string | undefined,
): Promise<TokenAnswer | undefined> {
  const grant = form.get("grant_type");
  if (grant === "client_credentials") return clientCredentials(pool, form, authorization);
  if (grant === "refresh_token") return refreshed(pool, form);
  return undefined;
}

async function clientCredentials(
  pool: LocalPool,
  form: URLSearchParams,
  authorization: string | undefined,
): Promise<TokenAnswer> {
  const client = authenticated(pool, credentials(form, authorization));
  if (client === undefined) return refuse("invalid_client");
  if (!client.flows.includes("client_credentials")) return refuse("unauthorized_client");
  const asked = (form.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  if (asked.some((scope) => !client.scopes.includes(scope))) return refuse("invalid_scope");
  const scopes = asked.length === 0 ? client.scopes : [...new Set(asked)];
  const metadata = clientMetadata(form);
  if (metadata === "invalid") return refuse("invalid_request");
  try {
    const { accessToken } = await pool.issuer.forMachine(client, scopes, metadata);
    return {
      status: 200,
      body: { access_token: accessToken, expires_in: client.accessTokenSeconds, token_type: "Bearer" },
    };
  } catch (error) {
    if (error instanceof CognitoError) {
      return { status: 400, body: { error: "invalid_request", error_description: error.message } };
    }
    throw error;
  }
}

export interface Credentials {
  readonly id: string;
  readonly secret: string;
}

function credentials(form: URLSearchParams, authorization: string | undefined): Credentials {
  const basic = basicCredentials(authorization);
  if (basic !== undefined) return { id: formDecoded(basic.id), secret: formDecoded(basic.secret) };
  return { id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" };
}

/** Client id and secret are form-encoded before they are put in the header (RFC 6749 section 2.3.1). */
function formDecoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll("&", "%26")}`).get("x") ?? "";
}

/** The two halves of a `Basic` authorization header, or undefined where it is none. */
export function basicCredentials(authorization: string | undefined): Credentials | undefined {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? "")?.[1];
  if (basic === undefined) return undefined;
  const text = Buffer.from(basic, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return { id: text.slice(0, Math.max(colon, 0)), secret: text.slice(colon + 1) };
}

function authenticated(pool: LocalPool, { id, secret }: Credentials): ClientPlan | undefined {
  const client = pool.plan.clients.find((candidate) => candidate.id === id);
  return client?.secret !== undefined && client.secret === secret ? client : undefined;
}

function clientMetadata(form: URLSearchParams): Attributes | undefined | "invalid" {
  const text = form.get("aws_client_metadata");
  if (text === null) return undefined;
  try {
    return textMapOf(JSON.parse(text)) ?? "invalid";
  } catch {
    return "invalid";
  }
}

async function refreshed(pool: LocalPool, form: URLSearchParams): Promise<TokenAnswer> {
  try {
    const client = clientOf(pool.plan, form.get("client_id") ?? "");
    const result = await refresh(pool, form.get("refresh_token") ?? "", client);
    const tokens = objectOf(result["AuthenticationResult"]);
    return {
      status: 200,
      body: {
        access_token: textOf(tokens["AccessToken"]),
        id_token: textOf(tokens["IdToken"]),
        // Not there, and so not in the JSON, where the client does not rotate.
        refresh_token: textOf(tokens["RefreshToken"]),
        expires_in: tokens["ExpiresIn"],
        token_type: "Bearer",
      },
    };
  } catch (error) {
    if (error instanceof CognitoError) return refuse("invalid_grant");
    throw error;
  }
}
