import { lazyConnection } from "../../../lambda/lazy-connection.ts";
import { stoppedIn } from "../../../lambda/revocation-table.ts";
import { type EmergencyStop, STOP_KEY, type StoppedPermission } from "../../../token/emergency-stop.ts";
import { CommandError } from "../../machine/command-error.ts";
import { callAws, clientSettings } from "./call.ts";

export type { EmergencyStop, StoppedPermission };

/**
 * The emergency stop in the table of the revocation list: an item whose map `stops` has an entry for each stopped
 * permission. Each entry is written and removed by itself, so that two operators never undo each other's. Every call
 * throws CommandError.
 */
export interface EmergencyStopItem {
  /** Undefined if nothing is stopped. */
  read(): Promise<EmergencyStop | undefined>;
  /** Stops these too. One that is already stopped stays as it is. @throws CommandError `emergency_stop_unreadable` */
  add(stopped: readonly StoppedPermission[]): Promise<EmergencyStop | undefined>;
  /** No longer stops these. Undefined if one of them is not stopped any more, and then nothing is changed. */
  remove(permissions: readonly string[]): Promise<{ readonly left: EmergencyStop | undefined } | undefined>;
  /** Deletes an item that cannot be read. False if it can be read now. */
  removeUnreadable(): Promise<boolean>;
}

export function createEmergencyStopItem(region: string, table: string): EmergencyStopItem {
  const connect = lazyConnection(async () => {
    const sdk = await import("@aws-sdk/client-dynamodb");
    return { sdk, client: new sdk.DynamoDBClient(clientSettings(region)) };
  });
  const item = { TableName: table, Key: { key: { S: STOP_KEY } } };

  return {
    async read() {
      const { sdk, client } = await connect();
      const command = new sdk.GetItemCommand({ ...item, ConsistentRead: true });
      const { Item } = await callAws("dynamodb:GetItem", () => client.send(command));
      return Item === undefined ? undefined : stopOf(stoppedIn(Item));
    },

    async add(stopped) {
      const { sdk, client } = await connect();
      // An item without a map stops everything; a map in its place would stop less.
      const created = new sdk.UpdateItemCommand({
        ...item,
        UpdateExpression: "SET #stops = if_not_exists(#stops, :none)",
        ConditionExpression: "attribute_not_exists(#key) OR attribute_type(#stops, :map)",
        ExpressionAttributeNames: { "#key": "key", "#stops": "stops" },
        ExpressionAttributeValues: { ":none": { M: {} }, ":map": { S: "M" } },
      });
      if (
        (await unlessRefused(() => callAws("dynamodb:UpdateItem", () => client.send(created)))) === undefined
      )
        throw unreadable();
      const added = new sdk.UpdateItemCommand({
        ...item,
        UpdateExpression: `SET ${stopped.map((_, at) => `#stops.#p${at} = if_not_exists(#stops.#p${at}, :p${at})`).join(", ")}`,
        ExpressionAttributeNames: namesOf(stopped.map(({ permission }) => permission)),
        ExpressionAttributeValues: Object.fromEntries(
          stopped.map(({ by, at, reason }, index) => [
            `:p${index}`,
            { M: { by: { S: by ?? "" }, at: { S: at ?? "" }, reason: { S: reason ?? "" } } },
          ]),
        ),
        ReturnValues: "ALL_NEW",
      });
      const { Attributes = {} } = await callAws("dynamodb:UpdateItem", () => client.send(added));
      return stopOf(stoppedIn(Attributes));
    },

    async remove(permissions) {
      const { sdk, client } = await connect();
      const paths = permissions.map((_, at) => `#stops.#p${at}`);
      const command = new sdk.UpdateItemCommand({
        ...item,
        UpdateExpression: `REMOVE ${paths.join(", ")}`,
        ConditionExpression: paths.map((path) => `attribute_exists(${path})`).join(" AND "),
        ExpressionAttributeNames: namesOf(permissions),
        ReturnValues: "ALL_NEW",
      });
      const answer = await unlessRefused(() => callAws("dynamodb:UpdateItem", () => client.send(command)));
      return answer && { left: stopOf(stoppedIn(answer.Attributes ?? {})) };
    },

    async removeUnreadable() {
      const { sdk, client } = await connect();
      const command = new sdk.DeleteItemCommand({
        ...item,
        ConditionExpression: "NOT attribute_type(#stops, :map)",
        ExpressionAttributeNames: { "#stops": "stops" },
        ExpressionAttributeValues: { ":map": { S: "M" } },
      });
      return (
        (await unlessRefused(() => callAws("dynamodb:DeleteItem", () => client.send(command)))) !== undefined
      );
    },
  };
}

/** Undefined if the condition of the write does not hold. */
async function unlessRefused<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    const cause: unknown = error instanceof CommandError ? error.cause : undefined;
    if (cause instanceof Error && cause.name === "ConditionalCheckFailedException") return undefined;
    throw error;
  }
}

function stopOf(stopped: EmergencyStop["stopped"]): EmergencyStop | undefined {
  return stopped?.length === 0 ? undefined : { stopped };
}

function namesOf(permissions: readonly string[]): Record<string, string> {
  return { "#stops": "stops", ...Object.fromEntries(permissions.map((name, at) => [`#p${at}`, name])) };
}

function unreadable(): CommandError {
  return new CommandError(
    "emergency_stop_unreadable",
    "the entry of the emergency stop cannot be read, so everything is stopped already",
    { fix: "to stop less, delete the entry with `claimgate resume --all` first" },
  );
}
