import { fixFiles } from "../../../../src/tools/lint/fixes/fix-files.ts";
import { formatRows } from "../../../../src/tools/lint/fixes/format-rows.ts";
import { lint } from "../../../../src/tools/lint/lint.ts";
import { MODEL } from "../../../support/policy.ts";

const RIGHT = "g2, GET /x, x:read\np, role:a, x:read, allow\ng, group:a, role:a\n";

function report(text: string, today?: string) {
  return lint(
    { model: MODEL, rows: [{ path: "a.csv", text: `${RIGHT}${text}` }] },
    { service: undefined, switchedOff: new Map(), today },
  );
}

const found = (text: string, today?: string) =>
  report(text, today).findings.map(
    ({ line, column, severity, rule }) => `${line - 3}:${column} ${severity} ${rule}`,
  );

const USER = "p, user:u1, x:read, allow";

describe("a finding that a comment above its row switches off", () => {
  it("is not reported, and counted with its reason", () => {
    expect(found(USER)).toEqual(["1:4 info user-row"]);
    const { findings, ignored } = report(`# claimgate-ignore user-row: the break-glass user\n${USER}`);
    expect(findings).toEqual([]);
    expect(ignored).toEqual([{ rule: "user-row", file: "a.csv", line: 5, reason: "the break-glass user" }]);
  });

  it("is of that row and that rule alone", () => {
    const text = `# claimgate-ignore user-row: the break-glass user\n${USER}\np, user:u2, x:read, allow\n`;
    expect(found(text)).toEqual(["3:4 info user-row"]);
    expect(found(`# claimgate-ignore allow-everything: the break-glass user\n${USER}`)).toEqual([
      "1:20 warning ignore-unused",
      "2:4 info user-row",
    ]);
  });

  it.each([
    ["no reason", "# claimgate-ignore user-row", "1:20 error row-note"],
    ["a reason of a word", "# claimgate-ignore user-row: ok", "1:20 error row-note"],
    ["an unknown rule", "# claimgate-ignore user-rows: the break-glass user", "1:20 error row-note"],
    ["no rule", "# claimgate-ignore", "1:19 error row-note"],
  ])("needs a rule and a reason: %s", (_what, comment, finding) => {
    expect(found(`${comment}\n${USER}`)[0]).toBe(finding);
  });

  it("cannot be one that keeps the policy from loading", () => {
    expect(found("# claimgate-ignore effect: we like it so\np, role:a, x:read, Allow")).toEqual([
      "1:20 error row-note",
      "2:20 error effect",
    ]);
  });

  it("needs a row below, without a blank line between", () => {
    expect(found(`# claimgate-ignore user-row: the break-glass user\n\n${USER}`)).toEqual([
      "1:1 error row-note",
      "3:4 info user-row",
    ]);
  });
});

describe("a row with a day on which it should go", () => {
  const text = "# until 2026-05-26: the audit\np, group:b, x:read, allow\n";

  it("warns from that day on, and not before", () => {
    expect(found(text, "2026-05-25")).toEqual([]);
    expect(found(text, "2026-05-26")).toEqual(["2:1 warning row-expired"]);
    expect(found(text)).toEqual([]);
  });

  it("needs a date that exists; other comments may begin with the word", () => {
    expect(found("# until 2026-02-30\np, group:b, x:read, allow", "2026-05-26")).toEqual([
      "1:9 error row-note",
    ]);
    expect(found("# until further notice\np, group:b, x:read, allow", "2026-05-26")).toEqual([]);
  });
});

describe("a comment for the linter stays above its row", () => {
  const noted = `p, role:z, x:read, allow\n# claimgate-ignore user-row: the break-glass user\n${USER}\np, role:a, x:read, allow\n`;

  it("when a file is sorted", () => {
    const sorted = formatRows("a.csv", noted, { sort: true }).split("\n");
    expect(sorted[sorted.indexOf(USER) - 1]).toContain("claimgate-ignore");
  });

  it("when rows are fixed, a second copy included", () => {
    const text = `${RIGHT}${USER}\n# claimgate-ignore user-row: the break-glass user\n${USER}\np, role:a, x:read, Allow # why\n`;
    const { files } = fixFiles(
      [{ path: "a.csv", text }],
      (rows) => lint({ model: MODEL, rows }, { service: undefined, switchedOff: new Map() }).findings,
    );
    const lines = files[0]?.text.split("\n") ?? [];
    const at = lines.findIndex((line) => line.includes("claimgate-ignore"));
    expect(at < 0 ? USER : lines[at + 1]).toBe(USER);
    expect(lines).toContain(USER);
  });
});
