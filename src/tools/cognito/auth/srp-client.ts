import { createHash, createHmac, randomBytes } from "node:crypto";
import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import { paddedHex } from "./password-record.ts";
import { SRP_GENERATOR as G, SRP_PRIME as N, power, powerOfGenerator } from "./srp-group.ts";

/** Calls an operation of the API; rejects with its error. */
export type CallApi = (operation: string, request: JsonObject) => Promise<JsonObject>;

export interface SrpSignIn {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
}

const SECRET_BYTES = 128;

/**
 * Signs in as the SDKs of apps do: USER_SRP_AUTH, where the password never leaves the caller.
 *
 * @returns the answer of RespondToAuthChallenge: tokens, or the next challenge
 */
export async function signInBySrp(call: CallApi, signIn: SrpSignIn): Promise<JsonObject> {
  const { clientId: ClientId, username: USERNAME } = signIn;
  const a = number(randomBytes(SECRET_BYTES).toString("hex"));
  const publicA = powerOfGenerator(a);
  const begun = await call("InitiateAuth", {
    ClientId,
    AuthFlow: "USER_SRP_AUTH",
    AuthParameters: { USERNAME, SRP_A: publicA.toString(16) },
  });
  const parameters = objectOf(begun["ChallengeParameters"]);
  const user = textOf(parameters["USER_ID_FOR_SRP"]) ?? USERNAME;
  const block = textOf(parameters["SECRET_BLOCK"]) ?? "";
  const key = derivedKey(signIn, user, { a, publicA, parameters });
  const timestamp = timestampOf(new Date());
  const signature = createHmac("sha256", key)
    .update(poolName(signIn.userPoolId))
    .update(user)
    .update(Buffer.from(block, "base64"))
    .update(timestamp)
    .digest("base64");
  return call("RespondToAuthChallenge", {
    ClientId,
    ChallengeName: "PASSWORD_VERIFIER",
    ...(begun["Session"] === undefined ? {} : { Session: begun["Session"] }),
    ChallengeResponses: {
      USERNAME: user,
      PASSWORD_CLAIM_SECRET_BLOCK: block,
      PASSWORD_CLAIM_SIGNATURE: signature,
      TIMESTAMP: timestamp,
    },
  });
}

/** The key that both sides get (RFC 5054 section 2.6, with Cognito's derivation of 16 bytes). */
function derivedKey(
  { userPoolId, password }: SrpSignIn,
  user: string,
  side: { readonly a: bigint; readonly publicA: bigint; readonly parameters: JsonObject },
): Buffer {
  const publicB = number(textOf(side.parameters["SRP_B"]) ?? "0");
  const u = number(hash(padded(side.publicA), padded(publicB)));
  const inner = hash(Buffer.from(`${poolName(userPoolId)}${user}:${password}`));
  const salt = Buffer.from(paddedHex(textOf(side.parameters["SALT"]) ?? "00"), "hex");
  const x = number(hash(salt, Buffer.from(inner, "hex")));
  const k = number(hash(padded(N), padded(G)));
  const base = publicB - k * powerOfGenerator(x);
  const shared = power(((base % N) + N) % N, side.a + u * x);
  const extracted = createHmac("sha256", padded(u)).update(padded(shared)).digest();
  return createHmac("sha256", extracted).update("Caldera Derived Key\u0001").digest().subarray(0, 16);
}

const poolName = (userPoolId: string) => userPoolId.slice(userPoolId.indexOf("_") + 1);

const number = (hex: string) => BigInt(`0x${hex}`);

const padded = (value: bigint) => Buffer.from(paddedHex(value.toString(16)), "hex");

function hash(...parts: readonly Buffer[]): string {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest("hex");
}

/** `Sun Nov 9 05:06:07 UTC 2026`, as the SDKs write it: the day without a leading zero. */
function timestampOf(date: Date): string {
  const [weekday = "", day = "", month = "", year = "", time = ""] = date
    .toUTCString()
    .replace(",", "")
    .split(" ");
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}
