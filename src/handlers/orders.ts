import { randomUUID } from "node:crypto";
import { readCaller } from "claimgate/caller";
import { log } from "claimgate/lambda";
import { withCors } from "../sample/cors.ts";
import { decodeHttpEvent } from "../sample/http-event.ts";
import { FIRST_ORDERS } from "../sample/order-store.ts";
import { createFileOrderStore } from "../sample/order-store-file.ts";
import { createMemoryOrderStore } from "../sample/order-store-memory.ts";
import { handleOrders } from "../sample/orders.ts";
import { decodeRestEvent } from "../sample/rest-event.ts";
import { respond, type SampleResponse } from "../sample/sample-request.ts";

// A sample: keeps orders in memory, or in a file under the local stack. Your service has a database.
const file = process.env["CLAIMGATE_ORDERS_FILE"] ?? "";
const store =
  file === ""
    ? createMemoryOrderStore(FIRST_ORDERS)
    : createFileOrderStore(file, FIRST_ORDERS, (damage) => log("error", "orders_file_damaged", damage));

// Set by the build, from parameter `corsOrigins`.
const corsOrigins = (process.env["CLAIMGATE_CORS_ORIGINS"] ?? "").split(" ").filter(Boolean);

/** The sample backend, behind the HTTP API and one route of the REST API. */
export async function handler(input: unknown): Promise<SampleResponse> {
  const event = Object(input) as Readonly<Record<string, unknown>>;
  const http = decodeHttpEvent(event);
  const request = http ?? decodeRestEvent(event);
  if (request === undefined) return respond(400, { message: "Bad Request" });
  const world = { store, newId: randomUUID, now: () => new Date() };
  const response = await handleOrders(request, readCaller(event), world);
  return http === undefined ? withCors(response, corsOrigins, event) : response;
}
