import { printFinding } from "../../../../src/policy/finding.ts";
import { lint } from "../../../../src/tools/lint/lint.ts";
import { MISTAKES, RIGHT } from "../../../support/casbin-mistakes.ts";
import { MODEL } from "../../../support/policy.ts";

function lintLines(lines: readonly string[]) {
  const { findings } = lint(
    { model: MODEL, rows: [{ path: "roles.csv", text: lines.join("\n") }] },
    { service: undefined, switchedOff: new Map() },
  );
  return findings;
}

describe("a mistake that stock casbin accepts, chokes on or misreads", () => {
  it.each(MISTAKES)("%s (casbin: %s)", (_id, _outcome, lines, expected) => {
    const findings = lintLines([...RIGHT, ...lines]);
    expect(findings.map(({ line, column, rule }) => `${line}:${column} ${rule}`)).toEqual(expected);
    // An error stops the packaging; a warning would let the mistake through.
    expect(findings.map(({ severity }) => severity)).toContain("error");
  });

  it("comes after a policy without findings", () => {
    expect(lintLines(RIGHT).map(printFinding)).toEqual([]);
  });

  it.each([
    [
      "E-default-allow, E-deny-ineffective: another effect",
      MODEL.text.replace("&& !some", "|| some"),
      "model-edited",
    ],
    [
      "E-default-allow: another matcher",
      MODEL.text.replace("m = matches", "m = true || matches"),
      "model-edited",
    ],
  ])("%s", (_id, text, rule) => {
    const { findings } = lint(
      { model: { path: "model.conf", text }, rows: [{ path: "roles.csv", text: RIGHT.join("\n") }] },
      { service: undefined, switchedOff: new Map() },
    );
    expect(findings.map((finding) => `${finding.file} ${finding.rule}`)).toEqual([`model.conf ${rule}`]);
  });

  it("E-empty-policy", () => {
    expect(lintLines(["# nothing"]).map(({ rule }) => rule)).toEqual(["empty-policy"]);
  });
});
