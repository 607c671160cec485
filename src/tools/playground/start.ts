import type { Sample } from "./samples.ts";
import { readState, writtenState } from "./state/read-state.ts";
import type { PlaygroundState } from "./state/state.ts";

// What a page begins with is data beside its script, so that a page with another policy has the same script, which
// its content security policy names by its digest.

/** The element that has the data. */
export const START_ID = "playground-start";

/** What a page begins with. */
export interface Start {
  /** The text of model.conf. */
  readonly model: string;
  /** The version of claimgate. */
  readonly version: string;
  readonly samples: readonly Sample[];
  /** The policy that the page was written with; undefined for the page as it is shipped. */
  readonly own: Sample | undefined;
}

/** The data as JSON that nothing in it can end: HTML sees no tag. */
export function startText({ model, version, samples, own }: Start): string {
  const written = ({ name, state }: Sample) => ({ name, state: writtenState(state) });
  const data = { model, version, samples: samples.map(written), ...(own && { own: written(own) }) };
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

/** @throws StateError, SyntaxError if the page is not as it was built */
export function readStart(text: string): Start {
  const { model, version, samples, own } = JSON.parse(text) as {
    readonly model: string;
    readonly version: string;
    readonly samples: readonly Sample[];
    readonly own?: Sample;
  };
  const read = ({ name, state }: Sample) => ({ name, state: readState(state) });
  return { model, version, samples: samples.map(read), own: own && read(own) };
}

const DATA = new RegExp(`(<script type="application/json" id="${START_ID}">)([^<]*)(</script>)`);

/**
 * The page with a policy of its own to begin with.
 *
 * @throws Error if the text is not a page of the playground
 */
export function pageWith(page: string, name: string, state: PlaygroundState): string {
  const [, , text] = DATA.exec(page) ?? [];
  if (text === undefined) throw new Error("the text is not a page of the playground");
  const start = { ...readStart(text), own: { name, state } };
  return page.replace(DATA, (_, open: string, __, close: string) => `${open}${startText(start)}${close}`);
}
