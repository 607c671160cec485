import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { groupBy } from "../../analysis/group-by.ts";
import {
  type AccessChange,
  type DiffSide,
  diffPolicies,
  type PolicyDiff,
} from "../../analysis/policy-diff.ts";
import { describeAccess } from "../../analysis/report/access.ts";
import type { PolicySources } from "../../policy/compile.ts";
import { loadPolicy } from "../../policy/load.ts";
import { parsePolicy } from "../../policy/parse.ts";
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
  const before = sideOf(sourcesOf(context, own, base));
  const after = sideOf(head === undefined ? readPolicies(context, options) : sourcesOf(context, own, head));
  const diff = diffPolicies(before, after);
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

function sideOf(sources: PolicySources): DiffSide {
  return { policy: loadPolicy(sources), rows: parsePolicy(sources.rows).rows };
}

function print(screen: Screen, diff: PolicyDiff): void {
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
  const rows = `${diff.rows.length + diff.addresses.length} rows differ`;
  if (!diff.differs) {
    screen.line(diff.rows.length === 0 ? "no difference" : `${rows}, and every decision is the same`);
    for (const { kind, row, file, line } of diff.rows) screen.line(`  ${kind}: ${row}  (${file}:${line})`);
    return;
  }
  const wider =
    diff.access.filter(({ widens }) => widens).length + diff.addresses.filter((row) => row.widens).length;
  screen.line();
  screen.line(
    `${rows}; ${diff.access.length + diff.addresses.length} changes of access, ${wider} of them wider`,
  );
}

function mark(screen: Screen, { widens, narrows }: AccessChange): string {
  if (widens && narrows) return screen.style("yellow", "other   ");
  return widens ? screen.style("yellow", "wider   ") : "narrower";
}

/** For a pull request. */
function markdownOf(diff: PolicyDiff): string {
  if (!diff.differs) {
    const rows = diff.rows.length === 0 ? "" : ` ${diff.rows.length} rows are written otherwise.`;
    return `**Policy:** every decision is the same.${rows}\n`;
  }
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
  ].join("\n");
}
