// What the functions of the user pool carry, and what they load as they start: npm run bench:triggers
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { LOCAL } from "../src/tools/local/identifiers.ts";
import type { TriggerBundle } from "./budgets.ts";
import { asFunction, bundlingOf } from "./bundled.ts";
import { record } from "./recorded.ts";

const TRIGGERS = ["pre-sign-up", "post-confirmation", "pre-token-generation"] as const;

/** What must not be in a bundle, by the path of its source. */
const FOREIGN: Readonly<Record<string, RegExp>> = {
  "casbin's CSV parser": /node_modules\/csv-parse\//,
  "the command line": /^src\/tools\/|node_modules\/commander\//,
  "the AWS SDK": /node_modules\/@(?:aws-sdk|smithy)\//,
};

/** Prints the modules of the AWS SDK that a function has loaded once it can answer. */
const LOADED = `
require(process.argv[1]);
const sdk = Object.keys(require.cache).filter((path) => /node_modules.@aws-sdk.client/.test(path));
console.log(JSON.stringify(sdk.length));`;

// Below the checkout, so that the bundles find the SDK.
const folder = resolve(".esbuild", `bench-triggers-${process.pid}`);
mkdirSync(folder, { recursive: true });
try {
  const bundles: TriggerBundle[] = [];
  for (const trigger of TRIGGERS) bundles.push(await look(trigger));
  console.table(
    bundles.map(({ trigger, kilobytes, has }) => ({
      trigger,
      kilobytes,
      has: has.join(", ") || "nothing foreign",
    })),
  );
  record(bundles);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Bundles one function as serverless.yml does, and starts it. */
async function look(trigger: string): Promise<TriggerBundle> {
  const outfile = join(folder, `${trigger}.cjs`);
  const { metafile } = await build({
    entryPoints: [`src/handlers/${trigger}.ts`],
    outfile,
    ...asFunction(),
    metafile: true,
    plugins: [bundlingOf("policies")],
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? [path] : [],
  );
  const has = Object.entries(FOREIGN).flatMap(([what, path]) =>
    inputs.some((input) => path.test(input)) ? [what] : [],
  );
  if (sdkModulesAtStart(outfile) > 0) has.push("the AWS SDK before it is called");
  return { trigger, kilobytes: Math.round((output?.bytes ?? 0) / 1000), has };
}

function sdkModulesAtStart(bundle: string): number {
  const env = { ...process.env, AWS_REGION: LOCAL.region, CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId };
  return Number(
    execFileSync(process.execPath, ["-e", LOADED, bundle], { encoding: "utf8", env }).split("\n").at(-2),
  );
}
