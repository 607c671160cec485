import { type SourceText, spelled } from "../names/name.ts";
import { completeCode } from "./code-completion.ts";
import type { Completion, CompletionContext, Offer } from "./completion.ts";
import { completeFrontEndFile } from "./front-end-completion.ts";
import { completeGroupsFile } from "./groups-completion.ts";
import { completeLintFile } from "./lint-file-completion.ts";
import { completeRow } from "./row-completion.ts";
import { completeTest } from "./test-completion.ts";

const COMPLETERS: Readonly<
  Partial<Record<SourceText["kind"], (context: CompletionContext) => Offer | undefined>>
> = {
  policy: completeRow,
  test: completeTest,
  groups: completeGroupsFile,
  lint: completeLintFile,
  "front-end": completeFrontEndFile,
  source: completeCode,
};

/** The largest number of items; a client asks again when more is typed. */
const MOST_ITEMS = 200;

export interface ShownOffer extends Offer {
  /** Whether there are more. */
  readonly isIncomplete: boolean;
}

/** What can be written at the cursor, those that contain what is typed; undefined if nothing fits. */
export function complete(context: CompletionContext): ShownOffer | undefined {
  const offer = COMPLETERS[context.file.kind]?.(context);
  if (offer === undefined) return undefined;
  const content = context.file.text.replace(/^\uFEFF/, "").split("\n")[offer.line - 1] ?? "";
  const typed = content.slice(offer.column - 1, context.column - 1).toLowerCase();
  const half = halfWritten(context);
  const fitting = offer.items.filter(
    ({ label }) => !half.includes(label) && contains(label.toLowerCase(), typed),
  );
  const items: readonly Completion[] = fitting.slice(0, MOST_ITEMS);
  return { ...offer, items, isIncomplete: items.length < fitting.length };
}

/** The name at the cursor, if nothing else names it: what is being typed is not offered back. */
function halfWritten({ index, file, line, column }: CompletionContext): readonly string[] {
  const one = index.at(file.name, line, column);
  return one === undefined || index.of(one).length > 1 ? [] : [one.name, spelled(one)];
}

/** Whether the letters appear in their order, as editors match them. */
function contains(label: string, typed: string): boolean {
  let at = 0;
  for (const letter of label) if (letter === typed[at]) at += 1;
  return at >= typed.length;
}
