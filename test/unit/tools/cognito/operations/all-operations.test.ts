import * as sdk from "@aws-sdk/client-cognito-identity-provider";
import { ALL_OPERATIONS } from "../../../../../src/tools/cognito/operations/all-operations.ts";
import { refusedOperations } from "../../../../../src/tools/cognito/operations/refused.ts";
import { call } from "../../../../support/pool-calls.ts";
import { testPool } from "../../../../support/user-pool.ts";

/** Every operation that the AWS SDK can call. */
const ofSdk = Object.keys(sdk)
  .filter((name) => /^[A-Z]\w+Command$/.test(name))
  .map((name) => name.slice(0, -"Command".length))
  .sort();

test("every operation of the AWS SDK is simulated, or refused by its name", () => {
  expect(ofSdk.length).toBeGreaterThan(100);
  expect(Object.keys(ALL_OPERATIONS).sort()).toEqual(ofSdk);
});

test("no operation is both simulated and refused", () => {
  const both = Object.entries(refusedOperations).filter(([name, run]) => ALL_OPERATIONS[name] !== run);
  expect(both.map(([name]) => name)).toEqual([]);
});

test.each(Object.keys(refusedOperations))("%s is refused by its name", async (operation) => {
  await expect(call(testPool(), operation)).rejects.toMatchObject({
    code: "InvalidParameterException",
    message: `this local user pool does not simulate ${operation}`,
  });
});
