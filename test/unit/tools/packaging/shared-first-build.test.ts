import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { build, type Plugin } from "esbuild";
import { sharedFirstBuild } from "../../../../src/tools/packaging/shared-first-build.ts";

const directory = mkdtempSync(join(tmpdir(), "claimgate-shared-"));
afterAll(() => rmSync(directory, { recursive: true }));
const file = (name: string) => join(directory, `${name}.ts`);
const write = (name: string, text: string) => writeFileSync(file(name), text);

/** Builds one function as serverless-esbuild does. @returns what its handler answers */
async function answerOf(name: string, plugins: Plugin[]): Promise<unknown> {
  const { outputFiles } = await build({
    entryPoints: [`./${relative(".", file(name))}`],
    outdir: join(directory, "out"),
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
    logLevel: "silent",
    plugins,
  });
  expect(outputFiles.map(({ path }) => path)).toEqual([join(directory, "out", `${name}.cjs`)]);
  const path = join(directory, `${name}-${Math.random()}.cjs`);
  writeFileSync(path, outputFiles[0]?.contents ?? "");
  return (require(path) as { handler: () => unknown }).handler();
}

/** Counts how often a build of functions reads its entry points: the build of all is asked for once. */
function counted(names: readonly string[]) {
  let asked = 0;
  const plugin = sharedFirstBuild(() => {
    asked += 1;
    return names.map(file);
  });
  return { plugins: [plugin], times: () => asked };
}

beforeEach(() => {
  write("shared", "export const word = 'before';");
  for (const name of ["one", "two"]) {
    write(name, `import { word } from "./shared.ts"; export const handler = () => "${name} " + word;`);
  }
});

test("functions that are built one by one come from one build of all", async () => {
  const { plugins, times } = counted(["one", "two"]);

  expect(await answerOf("one", plugins)).toBe("one before");
  // The build of all has read the shared module already.
  write("shared", "export const word = 'after';");
  expect(await answerOf("two", plugins)).toBe("two before");
  expect(times()).toBe(1);
});

test("a build after an edit reads the edited source", async () => {
  const { plugins } = counted(["one", "two"]);
  await answerOf("one", plugins);
  await answerOf("two", plugins);

  write("shared", "export const word = 'after';");
  expect(await answerOf("one", plugins)).toBe("one after");
  expect(await answerOf("two", plugins)).toBe("two after");
});

test("an error in one function leaves the others their own build, and is reported with its place", async () => {
  write("two", "export const handler = ;");
  const { plugins } = counted(["one", "two"]);

  expect(await answerOf("one", plugins)).toBe("one before");
  await expect(answerOf("two", plugins)).rejects.toThrow(/two\.ts:1:23: ERROR: Unexpected ";"/);
});

test("a function that is not among them has its own build", async () => {
  const { plugins } = counted(["one"]);

  expect(await answerOf("two", plugins)).toBe("two before");
});
