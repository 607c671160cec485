/** Text for an element or an attribute in double quotes. XML 1.0 has few control characters. A line
 * end is spelled out: what follows it could be a command of the workflow to the log of GitHub Actions. */
export function xml(text: string): string {
  return text
    .replace(
      /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
      "\ufffd",
    )
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("##[", "#&#35;[")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;");
}
