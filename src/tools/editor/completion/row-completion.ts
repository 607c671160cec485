import { isPermissionPattern } from "../../../policy/permission.ts";
import type { RowType } from "../../../policy/row.ts";
import type { Completion, CompletionContext, Offer } from "./completion.ts";
import { OfferedNames } from "./offered-names.ts";

/** What fits at the cursor in a policy file; undefined in a comment, or where only people know what to write. */
export function completeRow({ file, index, service, line, column }: CompletionContext): Offer | undefined {
  const content = (file.text.replace(/^\uFEFF/, "").split("\n")[line - 1] ?? "").replace(/\r$/, "");
  const field = fieldAt(content, column - 1);
  if (field === undefined) return undefined;
  const names = new OfferedNames(index, service);
  const place = { line, column: field.start + 1, end: field.end + 1 };
  if (field.before.length === 0) return { items: rowTypes(content.slice(field.end).trim() === ""), ...place };
  const [type, ...values] = field.before;
  if (type === "p" && values.length === 3) return completeCondition(names, values[1], field, place);
  const items = COLUMNS.get(type ?? "")?.[values.length]?.(names) ?? [];
  return items.length === 0 ? undefined : { items: items.map((one) => inField(one, field)), ...place };
}

interface FieldAt {
  /** The fields before it, without quotes. */
  readonly before: readonly string[];
  /** Offsets of its text in the line, without quotes. */
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** Up to the cursor, and behind it. */
  readonly typed: string;
  readonly rest: string;
}

/** The field of a row at an offset of its line, which may be in the middle of being written. */
function fieldAt(content: string, offset: number): FieldAt | undefined {
  if (/^\s*#/.test(content)) return undefined;
  const before: string[] = [];
  let position = 0;
  for (;;) {
    position += /^[ \t]*/.exec(content.slice(position))?.[0].length ?? 0;
    const quoted = content[position] === '"';
    const start = position + (quoted ? 1 : 0);
    const [inside = ""] = (quoted ? /^(?:[^"]|"")*/ : /^[^,]*/).exec(content.slice(start)) ?? [];
    const end = start + (quoted ? inside : inside.trimEnd()).length;
    const comma = content.indexOf(",", start + inside.length);
    if (comma < 0 || offset <= comma) {
      if (offset > end && content.slice(end, offset).includes('"')) return undefined;
      // In the blanks before a field its text is not there yet, behind it only blanks are.
      const typed = content.slice(start, offset);
      if (offset < start) return { before, start: offset, end: offset, quoted: false, typed: "", rest: "" };
      return { before, start, end: Math.max(end, offset), quoted, typed, rest: content.slice(offset, end) };
    }
    before.push(quoted ? inside.replaceAll('""', '"') : inside.trim());
    position = comma + 1;
  }
}

function inField(one: Completion, { quoted }: FieldAt): Completion {
  const { label } = one;
  if (quoted) return label.includes('"') ? { ...one, insert: label.replaceAll('"', '""') } : one;
  return /[",]/.test(label) ? { ...one, insert: `"${label.replaceAll('"', '""')}"` } : one;
}

const EFFECTS: readonly Completion[] = [
  { label: "allow", kind: "value", detail: () => "the subject holds the permission" },
  { label: "deny", kind: "value", detail: () => "wins over every allow" },
];

type Column = (names: OfferedNames) => readonly Completion[];

const effects: Column = () => EFFECTS;
const groups: Column = (names) => names.subjects(["group"]);
const patterns: Column = (names) => names.permissionPatterns();
const nothing: Column = () => [];

const COLUMNS: ReadonlyMap<string, readonly Column[]> = new Map(
  Object.entries<readonly Column[]>({
    p: [(names) => names.subjects(["role", "group", "client", "scope", "user"]), patterns, effects],
    g: [(names) => names.subjects(["group", "role", "client", "scope", "user"]), (names) => names.roles()],
    g2: [(names) => names.routes(), (names) => [...names.permissions(), names.public()]],
    p2: [nothing, effects],
    g3: [nothing, groups],
    p3: [(names) => names.subjects(["client"]), patterns, (names) => names.bare("scope")],
    g4: [(names) => names.providers(), groups],
  }),
);

const TYPES: Readonly<Record<RowType, string>> = {
  p: "a subject holds a permission: p, SUBJECT, PERMISSION, allow",
  g: "a member has a role: g, MEMBER, ROLE",
  g2: "a permission opens a route: g2, ROUTE, PERMISSION",
  p2: "who may sign up: p2, ADDRESS, allow",
  g3: "which group a new user joins: g3, ADDRESS, GROUP",
  p3: "what an app may do for its users: p3, CLIENT, PERMISSION, SCOPE",
  g4: "a directory group counts as a group: g4, PROVIDER/VALUE, GROUP",
};

function rowTypes(atEnd: boolean): readonly Completion[] {
  return Object.entries(TYPES).map(([label, detail]) => ({
    label,
    insert: atEnd ? `${label}, ` : label,
    kind: "row",
    detail: () => detail,
  }));
}

/** Comparisons, or the part of one that is being written. */
function completeCondition(
  names: OfferedNames,
  permission: string | undefined,
  { start, typed, rest }: FieldAt,
  place: Pick<Offer, "line" | "column" | "end">,
): Offer | undefined {
  const pattern = permission !== undefined && isPermissionPattern(permission) ? permission : undefined;
  const atom = typed.slice(typed.lastIndexOf("&") + 1);
  const from = start + typed.length - atom.length;
  const [, parameter, relation] = /^\{([^}=]*)\}(!?=)/.exec(atom) ?? [];
  const offer = (items: readonly Completion[], offset: number, replaced: RegExp) => ({
    ...place,
    items,
    column: from + offset + 1,
    end: start + typed.length + (replaced.exec(rest)?.[0].length ?? 0) + 1,
  });
  if (parameter !== undefined && relation !== undefined) {
    const offset = parameter.length + 2 + relation.length;
    return atom.slice(offset).startsWith("'") ? undefined : offer(names.claims(), offset, /^[\w:.-]*/);
  }
  if (atom.includes("=") || /\}./.test(atom)) return undefined;
  const comparisons = names
    .parameters(pattern)
    .map((one): Completion => ({ ...one, label: `{${one.label}}`, insert: `{${one.label}}=` }));
  const age: Completion = {
    label: "max_age",
    insert: "max_age=",
    kind: "value",
    detail: () => "seconds since the sign-in, at most",
  };
  return offer([...comparisons, age], 0, /^[\w.-]*\}?(?:!?=)?/);
}
