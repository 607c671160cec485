import { type Command, InvalidArgumentError } from "commander";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { withPolicyOption } from "../terminal/policy-options.ts";
import type { TestArguments } from "./run-test.ts";

export function testCommand(run: Run): Command {
  const command = createCommand({
    name: "test",
    summary: "run the tests of the policy",
    description: [
      "Runs every *.test.yaml below policies/tests: suites state who may call what, and everything that is not listed must be denied; invariants are proven over all tokens. docs/policy-tests.md describes the format.",
      "--watch runs them again whenever the policy or a test changes, until you interrupt it.",
      "A file below tests/ that would not run is an error; so is a file, a pattern or a --suite that tests nothing.",
      "Exit status 0, 4 if a test fails or a file tests nothing, 5 if less than --threshold of the rows is tested, 1 if a test file is invalid.",
    ],
    examples: [
      ["test", "before every commit"],
      ["test --coverage --threshold 100", "in CI: require a test for each row"],
      [
        "test --schema >policies/tests/schema.json",
        "completion of routes, groups and permissions in an editor",
      ],
      ["test --watch", "while editing"],
      ["test 'policies/tests/**' --format junit", "one folder, for a CI server"],
      ["test --suite Orders", "one suite"],
    ],
  });
  command
    .argument(
      "[globs...]",
      "test files, folders or patterns with *, ? and ** (default: tests/ of the policy)",
    )
    .option("--suite <name>", "run only this suite or invariant (repeatable)", collect)
    .option("--coverage", "show the rows that no test needed")
    .option("--threshold <percent>", "exit status 5 if less of the rows is tested", percent)
    .option("--lcov <file>", "write the coverage as LCOV")
    .option("--watch", "run them again after each change")
    .option("--schema", "print the JSON Schema of test files with the names of the policy, and run nothing");
  return withCommonOptions(withPolicyOption(command), ["pretty", "json", "junit"]).action(
    (globs: string[], options: TestArguments) =>
      run(options, async (context) => (await import("./run-test.ts")).runTest(context, globs, options)),
  );
}

function collect(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}

function percent(text: string): number {
  const number = Number(text);
  if (/^\d{1,3}(\.\d+)?$/.test(text) && number <= 100) return number;
  throw new InvalidArgumentError("expected a number from 0 to 100");
}
