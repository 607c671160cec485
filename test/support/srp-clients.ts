import { createHmac } from "node:crypto";
import { promisify } from "node:util";
import AuthenticationHelper from "amazon-cognito-identity-js/lib/AuthenticationHelper.js";
import BigInteger from "amazon-cognito-identity-js/lib/BigInteger.js";
import { calculateSignature, getNowString, SRPClient } from "amazon-user-pool-srp-client";
import type { JsonObject } from "../../src/json.ts";

/** One sign-in by a client's own arithmetic. */
export interface SrpClient {
  readonly srpA: string;
  /** `ChallengeResponses` for PASSWORD_VERIFIER. @param parameters `ChallengeParameters` */
  respond(parameters: JsonObject, password: string, timestamp?: string): Promise<Record<string, string>>;
}

/** The time as both clients write it. */
export const timestampNow = () => getNowString();

/** AWS's: `amazon-cognito-identity-js`, whose arithmetic Amplify has, too. */
async function identityJs(poolName: string): Promise<SrpClient> {
  const helper = new AuthenticationHelper(poolName);
  const A = await promisify(helper.getLargeAValue.bind(helper))();
  const keyOf = promisify(helper.getPasswordAuthenticationKey.bind(helper));
  return {
    srpA: A.toString(16),
    async respond(parameters, password, timestamp = timestampNow()) {
      const { userId, secretBlock, serverB, salt } = partsOf(parameters);
      const key = await keyOf(userId, password, new BigInteger(serverB, 16), new BigInteger(salt, 16));
      const signature = createHmac("sha256", key)
        .update(poolName)
        .update(userId)
        .update(Buffer.from(secretBlock, "base64"))
        .update(timestamp)
        .digest("base64");
      return responsesOf(userId, secretBlock, signature, timestamp);
    },
  };
}

/** `amazon-user-pool-srp-client`, on SJCL. */
function standalone(poolName: string): Promise<SrpClient> {
  const client = new SRPClient(poolName);
  return Promise.resolve({
    srpA: client.calculateA(),
    respond(parameters, password, timestamp = timestampNow()) {
      const { userId, secretBlock, serverB, salt } = partsOf(parameters);
      const key = client.getPasswordAuthenticationKey(userId, password, serverB, salt);
      const signature = calculateSignature(key, poolName, userId, secretBlock, timestamp);
      return Promise.resolve(responsesOf(userId, secretBlock, signature, timestamp));
    },
  });
}

/** By the name of their package. */
export const SRP_CLIENTS: Readonly<Record<string, (poolName: string) => Promise<SrpClient>>> = {
  "amazon-cognito-identity-js": identityJs,
  "amazon-user-pool-srp-client": standalone,
};

function partsOf(parameters: JsonObject) {
  const text = (name: string) => String(parameters[name]);
  return {
    userId: text("USER_ID_FOR_SRP"),
    secretBlock: text("SECRET_BLOCK"),
    serverB: text("SRP_B"),
    salt: text("SALT"),
  };
}

const responsesOf = (userId: string, secretBlock: string, signature: string, timestamp: string) => ({
  USERNAME: userId,
  PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
  PASSWORD_CLAIM_SIGNATURE: signature,
  TIMESTAMP: timestamp,
});
