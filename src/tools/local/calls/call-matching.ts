import type { LoggedDecision } from "../watch/decision-watch.ts";
import type { ReportedCall } from "./reported-call.ts";

/** How long a decision may be on its way from its function's output, in milliseconds. */
const LATE_MS = 500;

/** Decisions that no call has taken; more than so many belong to calls that nobody saw. */
const KEPT = 100;

/** What tells which decision belongs to what. */
export interface Belonging<Item> {
  readonly isAbout: (decision: LoggedDecision, item: Item) => boolean;
  /** Whether there has to be a decision; without, the item is told at once. */
  readonly expects: (item: Item) => boolean;
  /** Is told of each item once, without a decision where there was none in time. */
  readonly found: (item: Item, decision: LoggedDecision | undefined) => void;
}

/**
 * Brings together what happened and the decisions of the functions' log. They come by two ways, in either order:
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

  /** Forgets what waits. */
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
 * Whether a decision may be that of a call: same method, a route that fits, and the same subject where it names one.
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

/** The paths of the REST API begin with its stage, and hapi takes a slash at the end of a path. */
function fits(template: string, path: string): boolean {
  if (template === "$default" || template === path) return true;
  const segments = path
    .replace(/(?<=.)\/$/, "")
    .split("/")
    .slice(1);
  const parts = template.split("/").slice(1);
  return fitsAll(parts, segments) || fitsAll(parts, segments.slice(1));
}

/** hapi also takes a greedy parameter of no segment, which the authorizer then denies. */
function fitsAll(parts: readonly string[], segments: readonly string[]): boolean {
  const greedy = /[+*]\}$/.test(parts.at(-1) ?? "");
  const required = greedy ? parts.slice(0, -1) : parts;
  if (greedy ? segments.length < required.length : segments.length !== required.length) return false;
  return required.every((part, index) => part.startsWith("{") || part === segments[index]);
}
