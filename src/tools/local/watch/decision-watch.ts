import { type JsonObject, objectOf, textOf, textsOf } from "../../../json.ts";
import { Listeners } from "../gateways/listeners.ts";

/** The log line of an authorizer or a trigger about one call. */
export interface LoggedDecision {
  readonly kind: string;
  readonly effect: string | undefined;
  /** Method and route template of the decided call; undefined for a trigger. */
  readonly method: string | undefined;
  readonly template: string | undefined;
  /** The subject of the decision; undefined if the token was not accepted. */
  readonly subjects: readonly string[];
  readonly reason: string | undefined;
  readonly permissions: readonly string[];
  /** `policies/roles.csv:12`. */
  readonly determining: readonly string[];
  /** The groups that a confirmed user was added to. */
  readonly groups: readonly string[];
}

const KINDS: ReadonlySet<unknown> = new Set([
  "decision",
  "whole-api-answer",
  "token-refused",
  "authorizer-failed",
  "sign-up-allowed",
  "sign-up-refused",
  "groups-assigned",
  "group-assignment-skipped",
  "group-assignment-failed",
]);

/** Reads decisions from the functions' output, so that the terminal can show the row that decided. */
export class DecisionWatch {
  readonly #listeners = new Listeners<LoggedDecision>();
  #waiting: ((decision: LoggedDecision) => void) | undefined;
  #unread: LoggedDecision[] = [];

  /** Takes one line of output. */
  line(text: string): void {
    const decision = parse(text);
    if (decision === undefined) return;
    this.#listeners.tell(decision);
    if (this.#waiting === undefined) this.#unread.push(decision);
    else this.#waiting(decision);
    this.#waiting = undefined;
  }

  /** Reports every decision from now on. @returns stops reporting */
  subscribe(listener: (decision: LoggedDecision) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Forgets unclaimed decisions. */
  clear(): void {
    this.#unread = [];
  }

  /** The decision of the call that was just made; undefined if none is logged in time. */
  next(limitMs = 2_000): Promise<LoggedDecision | undefined> {
    const unread = this.#unread.shift();
    if (unread !== undefined) return Promise.resolve(unread);
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        this.#waiting = undefined;
        resolve(undefined);
      }, limitMs);
      this.#waiting = (decision) => {
        clearTimeout(late);
        resolve(decision);
      };
    });
  }
}

function parse(text: string): LoggedDecision | undefined {
  if (!text.startsWith("{")) return undefined;
  let line: JsonObject;
  try {
    line = objectOf(JSON.parse(text));
  } catch {
    return undefined;
  }
  const kind = textOf(line["kind"]);
  if (kind === undefined || !KINDS.has(kind)) return undefined;
  const places = Array.isArray(line["determining"]) ? line["determining"] : [];
  return {
    kind,
    effect: textOf(line["effect"]),
    method: textOf(line["method"]),
    template: textOf(line["template"]),
    subjects: textsOf(line["subjects"]),
    reason: textOf(line["reason"]) ?? textOf(line["code"]),
    permissions: textsOf(line["permissions"]),
    determining: places.flatMap((place: unknown) => textOf(place) ?? textOf(objectOf(place)["at"]) ?? []),
    groups: textsOf(line["groups"]),
  };
}
