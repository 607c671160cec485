import type { Policy } from "../../../policy/policy.ts";
import type { Row } from "../../../policy/row.ts";
import { testsOfRows } from "../../policy-tests/coverage.ts";
import { runSuite, type TestCase } from "../../policy-tests/run-suites.ts";
import { parseTestFile } from "../../policy-tests/test-file.ts";
import type { TestPlace } from "./row-lens.ts";

/**
 * The tested decisions that each row determined, by its text, a suite at each step. Of a test file with mistakes the
 * suites that can be read count.
 *
 * @returns undefined if no suite asks anything
 */
export function* testedRows(
  policy: Policy,
  rows: readonly Row[],
  files: readonly { readonly name: string; readonly text: string }[],
): Generator<undefined, ReadonlyMap<string, readonly TestPlace[]> | undefined> {
  const cases: TestCase[] = [];
  for (const { name, text } of files) {
    for (const suite of parseTestFile(policy, name, text).suites) {
      cases.push(...runSuite(policy, suite));
      yield undefined;
    }
  }
  if (cases.length === 0) return undefined;
  const places = [...testsOfRows(policy, rows, cases)].map(
    ([row, own]) =>
      [
        row,
        own.map(({ file, line, column, principal, target }) => {
          return { file, line, column, name: `${principal} ${target}` };
        }),
      ] as const,
  );
  return new Map(places);
}
