import { copyFileSync, cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { asFunction, bundlingOf } from "../bundled.ts";
import type { Workload } from "../decision-workload.ts";
import { peerPolicyOf } from "./peer-policy.ts";
import { TRUST } from "./tokens.ts";

/** Name -> the file of `stacks` that a team would deploy. */
export const STACKS: Readonly<Record<string, string>> = {
  claimgate: "claimgate",
  "jose + node-casbin": "jose-casbin",
  "jsonwebtoken + jwks-rsa + CASL": "jsonwebtoken-casl",
  "middy + jwks-rsa + CASL": "middy-casl",
  "fast-jwt + CASL": "fast-jwt-casl",
  "aws-jwt-verify + CASL": "aws-jwt-verify-casl",
  "aws-jwt-verify + Cedar": "aws-jwt-verify-cedar",
};

/** Only for the comparison of cold starts: it decides nothing. */
export const WITHOUT_POLICY = "jsonwebtoken + jwks-rsa, without a policy";

/** The groups of the workload's tokens have the names of its roles. */
const groupRows = ({ csv }: Workload) =>
  Array.from(new Set(csv.match(/role:r\d+/g)), (role) => `g, group:${role.slice("role:".length)}, ${role}`);

export interface Bundling {
  /** A folder below the checkout, so that bundles find their packages. */
  readonly folder: string;
  readonly workload: Workload;
  /** How many tokens a stack remembers, where it can. */
  readonly memory: number;
}

/** Bundles a stack as serverless.yml bundles functions, with keys at hand: the network is not what is measured. */
export async function bundleStack(name: string, { folder, workload, memory }: Bundling): Promise<string> {
  const stack = STACKS[name] ?? "jsonwebtoken-alone";
  const directory = join(folder, `${stack}-${memory}`);
  const policies = join(directory, "policies");
  mkdirSync(policies, { recursive: true });
  cpSync("policies/model.conf", join(policies, "model.conf"));
  writeFileSync(join(policies, "rows.csv"), [workload.csv, ...groupRows(workload), ""].join("\n"));
  const outfile = join(directory, "handler.cjs");
  const ours = stack === "claimgate" ? [bundlingOf(policies)] : [];
  await build({
    entryPoints: [resolve("bench/peers/stacks", `${stack}.ts`)],
    outfile,
    ...asFunction(),
    plugins: [given(workload, memory, stack === "claimgate"), keysAtHand, ...ours],
  });
  if (stack.endsWith("cedar")) {
    const wasm = "bench/peers/node_modules/@cedar-policy/cedar-wasm/nodejs/cedar_wasm_bg.wasm";
    copyFileSync(wasm, join(directory, "cedar_wasm_bg.wasm"));
  }
  return outfile;
}

/** The bundle and what it reads next to it, in bytes. */
export function bundleBytes(outfile: string): number {
  const directory = join(outfile, "..");
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:cjs|wasm)$/.test(entry.name))
    .reduce((sum, { name }) => sum + statSync(join(directory, name)).size, 0);
}

/** The module `given.ts` with the data of this run; claimgate has its policy compiled instead. */
function given(workload: Workload, memory: number, isOurs: boolean): Plugin {
  const values = { trust: TRUST, memory, ...(isOurs ? {} : { policy: peerPolicyOf(workload) }) };
  const contents = Object.entries(values).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value)};`,
  );
  return {
    name: "given",
    setup({ onLoad }) {
      onLoad({ filter: /stacks[\\/]given\.ts$/ }, () => ({ contents: contents.join("\n"), loader: "js" }));
    },
  };
}

const keysAtHand: Plugin = {
  name: "keys",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^#signing-keys$/ }, ({ path }) => ({ path, namespace: "keys" }));
    onLoad({ filter: /.*/, namespace: "keys" }, () => ({
      contents: `import { jwksCacheFrom } from "./src/token/custom-keys.ts";
const bytes = new TextEncoder().encode(${JSON.stringify(JSON.stringify(TRUST.jwks))}).buffer;
export const signingKeys = () => jwksCacheFrom(() => Promise.resolve(bytes));
export const localVariables = new Set();`,
      resolveDir: resolve("."),
    }));
  },
};
