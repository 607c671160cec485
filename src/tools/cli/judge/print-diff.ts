import { type Finding, printFinding } from "../../../policy/finding.ts";
import { groupBy } from "../../../policy/group-by.ts";
import { describeAccess } from "../../access/access.ts";
import { type AccessChange, ANYBODY } from "../../access/access-changes.ts";
import type { PolicyDiff, RowChange } from "../../access/policy-diff.ts";
import { isSameShape } from "../../access/route-shape.ts";
import type { Screen } from "../../machine/screen.ts";
import { printable } from "../../text/printable.ts";

/** A difference, and for each row whether it decides anything. */
export type ShownDiff = Omit<PolicyDiff, "rows"> & {
  readonly rows: readonly ShownRow[];
  /** The groups whose IAM role or precedence differs. */
  readonly groups: readonly string[];
};
export type ShownRow = RowChange & { readonly decides: boolean | null };

/** The changes of access, grouped by subjects with the same changes, then the rows. */
export function printDiff(screen: Screen, diff: ShownDiff): void {
  for (const [who, changes] of changesByHolders(diff.access)) {
    screen.line(screen.style("bold", who.join(", ")));
    for (const change of changes) screen.line(`  ${mark(screen, change)} ${describeChange(change)}`);
  }
  if (diff.addresses.length > 0)
    screen.line(
      screen.style(
        "bold",
        diff.addresses.some(({ row }) => row.startsWith("g4,")) ? "sign-up and directories" : "sign-up",
      ),
    );
  for (const { kind, row, file, line, widens, note } of diff.addresses) {
    const sign = widens ? screen.style("yellow", "wider   ") : "narrower";
    screen.line(`  ${sign} ${kind}: ${row}  (${file}:${line}${note === undefined ? "" : `; ${note}`})`);
  }
  if (diff.rows.length > 0) screen.line(screen.style("bold", "rows"));
  for (const row of diff.rows) screen.line(`  ${rowLine(row, diff.differs)}`);
  const groups = groupsNote(diff);
  if (groups !== undefined) {
    screen.line(screen.style("bold", "groups.yaml"));
    screen.line(`  ${screen.style("yellow", "wider   ")} ${groups}`);
  }
  if (!diff.complete) screen.line(screen.style("yellow", INCOMPLETE));
  const count = diff.rows.length + diff.addresses.length;
  const rows = count === 1 ? "1 row differs" : `${count} rows differ`;
  if (!diff.differs) {
    screen.line(count === 0 ? "no difference" : `${rows}, and every decision is the same`);
    return;
  }
  const changes = diff.access.length + diff.addresses.length + diff.groups.length;
  const wider =
    [...diff.access, ...diff.addresses].filter(({ widens }) => widens).length + diff.groups.length;
  screen.line();
  screen.line(
    `${rows}; ${changes} ${changes === 1 ? "change" : "changes"} of access, ${wider} of them wider${diff.complete ? "; nothing else changes, proven" : ""}`,
  );
}

export const INCOMPLETE =
  "not proven: the routes have too many paths to compare all of them, so more may change than shown";

/** The note about `groups.yaml`; undefined if nothing relevant differs. */
export function groupsNote({ groups }: Pick<ShownDiff, "groups">): string | undefined {
  if (groups.length === 0) return undefined;
  const names = groups.map((name) => (name === "*" ? "every group, since the file has errors" : name));
  return `IAM role or precedence changes: ${printable(names.join(", "))}; review it, since the rights of roles are not compared`;
}

/** Groups subjects with the same changes. */
export function changesByHolders(
  access: readonly AccessChange[],
): readonly (readonly [readonly string[], readonly AccessChange[]])[] {
  const alike = groupBy([...groupBy(access, ({ subject }) => subject)], ([, changes]) =>
    JSON.stringify(changes.map(({ subject: _, ...change }) => change)),
  );
  return [...alike].map(([, holders]) => {
    const names = holders.map(([subject]) => (subject === ANYBODY ? "anyone, without a token" : subject));
    return [names, holders[0]?.[1] ?? []];
  });
}

/** `GET /orders  not granted -> allowed` or `permission orders:audit  ...`, and its notes. */
function describeChange(change: AccessChange): string {
  const what = `${describeAccess(change.before)} -> ${describeAccess(change.after)}`;
  const notes = [besideNote(change), appsNote(change), decidedNote(change)].filter(
    (note) => note !== undefined,
  );
  const target = change.route ?? `permission ${change.permission ?? ""}`;
  return [`${target}  ${what}`, ...notes].join("; ");
}

/** The number of co-held subjects to name. */
const MOST_NAMED = 3;

export function besideNote({ beside }: AccessChange): string | undefined {
  if (beside.length === 0) return undefined;
  const more = beside.length - MOST_NAMED;
  const named = [...beside.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} others`] : [])];
  return `for tokens that also hold ${named.join(" or ")}`;
}

/** Set if only users of some apps gain or lose. */
export function appsNote({ apps }: AccessChange): string | undefined {
  if (apps.length === 0) return undefined;
  const more = apps.length - MOST_NAMED;
  const named = [...apps.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} others`] : [])];
  return `through ${named.join(" or ")}`;
}

/** Set if another route decides the requests than before. */
export function decidedNote({ decidedBefore, decidedAfter }: AccessChange): string | undefined {
  if (decidedBefore === undefined || decidedAfter === undefined) return undefined;
  if (isSameShape(decidedBefore, decidedAfter)) return undefined;
  return `now decided by ${decidedAfter}, before by ${decidedBefore}`;
}

function rowLine({ kind, row, file, line, decides, note }: ShownRow, differs: boolean): string {
  const idle = decides === false && differs ? ["changes no decision"] : [];
  const notes = [`${file}:${line}`, ...idle, ...(note === undefined ? [] : [note])];
  return `${kind.padEnd("removed".length)}  ${row}  (${notes.join("; ")})`;
}

function mark(screen: Screen, { widens, narrows }: AccessChange): string {
  if (widens && narrows) return screen.style("yellow", "other   ");
  return widens ? screen.style("yellow", "wider   ") : "narrower";
}

/** The number of findings of a base to show; `claimgate check` there shows all. */
const MOST_FINDINGS = 20;

/** Nothing can be compared: shows the findings of BASE, and that HEAD loads. */
export function printBrokenBase(
  screen: Screen,
  base: string,
  findings: readonly Finding[],
  rows: number,
): void {
  const { head, shown, more, verdict, fix } = brokenBase(base, findings, rows);
  screen.line(screen.style("red", head));
  for (const line of shown) screen.line(`  ${line}`);
  if (more !== undefined) screen.line(`  ${more}`);
  screen.line(verdict);
  screen.line(fix);
}

/** The same as sentences, for all formats. */
export function brokenBase(base: string, findings: readonly Finding[], rows: number) {
  const more = findings.length - MOST_FINDINGS;
  return {
    head: printable(`the policy of \`${base}\` does not load, so nothing can be compared`),
    shown: findings.slice(0, MOST_FINDINGS).map((one) => printable(printFinding(one))),
    more: more > 0 ? `... and ${more} more` : undefined,
    verdict: `the policy of HEAD loads (${rows} ${rows === 1 ? "row" : "rows"})`,
    fix: "the changes are unknown: compare with the last revision that loads, or review the policy as new",
  };
}
