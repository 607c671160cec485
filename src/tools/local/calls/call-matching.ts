import type { LoggedDecision } from "../watch/decision-watch.ts";
import type { ReportedCall } from "./reported-call.ts";

/** How long a decision may take to arrive from its function's output, in milliseconds. */
const LATE_MS = 500;

/** The maximum number of unmatched decisions; more belong to calls that were not observed. */
const KEPT = 100;

/** How to match decisions with items. */
export interface Belonging<Item> {
  readonly isAbout: (decision: LoggedDecision, item: Item) => boolean;
  /** Whether the item must have a decision; if not, it is reported at once. */
  readonly expects: (item: Item) => boolean;
  /** Receives each item once, without a decision if none arrived in time. */
  readonly found: (item: Item, decision: LoggedDecision | undefined) => void;
}

/**
 * Matches events with decisions from the functions' log. They arrive on separate channels, in either order:
 * serverless-offline gives them no common id.
 */
export class Matching<Item extends object> {
  readonly #belonging: Belonging<Item>;
  readonly #waiting = new Map<Item, NodeJS.Timeout>();
  #decisions: readonly LoggedDecision[] = [];

  constructor(belonging: Belonging<Item>) {
    this.#belonging = belonging;
  }

  decision(decision: LoggedDecision): void {
    const item = [...this.#waiting.keys()].find((waiting) => this.#belonging.isAbout(decision, waiting));
    if (item === undefined) this.#decisions = [...this.#decisions.slice(1 - KEPT), decision];
    else this.#tell(item, decision);
  }

  item(item: Item): void {
    const decision = this.#decisions.find((known) => this.#belonging.isAbout(known, item));
    if (decision !== undefined) {
      this.#decisions = this.#decisions.filter((known) => known !== decision);
      this.#tell(item, decision);
    } else if (this.#belonging.expects(item)) {
      this.#waiting.set(
        item,
        setTimeout(() => this.#tell(item, undefined), LATE_MS),
      );
    } else {
      this.#tell(item, undefined);
    }
  }

  /** Forgets items and decisions that still wait. */
  stop(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #tell(item: Item, decision: LoggedDecision | undefined): void {
    clearTimeout(this.#waiting.get(item));
    this.#waiting.delete(item);
    this.#belonging.found(item, decision);
  }
}

/**
 * Whether a decision may belong to a call: the same method, a route that fits, and the same subject if the decision
 * names one.
 */
export function isAbout(decision: LoggedDecision, call: ReportedCall): boolean {
  if (call.refused !== undefined || decision.template === undefined) return false;
  if (decision.method !== call.method || !fits(decision.template, call.path)) return false;
  if (decision.subjects.length === 0) return true;
  if (typeof call.caller !== "object") return false;
  const { sub, client } = call.caller;
  return sub === client
    ? decision.subjects.some((subject) => subject.startsWith("client:") || subject === "role:machine")
    : decision.subjects.some((subject) => subject.startsWith("user:") && subject.endsWith(sub));
}

/** The paths of the REST API begin with its stage, and hapi accepts a trailing slash. */
function fits(template: string, path: string): boolean {
  if (template === "$default" || template === path) return true;
  const segments = path
    .replace(/(?<=.)\/$/, "")
    .split("/")
    .slice(1);
  const parts = template.split("/").slice(1);
  return fitsAll(parts, segments) || fitsAll(parts, segments.slice(1));
}

/** hapi also accepts a greedy parameter without a segment, which the authorizer then denies. */
function fitsAll(parts: readonly string[], segments: readonly string[]): boolean {
  const greedy = /[+*]\}$/.test(parts.at(-1) ?? "");
  const required = greedy ? parts.slice(0, -1) : parts;
  if (greedy ? segments.length < required.length : segments.length !== required.length) return false;
  return required.every((part, index) => part.startsWith("{") || part === segments[index]);
}
