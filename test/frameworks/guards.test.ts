import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type JsonObject, objectOf } from "../../src/json.ts";
import { jwksOf } from "../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { POOL_KEY, tokenOf } from "../support/authorization.ts";
import { consumerProject } from "../support/consumer-project.ts";

// The guards of claimgate/middleware in the real frameworks, which test/frameworks/guards installs: one app each, as a
// consumer of the package bundles it. The examples of docs/frameworks.md are compiled and answer, too.

const FRAMEWORKS = ["express", "express-4", "hono", "serverless-http", "esbuild", "typescript"];
const SCOPED = ["@aws-lambda-powertools", "@codegenie", "@hono", "@types"];

const project = consumerProject([...FRAMEWORKS, ...SCOPED], "test/frameworks/guards/node_modules");
afterAll(() => project.remove());

const EXAMPLES = [
  ...readFileSync("docs/frameworks.md", "utf8").matchAll(/^```ts\n\/\/ src\/(\S+)\.ts\n([\s\S]*?)^```$/gm),
].map(([, name = "", text = ""]) => ({ name, text }));

const POLICY = `p, group:customers, orders:read, allow
p, group:customers, orders:refund, allow, max_age=300
p, group:customers, user-orders:list, allow, {userId}=sub
g2, GET /orders/{orderId}, orders:read
g2, DELETE /orders/{orderId}, orders:delete
g2, POST /orders/{orderId}/refund, orders:refund
g2, GET /users/{userId}/orders, user-orders:list
`;

const BUILD = `import { claimgatePolicy } from "claimgate/esbuild";
import { build } from "esbuild";
await build({
  entryPoints: process.argv.slice(2), outdir: "out", outExtension: { ".js": ".cjs" },
  bundle: true, platform: "node", format: "cjs", logLevel: "error", plugins: [claimgatePolicy({ policies: "policies" })],
});
`;

const APPS = [
  "hono",
  "serverless-http",
  "express-4",
  "serverless-express",
  "serverless-express-bare",
  "powertools",
  "express-server",
  "hono-server",
  "express-verify",
  "hono-verify",
];

beforeAll(() => {
  cpSync("test/frameworks/guards/apps", join(project.folder, "src"), { recursive: true });
  cpSync("test/frameworks/guards/tsconfig.json", join(project.folder, "tsconfig.json"));
  for (const { name, text } of EXAMPLES) project.write(`src/example-${name}.ts`, text);
  project.write("policies/model.conf", project.read("node_modules/claimgate/policies/model.conf"));
  project.write("policies/shop.csv", POLICY);
  project.write("build.mjs", BUILD);
  const entries = [...APPS, ...EXAMPLES.map(({ name }) => `example-${name}`)].map((name) => `src/${name}.ts`);
  const { status, output } = project.node("build.mjs", ...entries);
  if (status !== 0) throw new Error(output);
}, 120_000);

interface Request {
  readonly event: JsonObject;
  /** Whether a client reaches the server without the adapter. */
  readonly pastAdapter?: boolean;
}

interface Answer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a REST API. */
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** What an app answers, and what it told `onRefusal`. */
interface Served {
  readonly answers: readonly Answer[];
  readonly refused: readonly unknown[];
}

const DEPLOYED = {
  AWS_LAMBDA_FUNCTION_NAME: "shop",
  PORT: "0",
  JWKS: JSON.stringify(jwksOf([POOL_KEY])),
  CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
  CLAIMGATE_APP_CLIENTS: JSON.stringify(LOCAL.appClients),
};

function serve(app: string, requests: readonly Request[], together = false, environment = {}): Served {
  project.write("requests.json", JSON.stringify({ together, requests }));
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      "test/frameworks/guards/runner.cjs",
      join(project.folder, `out/${app}.cjs`),
      join(project.folder, "requests.json"),
    ],
    {
      encoding: "utf8",
      env: { PATH: process.env["PATH"] ?? "", ...DEPLOYED, ...environment },
      timeout: 60_000,
    },
  );
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => objectOf(JSON.parse(line)));
  const failed = lines.find((line) => "error" in line);
  if (failed !== undefined || stdout === "") throw new Error(`${JSON.stringify(failed)}${stderr}`);
  return {
    answers: lines.flatMap((line) => ("answer" in line ? [line["answer"] as Answer] : [])),
    refused: lines.flatMap((line) => ("refused" in line ? [line["refused"]] : [])),
  };
}

