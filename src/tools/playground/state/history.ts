import type { PlaygroundState } from "./state.ts";

/** The state, what it was before, and what was undone. */
export interface History {
  readonly past: readonly PlaygroundState[];
  readonly now: PlaygroundState;
  readonly future: readonly PlaygroundState[];
  /** What the last change was about, and when; changes of the same within a moment are one. */
  readonly last: { readonly about: string; readonly at: number } | undefined;
}

const MOST = 200;

/** A pause in typing, after which a change is one of its own. */
const PAUSE_MS = 1_000;

export function historyFrom(now: PlaygroundState): History {
  return { past: [], now, future: [], last: undefined };
}

/**
 * The history after a change.
 *
 * @param about what it changes, such as the path of a file; empty for a change that is always one of its own
 */
export function changed(history: History, next: PlaygroundState, about: string, at: number): History {
  const { past, now, last } = history;
  if (next === now) return history;
  const goesOn = last !== undefined && about !== "" && last.about === about && at - last.at < PAUSE_MS;
  const kept = goesOn ? past : [...past, now].slice(-MOST);
  return { past: kept, now: next, future: [], last: { about, at } };
}

export function undone(history: History): History {
  const { past, now, future } = history;
  const before = past.at(-1);
  if (before === undefined) return history;
  return { past: past.slice(0, -1), now: before, future: [now, ...future], last: undefined };
}

export function redone(history: History): History {
  const { past, now, future } = history;
  const [after, ...later] = future;
  if (after === undefined) return history;
  return { past: [...past, now], now: after, future: later, last: undefined };
}
