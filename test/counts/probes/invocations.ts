// Deployed functions, and the events that they are counted with.
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import https from "node:https";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createKeyPair, jwksOf, signClaims } from "../../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../../src/tools/local/identifiers.ts";
import { accessTokenClaims } from "../../../src/tools/local/personas/persona-claims.ts";
import { personaNamed, readPersonas } from "../../../src/tools/local/personas/personas.ts";

type Handler = (event: unknown) => Promise<unknown>;

/** What one kind of invocation is. */
export interface Invocation {
  readonly function: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A new event each time. */
  readonly event: (index: number) => unknown;
  /** Whether this is the answer, or the message of the error: nothing is counted that goes wrong. */
  readonly expected: RegExp;
}

const key = createKeyPair("counted-key");
const persona = personaNamed(readPersonas("events/personas.json"), "sam");

/** Token `index` of a user with five groups. */
function token(index: number): string {
  const groups = [0, 1, 2, 3, 4].map((group) => `g${group}`);
  const claims = accessTokenClaims(persona, Math.floor(Date.now() / 1000));
  return signClaims({ ...claims, "cognito:groups": groups, jti: `token-${index}` }, key);
}

/** The key set of the pool, as its address gives it; nothing else answers. */
export function answerForPool(): void {
  const keys = JSON.stringify(jwksOf([key]));
  const request = (uri: unknown, _options: unknown, answer: (response: unknown) => void) => {
    const isKeySet = String(uri) === `${LOCAL.issuer}/.well-known/jwks.json`;
    const body = Readable.from(isKeySet ? [Buffer.from(keys)] : []);
    setImmediate(() => answer(Object.assign(body, { statusCode: isKeySet ? 200 : 404 })));
    return Object.assign(new EventEmitter(), { end: () => undefined, destroy: () => undefined });
  };
  Object.assign(https, { request });
}

const httpEvent = (resource: string, id: string, bearer: string) => ({
  version: "2.0",
  type: "REQUEST",
  routeArn: `arn:aws:execute-api:us-east-1:111122223333:abc123/$default/GET/${resource}/${id}`,
  identitySource: [`Bearer ${bearer}`],
  routeKey: `GET /${resource}/{id}`,
  rawPath: `/${resource}/${id}`,
  rawQueryString: "",
  headers: { authorization: `Bearer ${bearer}`, accept: "application/json", "user-agent": "counted" },
  pathParameters: { id },
  requestContext: {
    accountId: "111122223333",
    apiId: "abc123",
    http: { method: "GET", path: `/${resource}/${id}`, protocol: "HTTP/1.1", sourceIp: "192.0.2.10" },
    requestId: "request-1",
    routeKey: `GET /${resource}/{id}`,
    stage: "$default",
  },
});

const restEvent = (bearer: string) => ({
  type: "REQUEST",
  methodArn: "arn:aws:execute-api:us-east-1:111122223333:def456/dev/GET/res0/17",
  resource: "/res0/{id}",
  path: "/res0/17",
  httpMethod: "GET",
  headers: { Authorization: `Bearer ${bearer}` },
  multiValueHeaders: { Authorization: [`Bearer ${bearer}`] },
  pathParameters: { id: "17" },
  requestContext: { requestId: "request-2", stage: "dev", resourcePath: "/res0/{id}" },
});

const recorded = (name: string): unknown => JSON.parse(readFileSync(`events/cognito/${name}.json`, "utf8"));

const forged = (index: number) => token(index).replace(/[^.]+$/, (signature) => "A".repeat(signature.length));

const ALLOWED = /"isAuthorized":true/;
const DENIED = /"isAuthorized":false/;
const SEEN = token(0);
const SUB = String(accessTokenClaims(persona, 0)["sub"]);

/** The routes are those of the policy of test/counts/policy-of-size.ts. */
export const INVOCATIONS: Readonly<Record<string, Invocation>> = {
  "HTTP, fresh token": {
    function: "httpAuthorizer",
    event: (index) => httpEvent("res0", "17", token(index)),
    expected: ALLOWED,
  },
  "HTTP, token seen before": {
    function: "httpAuthorizer",
    environment: { CLAIMGATE_TOKEN_MEMO: "64" },
    event: () => httpEvent("res0", "17", SEEN),
    expected: ALLOWED,
  },
  "HTTP, allowed by a row with a condition": {
    function: "httpAuthorizer",
    event: (index) => httpEvent("res36", SUB, token(index)),
    expected: ALLOWED,
  },
  "HTTP, denied": {
    function: "httpAuthorizer",
    event: (index) => httpEvent("res200", "17", token(index)),
    expected: DENIED,
  },
  "HTTP, forged token": {
    function: "httpAuthorizer",
    event: (index) => httpEvent("res0", "17", forged(index)),
    expected: DENIED,
  },
  "REST, fresh token": {
    function: "restAuthorizer",
    event: (index) => restEvent(token(index)),
    expected: /"Effect":"Allow"/,
  },
  "pre-sign-up": {
    function: "preSignUp",
    event: () => recorded("admin-creates-user"),
    expected: /"autoConfirmUser":false/,
  },
  "pre-token-generation": {
    function: "preTokenGeneration",
    environment: { CLAIMGATE_HEAL_GROUPS: "false" },
    event: () => recorded("v2-authentication"),
    expected: /"claimsAndScopeOverrideDetails"/,
  },
};

const POOL = {
  CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
  CLAIMGATE_APP_CLIENTS: JSON.stringify(LOCAL.appClients),
};
const { functions, defects, where } = JSON.parse(process.argv[2] ?? "{}") as {
  /** Name -> file of the bundle. */
  readonly functions: Readonly<Record<string, string>>;
  readonly defects: boolean;
  /** The only kind of invocation, whose places are wanted. */
  readonly where?: string;
};
const load = createRequire(join(process.cwd(), "index.cjs"));

export { functions, where };

/** A function as it starts in an environment of its own. */
export function start(name: string, environment: Readonly<Record<string, string>> = {}): Handler {
  const file = functions[name] ?? "";
  for (const variable of Object.keys(process.env)) delete process.env[variable];
  Object.assign(process.env, /authorizer/i.test(name) ? POOL : {}, environment);
  delete load.cache[file];
  if (defects) load("node:dns");
  const { handler } = load(file) as { readonly handler: Handler };
  return defects ? wasteful(handler) : handler;
}

/** A handler that the counts must notice: it reads its event again, and builds an expression each time. */
function wasteful(handler: Handler): Handler {
  return (event) => {
    const again: unknown = JSON.parse(JSON.stringify(event));
    return new RegExp(`^${process.pid}`).test(String(again))
      ? Promise.reject(new Error("x"))
      : handler(event);
  };
}

/** @throws Error if the answer is another one: nothing is counted that goes wrong */
export function checkAnswer({ expected }: Invocation, answer: unknown): void {
  const text = JSON.stringify(answer);
  if (!expected.test(text)) throw new Error(`${text} is not ${String(expected)}`);
}
