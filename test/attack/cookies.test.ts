import { createHttpAuthorizer } from "../../src/authorizers/http.ts";
import { createHttpPolicyAuthorizer } from "../../src/authorizers/http-policy.ts";
import { createHttpV1Authorizer } from "../../src/authorizers/http-v1.ts";
import { createRestAuthorizer } from "../../src/authorizers/rest-request.ts";
import type { AuthorizerDependencies } from "../../src/authorizers/run-authorizer.ts";
import type { TokenCookie } from "../../src/authorizers/token-cookie.ts";
import { dependencies, tokenOf } from "../support/authorization.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// A browser sends a cookie with every request to its domain, whichever page caused it. So a page of somebody else can
// make the browser of a signed-in user send requests (CSRF), and a neighbour on a subdomain can set cookies of its own
// (cookie tossing).

const POLICY = policyFrom(`
p, group:customers, orders:read, allow
p, group:customers, orders:write, allow
g2, GET /orders/{orderId}, orders:read
g2, HEAD /orders/{orderId}, orders:read
g2, POST /orders/{orderId}, orders:write
g2, PUT /orders/{orderId}, orders:write
g2, DELETE /orders/{orderId}, orders:write
g2, PATCH /orders/{orderId}, orders:write
`);

const NAME = "__Host-access_token";
const APP = "https://app.example.com";
const COOKIE: TokenCookie = { name: NAME, origins: new Set([APP, "null"]) };

type Create = (
  deps: AuthorizerDependencies,
  options: { readonly cookie: TokenCookie; readonly wholeApi?: boolean },
) => (event: unknown) => Promise<object>;

const CREATE: Readonly<Record<string, Create>> = {
  httpAuthorizer: createHttpAuthorizer,
  httpPolicyAuthorizer: createHttpPolicyAuthorizer,
  httpV1Authorizer: createHttpV1Authorizer,
  restAuthorizer: createRestAuthorizer,
};

const gateways = GATEWAYS_UNDER_TEST.flatMap((gateway) => {
  const create = CREATE[gateway.functionName];
  return create === undefined ? [] : [{ ...gateway, create }];
});