/** A recorded event of a backend behind an authorizer. */
const recorded = (file: string) => objectOf(JSON.parse(readFileSync(`events/${file}.json`, "utf8")));

const SUB = "11111111-1111-4111-8111-000000000001";
const HTTP = recorded("http/orders-customer-reads-order-of-another");
const REST = recorded("rest/orders-customer-reads-order-of-another");

interface Parts {
  readonly path?: string;
  readonly method?: string;
  /** The route that the gateway matched. */
  readonly template?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes of the authorizer's context; null for a route without one. */
  readonly context?: JsonObject | null;
  /** What the path is to the framework, if not what it is to the gateway. */
  readonly event?: JsonObject;
}

/** An event of an HTTP API, payload 2.0, whose path is decoded. */
function http(parts: Parts = {}): Request {
  const { path = "/orders/order-1", method = "GET", template = "/orders/{orderId}" } = parts;
  const { authorizer, ...context } = objectOf(HTTP["requestContext"]);
  const lambda = { ...objectOf(objectOf(authorizer)["lambda"]), ...parts.context };
  const routeKey = template === "$default" ? template : `${method} ${template}`;
  return {
    event: {
      ...HTTP,
      routeKey,
      rawPath: path,
      rawQueryString: parts.query ?? "",
      headers: { ...objectOf(HTTP["headers"]), ...parts.headers },
      pathParameters: parts.parameters ?? { orderId: "order-1" },
      requestContext: {
        ...context,
        routeKey,
        http: { ...objectOf(context["http"]), method, path },
        ...(parts.context === null ? {} : { authorizer: { lambda } }),
      },
      ...parts.event,
    },
  };
}

/** An event of a REST API, whose path is as it came over the wire. */
function rest(parts: Parts = {}): Request {
  const { path = "/orders/order-1", method = "GET", template = "/orders/{orderId}" } = parts;
  const { authorizer, ...context } = objectOf(REST["requestContext"]);
  return {
    event: {
      ...REST,
      resource: template,
      path,
      httpMethod: method,
      pathParameters: parts.parameters ?? { orderId: "order-1" },
      requestContext: {
        ...context,
        resourcePath: template,
        httpMethod: method,
        path: `/dev${path}`,
        ...(parts.context === null ? {} : { authorizer: { ...objectOf(authorizer), ...parts.context } }),
      },
    },
  };
}

const REFUND = { method: "POST", path: "/orders/order-1/refund", template: "/orders/{orderId}/refund" };
const userOrders = (user: string): Parts => ({
  path: `/users/${user}/orders`,
  template: "/users/{userId}/orders",
  parameters: { userId: user },
});
const QUESTION = { path: "/mine", template: "/mine", parameters: {} };

const allowed = (parameters: object, routed: object = parameters) => ({
  statusCode: 200,
  body: { sub: SUB, kind: "user", parameters, routed },
});
const FORBIDDEN = {
  statusCode: 403,
  headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  body: { message: "Forbidden" },
};
const UNAUTHORIZED = { ...FORBIDDEN, statusCode: 401, body: { message: "Unauthorized" } };
const FAILED = (error: string) => ({
  statusCode: 500,
  body: { error: expect.stringContaining(error) as string },
});
const CHALLENGE =
  'Bearer error="insufficient_user_authentication", error_description="a more recent sign-in is required", max_age="300"';

type Case = readonly [title: string, request: Request, answer: JsonObject, refusal?: readonly string[]];

