import { type Caller, readCaller } from "../../authorizers/caller.ts";
import { type EmergencyStop, stoppedRoute, stopsEverything } from "../../authorizers/emergency-stop.ts";
import { property } from "../../authorizers/event-shape.ts";
import { ClaimgateError } from "../../errors.ts";
import { own } from "../../own-property.ts";
import type { Policy } from "../../policy/policy.ts";
import { isTokenFault } from "../../token/token-fault.ts";
import type { VerifiedToken } from "../../token/verified-token.ts";
import { callerOfToken } from "../caller-of-token.ts";
import type { McpCall, McpGuardOptions, McpServe } from "./guard-options.ts";
import type { HttpRequest } from "./http-request.ts";
import { withListedTools } from "./listed-tools.ts";
import { isObject, type McpMessage, readMessage } from "./message.ts";
import { kindOfMethod } from "./methods.ts";
import { headersAgree } from "./mirrored-headers.ts";
import {
  CODES,
  challenge,
  JSON_HEADERS,
  type McpRefused,
  type RefusalText,
  refusalAnswer,
} from "./refusal.ts";
import { type McpAnswer, resourceMetadataUrl } from "./resource.ts";
import { decideCall, mayCall, toolRoute } from "./tool-decision.ts";

/** A caller whom the guard knows, the policy in force, and the emergency stop that the verification found. */
interface Admitted {
  readonly caller: Caller;
  readonly policy: Policy;
  readonly stop: EmergencyStop | undefined;
}

const FORBIDDEN = { status: 403, code: CODES.forbidden, message: "Forbidden" } as const;

/** One HTTP request and its answer. */
export class Exchange {
  readonly #options: McpGuardOptions;
  readonly #request: HttpRequest;
  readonly #source: unknown;

  /**
   * @param source what the caller is read from: the event, or the request
   */
  constructor(options: McpGuardOptions, request: HttpRequest, source: unknown) {
    this.#options = options;
    this.#request = request;
    this.#source = source;
  }

  async answer(serve: McpServe): Promise<McpAnswer> {
    const refused = this.#originRefused();
    if (refused !== undefined) return refused;
    // Before the token: a client may send it slowly, and meanwhile a token expires, is revoked, or a stop begins.
    const body = await this.#request.body();
    const admitted = await this.#caller();
    if ("statusCode" in admitted) return admitted;
    const { caller, policy } = admitted;
    const message = this.#message(caller, body);
    if ("statusCode" in message) return message;
    const call: McpCall = { message, caller };
    const stop = admitted.stop ?? (await this.#options.stop?.());
    if (stopsEverything(stop)) return this.#stopped(call);
    const isStopped = (name: string) => stoppedRoute({ stop }, policy, toolRoute(name)) !== undefined;
    switch (kindOfMethod(message)) {
      case "denied":
        return this.#methodDenied(call);
      case "list": {
        const now = this.#now();
        const isListed = (name: string) => !isStopped(name) && mayCall(policy, caller, name, now);
        return answered(withListedTools(await serve(call), isListed));
      }
      case "call":
        return this.#callDenied(call, policy, isStopped) ?? this.#called(call, serve);
      case "open": {
        const response = await serve(call);
        return message.id === undefined ? ACCEPTED : answered(response);
      }
    }
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now() / 1000;
  }

  #refuse(refused: McpRefused, text: RefusalText): McpAnswer {
    this.#options.onRefusal?.(refused);
    return refusalAnswer({ id: refused.message?.id, ...text });
  }

  /** Before anything of the caller is read; undefined for a listed origin, and for none. */
  #originRefused(): McpAnswer | undefined {
    const origins = this.#options.origins ?? [];
    if (this.#request.header("origin").every((origin) => origins.includes(origin))) return undefined;
    const text = { ...FORBIDDEN, message: "the origin is not allowed" };
    return this.#refuse({ refusal: "origin_refused" }, text);
  }

