import { messageOf } from "../../../errors.ts";
import { type JsonObject, textMapOf, textOf } from "../../../json.ts";
import type { GatewayJson, LogEntryJson, TriedJson } from "../../console/contract.ts";
import type { PolicyInForce } from "../policy-in-force.ts";
import { badRequest, ConsoleError } from "./console-error.ts";
import type { ConsoleStack } from "./console-stack.ts";
import { explainCall } from "./explain-call.ts";
import { signInAs } from "./sign-in-as.ts";

/** A call as the page describes it. */
interface Trial {
  /** A user name, `client:NAME`, `nobody` for no token, `forged` for one with another signature. */
  readonly who: string;
  readonly method: string;
  /** The route that the gateway matches: `GET /orders/{orderId}`. */
  readonly route: string;
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly gateway: GatewayJson;
  readonly body: string;
}

const ANSWER_LIMIT_MS = 20_000;

/** More than fits a page. */
const SHOWN_CHARACTERS = 20_000;

/** How long the decision of a call may take to arrive from the functions' log. */
const DECISION_LIMIT_MS = 1_500;

/** Tells of each entry of the live log. @returns stops telling */
export type OnEntry = (listener: (entry: LogEntryJson) => void) => () => void;

/**
 * Calls the API of the stack as anybody, over HTTP like any client, and explains the answer by the policy in force.
 *
 * @throws ConsoleError, CognitoError of the trigger
 */
export async function tryRoute(
  stack: ConsoleStack,
  policy: PolicyInForce,
  onEntry: OnEntry,
  request: JsonObject,
): Promise<TriedJson> {
  const trial = trialIn(request);
  const token = await tokenFor(stack, trial.who);
  const base = `http://127.0.0.1:${stack.ports.api}${trial.gateway === "rest" ? "/dev" : ""}`;
  const url = `${base}${trial.path}`;
  const entry = new AwaitedEntry(onEntry, trial.method, new URL(url).pathname);
  try {
    const begun = performance.now();
    const answer = await call(url, trial, token);
    const took = Math.round(performance.now() - begun);
    return {
      url,
      method: trial.method,
      ...answer,
      took,
      logged: (await entry.within(DECISION_LIMIT_MS)) ?? null,
      explanation: explanationFor(stack, policy, trial, token),
    };
  } finally {
    entry.stop();
  }
}

async function tokenFor(stack: ConsoleStack, who: string): Promise<string | undefined> {
  if (who === "nobody") return undefined;
  if (who !== "forged") return (await signInAs(stack.pool, who)).access;
  const header = { alg: "RS256", kid: "forged" };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const payload = { iss: stack.pool.config.place.issuer, sub: "forged", token_use: "access" };
  return `${part(header)}.${part(payload)}.${Buffer.from("forged").toString("base64url")}`;
}

async function call(
  url: string,
  { method, body }: Trial,
  token: string | undefined,
): Promise<{ readonly status: number; readonly body: string }> {
  const hasBody = body !== "" && method !== "GET" && method !== "HEAD";
  try {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(hasBody ? { "content-type": "application/json" } : {}),
      },
      ...(hasBody ? { body } : {}),
    });
    return { status: response.status, body: (await response.text()).slice(0, SHOWN_CHARACTERS) };
  } catch (cause) {
    throw new ConsoleError(502, "api", `the API does not answer: ${messageOf(cause)}`, { cause });
  }
}

/** The entry of a call that is about to be made. */
class AwaitedEntry {
  #resolve: ((entry: LogEntryJson) => void) | undefined;
  readonly #found = new Promise<LogEntryJson>((resolve) => {
    this.#resolve = resolve;
  });
  readonly stop: () => void;

  constructor(onEntry: OnEntry, method: string, path: string) {
    this.stop = onEntry((entry) => {
      if (entry.kind === "call" && entry.what === `${method} ${path}`) this.#resolve?.(entry);
    });
  }

  async within(limit: number): Promise<LogEntryJson | undefined> {
    let late: NodeJS.Timeout | undefined;
    const given = new Promise<undefined>((resolve) => {
      late = setTimeout(() => resolve(undefined), limit);
    });
    const found = await Promise.race([this.#found, given]);
    clearTimeout(late);
    return found;
  }
}

function explanationFor(
  { pool }: ConsoleStack,
  policy: PolicyInForce,
  { who, route, parameters }: Trial,
  token: string | undefined,
): TriedJson["explanation"] {
  if (token === undefined || who === "forged") return null;
  const claims = JSON.parse(
    Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"),
  ) as JsonObject;
  return explainCall(policy.read().policy, pool.config, claims, route, parameters);
}

/** @throws ConsoleError */
function trialIn(request: JsonObject): Trial {
  const route = textOf(request["route"]) ?? "";
  const [template = "", path = ""] = route.split(" ");
  if (!path.startsWith("/")) throw badRequest(`\`${route}\` is not a route with a path`);
  const method = template === "ANY" ? (textOf(request["method"]) ?? "GET") : template;
  if (!/^[A-Z]{3,7}$/.test(method)) throw badRequest(`\`${method}\` is not a method`);
  const parameters = textMapOf(request["parameters"]) ?? {};
  return {
    who: textOf(request["who"]) ?? "nobody",
    method,
    route,
    path: concretePath(path, parameters),
    parameters,
    gateway: request["gateway"] === "rest" ? "rest" : "http",
    body: textOf(request["body"]) ?? "",
  };
}

/** @throws ConsoleError where a parameter of the path is missing */
function concretePath(path: string, parameters: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{([^{}+]+)(\+?)\}/g, (_, name: string, greedy: string) => {
    const value = Object.hasOwn(parameters, name) ? (parameters[name] ?? "") : "";
    if (value === "") throw badRequest(`enter a value for \`${name}\``);
    return greedy === "" ? encodeURIComponent(value) : value.split("/").map(encodeURIComponent).join("/");
  });
}
