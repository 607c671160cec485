import { ClaimgateError } from "../errors.ts";
import { MAX_AUTHORIZATION_LENGTH, readBearerToken } from "../token/bearer.ts";

// A browser cannot set headers on a WebSocket, but it can offer subprotocols: names that the server chooses from. The
// token is offered as one. A server that does not choose an offered name loses the connection (RFC 6455 section 4.1).

/**
 * The subprotocol in front of the token.
 *
 * @example
 * import { SUBPROTOCOL } from "claimgate/authorizers";
 *
 * // The answer of a `$connect` handler whose clients have no subprotocol of their own.
 * export const connected = { statusCode: 200, headers: { "Sec-WebSocket-Protocol": SUBPROTOCOL } };
 */
export const SUBPROTOCOL = "claimgate";

/** A name in the grammar of HTTP. No token is that short: its RS256 signature alone has 342 characters. */
const OWN_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}$/;

/**
 * The token of a handshake, from all values of `Sec-WebSocket-Protocol`: `claimgate` and the token come last, the
 * client's own subprotocols in front of them.
 *
 * @throws ClaimgateError token_missing, token_too_large or token_malformed
 */
export function tokenAmongSubprotocols(values: readonly string[]): string {
  return readBearerToken([`Bearer ${offer(values).token}`]);
}

/**
 * The subprotocol that the `$connect` function must return: the client's own first one, else `claimgate`.
 *
 * @throws ClaimgateError as {@link tokenAmongSubprotocols}
 */
export function acceptedSubprotocol(values: readonly string[]): string {
  return offer(values).own[0] ?? SUBPROTOCOL;
}

function offer(values: readonly string[]): { readonly own: readonly string[]; readonly token: string } {
  const header = values.join(",");
  if (header === "")
    throw new ClaimgateError("token_missing", "the `Sec-WebSocket-Protocol` header is missing");
  if (header.length > MAX_AUTHORIZATION_LENGTH) {
    const message = `the \`Sec-WebSocket-Protocol\` header is longer than ${MAX_AUTHORIZATION_LENGTH} characters`;
    throw new ClaimgateError("token_too_large", message);
  }
  const names = header.split(",").map((name) => name.trim());
  const [agreed, token] = names.slice(-2);
  const own = names.slice(0, -2);
  const isOwn = (name: string) => name !== SUBPROTOCOL && OWN_NAME.test(name);
  if (agreed !== SUBPROTOCOL || token === undefined || !own.every(isOwn)) {
    const message = `the \`Sec-WebSocket-Protocol\` header does not end with \`${SUBPROTOCOL}\` and one token`;
    throw new ClaimgateError("token_malformed", message);
  }
  return { own, token };
}
