import { randomBytes } from "node:crypto";
import { lazyConnection } from "../../../lambda/lazy-connection.ts";
import { forgottenAt, type RevocationTarget, revocationKey } from "../../../token/revocation.ts";
import { SUSPENSION_SECRET_KEY, suspensionKeys } from "../../../triggers/suspensions.ts";
import { CommandError } from "../../machine/command-error.ts";
import { answered, callAws, clientSettings } from "./call.ts";

export type { RevocationTarget };

/** One entry of the revocation list, as it is written. */
export interface RevocationListEntry {
  readonly key: string;
  /** Epoch seconds; undefined revokes tokens of any time of issue. */
  readonly before: number | undefined;
  /** Epoch seconds, the table's TTL. */
  readonly forgottenAt: number;
}

/**
 * How far, in seconds, the clock of the revoking machine may be behind the clock that issues tokens. A new sign-in is
 * refused for as long.
 */
const CLOCK_MARGIN = 5;

/**
 * The entry that revokes everything issued until now. The entry of a sign-in has no time: a refresh that is not
 * stopped continues under the same `origin_jti`. It outlives the refresh token.
 *
 * @param now epoch seconds
 * @param refreshDays the lifetime of the pool's refresh tokens
 */
export function revocationListEntry(
  target: RevocationTarget,
  now: number,
  refreshDays: number,
): RevocationListEntry {
  const at = Math.ceil(now) + CLOCK_MARGIN;
  return target.by === "sign-in"
    ? { key: revocationKey(target), before: undefined, forgottenAt: forgottenAt(at, refreshDays) }
    : { key: revocationKey(target), before: at, forgottenAt: forgottenAt(at) };
}

/**
 * Writes the revocation list, whose table is described in src/lambda/revocation-table.ts. Every call throws
 * CommandError.
 */
export interface RevocationListWriter {
  put(entry: RevocationListEntry): Promise<void>;
  /** Remembers permanently that these names are suspended (src/triggers/suspensions.ts). @param since ISO 8601 */
  putSuspensions(userPoolId: string, names: readonly string[], since: string): Promise<void>;
  deleteSuspensions(userPoolId: string, names: readonly string[]): Promise<void>;
}

export function createRevocationListWriter(region: string, table: string): RevocationListWriter {
  const connect = lazyConnection(() => connectTo(region));
  // The first caller creates it; the table keeps only one, and returns that.
  const secret = lazyConnection(async () => {
    const { sdk, client } = await connect();
    const made = randomBytes(32).toString("base64url");
    const command = new sdk.PutItemCommand({
      TableName: table,
      Item: { key: { S: SUSPENSION_SECRET_KEY }, secret: { S: made } },
      ConditionExpression: "attribute_not_exists(#key)",
      ExpressionAttributeNames: { "#key": "key" },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    try {
      await callAws("dynamodb:PutItem", () => client.send(command));
      return made;
    } catch (error) {
      const cause: unknown = error instanceof CommandError ? error.cause : undefined;
      if (!(cause instanceof sdk.ConditionalCheckFailedException)) throw error;
      return answered("dynamodb:PutItem", "Item.secret", cause.Item?.["secret"]?.S);
    }
  });
  const keysOf = async (userPoolId: string, names: readonly string[]) => {
    const known = await secret();
    return suspensionKeys(known, userPoolId, names);
  };
  return {
    async putSuspensions(userPoolId, names, since) {
      const { sdk, client } = await connect();
      for (const key of await keysOf(userPoolId, names)) {
        const Item = { key: { S: key }, since: { S: since } };
        const command = new sdk.PutItemCommand({ TableName: table, Item });
        await callAws("dynamodb:PutItem", () => client.send(command));
      }
    },

    async deleteSuspensions(userPoolId, names) {
      const { sdk, client } = await connect();
      for (const key of await keysOf(userPoolId, names)) {
        const command = new sdk.DeleteItemCommand({ TableName: table, Key: { key: { S: key } } });
        await callAws("dynamodb:DeleteItem", () => client.send(command));
      }
    },

    async put({ key, before, forgottenAt: ttl }) {
      const { sdk, client } = await connect();
      const command = new sdk.PutItemCommand({
        TableName: table,
        Item: {
          key: { S: key },
          ...(before !== undefined && { before: { N: String(before) } }),
          forgottenAt: { N: String(ttl) },
        },
      });
      await callAws("dynamodb:PutItem", () => client.send(command));
    },
  };
}

async function connectTo(region: string) {
  const sdk = await import("@aws-sdk/client-dynamodb");
  return { sdk, client: new sdk.DynamoDBClient(clientSettings(region)) };
}
