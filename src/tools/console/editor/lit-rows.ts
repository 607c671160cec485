import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** A row that is part of the answer to a question. */
export interface LitRow {
  /** Counted from 1. */
  readonly line: number;
  /** `overruled` for a row that a deny row beat. */
  readonly role: "allow" | "deny" | "overruled";
}

const light = StateEffect.define<readonly LitRow[]>();

const LINES = {
  allow: Decoration.line({ class: "lit lit-allow" }),
  deny: Decoration.line({ class: "lit lit-deny" }),
  overruled: Decoration.line({ class: "lit lit-overruled" }),
} satisfies Record<LitRow["role"], Decoration>;

const lines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { changes, effects, state }) {
    const lit = effects.findLast((effect) => effect.is(light))?.value as readonly LitRow[] | undefined;
    return lit === undefined ? shown.map(changes) : decorated(state, lit);
  },
  provide: (field) => EditorView.decorations.from(field),
});

function decorated({ doc }: EditorState, lit: readonly LitRow[]): DecorationSet {
  return Decoration.set(
    lit
      .filter(({ line }) => line <= doc.lines)
      .map(({ line, role }) => LINES[role].range(doc.line(line).from)),
    true,
  );
}

/** For an editor whose rows {@link lightRows} lights. */
export const litRows: Extension = lines;

/** Lights these rows and no others. */
export function lightRows(view: EditorView, lit: readonly LitRow[]): void {
  view.dispatch({ effects: light.of(lit) });
}