/** What every app answers behind an authorizer. */
const CASES: readonly Case[] = [
  ["lets a caller through, and says who it is", http(), allowed({ orderId: "order-1" })],
  ["lets a caller of a REST API through", rest(), allowed({ orderId: "order-1" })],
  [
    "refuses what nothing grants",
    http({ method: "DELETE" }),
    FORBIDDEN,
    ["orders:delete", "permission_denied"],
  ],
  [
    "refuses an event without an authorizer's context",
    http({ context: null }),
    FORBIDDEN,
    ["orders:read", "caller_missing"],
  ],
  [
    "believes no context that a client sends in a header",
    http({ context: null, headers: { "x-amzn-request-context": JSON.stringify(HTTP["requestContext"]) } }),
    FORBIDDEN,
    ["orders:read", "caller_missing"],
  ],
  [
    "refuses an expired token with 401",
    http({ context: { expiresAt: "1" } }),
    UNAUTHORIZED,
    ["orders:read", "token_expired"],
  ],
  [
    "asks for a new sign-in where the last one is too old",
    http({ ...REFUND, context: { authTime: "1" } }),
    { ...UNAUTHORIZED, headers: { ...UNAUTHORIZED.headers, "www-authenticate": CHALLENGE } },
    ["orders:refund", "sign_in_too_old"],
  ],
  ["compares a parameter with a claim in a mounted app", http(userOrders(SUB)), allowed({ userId: SUB })],
  [
    "refuses the parameter of another user",
    http(userOrders("user-2")),
    FORBIDDEN,
    ["user-orders:list", "permission_denied"],
  ],
  [
    "decides on the declared route behind a greedy one",
    http({ ...userOrders(SUB), template: "/users/{proxy+}", parameters: { proxy: `${SUB}/orders` } }),
    allowed({ userId: SUB }),
  ],
  [
    "decides on the declared route behind $default",
    http({ ...userOrders(SUB), template: "$default", parameters: {} }),
    allowed({ userId: SUB }),
  ],
  [
    "decodes a parameter of a REST API once",
    rest({ ...userOrders(`%31${SUB.slice(1)}`) }),
    allowed({ userId: SUB }),
  ],
  [
    "refuses a parameter that is escaped twice",
    rest(userOrders(`%2531${SUB.slice(1)}`)),
    FORBIDDEN,
    ["user-orders:list", "permission_denied"],
  ],
  [
    "takes a value that an HTTP API decoded as it is",
    http({ path: "/orders/a b-ü", parameters: { orderId: "a b-ü" } }),
    allowed({ orderId: "a b-ü" }),
  ],
  [
    "takes the parameters that the app names",
    http({ ...QUESTION, query: `user=${SUB}` }),
    allowed({ userId: SUB }, {}),
  ],
  [
    "refuses by the parameters that the app names",
    http({ ...QUESTION, query: "user=user-2" }),
    FORBIDDEN,
    ["user-orders:list", "permission_denied"],
  ],
  [
    "decides on the route that runs where a header overrides the method",
    http({ method: "POST", headers: { "x-http-method-override": "DELETE" } }),
    FORBIDDEN,
    ["orders:delete", "permission_denied"],
  ],
  [
    "leaves an error of the handler to the framework",
    http({ path: "/broken", template: "/broken", parameters: {} }),
    FAILED("the handler failed"),
  ],
  [
    "knows nobody in a handler without a guard",
    http({ path: "/open", template: "/open", parameters: {} }),
    FAILED("no guard let this request through"),
  ],
  ["answers HEAD as GET", http({ method: "HEAD" }), { statusCode: 200 }],
];

const readable = ({ statusCode, headers, multiValueHeaders = {}, body }: Answer) => ({
  statusCode,
  headers:
    headers ??
    Object.fromEntries(Object.entries(multiValueHeaders).map(([name, all]) => [name, all.join(", ")])),
  body: body === "" ? undefined : (JSON.parse(body) as unknown),
});

/** Behind an adapter that gives guards the whole event. */
const WITH_EVENT = ["hono", "serverless-http", "express-4", "serverless-express", "powertools"];
/** Behind the Lambda Web Adapter. */
const SERVERS = ["express-server", "hono-server"];

it("compiles the examples of the page and the apps against the types of the frameworks", () => {
  const { output, status } = project.node("node_modules/typescript/bin/tsc", "-p", ".");
  expect(output).toBe("");
  expect(status).toBe(0);
}, 60_000);

describe.each([...WITH_EVENT, ...SERVERS])("the guard of %s", (app) => {
  // The method of the override is not that of a route of this framework's test app.
  const cases = CASES.filter(([title]) => app !== "powertools" || !title.includes("overrides"));
  let served: Served;
  beforeAll(() => {
    served = serve(
      app,
      cases.map(([, request]) => request),
    );
  }, 60_000);

  it.each(cases.map(([title, , answer], index) => [title, index, answer] as const))(
    "%s",
    (_title, index, answer) => {
      expect(readable(served.answers[index] as Answer)).toMatchObject(answer);
    },
  );

  it("tells the log of each refusal, in order", () => {
    expect(served.refused).toEqual(
      cases.flatMap(([, , , refusal]) => (refusal === undefined ? [] : [refusal])),
    );
  });
});

