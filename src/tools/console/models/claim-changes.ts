import type { Claims, TokenJson } from "../contract.ts";

/** One claim of a token, and what the trigger did to it. */
export interface ClaimChange {
  readonly name: string;
  readonly kind: "same" | "added" | "removed" | "changed";
  /** As JSON; undefined where the stock token lacks it. */
  readonly before: string | undefined;
  /** As JSON; undefined where the trigger removed it. */
  readonly after: string | undefined;
  /** In words, of claims that nobody reads as they are, such as times. */
  readonly note: string | undefined;
}

/** The claims of a token: what the trigger did first, then the rest, each by name. */
export function claimChanges({ stock, claims }: TokenJson, now: number): readonly ClaimChange[] {
  const names = [...new Set([...Object.keys(stock), ...Object.keys(claims)])].sort();
  const changes = names.map((name) => changeOf(name, stock, claims, now));
  return [...changes.filter(({ kind }) => kind !== "same"), ...changes.filter(({ kind }) => kind === "same")];
}

function changeOf(name: string, stock: Claims, claims: Claims, now: number): ClaimChange {
  const before = shown(stock, name);
  const after = shown(claims, name);
  return { name, kind: kindOf(before, after), before, after, note: noteOf(name, claims[name], now) };
}

function kindOf(before: string | undefined, after: string | undefined): ClaimChange["kind"] {
  if (before === after) return "same";
  if (before === undefined) return "added";
  return after === undefined ? "removed" : "changed";
}

function shown(claims: Claims, name: string): string | undefined {
  if (!Object.hasOwn(claims, name) || claims[name] === undefined) return undefined;
  const value = claims[name];
  return typeof value === "string" ? value : JSON.stringify(value);
}

const TIMES: ReadonlySet<string> = new Set(["exp", "iat", "auth_time"]);

function noteOf(name: string, value: unknown, now: number): string | undefined {
  if (!TIMES.has(name) || typeof value !== "number") return undefined;
  const seconds = Math.round(value - now / 1000);
  const minutes = Math.round(Math.abs(seconds) / 60);
  if (minutes === 0) return "now";
  return seconds > 0 ? `in ${minutes} min` : `${minutes} min ago`;
}

/** How many claims the trigger added, changed and removed, in a sentence. */
export function summaryOf(changes: readonly ClaimChange[]): string {
  const count = (kind: ClaimChange["kind"]) => changes.filter((change) => change.kind === kind).length;
  const parts = (["added", "changed", "removed"] as const)
    .filter((kind) => count(kind) > 0)
    .map((kind) => `${count(kind)} ${kind}`);
  return parts.length === 0 ? "the trigger changed nothing" : `${parts.join(", ")} by the trigger`;
}
