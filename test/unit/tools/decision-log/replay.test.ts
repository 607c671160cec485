import { ClaimgateError } from "../../../../src/errors.ts";
import type { DecisionRequest } from "../../../../src/policy/decision.ts";
import type { Policy } from "../../../../src/policy/policy.ts";
import type { Subject } from "../../../../src/policy/subject.ts";
import { type LogEntry, readEntry } from "../../../../src/tools/decision-log/entry.ts";
import { createMessageReader } from "../../../../src/tools/decision-log/messages.ts";
import type { Period } from "../../../../src/tools/decision-log/period.ts";
import { createReplay, type Replay } from "../../../../src/tools/decision-log/replay.ts";
import { about, decisionLine, type LineOptions, recordLine } from "../../../support/decision-log-lines.ts";
import { policyFrom } from "../../../support/policy.ts";

const OPEN: Period = { since: undefined, until: undefined };

const BEFORE = policyFrom(`
g, group:staff, role:viewer
p, role:viewer, orders:read, allow
p, role:customer, mine:read, allow, {userId}=sub
g, group:customers, role:customer
g2, GET /orders, orders:read
g2, DELETE /orders, orders:delete
g2, GET /users/{userId}/mine, mine:read
`);

function entryOf(line: string): LogEntry {
  const [message] = createMessageReader()(line);
  return readEntry(message ?? { kind: "text" });
}

function replayed(policy: Policy, lines: readonly string[], period = OPEN): Replay {
  const replay = createReplay(policy, period);
  for (const line of lines) replay.add(entryOf(line));
  return replay.result();
}

const request = (route: string, ...subjects: Subject[]): DecisionRequest => ({
  route,
  subjects,
  parameters: {},
  claims: {},
});
const line = (one: DecisionRequest, options: LineOptions = {}) => decisionLine(BEFORE, one, options);

