import { hash } from "node:crypto";

/**
 * SHA-256 of the text in UTF-8, as 64 hex digits. The one door to `node:crypto`: builds for a browser have
 * `sha256-browser.ts` in its place.
 */
export function sha256(text: string): string {
  return hash("sha256", text);
}
