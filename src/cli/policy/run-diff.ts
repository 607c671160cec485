import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { groupBy } from "../../analysis/group-by.ts";
import {
  type AccessChange,
  type DiffSide,
  diffPolicies,
  type PolicyDiff,
  type RowChange,
} from "../../analysis/policy-diff.ts";
import { describeAccess } from "../../analysis/report/access.ts";
import { idleRows } from "../../analysis/row-effects.ts";
import { assemblePolicy } from "../../policy/assemble.ts";
import { type CompiledPolicy, compilePolicy, type PolicySources, textOf } from "../../policy/compile.ts";
import { readPolicyRevision } from "../../runtime/git-revision.ts";
import type { Screen } from "../../runtime/screen.ts";
import type { CommonOptions } from "../common-options.ts";
import type { Context } from "../context.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import type { DiffJson } from "../json-contract.ts";
import { type PolicyOptions, policiesOf, readPolicies } from "../policy-options.ts";

export interface DiffArguments extends CommonOptions, PolicyOptions {
  readonly format: "pretty" | "json" | "markdown";
  readonly failOn: "any" | "widening";
}

/** `claimgate diff BASE [HEAD]`. @throws CommandError, PolicyError */
export function runDiff(
  context: Context,
  base: string,
  head: string | undefined,
  options: DiffArguments,
): Promise<ExitCode> {
  const own = policiesOf(context, options);
  const before = sideOf(compilePolicy(sourcesOf(context, own, base)));
  const compiled = compilePolicy(
    head === undefined ? readPolicies(context, options) : sourcesOf(context, own, head),
  );
  const after = sideOf(compiled);
  const found = diffPolicies(before, after);
  if (found.rows.length > 0) context.output.progress("Trying each row that differs ...");
  const idle = idleRows(compiled, after.policy, found.rows);
  const rows = found.rows.map((row) => ({ ...row, decides: idle === undefined ? null : !idle.has(row) }));
  const diff: ShownDiff = { ...found, rows };
  const { output } = context;
  switch (options.format) {
    case "json":
      output.json({ before: before.policy.version, after: after.policy.version, ...diff } satisfies DiffJson);
      break;
    case "markdown":
      output.screen.text(markdownOf(diff));
      break;
    case "pretty":
      print(output.screen, diff);
  }
  const fails = options.failOn === "any" ? diff.differs : diff.widens;
  return Promise.resolve(fails ? EXIT.no : EXIT.ok);
}

/** A directory where there is one of that name, else a revision: `main/` is always a directory. */
function sourcesOf(context: Context, policies: string, named: string): PolicySources {
  const path = resolve(context.directory, named);
  return existsSync(path) && statSync(path).isDirectory()
    ? readPolicies(context, { policies: named })
    : readPolicyRevision(policies, named);
}

function sideOf(compiled: CompiledPolicy): DiffSide {
  const rows = compiled.rows.map((row) => ({
    file: compiled.files[row[1]] ?? "",
    line: row[2],
    text: textOf(row),
  }));
  return { policy: assemblePolicy(compiled), rows };
}

/** A difference, with what is known of each row: whether it decides anything. */
type ShownDiff = Omit<PolicyDiff, "rows"> & { readonly rows: readonly ShownRow[] };
type ShownRow = RowChange & { readonly decides: boolean | null };

function print(screen: Screen, diff: ShownDiff): void {
  for (const [subject, changes] of groupBy(diff.access, ({ subject }) => subject)) {
    screen.line(screen.style("bold", subject));
    for (const change of changes) {
      const what = `${describeAccess(change.before)} -> ${describeAccess(change.after)}`;
      screen.line(`  ${mark(screen, change)} ${change.route}  ${what}`);
    }
  }
  if (diff.addresses.length > 0) screen.line(screen.style("bold", "sign-up"));
  for (const { kind, row, file, line, widens } of diff.addresses) {
    const sign = widens ? screen.style("yellow", "wider   ") : "narrower";
    screen.line(`  ${sign} ${kind}: ${row}  (${file}:${line})`);
  }
  if (diff.rows.length > 0) screen.line(screen.style("bold", "rows"));
  for (const row of diff.rows) screen.line(`  ${rowLine(row)}`);
  const count = diff.rows.length + diff.addresses.length;
  const rows = count === 1 ? "1 row differs" : `${count} rows differ`;
  if (!diff.differs) {
    screen.line(count === 0 ? "no difference" : `${rows}, and every decision is the same`);
    return;
  }
  const changes = diff.access.length + diff.addresses.length;
  const wider = [...diff.access, ...diff.addresses].filter(({ widens }) => widens).length;
  screen.line();
  screen.line(
    `${rows}; ${changes} ${changes === 1 ? "change" : "changes"} of access, ${wider} of them wider`,
  );
}

function rowLine({ kind, row, file, line, decides }: ShownRow): string {
  const idle = decides === false ? "; changes no decision" : "";
  return `${kind.padEnd("removed".length)}  ${row}  (${file}:${line}${idle})`;
}

function mark(screen: Screen, { widens, narrows }: AccessChange): string {
  if (widens && narrows) return screen.style("yellow", "other   ");
  return widens ? screen.style("yellow", "wider   ") : "narrower";
}

/** For a pull request. */
function markdownOf(diff: ShownDiff): string {
  if (!diff.differs) {
    const { length } = diff.rows;
    const rows =
      length === 0 ? "" : ` ${length === 1 ? "1 row is" : `${length} rows are`} written otherwise.`;
    return `**Policy:** every decision is the same.${rows}\n`;
  }
  const idle = diff.rows.filter(({ decides }) => decides === false);
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const head = diff.widens
    ? "**Policy: access widens** :warning:"
    : "**Policy: access changes, and nobody gains**";
  const lines = diff.access.map(({ subject, route, before, after, widens, narrows }) => {
    const sign = widens ? (narrows ? "other" : "**wider**") : "narrower";
    const cells = [`\`${subject}\``, `\`${route}\``, describeAccess(before), describeAccess(after), sign];
    return `| ${cells.map(cell).join(" | ")} |\n`;
  });
  const addresses = diff.addresses.map(
    ({ kind, row, widens }) => `- ${widens ? "**wider**" : "narrower"}: ${kind} \`${row}\`\n`,
  );
  const table = `| who | route | before | after | |\n| --- | --- | --- | --- | --- |\n${lines.join("")}`;
  return [
    head,
    "",
    ...(lines.length > 0 ? [table] : []),
    ...(addresses.length > 0 ? [addresses.join("")] : []),
    ...(idle.length > 0
      ? [`Without any effect:\n\n${idle.map(({ kind, row }) => `- ${kind} \`${row}\`\n`).join("")}`]
      : []),
  ].join("\n");
}
