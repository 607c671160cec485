import { handler as deployed } from "../../../handlers/feed.ts";
import { toldHandler } from "./told-handler.ts";

/** The backend of the WebSocket API under serverless-offline. */
export const handler = toldHandler("feed", deployed);
