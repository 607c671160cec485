import { userRow } from "../../../../../src/tools/lint/rules/user-row.ts";
import { found } from "../linting.ts";

describe("user-row", () => {
  it("finds users in `p` and `g` rows", () => {
    expect(found(userRow, ["p, user:u1, x:y, allow", "g, user:u2, role:a", "g, group:u2, role:a"])).toEqual([
      "1:4: `user:u1` is a user of one user pool; in other stages the row has no effect; add the user to a group and name the group",
      "2:4: `user:u2` is a user of one user pool; in other stages the row has no effect; add the user to a group and name the group",
    ]);
  });
});
