import type { Edit } from "../../../policy/finding.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import { isPermission, PUBLIC } from "../../../policy/permission.ts";
import { byPlace } from "../../../policy/place.ts";
import { AUTHENTICATED, MACHINE, type Subject } from "../../../policy/subject.ts";
import { subjectNameProblem } from "../../../policy/subject-name.ts";
import { hasBraces } from "../../../policy/tenant-group.ts";
import { isPattern, type Name, type Occurrence, spelled } from "../names/name.ts";
import { matches, type NameIndex } from "../names/name-index.ts";
import { replaced, type WrittenString } from "../names/written-string.ts";
import { cautionFor } from "./caution.ts";

/** Why a name cannot be renamed, or not to that, for the person who asked. */
export class RenameRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RenameRefusal";
  }
}

export interface Renaming {
  /** By file, line and column; they do not overlap. */
  readonly edits: readonly Edit[];
  /** What the edits do not change and somebody has to; undefined if nothing is left. */
  readonly caution: string | undefined;
}

/** The name under the cursor, if it can be renamed. @throws RenameRefusal */
export function renamable(index: NameIndex, one: Occurrence): Occurrence {
  const shown = `\`${spelled(one)}\``;
  switch (one.kind) {
    case "role":
    case "group":
    case "client":
    case "permission":
      break;
    case "user":
      throw new RenameRefusal(`${shown} is the \`sub\` that Cognito gave a user; it cannot be renamed`);
    case "scope":
      throw new RenameRefusal(`${shown} is a scope of a resource server; tokens keep its name`);
    case "route":
    case "parameter":
      throw new RenameRefusal(
        `${shown} comes from the routes of the service; change it there and in its rows`,
      );
    case "claim":
      throw new RenameRefusal(`${shown} is a claim of tokens; it cannot be renamed in the policy`);
    case "rule":
      throw new RenameRefusal(`${shown} is the id of a rule of claimgate`);
  }
  if (spelled(one) === AUTHENTICATED || spelled(one) === MACHINE) {
    throw new RenameRefusal(`${shown} is built in: it follows from the kind of token`);
  }
  if (one.kind === "permission" && isPattern(one)) {
    throw new RenameRefusal(`${shown} is a wildcard; rename the permissions that it covers one by one`);
  }
  if (isPattern(one)) {
    throw new RenameRefusal(`${shown} is a group of each tenant; its groups in the pool keep their names`);
  }
  refuseOfService(index, one);
  return one;
}

/** Names of resources: with another name CloudFormation replaces a group, and an app client keeps its own. */
function refuseOfService(index: NameIndex, one: Occurrence): void {
  const places = index.of(one).filter(({ file }) => index.kindOf(file) === "service");
  const [first] = places;
  if (first === undefined) return;
  const from = `the name \`${spelled(one)}\` comes from ${placeText(first)}`;
  if (one.kind === "group") {
    throw new RenameRefusal(`${from}, where another name would replace the group and lose its members`);
  }
  if (places.every(isNamedByService)) {
    throw new RenameRefusal(`${from}; name the client in \`appClients\` first`);
  }
}

/** An app client whose name follows from the logical id of its resource. */
function isNamedByService({ kind, within, defines }: Occurrence): boolean {
  return kind === "client" && within === undefined && defines !== undefined;
}

/**
 * The edits that give a name another one in all files. The policy then decides as before, with the new name for the old
 * one: what would change a decision, merge two names or leave one behind is refused.
 *
 * @throws RenameRefusal
 */
export function renaming(index: NameIndex, one: Occurrence, written: string): Renaming {
  const from: Name = { kind: renamable(index, one).kind, name: one.name };
  const to = newName(from, written.trim());
  if (to.name === from.name) return { edits: [], caution: undefined };
  refuseCollision(index, from, to);
  refuseOtherPatterns(index, from, to);
  const [unread] = index.unreadWith(from.name);
  if (unread !== undefined) {
    throw new RenameRefusal(
      `${placeText(unread)} cannot be read, and may name \`${spelled(from)}\`; correct it first`,
    );
  }
  const places = index.of(from).filter((place) => !isNamedByService(place));
  const edits = editsOf(places, to);
  refuseOtherRows(index, edits, from, to);
  return { edits, caution: cautionFor(index, from, to) };
}

