import { TOKEN_KINDS, type TokenKind } from "./minting.ts";

const PLACEHOLDER = new RegExp(`\\{\\{(${TOKEN_KINDS.join("|")}):([^{}]*)\\}\\}`, "g");

/**
 * Replaces the placeholders of a sample event with fresh tokens: `{{token:alice}}` with an access token of alice,
 * `{{id-token:alice}}` with an identity token, `{{expired-token:alice}}` with an expired access token,
 * `{{refreshed-token:alice}}` with one whose sign-in was a day ago. Equal placeholders become the same token, since
 * gateways repeat a header in several places of an event. A string without placeholders does not change.
 *
 * @param mint creates the token; its error for an unknown persona is passed on
 */
export function fillTokens(eventText: string, mint: (name: string, kind: TokenKind) => string): string {
  const minted = new Map<string, string>();
  return eventText.replace(PLACEHOLDER, (placeholder, kind: string, name: string) => {
    const known = TOKEN_KINDS.find((one) => one === kind);
    if (known === undefined) throw new RangeError(`unknown placeholder \`${kind}\``);
    const token = minted.get(placeholder) ?? mint(name, known);
    minted.set(placeholder, token);
    return token;
  });
}
