import assert from "node:assert/strict";
import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { refusedOperations } from "../../../src/tools/cognito/operations/refused.ts";
import type { UserPool } from "../../../src/tools/cognito/user-pool.ts";
import { after, before, describe, it } from "../support/scenario.ts";
import { sdkFor } from "../support/sdk.ts";
import { OPERATIONS } from "../support/service-model.ts";
import { startPool } from "../support/user-pool.ts";

let pool: UserPool;
let sdk: CognitoIdentityProviderClient;

before(async () => {
  pool = await startPool();
  sdk = sdkFor(pool);
});
after(() => pool.stop());

describe("the AWS SDK, for what the pool does not simulate", () => {
  it("is refused each operation by its name", async () => {
    for (const name of Object.keys(refusedOperations)) {
      const Command = OPERATIONS.get(name);
      assert.ok(Command !== undefined, `${name} is not an operation of the SDK`);
      await assert.rejects(sdk.send(new Command({} as never) as never), {
        name: "InvalidParameterException",
        message: `this local user pool does not simulate ${name}`,
      });
    }
  });
});
