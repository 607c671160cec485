import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { ClaimgateError } from "../errors.ts";
import type { Revocation, Revocations } from "../token/revocation.ts";
import { lazyConnection } from "./lazy-connection.ts";

/** How long one look at the table may take, in milliseconds: an authorizer that waits longer blocks its API. */
const TIMEOUT = 1_000;

type Item = Readonly<Record<string, AttributeValue>>;

/** Reads items of the table of the revocation list. */
export interface TableReader {
  connect(): Promise<void>;
  /**
   * The items that exist under these keys, each with this attribute, read consistently.
   * @throws ClaimgateError `revocation_unavailable`, or what the SDK throws, where it cannot tell
   */
  read(
    keys: readonly string[],
    attribute: string,
  ): Promise<readonly { readonly key: string; readonly item: Item }[]>;
}

/**
 * The table of the revocation list in DynamoDB: `key` (text, the partition key) and what an item says.
 *
 * Nothing is loaded before {@link TableReader.connect} or the first look. Region, credentials and endpoint are the SDK's
 * own business.
 */
export function createTableReader(table: string): TableReader {
  const connected = lazyConnection(connectToDynamoDb);
  return {
    async connect() {
      await connected();
    },

    async read(keys, attribute) {
      const { sdk, client } = await connected();
      const command = new sdk.BatchGetItemCommand({
        RequestItems: {
          [table]: {
            Keys: keys.map((key) => ({ key: { S: key } })),
            ConsistentRead: true,
            ProjectionExpression: "#key, #attribute",
            ExpressionAttributeNames: { "#key": "key", "#attribute": attribute },
          },
        },
      });
      const answer = await client.send(command, { abortSignal: AbortSignal.timeout(TIMEOUT) });
      // Throttled: what was not read may be the entry that counts.
      if (Object.keys(answer.UnprocessedKeys ?? {}).length > 0) {
        throw new ClaimgateError("revocation_unavailable", "the table did not answer for every key");
      }
      return itemsOf(answer.Responses, table).map((item) => ({ key: keyOf(item, keys), item }));
    },
  };
}

/**
 * The revocation list as a DynamoDB table: `key`, `before` and `forgottenAt` (numbers, epoch seconds; the second one is the
 * table's TTL attribute). One consistent BatchGetItem a request, so that an entry counts from the moment it is written.
 */
export function createRevocationTable(table: string): Revocations & { connect(): Promise<void> } {
  const reader = createTableReader(table);
  return {
    connect: () => reader.connect(),
    find: async (keys) => (await reader.read(keys, "before")).map(revocationOf),
  };
}

/**
 * What the answer says of this table. DynamoDB always says something: an empty list where it found nothing. An answer
 * without it (an empty one, or one under another name, such as an ARN) is not the table's, and tells nothing.
 */
function itemsOf(
  responses: Readonly<Record<string, readonly Item[]>> | undefined,
  table: string,
): readonly Item[] {
  const items: unknown = responses !== undefined && Object.hasOwn(responses, table) && responses[table];
  if (Array.isArray(items)) return items as readonly Item[];
  throw new ClaimgateError("revocation_unavailable", "the answer does not name the table that was asked");
}

/** One that nobody asked for is no answer. */
function keyOf(item: Item, keys: readonly string[]): string {
  const key = item["key"]?.S;
  if (key !== undefined && keys.includes(key)) return key;
  throw new ClaimgateError(
    "revocation_unavailable",
    "the table answered with an entry that was not asked for",
  );
}

/** An entry without a readable time revokes: somebody meant it to. */
function revocationOf({ key, item }: { readonly key: string; readonly item: Item }): Revocation {
  const before = Number(item["before"]?.N ?? Number.NaN);
  return { key, before: Number.isSafeInteger(before) ? before : undefined };
}

async function connectToDynamoDb() {
  const sdk = await import("@aws-sdk/client-dynamodb");
  const requestHandler = { connectionTimeout: 500, requestTimeout: TIMEOUT };
  return { sdk, client: new sdk.DynamoDBClient({ maxAttempts: 2, requestHandler }) };
}
