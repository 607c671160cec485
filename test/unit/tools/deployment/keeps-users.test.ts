import { readTemplate } from "../../../../src/tools/cloudformation/template.ts";
import { keepsUsers } from "../../../../src/tools/deployment/keeps-users.ts";
import { appClient, userPool } from "../template-checks/checking.ts";

const kept = (pool: Record<string, unknown>, client = appClient({})) =>
  keepsUsers(readTemplate({ Resources: { Pool: pool, Web: client } }));

describe("whether a stage means its users to survive", () => {
  it.each([
    ["a protected pool", userPool({ DeletionProtection: "ACTIVE" })],
    ["a retained pool", userPool({}, { DeletionPolicy: "Retain" })],
    ["a pool as removalPolicy retains it", userPool({}, { DeletionPolicy: "RetainExceptOnCreate" })],
    ["a pool that an update may not replace", userPool({}, { UpdateReplacePolicy: "Retain" })],
  ])("is told by %s", (_what, pool) => {
    expect(kept(pool)).toBe(true);
  });

  it("is told by an app client that is retained, though the pool is not", () => {
    expect(kept(userPool(), appClient({}, { DeletionPolicy: "Retain" }))).toBe(true);
  });

  it("is false where nothing is kept", () => {
    expect(kept(userPool({ DeletionProtection: "INACTIVE" }, { DeletionPolicy: "Delete" }))).toBe(false);
    expect(keepsUsers(readTemplate({ Resources: {} }))).toBe(false);
  });
});