/** @param text with or without the prefix */
function newName({ kind }: Name, text: string): Name {
  const name = text.startsWith(`${kind}:`) && kind !== "permission" ? text.slice(kind.length + 1) : text;
  const to: Name = { kind, name };
  if (kind === "permission") {
    if (text === PUBLIC) throw new RenameRefusal("`public` marks a route without an authorizer");
    if (!isPermission(text)) {
      throw new RenameRefusal(
        `\`${text}\` is not a permission; expected \`resource:action\`, without wildcards`,
      );
    }
    return to;
  }
  const subject = spelled(to) as Subject;
  if (name === "") throw new RenameRefusal(`the new name is empty; expected the name of a ${kind}`);
  const problem = subjectNameProblem(subject);
  if (problem !== undefined) throw new RenameRefusal(`\`${name}\`: ${problem}`);
  if (subject === AUTHENTICATED || subject === MACHINE) {
    throw new RenameRefusal(`\`${subject}\` is built in: it follows from the kind of token`);
  }
  if (hasBraces(subject)) throw new RenameRefusal(`\`${name}\` has braces, which no group of a token has`);
  return to;
}

function refuseCollision(index: NameIndex, from: Name, to: Name): void {
  const [existing] = index.of(to);
  if (existing === undefined) return;
  throw new RenameRefusal(
    `\`${spelled(to)}\` exists already, at ${placeText(existing)}; with one name, \`${spelled(from)}\` and it would be the same`,
  );
}

/** A wildcard that covers one of the two names would decide otherwise. */
function refuseOtherPatterns(index: NameIndex, from: Name, to: Name): void {
  for (const pattern of index.names(from.kind).filter(isPattern)) {
    if (matches(pattern, from) === matches(pattern, to)) continue;
    const [place] = index.of(pattern);
    const [covered, other] = matches(pattern, from) ? [from, to] : [to, from];
    throw new RenameRefusal(
      `\`${spelled(pattern)}\`${place === undefined ? "" : ` at ${placeText(place)}`} covers \`${spelled(covered)}\` and not \`${spelled(other)}\`, so the policy would decide otherwise`,
    );
  }
}

function editsOf(places: readonly Occurrence[], to: Name): readonly Edit[] {
  const strings = new Map<WrittenString, Occurrence[]>();
  for (const place of places) {
    const { within } = place;
    if (within === undefined) {
      throw new RenameRefusal(
        `${placeText(place)} writes the name in a form that cannot be edited; change it by hand`,
      );
    }
    if (place.inRow === true && /[",]/.test(to.name)) {
      throw new RenameRefusal(
        `\`${to.name}\` would need quotes in the row at ${placeText(place)}; choose another name`,
      );
    }
    strings.set(within, [...(strings.get(within) ?? []), place]);
  }
  return [...strings]
    .flatMap(([within, inside]) =>
      replaced(
        within,
        inside.map(({ start, name }) => ({ start, length: name.length, to: to.name })),
      ),
    )
    .sort(byPlace);
}

/** The rows after the edits must be the rows before, with the new name for the old one. */
function refuseOtherRows(index: NameIndex, edits: readonly Edit[], from: Name, to: Name): void {
  const files = index.files
    .filter(({ kind }) => kind === "policy")
    .map(({ name, text }) => ({ path: name, text }));
  const edited = files.map(({ path, text }) => ({
    path,
    text: withEdits(
      text,
      edits.filter(({ file }) => file === path),
    ),
  }));
  const before = parsePolicy(files).rows;
  const after = parsePolicy(edited).rows;
  const places = new Set(index.of(from).map(({ file, line }) => `${file}:${line}`));
  const kept = (rows: typeof before) =>
    rows.filter(({ file, line }) => !places.has(`${file}:${line}`)).map(({ text }) => text);
  const same = before.length === after.length && kept(before).join("\n") === kept(after).join("\n");
  if (!same && after.length > before.length) {
    throw new RenameRefusal(
      `\`${spelled(from)}\` is a mistake, and its rows are not part of the policy yet; correct it by hand`,
    );
  }
  if (!same)
    throw new RenameRefusal(`with \`${to.name}\` the rows would no longer be the same; choose another name`);
}

/** The text with edits that do not overlap. */
export function withEdits(text: string, edits: readonly Omit<Edit, "file">[]): string {
  if (edits.length === 0) return text;
  const lines = text.split("\n");
  for (const { line, column, length, text: put } of edits.toSorted((a, b) => b.column - a.column)) {
    const content = lines[line - 1] ?? "";
    const start = column - 1 + (line === 1 && text.startsWith("\uFEFF") ? 1 : 0);
    lines[line - 1] = content.slice(0, start) + put + content.slice(start + length);
  }
  return lines.join("\n");
}

function placeText({ file, line }: Pick<Occurrence, "file" | "line">): string {
  return `${file}:${line}`;
}
