import { forgottenAt, type RevocationTarget, revocationKey } from "../../token/revocation.ts";
import { lazyConnection } from "../lazy-connection.ts";
import { callAws, clientSettings } from "./call.ts";

export type { RevocationTarget };

/** One entry of the deny list, as it is written. */
export interface DenyListEntry {
  readonly key: string;
  /** Epoch seconds; undefined revokes whenever issued. */
  readonly before: number | undefined;
  /** Epoch seconds: the table's TTL. */
  readonly forgottenAt: number;
}

/**
 * How far before the clock that issues tokens the clock of whoever revokes may be, in seconds. For so long a new
 * sign-in is refused too.
 */
const CLOCK_MARGIN = 5;

/**
 * The entry that revokes what was issued until now. That of a sign-in has no time, since a refresh that is not
 * stopped goes on under the same `origin_jti`; it outlives the refresh token.
 *
 * @param now epoch seconds
 * @param refreshDays how long refresh tokens of the pool live
 */
export function denyListEntry(target: RevocationTarget, now: number, refreshDays: number): DenyListEntry {
  const at = Math.ceil(now) + CLOCK_MARGIN;
  return target.by === "sign-in"
    ? { key: revocationKey(target), before: undefined, forgottenAt: forgottenAt(at, refreshDays) }
    : { key: revocationKey(target), before: at, forgottenAt: forgottenAt(at) };
}

/** Writes the deny list, whose table is described in src/runtime/revocation-table.ts. Every call throws CommandError. */
export interface DenyListWriter {
  put(entry: DenyListEntry): Promise<void>;
}

export function createDenyListWriter(region: string, table: string): DenyListWriter {
  const connect = lazyConnection(() => connectTo(region));
  return {
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
