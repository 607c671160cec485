import { SUBPROTOCOL } from "claimgate/authorizers";
import { currentPolicy, log } from "claimgate/lambda";
import { createPermissionGuard } from "claimgate/middleware";

const { check } = createPermissionGuard({
  policy: currentPolicy,
  onRefusal: ({ refusal, decision }, permission) =>
    log("warn", "message-refused", { permission, refusal, reason: decision?.reason }),
});

/** Route -> the permission for a message of it. */
const PERMISSIONS: ReadonlyMap<string, string> = new Map([
  ["say", "chat:say"],
  ["remove", "chat:remove"],
]);

interface WebSocketEvent {
  readonly requestContext: { readonly routeKey: string };
  readonly body?: string;
}

/** A connection lives up to two hours. `check` decides each message by the context that the authorizer left with it. */
export async function handler(event: WebSocketEvent) {
  const { routeKey } = event.requestContext;
  // Browsers close a connection whose server does not accept the subprotocol that they offered.
  if (routeKey === "$connect") {
    return { statusCode: 200, headers: { "Sec-WebSocket-Protocol": SUBPROTOCOL } };
  }
  if (routeKey === "$disconnect") return { statusCode: 200 };
  const permission = PERMISSIONS.get(routeKey);
  if (permission === undefined) return answer(400, { message: 'send {"action":"say","text":"..."}' });
  const checked = await check(event, permission);
  if (!checked.allowed) return answer(403, { message: "Forbidden" });
  return answer(200, { action: routeKey, by: checked.caller.sub });
}

function answer(statusCode: number, body: unknown) {
  return { statusCode, body: JSON.stringify(body) };
}
