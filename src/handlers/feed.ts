import { currentPolicy, log } from "claimgate/lambda";
import { createPermissionGuard } from "claimgate/middleware";
import { answerFeed } from "../sample/feed.ts";
import { FIRST_ORDERS } from "../sample/order-store.ts";
import { createMemoryOrderStore } from "../sample/order-store-memory.ts";

const store = createMemoryOrderStore(FIRST_ORDERS);
const { check } = createPermissionGuard({
  policy: currentPolicy,
  onRefusal: ({ refusal, decision }, permission) =>
    log("warn", "message-refused", { permission, refusal, reason: decision?.reason }),
});

/** The sample backend of the WebSocket API. */
export const handler = (event: unknown) => answerFeed(event, { store, check });
