import { maxAgeMachine } from "../../../../../src/tools/lint/rules/max-age-machine.ts";
import { found } from "../linting.ts";

describe("max-age-machine", () => {
  it("finds ages in rows that only machines can hold, allow or deny", () => {
    expect(
      found(maxAgeMachine, [
        "g2, POST /x, x:y",
        "p, client:worker, x:y, allow, max_age=300",
        "p, role:machine, x:y, deny, max_age!=300",
        "g, scope:api/write, role:writer",
        "p, role:writer, x:y, allow, max_age=300",
      ]),
    ).toEqual([
      "2:31: only machines hold `client:worker`, and these never sign in, so the row never allows; remove the comparison, or name a subject of users",
      "3:29: only machines hold `role:machine`, and these never sign in, so the row always denies; remove the comparison, or name a subject of users",
      "5:29: only machines hold `role:writer`, and these never sign in, so the row never allows; remove the comparison, or name a subject of users",
    ]);
  });

  it("accepts ages for users, and for roles that users can hold too", () => {
    expect(
      found(maxAgeMachine, [
        "g2, POST /x/{id}, x:y",
        "p, group:finance, x:y, allow, max_age=300",
        "g, client:worker, role:writer",
        "g, group:finance, role:writer",
        "p, role:writer, x:y, allow, max_age=300",
        "p, role:unused, x:y, allow, max_age=300",
        "p, client:worker, x:y, allow, {id}='7'",
      ]),
    ).toEqual([]);
  });
});
