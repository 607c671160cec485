import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { build } from "esbuild";
import { privateImports, type RootManifest } from "./published-manifest.ts";

const OPTIONS = { platform: "node", target: "node20.19", logLevel: "warning", outbase: "src" } as const;

/**
 * Writes every module that the doors reach as an ES module and as a CommonJS module beside it. One file for each
 * module of `src`, so that a bundler leaves out what a function does not use.
 *
 * @param doors paths of sources
 */
export async function writeModules(
  doors: readonly string[],
  root: RootManifest,
  folder: string,
): Promise<void> {
  const { metafile } = await build({
    ...OPTIONS,
    entryPoints: [...doors, ...privateImports(root)],
    outdir: folder,
    bundle: true,
    format: "esm",
    packages: "external",
    external: Object.keys(root.imports),
    metafile: true,
    write: false,
  });
  const modules = {
    ...OPTIONS,
    entryPoints: Object.keys(metafile.inputs),
    outdir: folder,
    write: false,
  } as const;
  const esm = await build({ ...modules, format: "esm" });
  const cjs = await build({
    ...modules,
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    // As in a bundle: a lazy `require` finds the SDK of the Lambda runtime.
    supported: { "dynamic-import": false },
  });
  for (const { path, text } of [...esm.outputFiles, ...cjs.outputFiles]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, withExtension(text, path.endsWith(".cjs") ? ".cjs" : ".js"));
  }
}

/**
 * Copies the declarations that the doors reach, for ES modules and for CommonJS.
 *
 * @param from the folder that the compiler wrote
 */
export function writeDeclarations(doors: readonly string[], from: string, to: string): void {
  const reached = new Set<string>();
  const follow = (module: string): void => {
    if (reached.has(module)) return;
    reached.add(module);
    const text = readFileSync(join(from, `${module}.d.ts`), "utf8");
    for (const [, specifier = ""] of text.matchAll(RELATIVE)) {
      const next = normalize(join(dirname(module), specifier.replace(/\.ts$/, "")));
      if (existsSync(join(from, `${next}.d.ts`))) follow(next);
    }
    for (const [ending, extension] of [
      [".d.ts", ".js"],
      [".d.cts", ".cjs"],
    ] as const) {
      const file = join(to, `${module}${ending}`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, withExtension(text, extension));
    }
  };
  for (const door of doors) follow(door);
}

/** The place of a relative import; the sources name files with their extension. */
const RELATIVE = /(?<=\b(?:from |import |import\(|require\())["'](\.{1,2}\/[^"']+\.ts)["']/g;

function withExtension(text: string, extension: string): string {
  return text.replace(RELATIVE, (_, specifier: string) => `"${specifier.replace(/\.ts$/, extension)}"`);
}