interface Sent {
  readonly method?: string;
  /** The `Cookie` header; undefined for none. */
  readonly cookie?: string;
  readonly authorization?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

const alice = () => tokenOf("alice");

it("every gateway that shows an authorizer the headers of a request takes a cookie", () => {
  expect(gateways.map(({ functionName }) => functionName).sort()).toEqual(Object.keys(CREATE).sort());
});

describe.each(gateways)("$title, with the token in a cookie", ({ create, eventOf, functionName }) => {
  const isV2 = functionName === "httpAuthorizer" || functionName === "httpPolicyAuthorizer";

  /** Payload format 2.0 has a list in place of the header. */
  function eventFor({ method = "GET", cookie, authorization = [], headers = {} }: Sent) {
    const sent = cookie === undefined || isV2 ? headers : { ...headers, Cookie: cookie };
    const event = eventOf({
      authorization,
      method,
      route: `${method} /orders/{orderId}`,
      parameters: { orderId: "order-1" },
      headers: sent,
    });
    return isV2 && cookie !== undefined ? { ...event, cookies: cookie.split("; ") } : event;
  }

  /** `allowed`, or why not. */
  async function ask(event: object, changes: Parameters<typeof dependencies>[0] = {}): Promise<string> {
    const world = dependencies({ policy: () => POLICY, ...changes });
    const answer = await create(world, { cookie: COOKIE })(event).catch(() => ({}));
    const [record] = world.records;
    if (record?.kind === "token-refused") return record.code;
    const opened = /"isAuthorized":true|"Effect":"Allow"/.test(JSON.stringify(answer));
    return opened ? "allowed" : `${record?.kind}`;
  }
  const send = (sent: Sent) => ask(eventFor(sent));
  const withToken = (sent: Sent = {}) => send({ cookie: `theme=dark; ${NAME}=${alice()}; lang=en`, ...sent });

  it.each(["GET", "HEAD"])("lets %s pass from anywhere: it changes nothing", async (method) => {
    expect(await withToken({ method })).toBe("allowed");
    expect(await withToken({ method, headers: { Origin: "https://evil.example" } })).toBe("allowed");
  });

  it.each(["POST", "PUT", "DELETE", "PATCH"])(
    "lets %s pass from the configured origin only",
    async (method) => {
      expect(await withToken({ method, headers: { Origin: APP } })).toBe("allowed");
      expect(await withToken({ method, headers: { oRIGIN: APP } })).toBe("allowed");
      expect(await withToken({ method })).toBe("token_origin_refused");
      expect(await withToken({ method, headers: { Origin: "https://evil.example" } })).toBe(
        "token_origin_refused",
      );
    },
  );

  it("refuses the form of another site, whatever its `Referer` says", async () => {
    const headers = {
      "Content-Type": "application/x-www-form-urlencoded",
      Origin: "https://evil.example",
      Referer: `${APP}/orders`,
    };
    expect(await withToken({ method: "POST", headers })).toBe("token_origin_refused");
  });

  it.each([
    "null",
    "",
    "https://app.example.com.evil.example",
    "https://evil-app.example.com",
    "https://app.example.com:8443",
    "https://app.example.com/",
    "http://app.example.com",
    "HTTPS://APP.EXAMPLE.COM",
    "https://\u0430pp.example.com",
    `${APP}, https://evil.example`,
    `https://evil.example ${APP}`,
    ` ${APP}`,
  ])("refuses an origin that is not exactly the configured one: %j", async (Origin) => {
    expect(await withToken({ method: "POST", headers: { Origin } })).toBe("token_origin_refused");
  });

  it("refuses two origins in two headers", async () => {
    const headers = { Origin: APP, origin: "https://evil.example" };
    expect(await withToken({ method: "POST", headers })).toBe("token_origin_refused");
  });

  it.each(["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])(
    "takes a GET that asks for another method by %s for what it asks for",
    async (header) => {
      const sent = { headers: { [header]: "DELETE" } };
      expect(await withToken(sent)).toBe("token_origin_refused");
      const event = eventFor({ ...sent, cookie: `${NAME}=${alice()}` });
      expect(await ask(event, { reportOnly: true })).toBe("token_origin_refused");
    },
  );

  it("refuses another origin also where the stage only reports", async () => {
    const event = eventFor({ method: "POST", cookie: `${NAME}=${alice()}` });
    expect(await ask(event, { reportOnly: true })).toBe("token_origin_refused");
  });

  it("refuses two cookies of the name: a subdomain has set one of them", async () => {
    const [own, tossed] = [`${NAME}=${alice()}`, `${NAME}=${tokenOf("ada")}`];
    expect(await send({ cookie: `${own}; ${tossed}` })).toBe("token_ambiguous");
    expect(await send({ cookie: `${tossed}; a=b; ${own}` })).toBe("token_ambiguous");
    expect(await send({ cookie: `${own}; ${own}` })).toBe("token_ambiguous");
    expect(await send({ cookie: `${own}; ${NAME}=` })).toBe("token_ambiguous");
  });

  it("refuses a cookie and a header together, also of the same user", async () => {
    for (const authorization of [[`Bearer ${alice()}`], [`Bearer ${tokenOf("ada")}`], ["Basic x"], [""]]) {
      expect(await withToken({ authorization })).toBe("token_ambiguous");
    }
  });

  it.each([
    ["in quotes", () => `${NAME}="${alice()}"`],
    ["percent-encoded", () => `${NAME}=%65yJ${alice().slice(3)}`],
    ["with `Bearer`", () => `${NAME}=Bearer ${alice()}`],
    ["joined with another by a comma", () => `${NAME}=${alice()},${NAME}=${tokenOf("ada")}`],
    ["empty", () => `${NAME}=`],
  ])("refuses a value that other readers read differently: %s", async (_what, cookie) => {
    expect(await send({ cookie: cookie() })).toBe("token_malformed");
  });

  it.each([
    ["another case", () => `__host-access_token=${alice()}`],
    ["U+2000 in front, which some servers trim and browsers do not", () => `\u2000${NAME}=${alice()}`],
    ["a no-break space in front", () => `\u00a0${NAME}=${alice()}`],
    ["a form feed in front", () => `\f${NAME}=${alice()}`],
    ["a name that is the value of a cookie without one", () => `=${NAME}=${alice()}`],
    ["behind `$Version`, by the rules of RFC 2109", () => `$Version=1,${NAME}=${alice()}`],
    ["a longer name", () => `x${NAME}=${alice()}`],
    ["an escaped name", () => `__%48ost-access_token=${alice()}`],
    ["no value at all", () => NAME],
  ])("does not take another cookie for it: %s", async (_what, cookie) => {
    expect(await send({ cookie: cookie() })).toBe("token_missing");
  });

  it("refuses a longer value than a browser keeps, before it is parsed", async () => {
    expect(await send({ cookie: `${NAME}=${"x".repeat(5_000)}` })).toBe("token_too_large");
  });

  it("checks the token like any other", async () => {
    expect(await send({ cookie: `${NAME}=x.y.z` })).toBe("token_malformed");
    expect(await send({ cookie: `${NAME}=${tokenOf("alice", { exp: 1_000 })}` })).toBe("token_expired");
  });

  it("still takes the header of clients without cookies, from any origin: no browser adds it by itself", async () => {
    const authorization = [`Bearer ${alice()}`];
    expect(await send({ method: "POST", authorization })).toBe("allowed");
    expect(await send({ method: "POST", authorization, cookie: "theme=dark" })).toBe("allowed");
    expect(await send({})).toBe("token_missing");
  });
});

describe.each(GATEWAYS_UNDER_TEST)(
  "$title, without a configured cookie",
  ({ authorizers, eventOf, hasHeaders }) => {
    it("finds no token in a cookie", async () => {
      const world = dependencies({ policy: () => POLICY });
      const headers = hasHeaders ? { Cookie: `${NAME}=${alice()}` } : {};
      const event = { ...eventOf({ authorization: [], headers }), cookies: [`${NAME}=${alice()}`] };
      await authorizers[0](world)(event).catch(() => undefined);
      expect(world.records).toMatchObject([{ kind: "token-refused", code: "token_missing" }]);
    });
  },
);
