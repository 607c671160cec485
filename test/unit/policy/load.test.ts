import { PolicyError } from "../../../src/policy/finding.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { MODEL, policyFrom } from "../../support/policy.ts";

const ROW = "p, role:a, x:y, allow";

function refusal(text: string, model = MODEL): string[] {
  try {
    loadPolicy({ model, rows: [{ path: "policies/a.csv", text }] });
  } catch (error) {
    if (error instanceof PolicyError) return error.findings.map((f) => `${f.file}:${f.line} ${f.rule}`);
    throw error;
  }
  return [];
}

describe("loading a policy", () => {
  it("refuses a policy that is empty or only comments", () => {
    expect(refusal("")).toEqual(["policies/a.csv:1 empty-policy"]);
    expect(refusal("# nothing\n\n")).toEqual(["policies/a.csv:1 empty-policy"]);
    expect(refusal("g, group:a, role:b\n")).toEqual(["policies/a.csv:1 empty-policy"]);
  });

  it("refuses a policy without any CSV file and names the model's place", () => {
    expect(() => loadPolicy({ model: MODEL, rows: [] })).toThrow(
      /^policies\/model\.conf:1:1: the policy has no `p` row/,
    );
  });

  it("refuses a duplicate row, however it is spelled", () => {
    expect(refusal(`${ROW}\n\np,"role:a",x:y,allow\n`)).toEqual(["policies/a.csv:3 duplicate-row"]);
  });

  it("refuses a route that is public and guarded", () => {
    expect(refusal(`${ROW}\ng2, GET /x, x:y\ng2, GET /x, public\n`)).toEqual([
      "policies/a.csv:3 public-and-guarded",
    ]);
  });

  it("refuses two routes that differ only in the name of a parameter", () => {
    const rows = `${ROW}\ng2, GET /x/{a}, x:y\ng2, GET /x/{b}, x:z\n`;
    expect(refusal(rows)).toEqual(["policies/a.csv:3 ambiguous-route"]);
    expect(refusal(rows.replace("{b}", "{a}"))).toEqual([]);
  });

  it("refuses an edited model", () => {
    const edited = { ...MODEL, text: MODEL.text.replace("&& !some", "|| !some") };
    expect(refusal(ROW, edited)).toEqual(["policies/model.conf:1 model-edited"]);
  });

  it("takes a model that a checkout on Windows changed", () => {
    expect(refusal(ROW, { ...MODEL, text: `\uFEFF${MODEL.text.replaceAll("\n", "\r\n")}` })).toEqual([]);
  });

  it("reports what is wrong in all files at once, sorted by place", () => {
    const load = () =>
      loadPolicy({
        model: MODEL,
        rows: [
          { path: "policies/b.csv", text: "p, x, y:z, allow" },
          { path: "policies/a.csv", text: "p, role:x, y:z, allow\np, role:x, y:z, Deny\np, role:x" },
        ],
      });
    expect(load).toThrow(
      [
        "policies/a.csv:2:17: the effect is `Deny`; expected exactly `allow` or `deny`; did you mean `deny`? [effect]",
        "policies/a.csv:3:4: the `p` row has one column; the permission is missing; write `p, subject, permission, effect, [condition]` [too-few-columns]",
        "policies/b.csv:1:4: `x` is not a subject; expected one of the prefixes `group:`, `role:`, `user:`, `client:`, `scope:`; did you mean `role:x` or `group:x`? [subject-prefix]",
      ].join("\n"),
    );
  });

  it("gives one version whatever the order of rows and files, and another when a row changes", () => {
    const version = policyFrom(`${ROW}\ng, group:g, role:a\n`).version;
    expect(policyFrom(`g, group:g, role:a\n# moved\n${ROW}\n`).version).toBe(version);
    expect(policyFrom(`g, group:g, role:a\np, role:a, x:y, deny\n`).version).not.toBe(version);
    expect(version).toMatch(/^[0-9a-f]{16}$/);
  });
});
