// What a warm authorizer costs, against verifying the token alone: npm run bench:authorizer
import { CognitoJwtVerifier } from "aws-jwt-verify/cognito-verifier";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { createHttpAuthorizer } from "../src/authorizers/http.ts";
import { createRestAuthorizer } from "../src/authorizers/rest-request.ts";
import type { AuthorizerDependencies } from "../src/authorizers/run-authorizer.ts";
import { createDecisionLog } from "../src/lambda/decision-log.ts";
import { createLog } from "../src/lambda/log.ts";
import { createShadow } from "../src/lambda/shadow.ts";
import { loadPolicy } from "../src/policy/load.ts";
import { jwksCacheFrom } from "../src/token/custom-keys.ts";
import { createTokenMemo } from "../src/token/token-memo.ts";
import { createTokenVerifier } from "../src/token/verify.ts";
import { createKeyPair, jwksOf, signClaims } from "../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../src/tools/local/identifiers.ts";
import { accessTokenClaims } from "../src/tools/local/personas/persona-claims.ts";
import { personaNamed, readPersonas } from "../src/tools/local/personas/personas.ts";
import { readPolicyDirectory } from "../src/tools/machine/policy-files.ts";
import { BUDGETS, type BudgetName, type MeasuredRatio, verdictOf } from "./budgets.ts";
import { median } from "./measure.ts";
import { record } from "./recorded.ts";

/** What has a budget, as a ratio to aws-jwt-verify's `verify` alone. */
const BUDGETED: Readonly<Record<string, { budget: BudgetName; of: string }>> = {
  "fresh token, HTTP": { budget: "fresh token", of: "HTTP" },
  "fresh token, REST": { budget: "fresh token", of: "REST" },
  "token seen before, HTTP": { budget: "token seen before", of: "HTTP" },
  "token seen before, REST": { budget: "token seen before", of: "REST" },
};
/** Ratios to the same side without a shadow. */
const SHADOW = ", with a shadow";
const SHADOW_BUDGETS: Readonly<Record<string, number>> = {
  [`fresh token, HTTP${SHADOW}`]: 1.25,
  [`token seen before, HTTP${SHADOW}`]: 2,
};
const TOKENS = 64;
const ROUNDS = 40;
const CALLS = 250;

const key = createKeyPair("bench-key");
const jwks = new TextEncoder().encode(JSON.stringify(jwksOf([key]))).buffer;
const now = Math.floor(Date.now() / 1000);
const persona = personaNamed(readPersonas("events/personas.json"), "sam");
const tokens = Array.from({ length: TOKENS }, () =>
  signClaims(
    { ...accessTokenClaims(persona, now), "cognito:groups": ["support", "staff", "a", "b", "c"] },
    key,
  ),
);

const library = CognitoJwtVerifier.create(
  { userPoolId: LOCAL.userPoolId, tokenUse: "access", clientId: Object.values(LOCAL.appClients) },
  { jwksCache: new SimpleJwksCache({ fetcher: { fetch: () => Promise.resolve(jwks) } }) },
);

function dependencies(entries: number, withShadow = false): AuthorizerDependencies {
  const keys = jwksCacheFrom(() => Promise.resolve(jwks));
  const clock = () => Date.now() / 1000;
  const issuers = [
    { userPoolId: LOCAL.userPoolId, appClients: new Map<string, string>(Object.entries(LOCAL.appClients)) },
  ];
  const verifier = createTokenVerifier({ issuers, jwksCache: keys, now: clock });
  const verify = (token: string) => verifier.verify(token);
  const policy = loadPolicy(readPolicyDirectory("policies"));
  // The line is made as ever and goes nowhere.
  const log = createLog(
    () => undefined,
    () => new Date(),
  );
  // A candidate that answers these requests alike, so that each costs a decision and writes no line.
  const { model, rows } = readPolicyDirectory("policies");
  const more = { path: "policies-next/more.csv", text: "p, role:finance, orders:delete, allow\n" };
  const candidate = () => loadPolicy({ model, rows: [...rows, more] });
  return {
    shadow: withShadow ? createShadow(log, policy.version, candidate) : undefined,
    verify: entries === 0 ? verify : createTokenMemo({ verify, keys, entries, now: clock }),
    policy: () => policy,
    record: createDecisionLog(log, "plain"),
    clock: () => performance.now(),
  };
}

