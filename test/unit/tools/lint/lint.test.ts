import { lint } from "../../../../src/tools/lint/lint.ts";
import { MODEL } from "../../../support/policy.ts";
import { linted, serviceWith } from "./linting.ts";
import { authorizer, route } from "./rules/service/support.ts";

const LOADS = ["g2, GET /x, x:read", "g2, PUT /x, x:write", "p, role:a, x:read, allow", "g, group:a, role:b"];

describe("lint", () => {
  it("sorts by place and names the severity", () => {
    expect(linted(LOADS)).toEqual([
      "2:13 warning route-without-holder",
      "3:4 error role-never-given",
      "4:13 error role-without-rights",
    ]);
  });

  it("sorts by file first", () => {
    const { findings } = lint(
      {
        model: MODEL,
        rows: [
          { path: "b.csv", text: "p, user:u, x:read, allow" },
          { path: "a.csv", text: "g2, GET /x, x:read\np, user:v, x:read, allow" },
        ],
      },
      { service: undefined, switchedOff: new Map() },
    );
    expect(findings.map(({ file, line }) => `${file}:${line}`)).toEqual(["a.csv:2", "b.csv:1"]);
  });

  it("reports what does not parse, runs the other rules, but concludes nothing from a row that may be missing", () => {
    expect(linted([...LOADS, "p, role:b, x:write, Allow", "p, user:u, *, allow"])).toEqual([
      // The line that does not parse is about `role:b`; `a` is only a letter of it.
      "3:4 error role-never-given",
      "5:21 error effect",
      "6:4 info user-row",
      "6:12 warning allow-everything",
    ]);
  });

  it("reports what is missing next to a line that does not parse, but not what that line may be about", () => {
    const right = ["g2, GET /x, x:read", "p, role:a, x:read, allow", "g, group:a, role:a"];
    const elsewhere = "g, group:b, role:b";
    expect(linted([...right, "p, role:c, x:write, Allow", elsewhere])).toEqual([
      "4:21 error effect",
      "5:13 error role-without-rights",
    ]);
    for (const wrong of ["p, role:b, x:read, Allow", "p, rol:b, x:read, allow", "p; ROLE:B; x:read; allow"]) {
      expect(linted([...right, wrong, elsewhere]).map((line) => line.slice(0, 2))).toEqual(["4:"]);
    }
    expect(linted([...right, "p, role:*, x:read, allow", elsewhere])).toEqual(["4:9 error subject-name"]);
  });

  it("does so too where a row is a duplicate or a route both public and guarded: nothing is missing then", () => {
    expect(linted([...LOADS, "g2, GET /x, public", "g, group:a, role:b"])).toEqual([
      "2:13 warning route-without-holder",
      "3:4 error role-never-given",
      "4:13 error role-without-rights",
      "5:1 error public-and-guarded",
      "6:1 error duplicate-row",
    ]);
  });

  it("says once that a policy is empty", () => {
    expect(linted(["g2, GET /x, x:read", "g, group:a, role:b"])).toEqual(["1:1 error empty-policy"]);
  });

  it("leaves out what is switched off, and says how much that hides", () => {
    const switchedOff = new Map([
      ["user-row", "not used in this test"],
      ["role-without-rights", "roles are read by others"],
      ["duplicate-row", "cannot be switched off anyway"],
    ]);
    expect(linted([...LOADS, "g, group:a, role:b"], { switchedOff })).toEqual([
      "2:13 warning route-without-holder",
      "3:4 error role-never-given",
      "5:1 error duplicate-row",
    ]);
    const report = lint(
      { model: MODEL, rows: [{ path: "a.csv", text: LOADS.join("\n") }] },
      { service: undefined, switchedOff },
    );
    expect(report.switchedOff).toEqual([
      { rule: "role-without-rights", reason: "roles are read by others", hidden: 1 },
      { rule: "user-row", reason: "not used in this test", hidden: 0 },
    ]);
  });

  it("leaves out what is switched off for one authorizer, unless it is one of claimgate", () => {
    const own = authorizer({ gateway: "rest", resultTtl: undefined });
    const service = serviceWith({
      routes: [route("GET /x", { gateway: "rest" })],
      authorizers: [own, { ...own, name: "pool" }, { ...own, name: "other" }],
    });
    const reason = "another team owns it";
    const switchedOffFor = new Map([
      [
        "cache-left-to-default",
        new Map([
          ["pool", reason],
          ["claimgate", reason],
        ]),
      ],
    ]);
    const report = lint(
      { model: MODEL, rows: [{ path: "a.csv", text: LOADS[0] ?? "" }] },
      { service, switchedOff: new Map(), switchedOffFor },
    );
    const found = report.findings.filter(({ rule }) => rule === "cache-left-to-default");
    expect(found.map(({ message }) => message.slice(0, 11))).toEqual(["`claimgate`", "`other` has"]);
    expect(report.switchedOff).toEqual([
      { rule: "cache-left-to-default", authorizer: "pool", reason, hidden: 1 },
      { rule: "cache-left-to-default", authorizer: "claimgate", reason, hidden: 0 },
    ]);
  });

  it("runs the rules about serverless.yml where it is known", () => {
    const lines = ["g2, GET /x, x:read", "p, group:ghosts, x:read, allow"];
    expect(linted(lines)).toEqual([]);
    expect(linted(lines, { service: serviceWith({ groups: [] }) })).toEqual(["2:4 error group-not-created"]);
  });
});
