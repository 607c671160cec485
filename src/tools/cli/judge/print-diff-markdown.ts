import type { Finding } from "../../../policy/finding.ts";
import { describeAccess } from "../../access/access.ts";
import type { AccessChange } from "../../access/access-changes.ts";
import { code } from "../../text/markdown.ts";
import { printable } from "../../text/printable.ts";
import {
  appsNote,
  besideNote,
  brokenBase,
  changesByHolders,
  decidedNote,
  groupsNote,
  INCOMPLETE,
  type ShownDiff,
  type ShownRow,
} from "./print-diff.ts";

/** A difference for a pull request: who gains or loses access, and by which rows. */
export function diffMarkdown(diff: ShownDiff): string {
  if (!diff.differs) {
    const { length } = diff.rows;
    const rows =
      length === 0 ? "" : ` ${length === 1 ? "1 row has" : `${length} rows have`} another spelling.`;
    return `**Policy:** every decision is the same.${rows}\n`;
  }
  const head = diff.widens
    ? "**Policy: access widens** :warning:"
    : "**Policy: access changes without widening**";
  const lines = changesByHolders(diff.access).flatMap(([who, changes]) =>
    changes.map((change) => tableLine(who, change)),
  );
  const addresses = diff.addresses.map(
    ({ kind, row, file, line, widens, note }) =>
      `- ${widens ? "**wider**" : "narrower"}: ${kind} ${code(row)} (${fileName(file)}:${line}${note === undefined ? "" : `; ${note}`})\n`,
  );
  const groups = groupsNote(diff);
  const table = `| who | requests | before | after | |\n| --- | --- | --- | --- | --- |\n${lines.join("")}`;
  return [
    head,
    "",
    ...(diff.complete ? [] : [`${INCOMPLETE}\n`]),
    ...(lines.length > 0 ? [table] : []),
    ...(groups === undefined ? [] : [`- **wider**: groups.yaml: ${code(groups)}\n`]),
    ...(addresses.length > 0 ? [addresses.join("")] : []),
    ...rowList(
      "Determining rows:",
      diff.rows.filter(({ decides }) => decides !== false),
    ),
    ...rowList(
      "Rows without effect:",
      diff.rows.filter(({ decides }) => decides === false),
    ),
  ].join("\n");
}

function tableLine(who: readonly string[], change: AccessChange): string {
  const { route, permission, before, after, widens, narrows } = change;
  const sign = widens ? (narrows ? "other" : "**wider**") : "narrower";
  const notes = [besideNote(change), appsNote(change), decidedNote(change)].filter(
    (note) => note !== undefined,
  );
  const target = route === undefined ? `permission ${code(permission ?? "")}` : code(route);
  const requests = [target, ...notes.map(cellText)].join("; ");
  const holders = who.map(code).join(", ");
  const cells = [holders, requests, cellText(describeAccess(before)), cellText(describeAccess(after)), sign];
  return `| ${cells.join(" | ")} |\n`;
}

/** Contains only fixed words and names of the parser's alphabet. */
function cellText(text: string): string {
  return printable(text).replaceAll("|", "\\|");
}

/** An ordinary name needs no code span. */
function fileName(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : code(file);
}

function rowList(head: string, rows: readonly ShownRow[]): readonly string[] {
  if (rows.length === 0) return [];
  const lines = rows.map(
    ({ kind, row, file, line, note }) =>
      `- ${kind} ${code(row)} (${fileName(file)}:${line}${note === undefined ? "" : `; ${note}`})\n`,
  );
  return [`${head}\n\n${lines.join("")}`];
}

/** For a pull request that repairs a policy, or whose base another one broke. */
export function brokenBaseMarkdown(base: string, findings: readonly Finding[], rows: number): string {
  const { head, shown, more, verdict, fix } = brokenBase(base, findings, rows);
  const lines = [...shown, ...(more === undefined ? [] : [more])].map((line) => `    ${printable(line)}\n`);
  return `**Policy: nothing can be compared** :warning:\n\n${head}:\n\n${lines.join("")}\n${verdict}; ${fix}.\n`;
}
