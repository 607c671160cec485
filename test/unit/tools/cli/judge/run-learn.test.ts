import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { InputLogging } from "../../../../../src/lambda/decision-log.ts";
import type { Subject } from "../../../../../src/policy/subject.ts";
import { type LearnArguments, runLearn } from "../../../../../src/tools/cli/judge/run-learn.ts";
import { contextIn } from "../../../../support/command-context.ts";
import { decisionLine } from "../../../../support/decision-log-lines.ts";
import { MODEL, policyFrom } from "../../../../support/policy.ts";

const ROWS = `g, group:staff, role:viewer
g, group:{tenantId}.editors, role:editor
g, client:reporting, role:reporter
p, role:viewer, orders:read, allow
p, role:authenticated, mine:read, allow, {userId}=sub
p, role:editor, docs:write, allow
p, role:reporter, orders:read, allow
p, user:u-9, orders:delete, allow
p, group:jane@example.com, orders:read, allow
g2, GET /orders, orders:read
g2, DELETE /orders, orders:delete
g2, GET /users/{userId}/mine, mine:read
g2, PUT /tenants/{tenantId}/doc, docs:write
`;

const policy = policyFrom(ROWS);
const folder = mkdtempSync(join(tmpdir(), "claimgate-learn-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

mkdirSync(join(folder, "policies"));
writeFileSync(join(folder, "policies/model.conf"), MODEL.text);
writeFileSync(join(folder, "policies/rows.csv"), ROWS);

interface Call {
  readonly route: string;
  readonly subjects: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly sub?: string;
}

function lineOf(
  { route, subjects, parameters = {}, sub = "" }: Call,
  inputs: InputLogging = "plain",
): string {
  const isMachine = subjects.some((one) => one.startsWith("client:"));
  const own: Subject[] = isMachine
    ? ["role:machine", ...(subjects as Subject[])]
    : ["role:authenticated", `user:${sub}`, ...(subjects as Subject[])];
  const request = { route, subjects: own, parameters, claims: { sub } };
  return decisionLine(policy, request, { inputs });
}

const mine = (sub: string, userId: string): Call => ({
  route: "GET /users/{userId}/mine",
  subjects: [],
  parameters: { userId },
  sub,
});
const doc = (group: string, tenantId: string): Call => ({
  route: "PUT /tenants/{tenantId}/doc",
  subjects: [`group:${group}`],
  parameters: { tenantId },
  sub: "u-1",
});
const CALLS: readonly Call[] = [
  { route: "GET /orders", subjects: ["group:staff", "group:unnamed"], sub: "u-1" },
  { route: "GET /orders", subjects: ["group:staff"], sub: "u-2" },
  { route: "GET /orders", subjects: [], sub: "u-3" },
  { route: "GET /orders", subjects: ["client:reporting"] },
  mine("u-1", "u-1"),
  mine("u-2", "u-2"),
  mine("u-2", "u-1"),
  doc("acme.editors", "acme"),
  doc("globex.editors", "globex"),
  doc("globex.editors", "acme"),
];

async function learned(
  lines: readonly string[],
  options: Partial<LearnArguments> = {},
): Promise<{ readonly code: number; readonly said: string; readonly text: string }> {
  writeFileSync(join(folder, "decisions.log"), `${lines.join("\n")}\n`);
  const { context, written } = contextIn(folder);
  const output = "learned.test.yaml";
  const given = { policies: "policies", format: "pretty", output, force: true, min: 1, ...options } as const;
  const code = await runLearn(context, [join(folder, "decisions.log")], given);
  return { code, said: written(), text: readFileSync(join(folder, output), "utf8") };
}

describe("claimgate learn", () => {
  it("makes few principals of many users, and asks each about what it was seen on", async () => {
    const { code, said, text } = await learned(CALLS.map((call) => lineOf(call)));
    expect(said).toContain(
      "wrote learned.test.yaml: 10 decisions, 4 callers, 7 expectations, all hold on policies",
    );
    expect(code).toBe(0);
    expect(text.replace(/^#.*\n/gm, "")).toBe(`principals:
  reporting: { client: [reporting] }
  signed-in: { claims: { sub: own-sub } }
  staff: { groups: [staff] }
  tenant-a.editors: { groups: [tenant-a.editors] }

suites:
  - name: "reporting, signed-in, staff"
    principals: [reporting, signed-in, staff]
    routes:
      - GET /orders
    allow:
      reporting: [GET /orders]
      staff: [GET /orders]
  - name: "signed-in; userId other-userId"
    principals: [signed-in]
    routes:
      - "GET /users/{userId}/mine"
    parameters: { userId: other-userId }
  - name: "signed-in; userId own-sub"
    principals: [signed-in]
    routes:
      - "GET /users/{userId}/mine"
    parameters: { userId: own-sub }
    allow:
      signed-in: ["GET /users/{userId}/mine"]
  - name: "tenant-a.editors; tenantId other-tenantId"
    principals: [tenant-a.editors]
    routes:
      - "PUT /tenants/{tenantId}/doc"
    parameters: { tenantId: other-tenantId }
  - name: "tenant-a.editors; tenantId tenant-a"
    principals: [tenant-a.editors]
    routes:
      - "PUT /tenants/{tenantId}/doc"
    parameters: { tenantId: tenant-a }
    allow:
      tenant-a.editors: ["PUT /tenants/{tenantId}/doc"]
`);
  });

  it("names no user, no address, no tenant, and no group that the policy does not name", async () => {
    const { text } = await learned(CALLS.map((call) => lineOf(call)));
    expect(text).not.toMatch(/u-\d|acme|globex|unnamed|@/);
  });

  it("writes the same file for hashed inputs, and whatever the order of the lines", async () => {
    const { text } = await learned(CALLS.map((call) => lineOf(call)));
    expect((await learned(CALLS.map((call) => lineOf(call, "hashed")))).text).toBe(text);
    expect((await learned(CALLS.map((call) => lineOf(call)).reverse())).text).toBe(text);
  });

  it("leaves out what would name a person, undeclared routes and other versions, and says so", async () => {
    const other = lineOf({ route: "GET /orders", subjects: [], sub: "u-1" }).replace(
      policy.version,
      "0".repeat(16),
    );
    const { said } = await learned([
      ...CALLS.map((call) => lineOf(call)),
      lineOf({ route: "DELETE /orders", subjects: [], sub: "u-9" }),
      lineOf({ route: "GET /orders", subjects: ["group:jane@example.com"], sub: "u-1" }),
      lineOf({ route: "GET /nowhere", subjects: [], sub: "u-1" }),
      other,
    ]);
    expect(said).toContain("Left out: 4 decisions");
    expect(said).toContain("2 of users or groups that a row names by an id or an address");
    expect(said).toContain("1 on routes that the policy does not declare");
    expect(said).toContain("1 of another policy version");
  });

  it("learns from other versions only if asked, and only where the policy decides alike", async () => {
    const lines = [
      lineOf({ route: "GET /orders", subjects: ["group:staff"], sub: "u-1" }),
      lineOf({ route: "DELETE /orders", subjects: ["group:staff"], sub: "u-1" }).replace('"deny"', '"allow"'),
    ].map((line) => line.replace(policy.version, "0".repeat(16)));
    await expect(learned(lines)).rejects.toThrow(
      "nothing can be learned from the log: 2 of another policy version",
    );
    const { said } = await learned(lines, { otherVersions: true });
    expect(said).toContain("1 that the policy decides otherwise now");
    expect(said).toContain("1 decision, 1 caller, 1 expectation");
  });

  it("leaves out what was seen less often than asked", async () => {
    const { said } = await learned(
      CALLS.map((call) => lineOf(call)),
      { min: 2 },
    );
    expect(said).toContain("4 seen less often than `--min`");
    expect(said).toContain("6 decisions, 3 callers, 3 expectations");
  });

  it("reads gzip, and refuses a file that exists, even a broken link, before it reads the log", async () => {
    const log = gzipSync(CALLS.map((call) => lineOf(call)).join("\n"));
    writeFileSync(join(folder, "decisions.gz"), log);
    const { context } = contextIn(folder);
    const options = { policies: "policies", format: "pretty", output: "new.test.yaml", min: 1 } as const;
    expect(await runLearn(context, [join(folder, "decisions.gz")], options)).toBe(0);
    const before = readFileSync(join(folder, "new.test.yaml"), "utf8");
    await expect(runLearn(context, [join(folder, "no.log")], options)).rejects.toThrow(
      "`new.test.yaml` exists",
    );
    expect(readFileSync(join(folder, "new.test.yaml"), "utf8")).toBe(before);
    symlinkSync("nowhere", join(folder, "link.test.yaml"));
    const linked = { ...options, output: "link.test.yaml" };
    await expect(runLearn(context, [join(folder, "decisions.gz")], linked)).rejects.toThrow(
      "`link.test.yaml` exists",
    );
    expect(existsSync(join(folder, "nowhere"))).toBe(false);
  });

  it("writes nothing where it cannot, and a name that `claimgate test` would not run is refused", async () => {
    const lines = CALLS.map((call) => lineOf(call));
    await expect(learned(lines, { output: "missing/learned.test.yaml" })).rejects.toThrow(
      "could not be written: the directory does not exist",
    );
    await expect(learned(lines, { output: "learned.yaml" })).rejects.toThrow("does not end in `.test.yaml`");
  });
});
