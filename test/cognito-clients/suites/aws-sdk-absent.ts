import assert from "node:assert/strict";
import {
  type CognitoIdentityProviderClient,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { refusedOperations } from "../../../src/tools/cognito/operations/refused.ts";
import type { UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { addPerson } from "../support/people.ts";
import { after, before, describe, it } from "../support/scenario.ts";
import { sdkFor, start } from "../support/sdk.ts";
import { OPERATIONS } from "../support/service-model.ts";
import { startPool, webClient } from "../support/user-pool.ts";

let pool: UserPool;
let sdk: CognitoIdentityProviderClient;

before(async () => {
  pool = await startPool({ clients: [webClient()] });
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

  it("is refused what operations of the pool do not simulate, by its name", async () => {
    const parameters = { USERNAME: await addPerson(pool), PREFERRED_CHALLENGE: "WEB_AUTHN" };
    const notSimulated = (what: string) => ({
      name: "InvalidParameterException",
      message: `this local user pool does not simulate ${what}`,
    });
    await assert.rejects(start(sdk, "USER_AUTH", parameters), notSimulated("the challenge WEB_AUTHN"));
    await assert.rejects(
      start(sdk, "USER_PASSWORD_AUTH", { ...parameters, DEVICE_KEY: "x" }),
      notSimulated("the authentication parameter DEVICE_KEY"),
    );
    await assert.rejects(
      sdk.send(
        new RevokeTokenCommand({
          ClientId: "localwebclient",
          Token: "x",
          RevokeAssociatedSessions: "LINKED",
        }),
      ),
      notSimulated("RevokeAssociatedSessions LINKED"),
    );
  });
});
