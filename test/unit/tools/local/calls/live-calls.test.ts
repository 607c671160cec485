import { generateKeyPairSync } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signClaims, signingKeyOf } from "../../../../../src/tools/cognito/tokens/signing.ts";
import { showCalls } from "../../../../../src/tools/local/calls/live-calls.ts";
import type { ReportedCall } from "../../../../../src/tools/local/calls/reported-call.ts";
import { WhoIsWho } from "../../../../../src/tools/local/calls/who-is-who.ts";
import { Listeners } from "../../../../../src/tools/local/gateways/listeners.ts";
import { keepAtStart } from "../../../../../src/tools/local/last-good-policy.ts";
import { PolicyInForce } from "../../../../../src/tools/local/policy-in-force.ts";
import type { PoolEvent } from "../../../../../src/tools/local/pool/pool-event.ts";
import { DecisionWatch } from "../../../../../src/tools/local/watch/decision-watch.ts";
import { Screen } from "../../../../../src/tools/machine/screen.ts";
import { until } from "../../../../support/local-stack-process.ts";
import { testClient, testPool, testUser } from "../../../../support/user-pool.ts";

const key = signingKeyOf("k", generateKeyPairSync("rsa", { modulusLength: 2048 }));
const ALICE = { sub: "alice-sub", client: "web-id" };
const REPORTING = { sub: "reporting-id", client: "reporting-id" };

const directory = mkdtempSync(join(tmpdir(), "claimgate-calls-"));
afterAll(() => rmSync(directory, { recursive: true }));
const policies = join(directory, "policies");
const kept = join(directory, "last-good-policy.json");

let shown = "";
let decisions: DecisionWatch;
let calls: Listeners<ReportedCall>;
let events: Listeners<PoolEvent>;
let stop: () => void;

beforeEach(() => {
  cpSync("policies", policies, { recursive: true });
  keepAtStart(kept, policies);
  shown = "";
  [decisions, calls, events] = [new DecisionWatch(), new Listeners(), new Listeners()];
  const pool = testPool({ config: { clients: [{ ...testClient({}, "reporting"), id: REPORTING.sub }] } });
  pool.users.save(testUser(ALICE.sub, "alice@example.com"));
  const stack = {
    pool,
    decisions,
    onCall: (listener: (call: ReportedCall) => void) => calls.add(listener),
    onPoolEvent: (listener: (event: PoolEvent) => void) => events.add(listener),
  };
  const write = (text: string) => {
    shown += text;
  };
  stop = showCalls(stack, {
    screen: new Screen(write, false),
    who: new WhoIsWho(pool, new Map()),
    log: "logs/functions.log",
    rowAt: (place) => new PolicyInForce(policies, kept).rowAt(place),
  });
});

afterEach(() => stop());

const lines = () => shown.split("\n").filter(Boolean);

/** The lines once there are so many, single blanks between the columns. */
async function shownLines(count: number): Promise<string[]> {
  await until("shown", () => lines().length >= count);
  return lines().map((line) => line.trim().replace(/ +/g, " "));
}

function call(method: string, path: string, status: number, more: Partial<ReportedCall> = {}) {
  calls.tell({ at: Date.now(), method, path, status, caller: ALICE, refused: undefined, ...more });
}

function decided(method: string, template: string, more: object) {
  const subjects = [`user:${ALICE.sub}`];
  decisions.line(JSON.stringify({ kind: "decision", method, template, subjects, ...more }));
}

const pool = (operation: string, more: Partial<PoolEvent>) =>
  events.tell({
    operation,
    status: 200,
    username: undefined,
    accessToken: undefined,
    error: undefined,
    challenge: undefined,
    ...more,
  });

test("a sign-in that the pool asks more of says what", async () => {
  pool("InitiateAuth", { username: "alice@example.com", challenge: "PASSWORD_VERIFIER" });

  expect(await shownLines(1)).toEqual(["200 alice InitiateAuth asks for PASSWORD_VERIFIER"]);
});

test("a call that a row decides, reported before or after its decision", async () => {
  const row = { determining: [{ at: "policies/roles.csv:11" }], reason: "allowed_by_row" };
  decided("POST", "/orders", row);
  call("POST", "/orders", 201);
  call("GET", "/orders", 403);
  decided("GET", "/orders", { reason: "nothing_granted", permissions: ["orders:list"] });

  expect(await shownLines(2)).toEqual([
    "201 alice POST /orders policies/roles.csv:11 p, role:customer, orders:create, allow",
    "403 alice GET /orders no row grants orders:list",
  ]);
});

test("after an edit that was refused, the row is that of the policy in force", async () => {
  const roles = join(policies, "roles.csv");
  writeFileSync(roles, `p, role:nobody, orders:read\n${readFileSync(roles, "utf8")}`);
  decided("POST", "/orders", { determining: [{ at: "policies/roles.csv:11" }] });
  call("POST", "/orders", 201);

  expect(await shownLines(1)).toEqual([
    "201 alice POST /orders policies/roles.csv:11 p, role:customer, orders:create, allow",
  ]);
});

