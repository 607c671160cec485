import { parseRows } from "../../../../../src/policy/parse.ts";
import { editLens } from "../../../../../src/tools/editor/lenses/edit-lens.ts";
import { editSteps } from "../../../../../src/tools/editor/lenses/edit-steps.ts";
import { policyFrom } from "../../../../support/policy.ts";

const BASE = `p, role:viewer, orders:list, allow
p, role:viewer, own:list, allow, {userId}=sub
p, role:clerk, orders:refund, allow
g, group:staff, role:viewer
g, group:staff, role:clerk
g, group:trainees, role:viewer
g2, GET /orders, orders:list
g2, GET /users/{userId}, own:list
g2, POST /orders/{orderId}/refund, orders:refund`;

const sideOf = (csv: string) => ({ policy: policyFrom(csv), rows: parseRows("policies/test.csv", csv).rows });

function lensOf(csv: string, groups: readonly string[] = []) {
  const steps = editSteps(sideOf(BASE), sideOf(csv), groups);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return editLens(step.value);
}

describe("the lens of an edit", () => {
  it.each([
    ["another order of the rows", BASE.split("\n").reverse().join("\n"), "no row differs from HEAD"],
    [
      "a role for a group",
      `${BASE}\ng, group:trainees, role:clerk`,
      "group:trainees gains POST /orders/{orderId}/refund",
    ],
    [
      "a row less",
      BASE.replace("p, role:viewer, orders:list, allow\n", ""),
      "group:staff loses GET /orders; group:trainees loses GET /orders",
    ],
    [
      "a row that repeats another",
      `${BASE}\np, group:staff, orders:refund, allow`,
      "no access changes, proven",
    ],
    [
      "a condition less",
      BASE.replace(", {userId}=sub", ""),
      "group:staff gains GET /users/{userId}: if {userId}=sub -> allowed; group:trainees gains GET /users/{userId}: if {userId}=sub -> allowed",
    ],
    [
      "a row with a condition",
      `${BASE}\np, group:partners, own:list, allow, {userId}=sub`,
      "group:partners gains GET /users/{userId} if {userId}=sub",
    ],
    [
      "everything for one group",
      `${BASE}\np, group:new, *, allow`,
      "group:new gains GET /orders, GET /users/{userId} and 1 more",
    ],
    ["a public route", `${BASE}\ng2, GET /health, public`, "anyone without a token gains GET /health"],
    ["a row about sign-up", `${BASE}\np2, *@example.com, allow`, "added p2, *@example.com, allow"],
  ])("says of %s what it changes", (_, csv, title) => {
    expect(lensOf(csv).title).toBe(`this edit: ${title}`);
  });

  it("lists every change, what widens first, and whether that is all", () => {
    const csv = `${BASE.replace("p, role:viewer, orders:list, allow\n", "")}\np, group:new, orders:list, allow`;
    expect(lensOf(csv).lines).toEqual([
      "group:new gains GET /orders",
      "group:staff loses GET /orders",
      "group:trainees loses GET /orders",
      "nothing else changes, proven",
    ]);
  });

  it("does not call an edit harmless that gives a group another IAM role", () => {
    expect(lensOf(BASE, ["staff"]).title).toBe("this edit: group:staff has another IAM role or precedence");
  });

  it("says why nothing can be compared", () => {
    expect(editLens({ kind: "no-base", why: "there is no commit yet" }).title).toBe(
      "this edit: nothing to compare with: there is no commit yet",
    );
    const finding = { rule: "shape", file: "policies/a.csv", line: 3, column: 1, message: "too few columns" };
    expect(editLens({ kind: "broken", findings: [finding, finding] }).title).toBe(
      "this edit: the policy does not load: policies/a.csv:3: too few columns and 1 more",
    );
  });
});
