import type { Version } from "./artefacts.ts";
import { type Environment, type EnvironmentSettings, startEnvironment } from "./environment.ts";
import type { KeyView } from "./key-server.ts";
import type { Phase } from "./phases.ts";
import { GATEWAYS } from "./requests.ts";

/** One environment that always runs, in this or that version. */
export interface SlotPlan {
  readonly artefact: string;
  /** How often it is asked, in proportion. */
  readonly weight: number;
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Slot {
  readonly plan: SlotPlan;
  current: Environment;
  /** While versions are swapped: that of the next version, which answers beside the current one. */
  next: Environment | undefined;
}

/** The fetches of an environment at some time. */
export type Fetches = Pick<KeyView, "fetches" | "failures">;

/** The same, and the time: milliseconds of `performance.now()`. */
export type FetchesAt = Fetches & { readonly at: number };

/** Starts environments, and remembers all that it started. */
export interface Starter {
  readonly started: readonly Environment[];
  start(plan: SlotPlan, version: Version, what?: string): Promise<Environment>;
}

export function createStarter(settings: EnvironmentSettings): Starter {
  const started: Environment[] = [];
  let count = 0;
  return {
    started,
    start: async ({ artefact: wanted, variables }, version, what = "") => {
      const artefact = version.artefacts.get(wanted);
      if (artefact === undefined) throw new Error(`\`${wanted}\` was not packaged`);
      count += 1;
      const own = variables === undefined ? settings : { ...settings, variables };
      const environment = await startEnvironment(`${count} ${wanted}${what}`, version, artefact, own);
      started.push(environment);
      return environment;
    },
  };
}

/** One slot of those, by their weights. @param at from 0 to 1 */
export function weighted(slots: readonly Slot[], at: number): Slot {
  let left = at * slots.reduce((sum, { plan }) => sum + plan.weight, 0);
  const found = slots.find(({ plan }) => {
    left -= plan.weight;
    return left < 0;
  });
  const slot = found ?? slots[0];
  if (slot === undefined) throw new RangeError("a lane without environments");
  return slot;
}

/** Starts the next version of each in the background, as a deployment does: the old ones go on answering. */
export async function startNext(slots: readonly Slot[], starter: Starter, version: Version): Promise<void> {
  for (const slot of slots) slot.next = await starter.start(slot.plan, version);
}

/** The old version has answered all that it got: its environments end. */
export async function retire(slots: readonly Slot[]): Promise<void> {
  for (const slot of slots) {
    if (slot.next === undefined) continue;
    await slot.current.stop();
    [slot.current, slot.next] = [slot.next, undefined];
  }
}

/** So many answers of the next version end the swap. */
const SWAPPED = 20;

/**
 * Whether every environment has come where the phase wants it.
 *
 * @param before the fetches of each, by its name, when the phase began
 */
export function hasReached(
  until: Phase["until"],
  slots: readonly Slot[],
  before: ReadonlyMap<string, Fetches>,
): boolean {
  if (until === undefined) return true;
  return slots.every(({ current, next }) => {
    if (until === "next-version-answers") return next !== undefined && next.invocations >= SWAPPED;
    const had = before.get(current.name) ?? { fetches: 0, failures: 0 };
    return !(current.artefact.name in GATEWAYS) || noticed(until, current.keys, had);
  });
}

function noticed(
  until: Exclude<NonNullable<Phase["until"]>, "next-version-answers">,
  { kids, fetches, failures }: KeyView,
  had: Fetches,
): boolean {
  switch (until) {
    case "has-key-2":
      return kids?.has("key-2") === true;
    case "lacks-key-1":
      return kids?.has("key-1") === false;
    case "has-key-3":
      return kids?.has("key-3") === true;
    case "failed-to-fetch":
      return failures > had.failures;
    case "fetched":
      return fetches > had.fetches;
  }
}
