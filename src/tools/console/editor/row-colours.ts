import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";

/** What has a colour of its own in a policy file: comments, row types, subjects, effects, conditions. */
const PARTS =
  /(?<comment>^\s*#.*$)|(?<type>^\s*(?:p|g)\d?(?=\s*,))|(?<subject>\b(?:group|role|user|client|scope):[^\s,]+)|(?<allow>\ballow\b)|(?<deny>\bdeny\b)|(?<condition>\{[^{}]+\}!?=[^\s,&]+)/g;

const MARKS = Object.fromEntries(
  ["comment", "type", "subject", "allow", "deny", "condition"].map((name) => [
    name,
    Decoration.mark({ class: `csv-${name}` }),
  ]),
);

const colours = new MatchDecorator({
  regexp: PARTS,
  decoration: (match) => {
    const [name = ""] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
    return MARKS[name] ?? null;
  },
});

/** Colours the rows of a policy file. */
export const rowColours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = colours.createDeco(view);
    }

    update(update: ViewUpdate): void {
      this.decorations = colours.updateDeco(update, this.decorations);
    }
  },
  { decorations: ({ decorations }) => decorations },
);
