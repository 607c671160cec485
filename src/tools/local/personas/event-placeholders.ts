import { TOKEN_KINDS, type TokenKind } from "./minting.ts";

const PLACEHOLDER = new RegExp(`\\{\\{(${TOKEN_KINDS.join("|")}):([^{}]*)\\}\\}`, "g");

/**
 * Replaces the placeholders of a sample event by fresh tokens: `{{token:alice}}` by an access token of alice,
 * `{{id-token:alice}}` by an identity token, `{{expired-token:alice}}` by an expired access token. Equal
 * placeholders become the same token, since gateways repeat a header in several places of an event. Text
 * without placeholders comes back as it is.
 *
 * @param mint makes the token; what it throws for an unknown persona comes through
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
