/** One order, in the store and in the API. */
export interface Order {
  readonly id: string;
  /** The `sub` of the user, or the id of the app client, that placed it. */
  readonly ownerSub: string;
  readonly tenantId: string | null;
  readonly item: string;
  readonly quantity: number;
  readonly status: "placed" | "refunded";
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** The part of a new order that the caller sets; the service sets the rest. */
export interface NewOrder {
  readonly item: string;
  readonly quantity: number;
}

/** The body is not a valid new order; the message is for the caller. */
export class InvalidOrderError extends Error {
  override readonly name = "InvalidOrderError";
}

const MAX_BODY_BYTES = 10_000;
const MAX_ITEM_LENGTH = 200;
const MAX_QUANTITY = 1_000;

/**
 * Reads the body of `POST /orders`. Unknown members are refused, not ignored: with `ownerSub` or `tenantId` callers
 * would claim rights.
 *
 * @throws InvalidOrderError
 */
export function parseNewOrder(body: string | undefined): NewOrder {
  if (body === undefined || body === "") throw new InvalidOrderError("the body is empty; send JSON");
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) {
    throw new InvalidOrderError(`the body is larger than ${MAX_BODY_BYTES} bytes`);
  }
  const value = parseJson(body);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidOrderError("the body is not a JSON object");
  }
  const members = new Map<string, unknown>(Object.entries(value));
  for (const name of members.keys()) {
    if (name !== "item" && name !== "quantity") {
      throw new InvalidOrderError(`unknown member \`${name.slice(0, 40)}\`; send \`item\` and \`quantity\``);
    }
  }
  return { item: readItem(members.get("item")), quantity: readQuantity(members.get("quantity")) };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidOrderError("the body is not JSON");
  }
}

function readItem(value: unknown): string {
  if (typeof value !== "string" || value.trim() === "" || value.length > MAX_ITEM_LENGTH) {
    throw new InvalidOrderError(`\`item\` must be a string of 1 to ${MAX_ITEM_LENGTH} characters`);
  }
  return value;
}

function readQuantity(value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > MAX_QUANTITY) {
    throw new InvalidOrderError(`\`quantity\` must be a whole number from 1 to ${MAX_QUANTITY}`);
  }
  return value;
}
