import type { ComponentChildren } from "preact";

/** How far an arrow key moves in a list of so many items. */
const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * A list of which one item is chosen. Tab stops once, at the chosen item (`tabStop`): what follows two hundred items
 * has to be reachable. The arrow keys move between them.
 */
export function ChoiceList({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  const move = (event: KeyboardEvent) => {
    const to = MOVES[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(".item")];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (at === -1) return;
    event.preventDefault();
    items[to(at, items.length)]?.focus();
  };
  return (
    <ul class="list" aria-label={`${label}; arrow keys move`} onKeyDown={move}>
      {children}
    </ul>
  );
}

/** The `tabIndex` of an item of a {@link ChoiceList}. */
export const tabStop = (isChosen: boolean) => (isChosen ? 0 : -1);
