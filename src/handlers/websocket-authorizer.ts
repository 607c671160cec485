import { websocketAuthorizer } from "claimgate/lambda";

/** The authorizer of a WebSocket API, called on `$connect`. */
export const handler = websocketAuthorizer();
