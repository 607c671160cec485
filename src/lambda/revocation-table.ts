import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { ClaimgateError } from "../errors.ts";
import { STOP_KEY, type StoppedPermission } from "../token/emergency-stop.ts";
import type { Revocation, Revocations } from "../token/revocation.ts";
import { lazyConnection } from "./lazy-connection.ts";

/** The time limit of one read of the table, in milliseconds: an authorizer that waits longer blocks its API. */
const TIMEOUT = 1_000;

type Item = Readonly<Record<string, AttributeValue>>;

/** Reads items of the table of the revocation list. */
export interface TableReader {
  connect(): Promise<void>;
  /**
   * The items that exist under these keys, each with these attributes, read consistently.
   * @throws ClaimgateError `revocation_unavailable`, or an error of the SDK, if the table cannot be read
   */
  read(
    keys: readonly string[],
    ...attributes: readonly string[]
  ): Promise<readonly { readonly key: string; readonly item: Item }[]>;
}

/**
 * The table of the revocation list in DynamoDB: `key` (text, the partition key) and what an item says.
 *
 * Loads nothing before {@link TableReader.connect} or the first read. The SDK finds region, credentials and endpoint.
 */
export function createTableReader(table: string): TableReader {
  const connected = lazyConnection(connectToDynamoDb);
  return {
    async connect() {
      await connected();
    },

    async read(keys, ...attributes) {
      const { sdk, client } = await connected();
      const command = new sdk.BatchGetItemCommand({
        RequestItems: {
          [table]: {
            Keys: keys.map((key) => ({ key: { S: key } })),
            ConsistentRead: true,
            ProjectionExpression: ["key", ...attributes].map((name) => `#${name}`).join(", "),
            ExpressionAttributeNames: Object.fromEntries(
              ["key", ...attributes].map((name) => [`#${name}`, name]),
            ),
          },
        },
      });
      const answer = await client.send(command, { abortSignal: AbortSignal.timeout(TIMEOUT) });
      // Throttled: the unread entry may be the one that matters.
      if (Object.keys(answer.UnprocessedKeys ?? {}).length > 0) {
        throw new ClaimgateError("revocation_unavailable", "the table did not answer for every key");
      }
      return itemsOf(answer.Responses, table).map((item) => ({ key: keyOf(item, keys), item }));
    },
  };
}

/**
 * The revocation list as a DynamoDB table: `key`, `before` and `forgottenAt` (numbers, epoch seconds; the second one is
 * the table's TTL attribute); for the emergency stop `stops`, a map from each stopped permission to `by`, `at` and
 * `reason`. One consistent BatchGetItem per request, so that an entry takes effect as soon as it is
 * written.
 */
export function createRevocationTable(table: string): Revocations & { connect(): Promise<void> } {
  const reader = createTableReader(table);
  return {
    connect: () => reader.connect(),
    find: async (keys) => (await reader.read(keys, "before", "stops")).map(revocationOf),
  };
}

/**
 * The answer for this table. DynamoDB always includes a list, empty if it found nothing. An answer without it (an empty
 * one, or one under another name, such as an ARN) is not the table's and is unusable.
 */
function itemsOf(
  responses: Readonly<Record<string, readonly Item[]>> | undefined,
  table: string,
): readonly Item[] {
  const items: unknown = responses !== undefined && Object.hasOwn(responses, table) && responses[table];
  if (Array.isArray(items)) return items as readonly Item[];
  throw new ClaimgateError("revocation_unavailable", "the answer does not name the requested table");
}

/** Refuses an entry that was not requested. */
function keyOf(item: Item, keys: readonly string[]): string {
  const key = item["key"]?.S;
  if (key !== undefined && keys.includes(key)) return key;
  throw new ClaimgateError("revocation_unavailable", "the answer contains an entry that was not requested");
}

/** An entry without a readable time revokes, since it was written to revoke. */
function revocationOf({ key, item }: { readonly key: string; readonly item: Item }): Revocation {
  if (key === STOP_KEY) return { key, before: undefined, stopped: stoppedIn(item) };
  const before = Number(item["before"]?.N ?? Number.NaN);
  return { key, before: Number.isSafeInteger(before) ? before : undefined };
}

/**
 * What the item of the emergency stop stops, sorted; undefined if it has no map, and then it stops everything. Who
 * stopped a permission, and why, may be missing: the name counts.
 */
export function stoppedIn(item: Item): readonly StoppedPermission[] | undefined {
  const stops = item["stops"]?.M;
  if (stops === undefined) return undefined;
  return Object.entries(stops)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([permission, { M: details }]) => {
      const text = (name: string) => details?.[name]?.S;
      return { permission, by: text("by"), at: text("at"), reason: text("reason") };
    });
}

async function connectToDynamoDb() {
  const sdk = await import("@aws-sdk/client-dynamodb");
  const requestHandler = { connectionTimeout: 500, requestTimeout: TIMEOUT };
  return { sdk, client: new sdk.DynamoDBClient({ maxAttempts: 2, requestHandler }) };
}
