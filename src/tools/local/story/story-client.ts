import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import { CognitoError } from "../../cognito/cognito-error.ts";
import { LOCAL } from "../identifiers.ts";
import type { Ports } from "../ports.ts";

/** The answer of an API. */
export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

/** Calls the running stack like any client: over HTTP. */
export class StoryClient {
  readonly #api: string;
  readonly #cognito: string;

  constructor(ports: Ports) {
    this.#api = `http://127.0.0.1:${ports.api}`;
    this.#cognito = `http://127.0.0.1:${ports.cognito}`;
  }

  /** @throws CognitoError the error answer of the pool */
  async cognito(operation: string, request: JsonObject): Promise<JsonObject> {
    const response = await fetch(this.#cognito, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      },
      body: JSON.stringify(request),
    });
    const body = objectOf(await response.json());
    if (response.ok) return body;
    throw new CognitoError(textOf(body["__type"]) ?? "unknown", textOf(body["message"]) ?? "");
  }

  /** The newest code that was mailed to this address. */
  async mailedCode(to: string): Promise<string | undefined> {
    const response = await fetch(`${this.#cognito}/_mailbox?to=${encodeURIComponent(to)}`);
    const mails = objectOf(await response.json())["mails"];
    return Array.isArray(mails) ? textOf(objectOf(mails[0])["code"]) : undefined;
  }

  /** An access token that an app client gets for itself. */
  async machineToken(secret: string): Promise<string | undefined> {
    const basic = Buffer.from(`${LOCAL.appClients.reporting}:${secret}`).toString("base64");
    const response = await fetch(`${this.#cognito}/oauth2/token`, {
      method: "POST",
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
    return textOf(objectOf(await response.json())["access_token"]);
  }

  async call(route: string, token: string | undefined, body?: JsonObject): Promise<Answer> {
    const [method = "GET", path = "/"] = route.split(" ");
    const response = await fetch(`${this.#api}${path}`, {
      method,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: objectOf(await response.json().catch(() => undefined)) };
  }
}
