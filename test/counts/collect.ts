import { execFile } from "node:child_process";
import { relative } from "node:path";
import { promisify } from "node:util";
import type { Build } from "./build.ts";
import { externalsOf, partsOf } from "./bundle-parts.ts";
import type { Pins } from "./pins.ts";

const SIZES = [10, 100, 1_000, 10_000];
const LOADED_SIZES = [100, 1_000];

type Counts = Readonly<Record<string, number>>;

interface WarmOutput {
  readonly starts: Readonly<Record<string, { readonly modules: readonly string[]; readonly counts: Counts }>>;
  readonly warm: WarmOutput["starts"];
}

interface DecisionsOutput {
  readonly load: Readonly<Record<string, Counts>>;
  readonly decisions: Readonly<Record<string, Readonly<Record<string, Counts>>>>;
}

/** Counts everything, in processes of their own. */
export async function countAll(build: Build): Promise<Pins> {
  const [warm, allocated, decisions] = await Promise.all([
    run<WarmOutput>(build, "warm", { functions: filesOf(build), defects: false }),
    run<Counts>(build, "allocations", { functions: filesOf(build), defects: false }, NO_COLLECTION),
    run<DecisionsOutput>(build, "decisions", { sizes: SIZES, loads: LOADED_SIZES, defects: false }),
  ]);
  const bundles = [...build.functions].flatMap(([name, file]) => Object.entries(bundleOf(build, name, file)));
  return { ...Object.fromEntries(bundles), ...pinsOfWarm(warm, allocated), ...pinsOfDecisions(decisions) };
}

/** The same of functions and decisions that have the defects of the probes, for one function and a few sizes. */
export async function countDefects(build: Build): Promise<Pins> {
  const { httpAuthorizer = "" } = filesOf(build);
  const [warm, decisions] = await Promise.all([
    run<WarmOutput>(build, "warm", { functions: { httpAuthorizer }, defects: true }),
    run<DecisionsOutput>(build, "decisions", { sizes: [100, 1_000], loads: [], defects: true }),
  ]);
  const bundle = bundleOf(build, "preSignUp", build.defect);
  return { ...bundle, ...pinsOfWarm(warm, {}), ...pinsOfDecisions(decisions) };
}

/** Where one invocation of a kind takes what is counted: sentences, the same things side by side. */
export async function placesOf(build: Build, kind: string): Promise<readonly string[]> {
  const input = { functions: filesOf(build), defects: false, where: kind };
  const places = await run<Counts>(build, "warm", input, ["--enable-source-maps"]);
  return Object.entries(sorted(places)).map(([place, count]) => `${count} ${place}`);
}

const filesOf = ({ functions }: Build): Readonly<Record<string, string>> => Object.fromEntries(functions);

/** Room for everything that is allocated, and no optimized code, which allocates less the longer it has run. */
const NO_COLLECTION = ["--no-opt", "--min-semi-space-size=64", "--max-semi-space-size=64"];

/** Runs a probe without the environment of this process. */
async function run<T>(build: Build, probe: string, input: object, flags: readonly string[] = []): Promise<T> {
  const args = [...flags, "--disable-warning=ExperimentalWarning", build.probe(probe), JSON.stringify(input)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: {}, maxBuffer: 2 ** 24 });
  return JSON.parse(stdout) as T;
}

function bundleOf({ metafile }: Build, name: string, file: string): Pins {
  const output = metafile.outputs[relative(".", file)];
  if (output === undefined) throw new Error(`there is no bundle of ${name}`);
  return {
    [`${name}: bytes of the bundle`]: partsOf(output),
    [`${name}: modules that it may load`]: { all: externalsOf(output) },
  };
}

function pinsOfWarm({ starts, warm }: WarmOutput, allocated: Counts): Pins {
  const pins: Record<string, Pins[string]> = {};
  for (const [name, { modules, counts }] of Object.entries(starts)) {
    pins[`${name}: its start`] = { modules, ...sorted(counts) };
  }
  for (const [name, { modules, counts }] of Object.entries(warm)) {
    const bytes = allocated[name];
    const more = bytes === undefined ? {} : { "bytes allocated": bytes };
    pins[`${name}: one warm invocation`] = { modules, ...sorted({ ...counts, ...more }) };
  }
  return pins;
}

function pinsOfDecisions({ load, decisions }: DecisionsOutput): Pins {
  const pins: Record<string, Pins[string]> = {};
  for (const [rows, counts] of Object.entries(load))
    pins[`policy of ${rows} rows: in memory`] = sorted(counts);
  for (const [rows, kinds] of Object.entries(decisions)) {
    for (const [kind, counts] of Object.entries(kinds))
      pins[`policy of ${rows} rows: ${kind}`] = sorted(counts);
  }
  return pins;
}

function sorted(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
