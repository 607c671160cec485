import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as sdk from "@aws-sdk/client-cognito-identity-provider";
import { textsOf } from "../../../../../src/json.ts";
import { ALL_OPERATIONS } from "../../../../../src/tools/cognito/operations/all-operations.ts";
import { refusedOperations } from "../../../../../src/tools/cognito/operations/refused.ts";
import { call } from "../../../../support/pool-calls.ts";
import { testPool } from "../../../../support/user-pool.ts";

/** Every operation that the AWS SDK can call. */
const ofSdk = Object.keys(sdk)
  .filter((name) => /^[A-Z]\w+Command$/.test(name))
  .map((name) => name.slice(0, -"Command".length))
  .sort();

test("every operation of the AWS SDK is simulated, or refused by its name", () => {
  expect(ofSdk.length).toBeGreaterThan(100);
  expect(Object.keys(ALL_OPERATIONS).sort()).toEqual(ofSdk);
});

/** The names of what a request of an operation can have. */
function membersOf(operation: string): readonly string[] {
  // The schema of a structure: its kind, namespace, name, traits and the names of its members.
  const schema: unknown = Object.entries(sdk).find(([name]) => name === `${operation}Request$`)?.[1];
  return Array.isArray(schema) ? textsOf(schema[4]) : [];
}

test("what a request can have is read, refused by its name, or said to have no effect", () => {
  const sources = readdirSync("src/tools/cognito", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join("src/tools/cognito", file), "utf8"));
  const [, withoutEffect = ""] =
    /All operations share these differences:([\s\S]*?)\n\n/.exec(
      readFileSync("docs/local-fidelity.md", "utf8"),
    ) ?? [];
  const known = [...sources, withoutEffect].join("\n");
  const members = ofSdk.filter((name) => !Object.hasOwn(refusedOperations, name)).flatMap(membersOf);
  expect(members).toContain("ForceAliasCreation");
  const unknown = members.filter((member) => !new RegExp(`\\b${member}\\b`).test(known));
  expect([...new Set(unknown)]).toEqual([]);
});

test("no operation is both simulated and refused", () => {
  const both = Object.entries(refusedOperations).filter(([name, run]) => ALL_OPERATIONS[name] !== run);
  expect(both.map(([name]) => name)).toEqual([]);
});

test.each(Object.keys(refusedOperations))("%s is refused by its name", async (operation) => {
  await expect(call(testPool(), operation)).rejects.toMatchObject({
    code: "InvalidParameterException",
    message: `this local user pool does not simulate ${operation}`,
  });
});
