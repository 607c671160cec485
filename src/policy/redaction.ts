import { createHash } from "node:crypto";
import { isSensitive } from "./sensitive.ts";
import type { Subject } from "./subject.ts";

/** Whether the text is written as its digest: it has an address or a token in it. */
export function isHidden(text: string): boolean {
  return (text.includes("@") && /[^\s@]@[^\s@]/.test(text)) || isSensitive(text);
}

/** Equal values have equal digests, so a decision can be made again from them; it hides, it does not anonymise. */
export function hashed(value: string): string {
  return `sha256:${createHash("sha256").update(value).digest("hex").slice(0, 32)}`;
}

/** `group:jane@example.com` becomes `group:sha256:…`: an identity provider may name groups so. */
export function withoutSecret(subject: Subject): Subject {
  if (!isHidden(subject)) return subject;
  const colon = subject.indexOf(":");
  return `${subject.slice(0, colon + 1)}${hashed(subject.slice(colon + 1))}` as Subject;
}