describe("requests that a function handles at a time", () => {
  const users = Array.from({ length: 32 }, (_, index) => `user-${index}`);
  const requests = users.map((sub) => http({ context: { sub } }));

  it.each([...WITH_EVENT, ...SERVERS])(
    "each have their own caller behind %s",
    (app) => {
      const { answers } = serve(app, requests, true);
      expect(answers.map(({ body }) => objectOf(JSON.parse(body))["sub"])).toEqual(users);
    },
    60_000,
  );

  it("get no event from an adapter that has one object for all of them", () => {
    const { answers } = serve("serverless-express-bare", requests, true);
    const fix = "finds no event of API Gateway for this request: wrap the handler, `withEvent";
    expect(answers.map(readable)).toMatchObject(users.map(() => FAILED(fix)));
  }, 60_000);
});

describe.each(SERVERS)("%s, which believes the header of the Lambda Web Adapter", (app) => {
  it("fails for requests that the adapter cannot have sent", () => {
    const context = JSON.stringify(HTTP["requestContext"]);
    const past = (headers: Readonly<Record<string, string>>) => ({ ...http({ headers }), pastAdapter: true });
    const { answers } = serve(app, [
      past({}),
      past({ "x-amzn-request-context": `${context}, ${context}` }),
      past({ "x-amzn-request-context": context, "lambda-web-request-id": "1" }),
    ]);
    expect(answers.map(readable)).toMatchObject([
      FAILED("has no header `x-amzn-request-context`"),
      FAILED("is not the JSON of the Lambda Web Adapter"),
      FAILED("a Web Function has no adapter"),
    ]);
  }, 60_000);

  it("does not start outside Lambda", () => {
    expect(() => serve(app, [http()], false, { AWS_LAMBDA_FUNCTION_NAME: "" })).toThrow(
      "`trustWebAdapterHeader` is set outside Lambda",
    );
  }, 60_000);
});

describe.each(["express-verify", "hono-verify"])("%s, which verifies tokens itself", (app) => {
  const token = tokenOf("alice");
  const withToken = (authorization: string, parts: Parts = {}) => ({
    ...http({ ...parts, headers: { authorization } }),
    pastAdapter: true,
  });

  it("lets the user of a token through, and refuses any other token as RFC 6750 has it", () => {
    const { answers, refused } = serve(app, [
      withToken(`Bearer ${token}`),
      withToken(`Bearer ${token.slice(0, -6)}AAAAAA`),
      withToken(`Bearer ${tokenOf("alice", { token_use: "id" })}`),
      {
        ...http({ headers: { "x-amzn-request-context": JSON.stringify(HTTP["requestContext"]) } }),
        pastAdapter: true,
      },
      withToken(`Bearer ${token}`, { method: "DELETE" }),
      withToken(`Bearer ${token}`, userOrders(SUB)),
      withToken(`Bearer ${token}`, userOrders("user-2")),
    ]);
    const refusal = (challenge: string) => ({ ...UNAUTHORIZED, headers: { "www-authenticate": challenge } });
    expect(answers.map(readable)).toMatchObject([
      allowed({ orderId: "order-1" }),
      refusal('Bearer error="invalid_token"'),
      refusal('Bearer error="invalid_token"'),
      refusal("Bearer"),
      FORBIDDEN,
      allowed({ userId: SUB }),
      FORBIDDEN,
    ]);
    expect(refused).toEqual([
      ["orders:read", "token_refused", "token_signature_invalid"],
      ["orders:read", "token_refused", "token_use_invalid"],
      ["orders:read", "token_refused", "token_missing"],
      ["orders:delete", "permission_denied"],
      ["user-orders:list", "permission_denied"],
    ]);
  }, 60_000);
});

describe("the examples of docs/frameworks.md", () => {
  it("are one for each way", () => {
    expect(EXAMPLES.map(({ name }) => name)).toEqual([
      "hono",
      "express",
      "serverless-express",
      "powertools",
      "server",
      "verify",
    ]);
  });

  it.each(["hono", "express", "serverless-express", "powertools", "server"])(
    "let a caller through and refuse a stranger: %s",
    (name) => {
      const { answers } = serve(`example-${name}`, [http(), http({ context: null })]);
      expect(answers.map(readable)).toMatchObject([{ statusCode: 200, body: { readBy: SUB } }, FORBIDDEN]);
    },
    60_000,
  );

  it("refuse a stranger: verify", () => {
    expect(serve("example-verify", [http()]).answers.map(readable)).toMatchObject([UNAUTHORIZED]);
  }, 60_000);
});
