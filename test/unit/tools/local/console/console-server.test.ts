import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { objectOf, objectsOf, textOf } from "../../../../../src/json.ts";
import type { Pool } from "../../../../../src/tools/cognito/pool.ts";
import { EventStreamReader } from "../../../../../src/tools/console/models/event-stream.ts";
import { TestConsole } from "../../../../support/console.ts";
import { until } from "../../../../support/local-stack-process.ts";
import { addUser, claimsOf } from "../../../../support/pool-users.ts";
import { testClient, testPool } from "../../../../support/user-pool.ts";

let pool: Pool;
let page: TestConsole;
let hide: () => void;
let api: Server;

beforeEach(async () => {
  pool = testPool({
    onTokens: (issued) => page.server.feed.tokens(pool, issued),
    triggers: {
      PreTokenGeneration: (event: object) => ({
        ...event,
        response: {
          claimsAndScopeOverrideDetails: {
            accessTokenGeneration: { claimsToAddOrOverride: { tier: "gold" } },
          },
        },
      }),
    },
    config: {
      preTokenVersion: "V2_0",
      clients: [
        testClient(),
        testClient(
          { AllowedOAuthFlows: ["client_credentials"], AllowedOAuthScopes: ["orders-api/reports.read"] },
          "reporting",
          "s",
        ),
      ],
    },
  });
  for (const name of ["customers", "support"]) pool.groups.save({ name, createdAt: 0, modifiedAt: 0 });
  addUser(pool, "alice@example.com", { groups: ["customers"] });
  api = createServer((request, response) => {
    response.statusCode = request.headers.authorization === undefined ? 401 : 403;
    response.end(`{"path":"${request.url}"}`);
    // As gateways do, unless the test tells of the call itself.
    if (api.listenerCount("request") === 1) page.calls.tell(callOf(request, response.statusCode));
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  page = new TestConsole(pool, (api.address() as AddressInfo).port);
  hide = await page.start();
});

const callOf = ({ method = "GET", url = "/" }: IncomingMessage, status: number) => ({
  at: Date.now(),
  method,
  path: url,
  status,
  caller: undefined,
  refused: undefined,
});

afterEach(() => {
  hide();
  page.stop();
  api.close();
});

const groupsOf = (email: string) => pool.users.find(email)?.groups;
const nameOfAlice = () => ({ username: pool.users.find("alice@example.com")?.username });

describe("users and groups", () => {
  test("users are listed with their groups, and found by address", async () => {
    addUser(pool, "bob@example.com");
    const { json } = await page.get("/api/directory?search=alice");
    expect(objectsOf(json["users"])).toMatchObject([{ name: "alice@example.com", groups: ["customers"] }]);
    expect(json).toMatchObject({ matching: 1, total: 2, machines: ["reporting"] });
    expect(objectsOf(json["groups"])).toContainEqual(
      expect.objectContaining({ name: "customers", members: 1 }),
    );
  });

  test("a user is found by name, whether the search lists that user or not", async () => {
    addUser(pool, "bob@example.com");
    const { username } = nameOfAlice();
    const { json } = await page.get(`/api/directory?search=bob&user=${username}`);
    expect(json).toMatchObject({ search: "bob", matching: 1, asked: { name: "alice@example.com" } });
    expect((await page.get("/api/directory?user=nobody")).json).toMatchObject({ asked: null });
  });

  test("a user is created in groups, without a mail", async () => {
    const created = await page.post("/api/users", {
      name: "carol@example.com",
      groups: ["support"],
      password: "Correct-Horse-7",
    });
    expect(created).toMatchObject({ status: 200, json: { groups: ["support"], status: "CONFIRMED" } });
    expect(pool.mailbox.list()).toEqual([]);
  });

  test("a password that the pool refuses leaves no user behind", async () => {
    const refused = await page.post("/api/users", {
      name: "carol@example.com",
      groups: [],
      password: "short",
    });
    expect(refused).toMatchObject({ status: 400, json: { code: "InvalidPasswordException" } });
    expect(pool.users.find("carol@example.com")).toBeUndefined();
  });

  test("a user joins and leaves a group, is disabled, enabled and deleted", async () => {
    const act = (action: string, group?: string) =>
      page.post("/api/user", { ...nameOfAlice(), action, group });
    await act("join", "support");
    expect(groupsOf("alice@example.com")).toEqual(["customers", "support"]);
    await act("leave", "customers");
    expect(groupsOf("alice@example.com")).toEqual(["support"]);
    await act("disable");
    expect(pool.users.find("alice@example.com")?.enabled).toBe(false);
    await act("enable");
    expect(pool.users.find("alice@example.com")?.enabled).toBe(true);
    expect((await act("promote")).json).toMatchObject({ message: "`promote` is not an action on a user" });
    await act("delete");
    expect(pool.users.size).toBe(0);
  });

  test("a group is created once, and deleted with its memberships", async () => {
    expect((await page.post("/api/group", { action: "create", name: "auditors" })).status).toBe(200);
    expect(await page.post("/api/group", { action: "create", name: "auditors" })).toMatchObject({
      status: 400,
      json: { code: "GroupExistsException" },
    });
    await page.post("/api/group", { action: "delete", name: "customers" });
    expect(groupsOf("alice@example.com")).toEqual([]);
  });
});

describe("sign in as", () => {
  test("gives tokens without a password, with what they would be without the trigger", async () => {
    const { json } = await page.post("/api/sign-in", nameOfAlice());
    expect(json).toMatchObject({ who: "alice@example.com", client: "web" });
    const { stock, claims } = objectOf(json["access"]);
    expect(objectOf(stock)).not.toHaveProperty("tier");
    expect(objectOf(claims)).toMatchObject({ tier: "gold", "cognito:groups": ["customers"] });
    expect(claimsOf(objectOf(json["jwt"])["access"])).toEqual(claims);
    expect(claimsOf(objectOf(json["jwt"])["id"])).toEqual(objectOf(objectOf(json["idToken"])["claims"]));
    expect(objectsOf((await page.get("/api/issued")).json["list"])).toMatchObject([
      { who: "alice@example.com" },
    ]);
  });

  test("a disabled or unconfirmed user gets none, as on AWS", async () => {
    await page.post("/api/user", { ...nameOfAlice(), action: "disable" });
    expect((await page.post("/api/sign-in", nameOfAlice())).json).toMatchObject({
      code: "NotAuthorizedException",
    });
    const { username } = addUser(pool, "bob@example.com", { status: "UNCONFIRMED" });
    expect((await page.post("/api/sign-in", { username })).json).toMatchObject({
      message: "the user is not confirmed; confirm the user first",
    });
  });
});

describe("try a route", () => {
  const trial = (more: object) => page.post("/api/try", { route: "GET /orders", gateway: "http", ...more });

  test("calls the API with a token of the user, and explains the deny by the row that is missing", async () => {
    const { json } = await trial({ who: pool.users.find("alice@example.com")?.username });
    expect(json).toMatchObject({ status: 403, method: "GET", body: '{"path":"/orders"}' });
    const explanation = objectOf(json["explanation"]);
    expect(explanation).toMatchObject({ effect: "deny", permissions: ["orders:list"], determining: [] });
    expect(objectsOf(explanation["missing"])[0]).toMatchObject({
      place: expect.stringMatching(/^policies\/roles\.csv:\d+$/) as string,
      row: "p, role:viewer, orders:list, allow",
      because: expect.stringContaining("the token does not hold role:viewer") as string,
    });
  });

  test("explains an allow by the chain from the group to the row", async () => {
    const who = pool.users.find("alice@example.com")?.username;
    const { json } = await trial({
      who,
      route: "GET /orders/{orderId}",
      gateway: "rest",
      parameters: { orderId: "1 7" },
    });
    expect(json["body"]).toBe('{"path":"/dev/orders/1%207"}');
    expect(objectsOf(objectOf(json["explanation"])["determining"])).toMatchObject([
      { path: ["group:customers", "role:customer"], row: "p, role:customer, orders:read, allow" },
    ]);
  });

  test("knows what the authorizer logged of the call", async () => {
    const { username, attributes } = addUser(pool, "dan@example.com");
    const subjects = [`user:${attributes["sub"]}`];
    api.once("request", () => {
      page.decisions.line(
        JSON.stringify({
          kind: "decision",
          effect: "deny",
          method: "GET",
          template: "/orders",
          subjects,
          reason: "nothing_granted",
          permissions: ["orders:list"],
        }),
      );
      const caller = { sub: attributes["sub"] ?? "", client: "webclient" };
      page.calls.tell({
        at: Date.now(),
        method: "GET",
        path: "/orders",
        status: 403,
        caller,
        refused: undefined,
      });
    });
    const { json } = await trial({ who: username });
    expect(json["logged"]).toMatchObject({
      outcome: "deny",
      who: "dan@example.com",
      why: "no row grants orders:list",
    });
    expect(objectsOf((await page.get("/api/log")).json["list"])).toHaveLength(1);
  });

  test("calls without a token, with a forged one, and as a machine", async () => {
    expect((await trial({ who: "nobody" })).json).toMatchObject({ status: 401, explanation: null });
    expect((await trial({ who: "forged" })).json).toMatchObject({ status: 403, explanation: null });
    const machine = await trial({ who: "client:reporting", route: "GET /reports/orders" });
    expect(objectOf(machine.json["explanation"])).toMatchObject({ effect: "allow" });
  });

  test("says which parameter is missing, and that the API is down", async () => {
    expect((await trial({ who: "nobody", route: "GET /orders/{orderId}" })).json).toMatchObject({
      message: "enter a value for `orderId`",
    });
    api.close();
    api.closeAllConnections();
    expect(await trial({ who: "nobody" })).toMatchObject({ status: 502, json: { code: "api" } });
  });
});

describe("the policy", () => {
  const path = "policies/roles.csv";
  const text = () => readFileSync(join(page.folder, path), "utf8");
  const check = async (edited: string) =>
    (await page.post("/api/policy/check", { files: [{ path, text: edited }] })).json;
  const versionOf = async () => textOf((await page.get("/api/matrix")).json["version"]);

  test("an edit is checked while it is typed: findings with fixes, and nothing is written", async () => {
    const before = text();
    const { findings, changes } = await check(
      before.replace("p, role:customer, orders:create, allow", "p, role:custmer, orders:create, allow"),
    );
    const [finding] = objectsOf(findings).filter(({ message }) => textOf(message)?.includes("custmer"));
    expect(finding).toMatchObject({ file: path, severity: expect.any(String) as string });
    expect(objectsOf(finding?.["fixes"])[0]).toMatchObject({ label: "role:customer" });
    expect(text()).toBe(before);
    expect(changes).toBeNull();
  });

  test("an edit says who would gain what", async () => {
    const { changes } = await check(`${text()}\np, role:customer, orders:list, allow\n`);
    expect(objectsOf(changes)).toContainEqual({
      subject: "group:customers",
      target: "GET /orders",
      before: "not granted",
      after: "allowed",
      effect: "gains",
    });
  });

  test("a saved edit is in the matrix at once, and a refused one leaves the policy in force", async () => {
    const first = await versionOf();
    const good = `${text()}\np, role:customer, orders:list, allow\n`;
    expect(
      (await page.post("/api/policy/save", { files: [{ path, text: good, base: text() }] })).status,
    ).toBe(200);
    const second = await versionOf();
    expect(second).not.toBe(first);
    await page.post("/api/policy/save", { files: [{ path, text: "p, nonsense\n", base: good }] });
    expect(text()).toBe("p, nonsense\n");
    expect((await page.get("/api/policy")).json).toMatchObject({ refused: true, version: first });
  });

  test("an edit does not overwrite what another program wrote meanwhile", async () => {
    const base = text();
    writeFileSync(join(page.folder, path), `${base}\n# mine\n`);
    const saved = await page.post("/api/policy/save", { files: [{ path, text: "", base }] });
    expect(saved).toMatchObject({ status: 409, json: { code: "conflict" } });
    expect(text()).toContain("# mine");
  });

  describe("with groups.yaml", () => {
    const groups = "policies/groups.yaml";
    const groupsText = () => readFileSync(join(page.folder, groups), "utf8");
    const named = (findings: unknown) => objectsOf(findings).filter(({ file }) => file === groups);

    test("lists it after the CSV files, and finds in it what `check` finds", async () => {
      const { files, findings } = (await page.get("/api/policy")).json;
      expect(objectsOf(files).at(-1)).toEqual({ path: groups, text: groupsText() });
      expect(named(findings)).toEqual([]);
      const edited = groupsText().replace("precedence: 20", "precedence: high");
      const checked = (await page.post("/api/policy/check", { files: [{ path: groups, text: edited }] }))
        .json;
      expect(checked["changes"]).toBeNull();
      expect(named(checked["findings"])).toMatchObject([{ severity: "error", rule: "groups-file" }]);
      expect(groupsText()).not.toBe(edited);
    });

    test("tells that an edit of it changes nobody's calls", async () => {
      const edited = groupsText().replace("Refunds, and reads reports", "Money");
      const { json } = await page.post("/api/policy/check", { files: [{ path: groups, text: edited }] });
      expect(json).toMatchObject({ changes: [], changeCount: 0 });
    });

    test("saves it, unless another program wrote it meanwhile; a bad one leaves the policy in force", async () => {
      const version = await versionOf();
      const base = groupsText();
      const bad = `${base}\ncustomers: {}\n`;
      const save = (edited: string, from: string) =>
        page.post("/api/policy/save", { files: [{ path: groups, text: edited, base: from }] });
      expect(await save(bad, "older")).toMatchObject({ status: 409, json: { code: "conflict" } });
      expect(groupsText()).toBe(base);
      expect((await save(bad, base)).status).toBe(200);
      expect(groupsText()).toBe(bad);
      expect((await page.get("/api/policy")).json).toMatchObject({ refused: true, version });
    });
  });

  test.each(["../outside.csv", "policies/../../outside.csv", "policies/model.conf", "policies/new.csv"])(
    "a file that the policy does not have is not written: %s",
    async (outside) => {
      const files = [{ path: outside, text: "p, role:a, b:c, allow\n" }];
      expect((await page.post("/api/policy/save", { files })).json).toMatchObject({ code: "file" });
    },
  );
});

test("the newest message is first, with its code", async () => {
  for (const code of ["111111", "222222"]) {
    pool.mailbox.deliver({ to: "alice@example.com", medium: "EMAIL", about: "SignUp", code, sentAt: 1 });
  }
  expect(objectsOf((await page.get("/api/mails")).json["list"])).toMatchObject([
    { code: "222222" },
    { code: "111111" },
  ]);
});

describe("the live log", () => {
  const roles = () => join(page.folder, "policies/roles.csv");
  const decided = (path: string, more: object) => {
    const { attributes } = pool.users.find("alice@example.com") ?? addUser(pool, "alice@example.com");
    const sub = attributes["sub"] ?? "";
    const line = { kind: "decision", method: "GET", template: path, subjects: [`user:${sub}`], ...more };
    page.decisions.line(JSON.stringify(line));
    const caller = { sub, client: "webclient" };
    page.calls.tell({ at: 1, method: "GET", path, status: 200, caller, refused: undefined });
  };
  const entries = async () => objectsOf((await page.get("/api/log")).json["list"]);

  test("names the row that decided, also when a refused edit has moved the lines of its file", async () => {
    const lines = readFileSync(roles(), "utf8").split("\n");
    const at = lines.indexOf("p, role:customer, orders:read, allow") + 1;
    writeFileSync(roles(), `p, nonsense\n${lines.join("\n")}`);
    decided("/orders/1", {
      effect: "allow",
      template: "/orders/{orderId}",
      determining: [{ at: `policies/roles.csv:${at}` }],
    });
    expect(await entries()).toMatchObject([
      {
        outcome: "allow",
        who: "alice@example.com",
        route: "GET /orders/{orderId}",
        rows: [{ place: `policies/roles.csv:${at}`, row: "p, role:customer, orders:read, allow" }],
      },
    ]);
  });

  test("tells allow from deny, a refused token, a failed authorizer and an open route", async () => {
    decided("/orders", { effect: "deny", reason: "nothing_granted", permissions: ["orders:list"] });
    decided("/orders", { kind: "token-refused", effect: undefined, code: "token_expired" });
    decided("/orders", { kind: "authorizer-failed", effect: undefined, code: "jwks_unreachable" });
    page.calls.tell({
      at: 1,
      method: "GET",
      path: "/health",
      status: 200,
      caller: undefined,
      refused: undefined,
    });
    page.calls.tell({
      at: 1,
      method: "GET",
      path: "/orders",
      status: 401,
      caller: undefined,
      refused: undefined,
    });
    const outcomes = (await entries()).map(({ outcome, why }) => [outcome, why]);
    expect(outcomes).toEqual([
      ["refused", "no token"],
      ["other", "open to everyone"],
      ["failed", "jwks_unreachable"],
      ["refused", "token_expired"],
      ["deny", "no row grants orders:list"],
    ]);
  });

  test("a sign-up that the policy refuses is a deny, a wrong password is refused", async () => {
    const event = {
      status: 400,
      username: "mallory@example.com",
      accessToken: undefined,
      challenge: undefined,
    };
    page.decisions.line(
      JSON.stringify({ kind: "sign-up-refused", determining: ["policies/sign-up.csv:11"] }),
    );
    page.events.tell({ ...event, operation: "SignUp", error: "UserLambdaValidationException" });
    page.events.tell({ ...event, operation: "InitiateAuth", error: "NotAuthorizedException" });
    expect(await entries()).toMatchObject([
      { outcome: "refused", what: "InitiateAuth", why: "NotAuthorizedException" },
      { outcome: "deny", who: "mallory@example.com", rows: [{ row: "p2, mallory@example.com, deny" }] },
    ]);
  });

  test("is heard as it happens, beginning with the state of the stack", async () => {
    const response = await fetch(`http://127.0.0.1:${page.port}/api/live`, {
      headers: { "x-console-token": page.token },
    });
    const events = new EventStreamReader();
    const heard: string[] = [];
    const text = new TextDecoder();
    const reading = (async () => {
      for await (const piece of response.body ?? []) {
        for (const data of events.take(text.decode(piece as Uint8Array))) {
          const { type, stack } = objectOf(JSON.parse(data));
          heard.push([type, objectOf(stack)["state"]].join(" ").trim());
          if (heard.length === 4) return;
        }
      }
    })();
    await until("the state is heard", () => heard.length === 1);
    decided("/orders", { effect: "allow" });
    await page.post("/api/group", { action: "create", name: "auditors" });
    hide();
    await reading;
    expect(heard).toEqual(["stack ready", "entry", "pool", "stack restarting"]);
  });
});

describe("events", () => {
  const deliver = (more: object = {}) =>
    page.deliveries.tell({
      at: 1,
      took: 3,
      functionName: "claimgate-dev-httpAuthorizer",
      event: {
        version: "2.0",
        routeArn: "arn:aws:execute-api:us-east-1:000000000000:localhttp/$default/GET/orders",
        headers: { authorization: "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln", "x-key": "s3cret" },
        rawPath: "/orders",
        requestContext: { http: { method: "GET" }, routeKey: "GET /orders" },
      },
      outcome: { kind: "answered", payload: { isAuthorized: true } },
      ...more,
    });
  const detail = async (id: string) => (await page.get(`/api/event?id=${id}`)).json;

  test("are listed with function and answer, newest first, and shown without tokens and secrets", async () => {
    deliver();
    deliver({ functionName: "other", outcome: { kind: "failed", message: "boom" } });
    expect(objectsOf((await page.get("/api/events")).json["list"])).toMatchObject([
      { id: 2, functionName: "other", answered: "an error", failed: true },
      { id: 1, functionName: "httpAuthorizer", about: "GET /orders", answered: "isAuthorized: true" },
    ]);
    const { event, answer, sample } = await detail("1");
    expect(event).toContain("Bearer (a token that this pool did not sign)");
    expect(`${String(event)}${JSON.stringify(sample)}`).not.toMatch(/eyJ|s3cret/);
    expect(answer).toBe('{\n  "isAuthorized": true\n}');
    expect(sample).toMatchObject({ folder: "events/http", name: "get-orders" });
  });

  test("are saved as samples, and never over a file", async () => {
    deliver();
    const saved = await page.post("/api/event/save", { id: 1, name: "anybody-lists-orders" });
    expect(saved).toMatchObject({
      status: 200,
      json: {
        path: "events/http/anybody-lists-orders.json",
        command: "npx sls invoke local -f httpAuthorizer -p events/http/anybody-lists-orders.json",
        differs: null,
      },
    });
    const path = join(page.folder, "events/http/anybody-lists-orders.json");
    expect(readFileSync(path, "utf8")).toContain("Bearer not-a-token");
    expect(await page.post("/api/event/save", { id: "last", name: "anybody-lists-orders" })).toMatchObject({
      status: 409,
      json: { code: "exists" },
    });
    expect(await page.post("/api/event/save", { id: 1, name: "../outside" })).toMatchObject({
      status: 400,
      json: { code: "name" },
    });
    expect((await page.post("/api/event/save", { id: 7, name: "x" })).status).toBe(404);
  });

  test("are kept up to a number and a size", async () => {
    deliver({ event: { body: "x".repeat(200_000) } });
    expect((await page.get("/api/events")).json["list"]).toEqual([]);
    for (let count = 0; count < 210; count += 1) deliver();
    expect((await page.get("/api/events")).json["list"]).toHaveLength(200);
    expect((await page.get("/api/event?id=1")).status).toBe(404);
  });
});

test("while the stack starts again, the page is told so", async () => {
  hide();
  expect(await page.get("/api/directory")).toMatchObject({ status: 503, json: { code: "restarting" } });
});
