import {
  Decoration,
  type DecorationSet,
  type EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";

/** What has a colour of its own in a CSV file: comments, row types, subjects, effects, conditions. */
const ROW_PARTS =
  /(?<comment>^\s*#.*$)|(?<type>^\s*(?:p|g)\d?(?=\s*,))|(?<subject>\b(?:group|role|user|client|scope):[^\s,]+)|(?<allow>\ballow\b)|(?<deny>\bdeny\b)|(?<condition>\{[^{}]+\}!?=[^\s,&]+)/g;

/** The same of `groups.yaml`: comments, names of groups, settings. */
const GROUP_PARTS =
  /(?<comment>(?:^|\s)#.*$)|(?<type>^[^\s#:][^:#]*(?=:))|(?<subject>^\s+[A-Za-z]+(?=:))|(?<condition>\b(?:true|false|\d+)\s*$)/g;

const MARKS = Object.fromEntries(
  ["comment", "type", "subject", "allow", "deny", "condition"].map((name) => [
    name,
    Decoration.mark({ class: `part-${name}` }),
  ]),
);

/** Colours the parts of a policy file. */
export function partColours(path: string) {
  const decorator = new MatchDecorator({
    regexp: path.endsWith(".csv") ? ROW_PARTS : GROUP_PARTS,
    decoration: (match) => {
      const [name = ""] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
      return MARKS[name] ?? null;
    },
  });
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = decorator.createDeco(view);
      }

      update(update: ViewUpdate): void {
        this.decorations = decorator.updateDeco(update, this.decorations);
      }
    },
    { decorations: ({ decorations }) => decorations },
  );
}
