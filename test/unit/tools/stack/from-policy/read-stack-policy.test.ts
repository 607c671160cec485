import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printFinding } from "../../../../../src/policy/finding.ts";
import { policyGroups } from "../../../../../src/tools/access/named-subjects.ts";
import { readStackPolicy } from "../../../../../src/tools/stack/from-policy/read-stack-policy.ts";

const folder = mkdtempSync(join(tmpdir(), "claimgate-stack-policy-"));
const policies = join(folder, "policies");

beforeEach(() => cpSync("policies", policies, { recursive: true }));
afterEach(() => rmSync(policies, { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read() {
  const { rows, groups, unread } = readStackPolicy(policies);
  return {
    groups: [...policyGroups(rows).keys()].sort(),
    settings: groups.map(({ name }) => name).sort(),
    unread: unread.map(printFinding),
  };
}

const SAMPLE = ["admins", "customers", "finance", "partners", "support", "suspended", "trainees"];

describe("what the stack is generated from", () => {
  it("is the policy's rows and groups.yaml", () => {
    expect(read()).toEqual({ groups: SAMPLE, settings: SAMPLE, unread: [] });
  });

  it("is the rows alone where there is no groups.yaml", () => {
    rmSync(join(policies, "groups.yaml"));
    expect(read()).toEqual({ groups: SAMPLE, settings: [], unread: [] });
  });

  it("leaves out what does not parse, and says so", () => {
    writeFileSync(join(policies, "more.csv"), "g, group:new, role:x\ng, group:newer\n");
    writeFileSync(join(policies, "groups.yaml"), "finance: { precedance: 1 }\n");
    expect(read()).toEqual({
      groups: [...SAMPLE, "new"].sort(),
      settings: ["finance"],
      unread: [
        expect.stringMatching(/^policies\/more\.csv:2:4: .* \[too-few-columns\]$/),
        expect.stringMatching(/^policies\/groups\.yaml:1:12: .* \[groups-file\]$/),
      ],
    });
  });

  it("is nothing of files that are not text", () => {
    writeFileSync(join(policies, "groups.yaml"), Buffer.from([0x61, 0x3a, 0xff]));
    expect(read()).toEqual({
      groups: [],
      settings: [],
      unread: [expect.stringMatching(/^policies\/groups\.yaml:1:1: .* \[not-utf8\]$/)],
    });
  });

  it("cannot be read where there is no policy", () => {
    rmSync(policies, { recursive: true });
    expect(() => readStackPolicy(policies)).toThrow("ENOENT");
  });
});