describe("a replay", () => {
  test("changes nothing under the same policy", () => {
    const lines = [
      line(request("GET /orders", "group:staff")),
      line(request("DELETE /orders", "group:staff")),
    ];
    expect(replayed(BEFORE, lines)).toMatchObject({
      unchanged: 2,
      changed: 0,
      undecided: 0,
      changes: [],
      gaps: [],
    });
  });

  test.each(["plain", "hashed"] as const)("asks for the tenant again, which is %s in the log", (inputs) => {
    const rows = (group: string) => `
g, group:{tenantId}.${group}, role:editor
p, role:editor, projects:change, allow
g2, PUT /tenants/{tenantId}/project, projects:change
`;
    const asked = (tenantId: string): DecisionRequest => ({
      ...request("PUT /tenants/{tenantId}/project", "group:acme.editors", "group:acme.admins"),
      parameters: { tenantId },
    });
    const lines = ["acme", "globex", "a.b"].map((tenant) =>
      decisionLine(policyFrom(rows("editors")), asked(tenant), { inputs }),
    );
    expect(lines.join("")).not.toContain('a.b"');
    expect(replayed(policyFrom(rows("admins")), lines)).toMatchObject({ unchanged: 3, undecided: 0 });
    expect(replayed(policyFrom(rows("viewers")), lines)).toMatchObject({ unchanged: 2, changed: 1 });
  });

  test("does not decide where the log lacks the tenant", () => {
    const rows = "p, role:editor, orders:delete, allow\ng2, DELETE /t/{tenantId}, orders:delete\n";
    const asked = {
      ...request("DELETE /t/{tenantId}", "group:acme.editors"),
      parameters: { tenantId: "acme" },
    };
    const lines = [decisionLine(policyFrom(rows), asked)];
    const { undecided, gaps } = replayed(
      policyFrom(`g, group:{tenantId}.editors, role:editor\n${rows}`),
      lines,
    );
    expect(undecided).toBe(1);
    expect(JSON.stringify(gaps)).toContain("group:{tenantId}.editors");
  });

  test("follows the roles of today, not those in the log", () => {
    const after = policyFrom(`
g, group:others, role:viewer
p, role:viewer, orders:read, allow
g2, GET /orders, orders:read
`);
    const [change] = replayed(after, [line(request("GET /orders", "group:staff"))]).changes;
    expect(change).toMatchObject({
      from: "allow",
      to: "deny",
      widens: false,
      subjects: ["group:staff"],
      after: [],
    });
    expect(change?.before).toMatchObject([{ row: "p, role:viewer, orders:read, allow" }]);
  });

  test("groups what changes for the same holders on the same route, and counts users once", () => {
    const after = policyFrom(`
p, group:staff, orders:delete, allow
g2, DELETE /orders, orders:delete
`);
    const lines = ["user:a", "user:a", "user:b"].map((user, index) =>
      line(request("DELETE /orders", "role:authenticated", user as Subject, "group:staff"), {
        requestId: `r${index}`,
      }),
    );
    expect(replayed(after, lines).changes).toEqual([
      {
        widens: true,
        from: "deny",
        to: "allow",
        route: "DELETE /orders",
        subjects: ["group:staff", "role:authenticated"],
        before: [],
        after: [expect.objectContaining({ row: "p, group:staff, orders:delete, allow", line: 2 })],
        reason: "allowed_by_row",
        count: 3,
        users: 2,
        example: { requestId: "r0", time: "2026-11-10T13:40:56.789Z" },
      },
    ]);
  });

  test("puts what widens first, however rare", () => {
    const after = policyFrom(`
p, group:staff, orders:delete, allow
g2, DELETE /orders, orders:delete
`);
    const lines = [
      line(request("GET /orders", "group:staff")),
      line(request("GET /orders", "group:staff")),
      line(request("DELETE /orders", "group:staff")),
    ];
    expect(replayed(after, lines).changes.map(({ widens, count }) => [widens, count])).toEqual([
      [true, 1],
      [false, 2],
    ]);
  });

  test.each(["plain", "hashed"] as const)("decides conditions again from %s inputs", (inputs) => {
    const own: DecisionRequest = {
      ...request("GET /users/{userId}/mine", "user:u1", "group:customers"),
      parameters: { userId: "u1" },
      claims: { sub: "u1" },
    };
    const foreign = { ...own, parameters: { userId: "u2" } };
    const lines = [line(own, { inputs }), line(foreign, { inputs })];
    expect(replayed(BEFORE, lines)).toMatchObject({ unchanged: 2, undecided: 0 });
  });

  test.each(["plain", "hashed"] as const)("decides literals again from %s inputs", (inputs) => {
    const policy = policyFrom(`
p, group:staff, mine:read, allow, {userId}='me'&{userId}!=sub
g2, GET /users/{userId}/mine, mine:read
`);
    const asked = (userId: string): DecisionRequest => ({
      ...request("GET /users/{userId}/mine", "group:staff"),
      parameters: { userId },
      claims: { sub: "u1" },
    });
    const lines = ["me", "you"].map((userId) => decisionLine(policy, asked(userId), { inputs }));
    expect(replayed(policy, lines)).toMatchObject({ unchanged: 2, undecided: 0 });
    const other = policyFrom(`
p, group:staff, mine:read, allow, {userId}='you'&{userId}!=sub
g2, GET /users/{userId}/mine, mine:read
`);
    expect(replayed(other, lines)).toMatchObject({ changed: 2, undecided: 0 });
  });

  test.each(["plain", "hashed"] as const)(
    "decides the age of a sign-in again, with %s inputs, at its own time",
    (inputs) => {
      const rows = (seconds: number) =>
        policyFrom(`
p, group:staff, orders:delete, allow, max_age=${seconds}
g2, DELETE /orders, orders:delete
`);
      const asked = (age: number | undefined): DecisionRequest => ({
        ...request("DELETE /orders", "role:authenticated", "group:staff"),
        time: 1_764_000_000.25,
        authTime: age === undefined ? undefined : 1_764_000_000 - age,
      });
      const lines = [299, 300, undefined].map((age) => decisionLine(rows(300), asked(age), { inputs }));
      expect(replayed(rows(300), lines)).toMatchObject({ unchanged: 3, undecided: 0 });
      expect(replayed(rows(301), lines)).toMatchObject({ unchanged: 2, changed: 1, undecided: 0 });
      expect(replayed(rows(299), lines)).toMatchObject({ unchanged: 2, changed: 1, undecided: 0 });
      // A log of a policy without ages does not have them.
      const before = decisionLine(BEFORE, asked(1), { inputs });
      expect(replayed(rows(300), [before])).toMatchObject({ undecided: 1 });
    },
  );

  test("says which values a new condition would need, where the log does not have them", () => {
    const after = policyFrom(`
g, group:staff, role:viewer
p, role:viewer, mine:read, allow, {userId}=tenant_id
g2, GET /users/{userId}/mine, mine:read
`);
    const lines = [line(request("GET /users/{userId}/mine", "group:staff"))];
    expect(replayed(after, lines)).toMatchObject({
      undecided: 1,
      changed: 0,
      gaps: [{ why: "input-not-logged", effect: "deny", missing: ["{userId}=tenant_id"], count: 1 }],
    });
  });

  test("takes the `sub` from the user where no condition had compared it", () => {
    const after = policyFrom(`
p, role:authenticated, mine:read, deny, {userId}!=sub
g, group:customers, role:customer
p, role:customer, mine:read, allow, {userId}=tenant_id
g2, GET /users/{userId}/mine, mine:read
`);
    const before = policyFrom(`
p, group:customers, mine:read, allow, {userId}=tenant_id
g2, GET /users/{userId}/mine, mine:read
`);
    const seen: DecisionRequest = {
      route: "GET /users/{userId}/mine",
      subjects: ["role:authenticated", "user:u1", "group:customers"],
      parameters: { userId: "t1" },
      claims: { sub: "u1", tenant_id: "t1" },
    };
    expect(replayed(after, [decisionLine(before, seen)])).toMatchObject({
      changed: 1,
      changes: [{ to: "deny", reason: "denied_by_row" }],
    });
  });

  test("finds a group whose name was hidden, since it looks like an e-mail", () => {
    const after = policyFrom(`
g, group:jane@example.com, role:viewer
p, role:viewer, orders:read, allow
g2, GET /orders, orders:read
`);
    const lines = [line(request("GET /orders", "group:jane@example.com"))];
    expect(lines[0]).not.toContain("jane");
    expect(replayed(after, lines)).toMatchObject({ changed: 1, changes: [{ to: "allow" }] });
  });

  test("decides on the route that is declared today for what the gateway matched", () => {
    const before = policyFrom("g2, ANY /orders, orders:all");
    const after = policyFrom(`
p, group:staff, orders:read, allow
g2, ANY /orders, orders:all
g2, GET /orders, orders:read
`);
    const seen = decisionLine(before, request("ANY /orders", "group:staff")).replace('"PATCH"', '"GET"');
    expect(replayed(after, [seen]).changes).toMatchObject([{ route: "GET /orders", to: "allow" }]);
  });

  test("does not guess the path below a greedy route that is not declared any more", () => {
    const before = policyFrom("g2, ANY /files/{proxy+}, files:read");
    const after = policyFrom("g2, GET /files/a, files:read");
    const written = decisionLine(before, request("ANY /files/{proxy+}", "group:staff"));
    const lines = [written.replace('"PATCH"', '"GET"')];
    // No route of today takes a PATCH, whatever the path was.
    expect(replayed(after, [written])).toMatchObject({ undecided: 0 });
    expect(replayed(after, lines)).toMatchObject({
      undecided: 1,
      gaps: [{ why: "path-not-logged", route: "ANY /files/{proxy+}", missing: [] }],
    });
    expect(replayed(before, lines)).toMatchObject({ unchanged: 1, onLoggedRoute: 1 });
  });

  test("does not decide on a path of which the log has only a part", () => {
    const policy = policyFrom(
      "p, group:staff, files:read, allow\ng2, GET /files/eyJhbGciOiJSUzI1NiJ9, files:read",
    );
    const seen = decisionLine(policy, request("GET /files/eyJhbGciOiJSUzI1NiJ9", "group:staff"));

    expect(seen).not.toContain("eyJ");
    expect(replayed(policy, [seen])).toMatchObject({ undecided: 1, gaps: [{ why: "path-not-logged" }] });
  });

  test("compares inputs that the log hides, in plain mode too", () => {
    const token = `${Buffer.from('{"alg":"RS256"}').toString("base64url")}.e30.c2ln`;
    const one = { ...request("GET /users/{userId}/mine", "group:customers"), parameters: { userId: token } };
    const lines = [line({ ...one, claims: { sub: token } }), line({ ...one, claims: { sub: "user-1" } })];

    expect(lines.join("")).not.toContain(token);
    expect(lines.map((text) => (JSON.parse(text) as { effect: string }).effect)).toEqual(["allow", "deny"]);
    expect(replayed(BEFORE, lines)).toMatchObject({ unchanged: 2, undecided: 0 });
  });

  test("decides on the coarser route where the row of the finer one is gone", () => {
    const roles =
      "p, group:staff, app:use, allow\np, group:admins, admin:read, allow\ng2, ANY /{proxy+}, app:use";
    const before = policyFrom(`${roles}\ng2, GET /admin/users, admin:read`);
    const after = policyFrom(roles);
    const fine = decisionLine(before, request("GET /admin/users", "group:staff"), {
      matched: "ANY /{proxy+}",
    }).replace('"PATCH"', '"GET"');
    expect(replayed(after, [fine])).toMatchObject({
      undecided: 0,
      changes: [{ widens: true, from: "deny", to: "allow", route: "ANY /{proxy+}" }],
    });
  });

  test("takes a route that is public now as open to every caller", () => {
    const before = policyFrom("p, group:admins, orders:read, allow\ng2, GET /orders, orders:read");
    const after = policyFrom("p, group:admins, orders:read, allow\ng2, GET /orders, public");
    const lines = ["group:staff", "group:admins"].map((group) =>
      decisionLine(before, request("GET /orders", group as "group:staff")),
    );
    expect(replayed(after, lines)).toMatchObject({
      unchanged: 1,
      changes: [{ widens: true, from: "deny", to: "allow", reason: "route_without_permission" }],
    });
    // An authorizer that was asked about it all the same is asked again.
    const asked = decisionLine(after, request("GET /orders", "group:staff"));
    expect(replayed(after, [asked])).toMatchObject({ unchanged: 1, changed: 0 });
  });

  test("decides answers for a whole API again, route by route", () => {
    const answer = recordLine({
      ...about("GET /orders"),
      kind: "decided",
      decided: {
        by: "policy-for-whole-api",
        routes: [
          { route: "GET /orders", effect: "allow" },
          { route: "DELETE /orders", effect: "deny" },
        ],
        subjects: ["group:staff"],
        app: undefined,
        policyVersion: BEFORE.version,
      },
    });
    expect(replayed(BEFORE, [answer])).toMatchObject({ unchanged: 2 });
    const after = policyFrom("p, group:staff, *, allow\ng2, DELETE /orders, orders:delete");
    expect(replayed(after, [answer]).changes.map(({ route, to }) => `${route} ${to}`)).toEqual([
      "DELETE /orders allow",
      "GET /orders deny",
    ]);
  });

  test("leaves out what an emergency stop denied, and counts it: the policy did not decide", () => {
    const subjects = ["group:staff"] as const;
    const common = { subjects, app: undefined, policyVersion: BEFORE.version };
    const request = recordLine({
      ...about("GET /orders"),
      kind: "decided",
      decided: {
        by: "stop",
        route: "GET /orders",
        permissions: ["orders:read"],
        stopped: ["*"],
        ...common,
      },
    });
    const answer = recordLine({
      ...about("GET /orders"),
      kind: "decided",
      decided: {
        by: "policy-for-whole-api",
        routes: [
          { route: "GET /orders", effect: "deny", stopped: true },
          { route: "DELETE /orders", effect: "deny", stopped: true },
        ],
        ...common,
      },
    });
    const stopped = replayed(BEFORE, [request, answer]);
    expect(stopped).toMatchObject({
      unchanged: 0,
      changed: 0,
      undecided: 0,
      lines: { refused: { stopped: 3 } },
    });
  });

  test("counts every line that is not a decision", () => {
    const refusal = recordLine({
      ...about("GET /orders"),
      kind: "decided",
      decided: {
        by: "refusal",
        error: new ClaimgateError("request_not_canonical", "a dot segment"),
        subjects: [],
        policyVersion: "v",
      },
    });
    const noToken = recordLine({
      ...about("GET /orders"),
      kind: "token-refused",
      code: "token_missing",
      message: "",
    });
    const lines = [
      refusal,
      noToken,
      "START RequestId: 1",
      '{"kind":"decision","subj',
      '{"kind":"decision","effect":"maybe","subjects":[]}',
    ];
    expect(replayed(BEFORE, lines).lines).toEqual({
      lines: 5,
      other: { "no JSON": 1, "token-refused": 1 },
      refused: { request_not_canonical: 1 },
      damaged: { "it has no `effect`": 1, "it is not whole": 1 },
    });
  });

  test("looks at the period that it is given, and says what it looked at", () => {
    const at = (time: string) => line(request("GET /orders", "group:staff"), { time });
    const lines = [
      at("2026-10-31T23:59:59.999Z"),
      at("2026-11-01T00:00:00.000Z"),
      at("2026-11-02T12:00:00.000Z"),
      at("2026-11-03T00:00:00.000Z"),
    ];
    const period = { since: Date.parse("2026-11-01"), until: Date.parse("2026-11-03") };
    expect(replayed(BEFORE, lines, period)).toMatchObject({
      outsidePeriod: 2,
      log: {
        decisions: 2,
        days: 2,
        first: "2026-11-01T00:00:00.000Z",
        last: "2026-11-02T12:00:00.000Z",
        policyVersions: [BEFORE.version],
      },
    });
  });
});
