import { IDENTITY_COMBINATIONS } from "../../../../../src/tools/stack/parameter-rules/identity-combinations.ts";
import { checkCombinations } from "../../../../../src/tools/stack/parameter-rules/parameter-combinations.ts";

const DEFAULTS = {
  existingUserPoolId: "",
  groupsFromPolicy: "true",
  identityPool: "true",
  guestAccess: "false",
  roleMapping: "token",
};
const EXISTING = { existingUserPoolId: "eu-west-1_EXAMPLE" };

function faults(given: Record<string, string>): string[] {
  const values = new Map(Object.entries({ ...DEFAULTS, ...given }));
  const stage = { values, given: new Set(Object.keys(given)), region: "eu-west-1" };
  return checkCombinations(IDENTITY_COMBINATIONS, stage).map(({ parameter, message }) => {
    expect(message).toContain(`\`${parameter}\``);
    return message;
  });
}

describe("the parameters of the identity pool together", () => {
  it.each([
    {},
    { identityPool: "false" },
    { guestAccess: "true", roleMapping: "rules" },
    { identityPool: "false", roleMapping: "rules", groupsFromPolicy: "false" },
    EXISTING,
    { ...EXISTING, identityPool: "existing", guestAccess: "true" },
  ])("are right: %j", (given) => {
    expect(faults(given)).toEqual([]);
  });

  it.each([
    [
      { guestAccess: "true", identityPool: "false" },
      "parameter `guestAccess` is `true` without an identity pool; set `identityPool` to `true` as well",
    ],
    [
      { ...EXISTING, guestAccess: "true" },
      "parameter `guestAccess` is `true` without an identity pool; set `identityPool` to `existing` as well",
    ],
    [
      { identityPool: "existing" },
      "parameter `identityPool` is `existing` without `existingUserPoolId`; expected `true` if the stack creates the user pool",
    ],
    [
      { roleMapping: "rules", groupsFromPolicy: "false" },
      "parameter `roleMapping` is `rules`, which are generated from the groups of the stack, but `groupsFromPolicy` is `false`; set it to `token`, which takes the roles from the groups of the pool",
    ],
    [
      { ...EXISTING, identityPool: "existing", roleMapping: "rules" },
      "parameter `roleMapping` is `rules`, which are generated from the groups of the stack, but the user pool exists already; set it to `token`, which takes the roles from the groups of the pool",
    ],
  ])("are refused: %j", (given, message) => {
    expect(faults(given)).toEqual([message]);
  });
});