test("after an edit that was accepted, the row is that of the files", async () => {
  const roles = join(policies, "roles.csv");
  writeFileSync(roles, `# one more line\n${readFileSync(roles, "utf8")}`);
  decided("POST", "/orders", { determining: [{ at: "policies/roles.csv:12" }] });
  call("POST", "/orders", 201);

  expect(await shownLines(1)).toEqual([
    "201 alice POST /orders policies/roles.csv:12 p, role:customer, orders:create, allow",
  ]);
});

test("calls at the same time get the decision of their own route, method and caller", async () => {
  call("GET", "/dev/orders/1", 200);
  call("GET", "/reports/orders", 200, { caller: REPORTING });
  call("DELETE", "/orders/1", 403);
  decided("DELETE", "/orders/{orderId}", { reason: "delete" });
  decided("GET", "/reports/orders", { reason: "report", subjects: ["client:reporting"] });
  decided("GET", "/orders/{orderId}", { reason: "read" });

  expect((await shownLines(3)).sort()).toEqual([
    "200 alice GET /dev/orders/1 read",
    "200 reporting GET /reports/orders report",
    "403 alice DELETE /orders/1 delete",
  ]);
});

test.each([
  ["/files/{proxy+}", "/files/a"],
  ["/files/{proxy+}", "/files/a/b/c"],
  ["/files/{proxy+}", "/dev/files/a/b/c"],
  ["/files/{proxy+}", "/files"],
  ["/{proxy+}", "/a/b"],
  ["/orders/{orderId}", "/orders/1/"],
])("a decision on %s belongs to a call of %s", async (template, path) => {
  decided("GET", template, { reason: "found" });
  call("GET", path, 403);

  expect((await shownLines(1))[0]).toMatch(/ found$/);
});

test("calls without a decision", async () => {
  call("GET", "/health", 200, { caller: undefined });
  call("GET", "/orders", 401, { caller: undefined });
  call("GET", "/nowhere", 404, { caller: undefined });
  call("GET", "/x", 403, { caller: undefined, refused: "another origin" });
  call("GET", "/health", 200);

  expect(await shownLines(5)).toEqual([
    "200 nobody GET /health open to everyone",
    "401 nobody GET /orders no token",
    "404 nobody GET /nowhere no such route",
    "403 nobody GET /x another origin",
    "200 alice GET /health no decision found in logs/functions.log",
  ]);
});

test("a refused token identifies no caller, whatever its claims say", async () => {
  call("GET", "/orders", 401);
  const refused = { kind: "token-refused", method: "GET", template: "/orders", code: "token_expired" };
  decisions.line(JSON.stringify(refused));

  expect(await shownLines(1)).toEqual(["401 unproven GET /orders token_expired"]);
});

test("an earlier call belongs to the story and is not repeated", async () => {
  call("GET", "/orders", 200, { at: Date.now() - 60_000 });
  call("GET", "/health", 200, { caller: undefined });

  expect(await shownLines(1)).toEqual(["200 nobody GET /health open to everyone"]);
});

test("sign-ups and sign-ins, with the row, the groups or the error, and never the token or a real address", async () => {
  const accessToken = signClaims(
    { sub: ALICE.sub, client_id: ALICE.client, username: ALICE.sub, "cognito:groups": ["customers"] },
    key,
  );
  decisions.line('{"kind":"sign-up-refused","determining":["policies/sign-up.csv:11"]}');
  pool("SignUp", { status: 400, username: "mallory@example.com", error: "UserLambdaValidationException" });
  pool("SignUp", { status: 400, username: "carl@gmail.com", error: "InvalidPasswordException" });
  pool("ConfirmSignUp", { username: "alice@example.com" });
  decisions.line('{"kind":"groups-assigned","groups":["customers"]}');
  await shownLines(3);
  pool("InitiateAuth", { username: "alice@example.com", accessToken });

  expect(await shownLines(4)).toEqual([
    "400 mallory SignUp policies/sign-up.csv:11 p2, mallory@example.com, deny",
    "400 c***@g*** SignUp InvalidPasswordException",
    "200 alice ConfirmSignUp put in customers",
    "200 alice InitiateAuth tokens, in customers",
  ]);
  expect(shown).not.toContain(accessToken.slice(0, 10));
});

test("no control character of a client reaches the terminal", async () => {
  call("GET", "/a\u009b31m", 404, { caller: undefined });
  call("GET", "/b", 403, { caller: undefined, refused: "\u001b]0;title\u0007" });
  pool("InitiateAuth", { status: 400, username: "\u001b[2Jx@example.com", error: "X" });

  expect((await shownLines(3)).join("")).not.toMatch(/[\p{C}]/u);
});
