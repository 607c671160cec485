import { readFileSync } from "node:fs";
import * as library from "../../../src/library/triggers.ts";
import { decide } from "../../../src/policy/decide.ts";
import { userSubjects } from "../../../src/policy/subject.ts";
import {
  ADDRESS_NEEDED,
  PHONE_REFUSED,
  SIGN_IN_AGAIN,
  SIGN_UP_REFUSED,
} from "../../../src/triggers/pre-sign-up.ts";
import { TRY_LATER } from "../../../src/triggers/report.ts";
import { policyFrom } from "../../support/policy.ts";

const page = readFileSync("docs/triggers.md", "utf8");

describe("docs/triggers.md", () => {
  it("has every sentence that a user may see, word for word", () => {
    const shown = [...page.matchAll(/^\| [a-z ,]+\| `([A-Z][^`]+)` +\|$/gm)].map(([, sentence]) => sentence);
    expect(shown.sort()).toEqual(
      [ADDRESS_NEEDED, PHONE_REFUSED, SIGN_IN_AGAIN, SIGN_UP_REFUSED, TRY_LATER].sort(),
    );
  });

  it("says rightly that the library exports them", () => {
    for (const name of ["SIGN_UP_REFUSED", "PHONE_REFUSED", "ADDRESS_NEEDED", "TRY_LATER", "SIGN_IN_AGAIN"]) {
      expect(page).toContain(`\`${name}\``);
      expect(library).toHaveProperty(name);
    }
  });

  it("has every variable that serverless.yml gives to the triggers", () => {
    const functions = readFileSync("serverless.yml", "utf8").split("  httpAuthorizer:")[0] ?? "";
    const given = new Set(functions.match(/CLAIMGATE_[A-Z_]+/g));
    const said = new Set(page.match(/CLAIMGATE_[A-Z_]+/g));
    const documentedElsewhere = ["CLAIMGATE_POOL_ALIAS"];
    expect([...given].filter((name) => !said.has(name) && !documentedElsewhere.includes(name))).toEqual([]);
  });

  it("has every reason why a sign-up is refused", () => {
    const unions = ["decide-sign-up", "judge-claims"].map((name) =>
      /type (?:RefusalReason|ClaimProblem) =([^;]+);/.exec(readFileSync(`src/triggers/${name}.ts`, "utf8")),
    );
    const union = unions.map((found) => found?.[1] ?? "").join("");
    const reasons = [...union.matchAll(/"(\w+)"/g)].map(([, reason = ""]) => reason);
    expect(reasons.length).toBeGreaterThan(9);
    const listed = [...page.matchAll(/efusal reasons[^:]*: ([^.]+)\./g)].map(([, list]) => list).join();
    expect(reasons.filter((reason) => !listed.includes(`\`${reason}\``))).toEqual([]);
  });
});

it("a row can name an automatic group of a provider, as docs/groups.md says", () => {
  const automatic = "eu-west-1_AbCdEf123_Google";
  const policy = policyFrom(`g, group:${automatic}, role:guest
p, role:guest, orders:read, allow
g2, GET /orders, orders:read
`);
  const subjects = userSubjects({ sub: "user-1", groups: [automatic], poolAlias: undefined });

  expect(decide(policy, { route: "GET /orders", subjects, parameters: {}, claims: {} }).effect).toBe("allow");
  expect(readFileSync("docs/groups.md", "utf8")).toContain(`g, group:${automatic}, role:guest`);
});