const httpEvents = tokens.map((token) => ({
  version: "2.0",
  type: "REQUEST",
  routeArn: "arn:aws:execute-api:us-east-1:111122223333:abc123/$default/GET/orders",
  identitySource: [`Bearer ${token}`],
  routeKey: "GET /orders",
  rawPath: "/orders",
  rawQueryString: "",
  headers: { authorization: `Bearer ${token}`, accept: "application/json", "user-agent": "bench" },
  requestContext: {
    accountId: "111122223333",
    apiId: "abc123",
    http: {
      method: "GET",
      path: "/orders",
      protocol: "HTTP/1.1",
      sourceIp: "192.0.2.10",
      userAgent: "bench",
    },
    requestId: "request-1",
    routeKey: "GET /orders",
    stage: "$default",
  },
}));
const restEvents = tokens.map((token) => ({
  type: "REQUEST",
  methodArn: "arn:aws:execute-api:us-east-1:111122223333:def456/dev/GET/orders/order-1",
  resource: "/orders/{orderId}",
  path: "/orders/order-1",
  httpMethod: "GET",
  headers: { Authorization: `Bearer ${token}` },
  multiValueHeaders: { Authorization: [`Bearer ${token}`] },
  pathParameters: { orderId: "order-1" },
  requestContext: { requestId: "request-2", stage: "dev", resourcePath: "/orders/{orderId}" },
}));

/** Of a list that is not empty, round and round. */
function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError("an empty list");
  return item;
}

const fresh = { http: createHttpAuthorizer(dependencies(0)), rest: createRestAuthorizer(dependencies(0)) };
const seen = {
  http: createHttpAuthorizer(dependencies(TOKENS)),
  rest: createRestAuthorizer(dependencies(TOKENS)),
};
const shadowed = {
  fresh: createHttpAuthorizer(dependencies(0, true)),
  seen: createHttpAuthorizer(dependencies(TOKENS, true)),
};
const sides: Readonly<Record<string, (index: number) => Promise<unknown>>> = {
  "aws-jwt-verify": (index) => library.verify(at(tokens, index)),
  "fresh token, HTTP": (index) => fresh.http(at(httpEvents, index)),
  "fresh token, REST": (index) => fresh.rest(at(restEvents, index)),
  "token seen before, HTTP": (index) => seen.http(at(httpEvents, index)),
  "token seen before, REST": (index) => seen.rest(at(restEvents, index)),
  [`fresh token, HTTP${SHADOW}`]: (index) => shadowed.fresh(at(httpEvents, index)),
  [`token seen before, HTTP${SHADOW}`]: (index) => shadowed.seen(at(httpEvents, index)),
};

await checkAnswers();
await report();

/** Nothing is timed whose answers are not right. */
async function checkAnswers(): Promise<void> {
  for (const { http, rest } of [fresh, seen]) {
    for (let round = 0; round < 2; round += 1) {
      const [event, restEvent] = [at(httpEvents, round), at(restEvents, round)];
      if (!(await http(event)).isAuthorized) throw new Error("a good token was denied");
      const [statement] = (await rest(restEvent)).policyDocument.Statement;
      if (statement?.Effect !== "Allow") throw new Error("a good token was denied");
    }
    const forged = `${at(tokens, 0).slice(0, -8)}AAAAAAAA`;
    const event = { ...at(httpEvents, 0), headers: { authorization: `Bearer ${forged}` } };
    if ((await http(event)).isAuthorized) throw new Error("a forged token was allowed");
  }
}

async function report(): Promise<void> {
  const times = new Map<string, number[]>(Object.keys(sides).map((name) => [name, []]));
  for (let round = -5; round < ROUNDS; round += 1) {
    const names = Object.keys(sides);
    const turn = (round + 5) % names.length;
    for (const name of [...names.slice(turn), ...names.slice(0, turn)]) {
      const time = await timeOf(name);
      if (round >= 0) times.get(name)?.push(time);
    }
  }
  const alone = median(times.get("aws-jwt-verify") ?? []);
  console.log(
    `node ${process.version}, ${at(tokens, 0).length} characters a token, medians of ${ROUNDS} rounds`,
  );
  const ratios: MeasuredRatio[] = [];
  console.table(
    [...times].map(([name, list]) => {
      const base = name.endsWith(SHADOW) ? median(times.get(name.replace(SHADOW, "")) ?? []) : alone;
      const ratio = median(list) / base;
      const budgeted = BUDGETED[name];
      if (budgeted !== undefined) ratios.push({ ...budgeted, ratio });
      const budget = budgeted === undefined ? SHADOW_BUDGETS[name] : BUDGETS[budgeted.budget].must;
      return {
        what: name,
        us: Number((median(list) * 1000).toFixed(1)),
        ratio: Number(ratio.toFixed(2)),
        budget: budget ?? "",
        verdict: judged(name, ratio),
      };
    }),
  );
  record(ratios);
}

function judged(name: string, ratio: number): string {
  const budgeted = BUDGETED[name];
  if (budgeted !== undefined) return verdictOf({ ...budgeted, ratio });
  const budget = SHADOW_BUDGETS[name];
  if (budget === undefined) return "";
  return ratio <= budget ? "met" : "NOT MET";
}

/** Milliseconds of one call: one after the other, as a function gets its events. */
async function timeOf(name: string): Promise<number> {
  const side = sides[name];
  if (side === undefined) throw new RangeError(name);
  const start = performance.now();
  for (let index = 0; index < CALLS; index += 1) await side(index);
  // What shadows left for later is part of their cost.
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  return (performance.now() - start) / CALLS;
}
