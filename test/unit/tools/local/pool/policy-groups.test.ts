import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { groupsOfPolicy } from "../../../../../src/tools/local/pool/policy-groups.ts";

const root = mkdtempSync(join(tmpdir(), "claimgate-groups-"));
const directory = join(root, "policies");
const edit = (file: string, was: string, is: string) => {
  const path = join(directory, file);
  writeFileSync(path, readFileSync(path, "utf8").replace(was, is));
};

beforeEach(() => cpSync("policies", directory, { recursive: true }));
afterEach(() => rmSync(directory, { recursive: true, force: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const role = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const packaged = (name: string, roleArn?: string) => [
  { name, description: undefined, precedence: undefined, roleArn },
];
const named = (name: string, groups: ReturnType<typeof groupsOfPolicy>) =>
  groups.find((group) => group.name === name);

test("a group that a row names for the first time, with what groups.yaml says of it", () => {
  edit(
    "groups.csv",
    "g, group:finance, role:finance",
    "g, group:finance, role:finance\ng, group:auditors, role:viewer",
  );
  edit(
    "groups.yaml",
    "finance:\n",
    "auditors:\n  description: Look at orders\n  precedence: 7\n\nfinance:\n",
  );

  expect(named("auditors", groupsOfPolicy(directory, []))).toEqual({
    name: "auditors",
    description: "Look at orders",
    precedence: 7,
    roleArn: undefined,
  });
});

test("another precedence, description and role", () => {
  edit("groups.yaml", "  description: Refunds, and reads reports\n  precedence: 20", "  precedence: 21");

  expect(named("finance", groupsOfPolicy(directory, packaged("finance", role("X"))))).toEqual({
    name: "finance",
    description: undefined,
    precedence: 21,
    roleArn: expect.stringMatching(/^arn:aws:iam::000000000000:role\/.*Finance.*Role$/) as string,
  });
});

test("a group that only the template describes does not change", () => {
  edit("groups.yaml", "partners:\n  description: Sees the orders of their own tenant\n", "");

  expect(named("partners", groupsOfPolicy(directory, packaged("partners")))).toBeUndefined();
  expect(named("partners", groupsOfPolicy(directory, []))).toBeDefined();
});

test("a policy that would not be deployed has no groups", () => {
  edit("groups.csv", "g, group:finance, role:finance", "g, group:finances, role:financ");

  expect(() => groupsOfPolicy(directory, [])).toThrow();
});
