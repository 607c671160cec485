import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** As many as a person looks through at once. */
export const STEP = 50;

/** The first items of a long list, and a button that shows more of them. */
export function More<Item>({
  items,
  noun,
  children,
}: {
  readonly items: readonly Item[];
  /** What the items are, where a page has several lists of them. */
  readonly noun?: string;
  readonly children: (shown: readonly Item[]) => ComponentChildren;
}) {
  const [count, show] = useState(STEP);
  const hidden = items.length - count;
  return (
    <>
      {children(items.slice(0, count))}
      {hidden <= 0 ? null : (
        <button type="button" class="more" onClick={() => show(count + STEP)}>
          Show {Math.min(STEP, hidden)} more of {items.length}
          {noun === undefined ? "" : ` ${noun}`}
        </button>
      )}
    </>
  );
}
