import { jsonIn, objectOf } from "../../../../json.ts";
import { isCredentialField, isFreeField, isHeaderField, isSecretField, isSecretHeader } from "./secrets.ts";

/** How the strings of an event are replaced. */
export interface Rewriting {
  /** A string, or the name of a field, that may contain tokens and addresses. */
  readonly text: (text: string) => string;
  /** The whole value of a field whose name says that it may be a secret. */
  readonly secret: (text: string) => string;
  /** One word of a field that a caller proves itself by. */
  readonly credential: (word: string) => string;
}

/** Replaces the strings of an event, also of JSON, forms and Base64 in it. What is not a string keeps its value. */
export function rewritten(event: unknown, how: Rewriting): unknown {
  return inside(event, how, "", "open");
}

/** What the field around a value says of it. */
type Around = "open" | "headers" | "credential" | "secret";

function inside(value: unknown, how: Rewriting, field: string, around: Around): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => inside(item, how, field, around));
  if (typeof value === "object" && value !== null) return objectInside(value, how, around);
  if (around === "secret") return isText(value) ? how.secret(String(value)) : value;
  if (typeof value !== "string") return value;
  return around === "credential"
    ? value.replaceAll(/[^\s,]+/g, how.credential)
    : textInside(value, how, field);
}

/** A code may be a number. */
const isText = (value: unknown): value is string | number =>
  typeof value === "string" || typeof value === "number";

function objectInside(value: object, how: Rewriting, around: Around): object {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  const isEncoded = objectOf(value)["isBase64Encoded"] === true;
  return Object.fromEntries(
    entries.map(([name, item]) => {
      if (isEncoded && name === "body" && typeof item === "string") return [name, encodedInside(item, how)];
      return [how.text(name), inside(item, how, name, aroundOf(name, around))];
    }),
  );
}

function aroundOf(name: string, around: Around): Around {
  if (around === "secret") return around;
  if (isCredentialField(name)) return "credential";
  if (around === "headers") return isSecretHeader(name) ? "secret" : "open";
  if (isHeaderField(name)) return "headers";
  return isFreeField(name) || isSecretField(name) ? "secret" : "open";
}

function encodedInside(body: string, how: Rewriting): string {
  const bytes = Buffer.from(body, "base64");
  const text = bytes.toString("utf8");
  const isUtf8 = Buffer.from(text, "utf8").equals(bytes);
  return Buffer.from(isUtf8 ? textInside(text, how, "body") : how.secret(text), "utf8").toString("base64");
}

function textInside(text: string, how: Rewriting, field: string): string {
  const parsed = /^\s*[{["]/.test(text) ? jsonIn(text) : undefined;
  // Written anew: a string of JSON may hide characters in escapes, and a second field of the same name.
  if (parsed !== undefined) return how.text(JSON.stringify(inside(parsed, how, field, "open")));
  if (FORMS.has(field) && /^[^\s=&]+=/.test(text)) return formInside(text, how);
  // Its fields are unknown.
  return field === "body" && text !== "" ? how.secret(text) : how.text(text);
}

const FORMS = new Set(["body", "rawQueryString"]);

function formInside(text: string, how: Rewriting): string {
  const before = [...new URLSearchParams(text)];
  const after = before.map(([name, value]): [string, string] => [
    how.text(name),
    String(inside(value, how, name, aroundOf(name, "open"))),
  ]);
  // As it was sent, if there is nothing to replace: a form can be written in several ways.
  if (JSON.stringify(before) === JSON.stringify(after)) return text;
  const form = new URLSearchParams(after).toString();
  // A placeholder is filled where it is written as it is.
  return form.replaceAll(/%7B%7B([a-z-]+)%3A([a-z0-9-]+)%7D%7D/g, "{{$1:$2}}");
}
