import { type JsonObject, jsonIn, objectOf, objectsOf, textOf } from "../../json.ts";

/** A line of a log file, unwrapped from the formats of CloudWatch and its tools. */
export type LogMessage =
  | { readonly kind: "object"; readonly value: JsonObject }
  /** Other text: `REPORT RequestId: ...`. */
  | { readonly kind: "text" }
  /** It starts like JSON but does not parse: truncated, or not one of our lines. */
  | { readonly kind: "damaged" };

/**
 * Reads the lines of a log in any export format:
 *
 * - one JSON object per line, also with a leading timestamp (`sls logs`, `aws logs tail`, an export to S3);
 * - JSON documents with messages inside: `aws logs filter-log-events`, `get-query-results`, and subscriptions, on one
 *   line or several;
 * - Lambda's JSON log format, which has the message below `message`.
 *
 * It has state, since a pretty-printed document spans several lines.
 */
export function createMessageReader(): (line: string) => readonly LogMessage[] {
  let first = true;
  let printed = false;
  return (line) => {
    const text = line.trim();
    if (text === "") return [];
    if (first) printed = text === "{" || text === "[";
    first = false;
    return printed ? printedLine(text) : messagesIn(text);
  };
}

/** In a pretty-printed document only lines with a message matter: `"message": "{...}",`. */
function printedLine(text: string): readonly LogMessage[] {
  const [, quoted] = /^"(?:@?message|value)": (".*"),?$/.exec(text) ?? [];
  if (quoted === undefined) return [];
  const value = jsonIn(quoted);
  return typeof value === "string" ? messagesIn(value.trim()) : [{ kind: "damaged" }];
}

function messagesIn(text: string): readonly LogMessage[] {
  const start = text.search(/[{[]/);
  // A timestamp, an id and a level may come before; `[` alone is too common in text to be JSON.
  const brace = text[start] === "[" && start > 0 ? text.indexOf("{") : start;
  if (brace < 0) return [{ kind: "text" }];
  const value = jsonIn(text.slice(brace));
  if (value === undefined) return [{ kind: looksLikeOurs(text) ? "damaged" : "text" }];
  return Array.isArray(value) ? objectsOf(value).flatMap(unwrapped) : unwrapped(objectOf(value));
}

/** Whether the unparsable line was once a line of a decision log. */
function looksLikeOurs(text: string): boolean {
  return /"(?:subjects|determining|policyVersion|kind)"/.test(text);
}

function unwrapped(value: JsonObject): readonly LogMessage[] {
  const events = value["events"] ?? value["logEvents"];
  if (Array.isArray(events)) return objectsOf(events).flatMap(unwrapped);
  const rows = value["results"];
  if (Array.isArray(rows)) return rows.flatMap((row: unknown) => objectsOf(row).flatMap(insightsField));
  if (value["kind"] !== undefined) return [{ kind: "object", value }];
  const message = value["message"] ?? value["@message"];
  const text = textOf(message);
  if (text !== undefined) return messagesIn(text.trim());
  return [{ kind: "object", value: typeof message === "object" ? objectOf(message) : value }];
}

/** `{"field":"@message","value":"..."}`; the other fields of a row of CloudWatch Logs Insights are about it. */
function insightsField({ field, value }: JsonObject): readonly LogMessage[] {
  return field === "@message" ? messagesIn((textOf(value) ?? "").trim()) : [];
}
