import { rewritten } from "./rewriting.ts";
import { isScheme, withCredentials, withTokens } from "./secrets.ts";

const HIDDEN = "(hidden)";

/**
 * An event or an answer as a page may show it: without tokens, passwords, codes and cookies.
 *
 * @param nameOf what a token is, in words
 */
export function masked(event: unknown, nameOf: (token: string) => string): unknown {
  const tokens = (text: string) => withTokens(text, (token) => `(${nameOf(token)})`);
  return rewritten(event, {
    text: (text) => tokens(withCredentials(text, () => HIDDEN)),
    secret: (text) => (text === "" ? "" : HIDDEN),
    credential: (word) => {
      const shown = tokens(word);
      return shown === word && !isScheme(word) ? HIDDEN : shown;
    },
  });
}
