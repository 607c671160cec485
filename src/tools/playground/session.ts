import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../console/announcements.ts";
import { reasonOf } from "../console/api-error.ts";
import { pageAddress } from "./page-address.ts";
import type { Start } from "./start.ts";
import { changed, type History, historyFrom, redone, undone } from "./state/history.ts";
import { stateOf } from "./state/link.ts";
import { StateError } from "./state/read-state.ts";
import type { PlaygroundState } from "./state/state.ts";

/** Where the state came from. */
type Origin =
  | { readonly kind: "sample" | "own"; readonly name: string }
  | { readonly kind: "link" | "file"; readonly name: string };

/** The state of the page, and what can be done with it. */
export interface Session {
  readonly state: PlaygroundState;
  readonly origin: Origin;
  /** Another number where another state was opened. */
  readonly opening: number;
  /** Another number where the texts of the files are not what was typed. */
  readonly revision: number;
  /** Why a link or a file was not opened; empty if there is nothing to say. */
  readonly problem: string;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /**
   * @param about what it changes; changes of the same within a moment are undone together
   * @param replaced whether texts of files change otherwise than by typing
   */
  readonly change: (next: Partial<PlaygroundState>, about: string, replaced?: boolean) => void;
  readonly open: (state: PlaygroundState, origin: Origin) => void;
  /** Opens a link or the part of it after `#`. */
  readonly openLink: (link: string) => void;
  readonly refuse: (problem: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Goes back to what was opened. */
  readonly reset: () => void;
}

interface Held {
  readonly history: History;
  readonly opened: PlaygroundState;
  readonly opening: number;
  readonly origin: Origin;
  readonly revision: number;
  readonly problem: string;
}

export function useSession(start: Start): Session {
  const [held, hold] = useState<Held>(() => opening(start, location.hash));
  // Not only in the state: two changes may come before the page is rendered.
  const current = useRef(held);
  const set = (next: Partial<Held>) => {
    current.current = { ...current.current, ...next };
    hold(current.current);
  };
  const goTo = (history: History, replaced: boolean) => {
    const { revision } = current.current;
    set({ history, revision: replaced ? revision + 1 : revision, problem: "" });
    forgetLink();
  };
  const open = (state: PlaygroundState, origin: Origin) => {
    goTo(changed(current.current.history, state, "", Date.now()), true);
    set({ opened: state, opening: current.current.opening + 1, origin });
  };
  const openLink = (link: string) => {
    try {
      const state = stateOf(link);
      if (state === undefined)
        throw new StateError("it is not a link of the playground: expected `#v1.` in it");
      open(state, { kind: "link", name: "a link" });
      announce("Opened the link");
    } catch (error) {
      set({ problem: problemOf("The link was not opened", error) });
    }
  };
  useEffect(() => {
    const followed = () => {
      if (/^#v\d+\./.test(location.hash)) openLink(location.hash);
    };
    addEventListener("hashchange", followed);
    return () => removeEventListener("hashchange", followed);
  }, []);
  const { history, opening: count, origin, revision, problem } = held;
  return {
    state: history.now,
    origin,
    opening: count,
    revision,
    problem,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: (next, about, replaced = false) => {
      const { history: before } = current.current;
      goTo(changed(before, { ...before.now, ...next }, about, Date.now()), replaced);
    },
    open,
    openLink,
    refuse: (text) => set({ problem: text }),
    undo: () => goTo(undone(current.current.history), true),
    redo: () => goTo(redone(current.current.history), true),
    reset: () => {
      const { history: before, opened } = current.current;
      goTo(changed(before, opened, "", Date.now()), true);
    },
  };
}

/** What the page begins with: a link, the policy that it was written with, or the first sample. */
function opening(start: Start, hash: string): Held {
  const first = start.own ?? start.samples[0];
  if (first === undefined) throw new Error("the page has no sample");
  const kind = start.own === undefined ? "sample" : "own";
  const held = (state: PlaygroundState, origin: Origin, problem = ""): Held => {
    return { history: historyFrom(state), opened: state, opening: 0, origin, revision: 0, problem };
  };
  try {
    const state = stateOf(hash);
    if (state !== undefined) return held(state, { kind: "link", name: "a link" });
    return held(first.state, { kind, name: first.name });
  } catch (error) {
    const problem = problemOf("The link was not opened", error);
    return held(first.state, { kind, name: first.name }, problem);
  }
}

export function problemOf(what: string, error: unknown): string {
  return `${what}: ${error instanceof StateError ? error.message : reasonOf(error)}.`;
}

/** Once the state is another one, the address no longer leads to what is on the page. */
function forgetLink(): void {
  if (/^#v\d+\./.test(location.hash)) history.replaceState(null, "", pageAddress());
}
