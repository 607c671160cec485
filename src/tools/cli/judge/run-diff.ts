import type { Finding } from "../../../policy/finding.ts";
import { scopeOfEdit } from "../../access/edit-scope.ts";
import { type DiffSide, diffPolicies, type RowChange } from "../../access/policy-diff.ts";
import { idleRows } from "../../access/row-effects.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type PolicyOptions, policiesOf } from "../terminal/policy-options.ts";
import { comparedGroups, comparedPolicies, sideOf } from "./compared-policy.ts";
import { changedGroups } from "./group-changes.ts";
import type { DiffJson } from "./judge-contract.ts";
import { printBrokenBase, printDiff, type ShownDiff } from "./print-diff.ts";
import { brokenBaseMarkdown, diffMarkdown } from "./print-diff-markdown.ts";

export interface DiffArguments extends CommonOptions, PolicyOptions {
  readonly format: "pretty" | "json" | "markdown";
  readonly failOn: "any" | "widening";
}

/** `claimgate diff BASE [HEAD]`. @throws CommandError; PolicyError if the policy of HEAD is not valid */
export function runDiff(
  context: Context,
  base: string,
  head: string | undefined,
  options: DiffArguments,
): Promise<ExitCode> {
  const compared = comparedPolicies(context, options, base, head);
  const after = sideOf(compared.after);
  if ("findings" in compared.before) {
    sayBrokenBase(context, base, compared.before.findings, after, options);
    // Nothing is proven, so the answer is not yes for any --fail-on.
    return Promise.resolve(EXIT.no);
  }
  const before = sideOf(compared.before);
  const own = policiesOf(context, options);
  const groups = changedGroups(comparedGroups(context, own, base), comparedGroups(context, own, head));
  const rows = shownDiff(context, before, after);
  // The rights of two IAM roles cannot be compared here, so any change counts as wider.
  const others = groups.length > 0;
  const diff = { ...rows, groups, widens: rows.widens || others, differs: rows.differs || others };
  const { output } = context;
  switch (options.format) {
    case "json": {
      const versions = { before: before.policy.version, after: after.policy.version };
      output.json({ ...versions, ...jsonOf(diff), baseFindings: [] } satisfies DiffJson);
      break;
    }
    case "markdown":
      output.screen.document(diffMarkdown(diff));
      break;
    case "pretty":
      printDiff(output.screen, diff);
  }
  const fails = options.failOn === "any" ? diff.differs : diff.widens;
  return Promise.resolve(fails ? EXIT.no : EXIT.ok);
}

function shownDiff({ output }: Context, before: DiffSide, after: DiffSide): Omit<ShownDiff, "groups"> {
  const found = diffPolicies(before, after, scopeOfEdit(before, after));
  if (found.complete && found.access.length === 0) {
    return { ...found, rows: found.rows.map((row) => ({ ...row, decides: false })) };
  }
  if (found.rows.length > 0) output.progress("Trying each row that differs ...");
  const idle = idleRows(after.policy, found.rows);
  const rows = found.rows.map((row) => ({ ...row, decides: idle === undefined ? null : !idle.has(row) }));
  return { ...found, rows };
}

function jsonOf({ access, ...diff }: ShownDiff): Omit<DiffJson, "before" | "after" | "baseFindings"> {
  const changes = access.map(
    ({ subject, beside, apps, route, permission, decidedBefore, decidedAfter, ...change }) => ({
      subject,
      beside,
      apps,
      route: route ?? null,
      permission: permission ?? null,
      decidedBefore: decidedBefore ?? null,
      decidedAfter: decidedAfter ?? null,
      ...change,
    }),
  );
  const withNote = <Row extends RowChange>(row: Row) => ({ ...row, note: row.note ?? null });
  return {
    access: changes,
    ...diff,
    addresses: diff.addresses.map(withNote),
    rows: diff.rows.map(withNote),
  };
}

function sayBrokenBase(
  { output }: Context,
  base: string,
  findings: readonly Finding[],
  after: DiffSide,
  { format }: DiffArguments,
): void {
  const { version } = after.policy;
  const count = after.rows.length;
  switch (format) {
    case "json": {
      const nothing = { access: [], addresses: [], rows: [], groups: [] };
      const verdict = { widens: true, differs: true, complete: false };
      output.json({
        before: null,
        after: version,
        ...nothing,
        ...verdict,
        baseFindings: findings.map(({ suggestions: _, guide: __, ...finding }) => finding),
      } satisfies DiffJson);
      break;
    }
    case "markdown":
      output.screen.document(brokenBaseMarkdown(base, findings, count));
      break;
    case "pretty":
      printBrokenBase(output.screen, base, findings, count);
  }
}