  /** After the caller is known: without a token, any request is told where to get one. */
  #formRefused(caller: Caller): McpAnswer | undefined {
    const { method, header } = this.#request;
    const refuse = (status: number, message: string, headers?: RefusalText["headers"]) =>
      this.#refuse({ refusal: "request_refused", caller }, { status, code: -32600, message, headers });
    // A function keeps no stream open (GET) and no session (DELETE).
    if (method !== "POST") return refuse(405, "the method is not allowed", { allow: "POST" });
    const [type = "", ...more] = header("content-type");
    const isJson = more.length === 0 && /^application\/json[ \t]*(;|$)/i.test(type);
    return isJson ? undefined : refuse(415, "the body is not `application/json`");
  }

  async #caller(): Promise<Admitted | McpAnswer> {
    const { verify, strict } = this.#options;
    let token: VerifiedToken | undefined;
    try {
      token = verify && (await this.#verified(verify));
    } catch (error) {
      if (!isTokenFault(error)) throw error;
      const { code } = error;
      return this.#unauthorized({ refusal: "token_refused", code }, code !== "token_missing");
    }
    const policy = this.#options.policy();
    const caller = token === undefined ? readCaller(this.#source) : callerOfToken(token, policy);
    if (caller === undefined) return this.#unauthorized({ refusal: "caller_missing" }, false);
    if (caller.expiresAt <= this.#now())
      return this.#unauthorized({ refusal: "token_expired", caller }, true);
    if (strict === true && caller.policyVersion !== policy.version) {
      return this.#refuse({ refusal: "policy_version_differs", caller }, FORBIDDEN);
    }
    return { caller, policy, stop: token?.stop };
  }

  /** @throws ClaimgateError `token_audience_invalid` for a token that does not name this server */
  async #verified(verify: NonNullable<McpGuardOptions["verify"]>): Promise<VerifiedToken> {
    const token = await verify(this.#source);
    const audience = [own(token.claims, "aud")].flat();
    if (audience.includes(this.#options.resource)) return token;
    throw new ClaimgateError("token_audience_invalid", "claim `aud` does not name this MCP server");
  }

  /** A client without a token learns where to get one; with a bad one, that it is bad (RFC 6750, section 3.1). */
  #unauthorized(refused: McpRefused, isBad: boolean): McpAnswer {
    const headers = challenge({
      error: isBad ? "invalid_token" : undefined,
      resource_metadata: this.#metadataUrl(),
      scope: this.#options.scopes?.join(" "),
    });
    return this.#refuse(refused, { status: 401, code: CODES.unauthorized, message: "Unauthorized", headers });
  }

  #metadataUrl(): string {
    return this.#options.metadataUrl ?? resourceMetadataUrl(this.#options.resource);
  }

  #message(caller: Caller, body: Awaited<ReturnType<HttpRequest["body"]>>): McpMessage | McpAnswer {
    const refused = this.#formRefused(caller);
    if (refused !== undefined) return refused;
    const refuse = (text: Pick<RefusalText, "status" | "code" | "message">, message?: McpMessage) =>
      this.#refuse({ refusal: "request_refused", caller, message }, text);
    if (body === "too-long") return refuse({ status: 413, code: -32600, message: "the body is too long" });
    if (body === undefined) return refuse({ status: 400, code: -32700, message: "the body is not UTF-8" });
    const read = readMessage(body);
    if ("fault" in read) return refuse({ status: 400, ...read.fault });
    const { message } = read;
    if (headersAgree(this.#request, message)) return message;
    const text = "a header does not match the body";
    return refuse({ status: 400, code: CODES.headerMismatch, message: text }, message);
  }

  #methodDenied({ message, caller }: McpCall): McpAnswer {
    const status = message.id === undefined ? 400 : this.#statusOfUnknownMethod();
    const refused = { refusal: "method_denied", message, caller } as const;
    return this.#refuse(refused, { status, code: -32601, message: "Method not found" });
  }

  /** 404 since 2026-07-28; before, it would tell the client that its session is gone. */
  #statusOfUnknownMethod(): 200 | 404 {
    const [version = ""] = this.#request.header("mcp-protocol-version");
    return /^\d{4}-\d\d-\d\d$/.test(version) && version >= "2026-07-28" ? 404 : 200;
  }

  #stopped({ message, caller }: McpCall): McpAnswer {
    return this.#refuse({ refusal: "stopped", message, caller }, FORBIDDEN);
  }

  /** Undefined for a call that is allowed. */
  #callDenied(
    { message, caller }: McpCall,
    policy: Policy,
    isStopped: (name: string) => boolean,
  ): McpAnswer | undefined {
    const [name, given] = [property(message.params, "name"), property(message.params, "arguments") ?? {}];
    if (typeof name !== "string" || !isObject(given)) {
      const text = "`name` is not a string, or `arguments` is not an object";
      return this.#refuse(
        { refusal: "request_refused", message, caller },
        { status: 400, code: -32602, message: text },
      );
    }
    if (isStopped(name)) return this.#stopped({ message, caller });
    const judged = decideCall(policy, caller, { name, arguments: given }, this.#now());
    const { decision, missingScope, acceptedAge } = judged;
    if (decision.effect === "allow") return undefined;
    if (acceptedAge !== undefined) {
      const error = "insufficient_user_authentication";
      const headers = challenge({
        error,
        error_description: "a more recent sign-in is required",
        max_age: String(acceptedAge),
        resource_metadata: this.#metadataUrl(),
      });
      const data = { error, max_age: acceptedAge };
      return this.#refuse(
        { refusal: "sign_in_too_old", message, caller, decision },
        { status: 401, code: CODES.unauthorized, message: "Unauthorized", data, headers },
      );
    }
    return this.#refuse(
      { refusal: "tool_denied", message, caller, decision },
      { ...FORBIDDEN, ...this.#scopeChallenge(missingScope) },
    );
  }

  /** Only where a scope would help: a client asks its user again whenever it gets this challenge. */
  #scopeChallenge(scope: string | undefined): Pick<RefusalText, "data" | "headers"> {
    if (scope === undefined) return {};
    const error = "insufficient_scope";
    // Behind a REST API the header is renamed on its way, so the body says it, too.
    return {
      data: { error, scope },
      headers: challenge({ error, scope, resource_metadata: this.#metadataUrl() }),
    };
  }

  async #called(call: McpCall, serve: McpServe): Promise<McpAnswer> {
    this.#options.onCall?.(call);
    return answered(await serve(call));
  }
}

const ACCEPTED: McpAnswer = { statusCode: 202, headers: { "cache-control": "no-store" }, body: "" };

/** @throws TypeError if the server gave no answer */
function answered(response: unknown): McpAnswer {
  if (!isObject(response)) throw new TypeError("the server gave no JSON-RPC answer to a request");
  return { statusCode: 200, headers: JSON_HEADERS, body: JSON.stringify(response) };
}
