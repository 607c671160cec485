import { handler as deployed } from "../../../handlers/websocket-authorizer.ts";
import { toldHandler } from "./told-handler.ts";

const told = toldHandler("websocketAuthorizer", deployed);

/**
 * The authorizer of the WebSocket API under serverless-offline, which answers a handshake with 500 if an authorizer
 * throws anything, and with 401 for this return value. API Gateway answers 401 if it throws `Unauthorized`.
 */
export const handler: typeof deployed = (event) =>
  told(event).catch((error: unknown) => {
    if (error instanceof Error && error.message === "Unauthorized") return "Unauthorized" as never;
    throw error;
  });
