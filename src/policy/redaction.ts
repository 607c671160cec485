import { isSensitive } from "./sensitive.ts";
import { sha256 } from "./sha256.ts";
import type { Subject } from "./subject.ts";

/** Whether the log has the digest of this string: it contains an address or a token. */
export function isHidden(text: string): boolean {
  return (text.includes("@") && /[^\s@]@[^\s@]/.test(text)) || isSensitive(text);
}

/**
 * Equal values have equal digests, so a decision can be replayed from them. It hides values but does not anonymise
 * them.
 */
export function hashed(value: string): string {
  return `sha256:${sha256(value).slice(0, 32)}`;
}

/** A scope, or its digest. */
export function withoutSecretScope(scope: string): string {
  return isHidden(scope) ? hashed(scope) : scope;
}

/** `group:jane@example.com` becomes `group:sha256:…`: identity providers may use such group names. */
export function withoutSecret(subject: Subject): Subject {
  if (!isHidden(subject)) return subject;
  const colon = subject.indexOf(":");
  return `${subject.slice(0, colon + 1)}${hashed(subject.slice(colon + 1))}` as Subject;
}
