import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { parse } from "yaml";
import { objectOf, textOf, textsOf } from "../../src/json.ts";
import { furtherPoolsPlugin } from "../../src/tools/packaging/further-pools-plugin.ts";
import { policyBundling } from "../../src/tools/packaging/policy-bundling.ts";
import { compiledPolicy } from "./policy-of-size.ts";

/** The `p` rows of the policy that the functions are built with: not those of `policies`, which are yours to change. */
const ROWS_IN_BUNDLES = 1_000;

const PROBES = ["decisions", "warm", "allocations"];
const DEFECT = "test/counts/defects/pre-sign-up";

/** The functions of serverless.yml as they are deployed, and the programs that count. */
export interface Build {
  readonly folder: string;
  readonly metafile: Metafile;
  /** Name -> file of the bundle, below `folder`. */
  readonly functions: ReadonlyMap<string, string>;
  /** The file of a trigger with defects. */
  readonly defect: string;
  /** The file of a probe. */
  readonly probe: (name: string) => string;
}

/**
 * Builds them all at once, so that each module is read once.
 *
 * @param more for the whole build, such as source maps
 */
export async function buildFunctions(folder: string, more: BuildOptions = {}): Promise<Build> {
  const service = objectOf(parse(readFileSync("serverless.yml", "utf8"), { logLevel: "silent" }));
  const sources = new Map(
    Object.entries(objectOf(service["functions"])).map(([name, definition]) => [
      name,
      (textOf(objectOf(definition)["handler"]) ?? "").replace(/\.\w+$/, ""),
    ]),
  );
  const counting = [...PROBES.map((name) => `test/counts/probes/${name}`), DEFECT];
  const { metafile } = await build({
    ...more,
    ...esbuildOptions(objectOf(objectOf(service["custom"])["esbuild"])),
    entryPoints: [...sources.values(), ...counting].map((path) => `${path}.ts`),
    outdir: folder,
    outbase: ".",
    metafile: true,
    logLevel: "error",
    plugins: [
      policyBundling("policies", () => compiledPolicy(ROWS_IN_BUNDLES)),
      furtherPoolsPlugin(() => ({})),
    ],
  });
  return {
    folder,
    metafile,
    functions: new Map([...sources].map(([name, path]) => [name, join(folder, `${path}.cjs`)])),
    defect: join(folder, `${DEFECT}.cjs`),
    probe: (name) => join(folder, `test/counts/probes/${name}.cjs`),
  };
}

/** What serverless-esbuild passes on of `custom.esbuild`. */
function esbuildOptions(custom: Readonly<Record<string, unknown>>): BuildOptions {
  const { exclude, outputFileExtension, skipRebuild: _, concurrency: __, watch: ___, ...options } = custom;
  return {
    ...(options as BuildOptions),
    external: [...textsOf(exclude)],
    outExtension: { ".js": textOf(outputFileExtension) ?? ".js" },
  };
}
