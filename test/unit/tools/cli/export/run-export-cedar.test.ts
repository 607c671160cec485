import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExportCedarJson } from "../../../../../src/tools/cli/export/export-cedar-contract.ts";
import { runExport } from "../../../../../src/tools/cli/export/run-export.ts";
import { contextIn } from "../../../../support/command-context.ts";
import { MODEL } from "../../../../support/policy.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "claimgate-export-"));
  mkdirSync(join(directory, "policies"));
  writeFileSync(join(directory, "policies/model.conf"), MODEL.text);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function rows(...lines: readonly string[]): void {
  writeFileSync(join(directory, "policies/roles.csv"), `${lines.join("\n")}\n`);
}

async function exportTo(output: string, namespace = "Claimgate") {
  const { context, written } = contextIn(directory, "json");
  const options = { policies: "policies", format: "json", output, namespace } as const;
  const code = await runExport(context, "cedar", options);
  return { code, report: JSON.parse(written()) as ExportCedarJson };
}

const ORDERS = "g2, GET /orders, orders:read";

describe("claimgate export cedar", () => {
  it("writes a file for each row, the schema, the shape of requests and a README", async () => {
    rows(ORDERS, "p, group:a, orders:read, allow", "p, group:b, *, deny", "p2, *@example.com, allow");
    const { code, report } = await exportTo("out");
    expect(code).toBe(0);
    expect(report).toMatchObject({ outcome: "written", otherRows: 1, without: [], refused: [] });
    expect(report.files).toEqual(
      readdirSync(join(directory, "out"), { recursive: true })
        .filter((one) => one !== "policies")
        .sort(),
    );
    expect(report.files).toEqual([
      "README.md",
      "cedarschema.json",
      "policies/roles.csv-2.cedar",
      "policies/roles.csv-3.cedar",
      "request.json",
    ]);
    expect(report.policies.map(({ id, effect }) => [id, effect])).toEqual([
      ["policies/roles.csv:2", "permit"],
      ["policies/roles.csv:3", "forbid"],
    ]);
  });

  it("removes the policy of a row that is gone", async () => {
    rows(ORDERS, "p, group:a, orders:read, allow", "p, group:b, orders:read, allow");
    await exportTo("out");
    rows(ORDERS, "p, group:b, orders:read, allow");
    await exportTo("out");
    expect(readdirSync(join(directory, "out/policies"))).toEqual(["roles.csv-2.cedar"]);
  });

  it("writes nothing to a directory that has other files", async () => {
    rows(ORDERS, "p, group:a, orders:read, allow");
    mkdirSync(join(directory, "out"));
    writeFileSync(join(directory, "out/README.md"), "mine");
    await expect(exportTo("out")).rejects.toMatchObject({
      code: "file_not_written",
      message: "`out` has `README.md`, which is not a file of `claimgate export`; nothing was written",
    });
    expect(readFileSync(join(directory, "out/README.md"), "utf8")).toBe("mine");
  });

  it("names rows without an effect, and why", async () => {
    rows(ORDERS, "p, group:a, orders:read, allow", "p, role:nobody, orders:read, allow");
    const { report } = await exportTo("out");
    expect(report.without).toEqual([
      {
        file: "policies/roles.csv",
        line: 3,
        row: "p, role:nobody, orders:read, allow",
        reason: "no token has `role:nobody`",
      },
    ]);
  });

  it("refuses a row that is too long for Verified Permissions, and writes nothing", async () => {
    const atoms = Array.from(
      { length: 200 },
      (_, index) => `{parameter${index}}='a-long-enough-value-${index}'`,
    );
    rows(ORDERS, `p, group:a, orders:read, allow, ${atoms.join("&")}`);
    const { code, report } = await exportTo("out");
    expect(code).toBe(3);
    expect(report).toMatchObject({ outcome: "refused", files: [], refused: [{ line: 2 }] });
    expect(existsSync(join(directory, "out"))).toBe(false);
  });

  it.each([
    "",
    "1Orders",
    "Orders::",
    "in",
    "AWS",
    "My::Amazon",
    "Orders; permit(principal,action,resource)",
  ])("refuses %j as a namespace", async (namespace) => {
    rows(ORDERS, "p, group:a, orders:read, allow");
    await expect(exportTo("out", namespace)).rejects.toMatchObject({ code: "command_usage" });
  });
});
