import { DIFFERENCES } from "../differences.ts";
import type { Evidence } from "./evidence.ts";

/** The page that has the tables, between `<!-- NAME -->` and `<!-- /NAME -->`. */
export const FIDELITY_PAGE = "docs/local-fidelity.md";

/** The first client, which takes several suites. */
const AWS_SDK = /^aws-sdk-/;

/**
 * The page with the tables as the suites show them.
 *
 * @param absent names of the operations that are refused
 * @throws Error where an operation is neither shown nor absent, or both
 */
export function fidelityPage(
  page: string,
  operations: readonly string[],
  absent: ReadonlySet<string>,
  evidence: readonly Evidence[],
): string {
  const withOperations = inRegion(page, "operations", operationTable(operations, absent, evidence));
  return inRegion(withOperations, "endpoints", endpointTable(evidence));
}

function inRegion(page: string, name: string, rows: readonly string[]): string {
  const [start, end] = [`<!-- cognito-${name} -->`, `<!-- /cognito-${name} -->`];
  const region = new RegExp(`${start}\\n[\\s\\S]*?${end}`);
  if (!region.test(page)) throw new Error(`${FIDELITY_PAGE} has no region \`cognito-${name}\``);
  return page.replace(region, () => `${start}\n\n${rows.join("\n")}\n\n${end}`);
}

function operationTable(
  operations: readonly string[],
  absent: ReadonlySet<string>,
  evidence: readonly Evidence[],
): readonly string[] {
  const rows = operations.map((name) => {
    const shown = shownBy(name, evidence);
    const difference = DIFFERENCES[name];
    if (!absent.has(name)) {
      const here = difference === undefined ? "supported |" : `differs | ${difference}`;
      return `| \`${name}\` | ${here} | ${clientsOf(shown)} | ${bestTest(name, evidence)} |`;
    }
    if (shown.length > 0 || difference !== undefined) throw new Error(`${name} is absent, and is there`);
    return `| \`${name}\` | absent | | | |`;
  });
  return ["| operation | here | what differs | clients | test |", "| --- | --- | --- | --- | --- |", ...rows];
}

function endpointTable(evidence: readonly Evidence[]): readonly string[] {
  const endpoints = [...new Set(evidence.map(({ call }) => call))].filter(
    // The mailbox is not AWS's.
    (call) => call.includes(" ") && !call.includes("/_"),
  );
  const rows = endpoints.sort().map((call) => {
    const path = call.replace(/\/[a-z0-9-]+_\w+\//, "/POOL_ID/");
    return `| \`${path}\` | ${clientsOf(shownBy(call, evidence))} | ${bestTest(call, evidence)} |`;
  });
  return ["| endpoint or page | clients | test |", "| --- | --- | --- |", ...rows];
}

const shownBy = (call: string, evidence: readonly Evidence[]) =>
  evidence.filter((one) => one.call === call && !one.refused);

function clientsOf(evidence: readonly Evidence[]): string {
  const clients = evidence.map(({ suite }) => (AWS_SDK.test(suite) ? "AWS SDK" : `\`${suite}\``));
  return [...new Set(clients)].sort().join(", ");
}

/**
 * The test that shows a call: one in which it is not refused as well, with few other calls, early in its suite.
 *
 * @throws Error where there is none
 */
function bestTest(call: string, evidence: readonly Evidence[]): string {
  const [best] = shownBy(call, evidence)
    .map((one) => {
      const calls = evidence.filter(({ suite, test }) => suite === one.suite && test === one.test);
      const refused = calls.some((other) => other.call === call && other.refused);
      return { ...one, refused, width: new Set(calls.map((other) => other.call)).size };
    })
    .sort(
      (a, b) =>
        Number(a.refused) - Number(b.refused) ||
        a.width - b.width ||
        Number(AWS_SDK.test(b.suite)) - Number(AWS_SDK.test(a.suite)) ||
        Number(a.suite > b.suite) - Number(a.suite < b.suite),
    );
  if (best === undefined) throw new Error(`no test shows ${call}`);
  return `\`${best.suite}\`: ${best.test}`;
}
