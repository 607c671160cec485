import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runClient } from "../../../../src/tools/cli/client/run-client.ts";
import { runTypes } from "../../../../src/tools/cli/types/run-types.ts";
import { contextIn } from "../../../support/command-context.ts";

const ROWS = "p, role:a, a:read, allow\ng, group:x, role:a\ng2, GET /a, a:read\n";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "claimgate-generated-"));
  mkdirSync(join(directory, "policies"));
  writeFileSync(join(directory, "policies/rows.csv"), ROWS);
  writeFileSync(join(directory, "policies/front-end.yaml"), "permissions: [a:read]\n");
});
afterEach(() => rmSync(directory, { recursive: true }));

const types = (output: string, check?: true) =>
  runTypes(contextIn(directory).context, {
    format: "pretty",
    policies: "policies",
    output,
    ...(check && { check }),
  });
const client = async (output: string, check?: true) =>
  runClient(contextIn(directory).context, {
    ...{ format: "pretty", policies: "policies", pool: true, output },
    ...(check && { check }),
  });

test.each([
  ["claimgate types", types, "names.ts"],
  ["claimgate client", client, "access.ts"],
  ["claimgate client", client, "access.json"],
] as const)(
  "%s --check says that the file is stale once the policy has other names",
  async (_, run, file) => {
    const path = join(directory, file);
    expect(await run(file, true)).toBe(2);
    expect(await run(file)).toBe(0);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("\n", "\r\n"));
    expect(await run(file, true)).toBe(0);
    writeFileSync(join(directory, "policies/rows.csv"), `${ROWS}g, group:y, role:a\n`);
    expect(await run(file, true)).toBe(2);
  },
);

test.each([
  ["claimgate types", types, "names.js", ".ts or .d.ts"],
  ["claimgate types", types, "names.json", ".ts or .d.ts"],
  ["claimgate client", client, "access.js", ".json or .ts"],
  ["claimgate client", client, "access.d.ts", ".json or .ts"],
] as const)(
  "%s -o refuses a name that would not be read as what it writes",
  async (_, run, file, expected) => {
    await expect(run(file)).rejects.toMatchObject({ fix: `give \`-o\` a name that ends in ${expected}` });
  },
);
