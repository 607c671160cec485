import { COMMAND_MARK } from "./printable.ts";

/**
 * Text for an element or an attribute in double quotes. XML 1.0 allows few control characters. Line ends are escaped,
 * since the next line could be a command to the log of a CI service.
 */
export function xml(text: string): string {
  return text
    .replace(/(?![\t\n\r])[\p{C}\p{Zl}\p{Zp}]|[\ufffe\uffff]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(COMMAND_MARK, "&#35;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;");
}
