import type { Visit } from "./visit.ts";

/** What the pool asks of a password. */
export function passwordHint({ pool }: Visit): string {
  const { minimumLength, lowercase, uppercase, numbers, symbols } = pool.config.passwordPolicy;
  const kinds = [
    lowercase ? "a lower-case letter" : "",
    uppercase ? "an upper-case letter" : "",
    numbers ? "a number" : "",
    symbols ? "a symbol" : "",
  ].filter((kind) => kind !== "");
  const needs = kinds.length === 0 ? "" : `, with ${kinds.join(", ")}`;
  return `At least ${minimumLength} characters${needs}.`;
}
