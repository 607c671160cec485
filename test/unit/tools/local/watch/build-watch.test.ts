import { buildSync } from "esbuild";
import { BuildWatch, type FailedBuild } from "../../../../../src/tools/local/watch/build-watch.ts";

const WAITS = "✖ Bundle error, waiting for a file change to reload...";

function told(lines: readonly string[]): FailedBuild[] {
  const watch = new BuildWatch();
  const builds: FailedBuild[] = [];
  watch.subscribe((build) => builds.push(build));
  for (const line of lines) watch.line(line);
  return builds;
}

/** What esbuild prints of a source with a mistake. */
function printed(contents: string): string[] {
  try {
    buildSync({ stdin: { contents, sourcefile: "src/sample/orders.ts" }, logLevel: "silent", write: false });
  } catch (error) {
    const { errors } = error as { errors: { text: string; location: { line: number; column: number } }[] };
    return errors.flatMap(({ text, location: { line, column } }) => [
      `✘ [ERROR] ${text}`,
      "",
      `    src/sample/orders.ts:${line}:${column}:`,
      `      ${line} │ ${contents}`,
    ]);
  }
  return [];
}

test("a failed build is reported with its error and the place", () => {
  expect(told([...printed("const a = ;"), WAITS])).toEqual([
    { error: 'src/sample/orders.ts:1:10: Unexpected ";"' },
  ]);
});

test("each failed build is reported with its own error, and one without an error too", () => {
  const lines = ["✘ [ERROR] Could not resolve", "", "    src/a.ts:3:4:", WAITS, WAITS, "{}", "    a:1:2:"];

  expect(told(lines)).toEqual([{ error: "src/a.ts:3:4: Could not resolve" }, { error: undefined }]);
});
