// From the start of a fresh process to its first answer, against jsonwebtoken + jwks-rsa alone: npm run bench:cold
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { createKeyPair, jwksOf, signClaims } from "../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../src/tools/local/identifiers.ts";
import { accessTokenClaims } from "../src/tools/local/personas/persona-claims.ts";
import { personaNamed, readPersonas } from "../src/tools/local/personas/personas.ts";
import { BUDGETS, type MeasuredRatio, verdictOf } from "./budgets.ts";
import { asFunction, bundlingOf } from "./bundled.ts";
import { createWorkload } from "./decision-workload.ts";
import { median } from "./measure.ts";
import { record } from "./recorded.ts";

const ROWS = 1_000;
const STARTS = 60;

// Below the checkout, so that the bundles find their packages.
const folder = resolve(".esbuild", `bench-cold-${process.pid}`);
mkdirSync(folder, { recursive: true });
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

const key = createKeyPair("bench-key");
const jwks = jwksOf([key]);
const now = Math.floor(Date.now() / 1000);
const token = signClaims(
  accessTokenClaims(personaNamed(readPersonas("events/personas.json"), "sam"), now),
  key,
);

/**
 * What every bundle ends with: the time inside the process, without Node's own start. The clock stops before the global
 * `performance` loads its module.
 */
const END = `.then((answer) => {
  const end = process.hrtime.bigint();
  const now = performance.now() - Number(process.hrtime.bigint() - end) / 1e6;
  const ms = now - performance.nodeTiming.bootstrapComplete;
  process.stdout.write(JSON.stringify({ ms, answer }));
});`;

const event = {
  version: "2.0",
  type: "REQUEST",
  routeArn: "arn:aws:execute-api:us-east-1:111122223333:abc123/$default/GET/orders",
  routeKey: "GET /orders",
  rawPath: "/orders",
  headers: { authorization: `Bearer ${token}` },
  requestContext: { http: { method: "GET" }, requestId: "request-1", stage: "$default" },
};

const CLAIMGATE = `
import { httpAuthorizer } from "claimgate/lambda";
process.stdout.write = ((write) => (text) => text.startsWith('{"ms"') ? write.call(process.stdout, text) : true)(process.stdout.write);
const handler = httpAuthorizer({ environment: ${JSON.stringify({
  CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
  CLAIMGATE_APP_CLIENTS: JSON.stringify(LOCAL.appClients),
})} });
handler(${JSON.stringify(event)}).then(({ isAuthorized }) => isAuthorized)${END}
`;

const TUTORIAL = `
import jwt from "jsonwebtoken";
import { JwksClient } from "jwks-rsa";
const client = new JwksClient({ jwksUri: "https://example.com/jwks.json", fetcher: async () => (${JSON.stringify(jwks)}) });
const options = { algorithms: ["RS256"], issuer: ${JSON.stringify(LOCAL.issuer)} };
const keyOf = ({ kid }, done) => { client.getSigningKey(kid, (error, key) => done(error, key && key.getPublicKey())); };
new Promise((done) => { jwt.verify(${JSON.stringify(token)}, keyOf, options, (error, claims) => done(claims?.token_use === "access")); })${END}
`;

/** Keys at hand in both bundles: the network is not what is measured. */
const keysAtHand: Plugin = {
  name: "keys",
  setup(bundle) {
    bundle.onResolve({ filter: /^#signing-keys$/ }, ({ path }) => ({ path, namespace: "keys" }));
    bundle.onLoad({ filter: /.*/, namespace: "keys" }, () => ({
      contents: `import { jwksCacheFrom } from "./src/token/custom-keys.ts";
const bytes = new TextEncoder().encode(${JSON.stringify(JSON.stringify(jwks))}).buffer;
export const signingKeys = () => jwksCacheFrom(() => Promise.resolve(bytes));
export const localVariables = new Set();`,
      resolveDir: resolve("."),
    }));
  },
};

/** The rows of the decision bench, and one that opens the route of the event. */
function policies(): string {
  const directory = join(folder, "policies");
  mkdirSync(directory);
  cpSync("policies/model.conf", join(directory, "model.conf"));
  const own = "g2, GET /orders, bench-orders:list\np, group:support, bench-orders:list, allow\n";
  writeFileSync(join(directory, "rows.csv"), `${createWorkload(ROWS, 5).csv}\n${own}`);
  return directory;
}

/** As serverless.yml bundles. */
async function bundle(name: string, text: string, plugins: Plugin[]): Promise<string> {
  const entry = join(folder, `${name}.ts`);
  const outfile = join(folder, `${name}.cjs`);
  writeFileSync(entry, text);
  await build({
    entryPoints: [entry],
    outfile,
    ...asFunction(),
    plugins,
  });
  return outfile;
}

function start(file: string): number {
  const { ms, answer } = JSON.parse(execFileSync(process.execPath, [file], { encoding: "utf8" })) as {
    ms: number;
    answer: unknown;
  };
  if (answer !== true) throw new Error(`${file} gave a wrong answer`);
  return ms;
}

const files = {
  claimgate: await bundle("claimgate", CLAIMGATE, [keysAtHand, bundlingOf(policies())]),
  "jsonwebtoken + jwks-rsa": await bundle("tutorial", TUTORIAL, []),
};
const times = new Map<string, number[]>(Object.keys(files).map((name) => [name, []]));
// In turn, each side first in every other round; the first rounds warm the file cache.
for (let round = -6; round < STARTS; round += 1) {
  const sides = Object.entries(files);
  for (const [name, file] of round % 2 === 0 ? sides : sides.reverse()) {
    const ms = start(file);
    if (round >= 0) times.get(name)?.push(ms);
  }
}
const baseline = median(times.get("jsonwebtoken + jwks-rsa") ?? []);
console.log(`node ${process.version}, ${ROWS} rows, keys at hand, medians of ${STARTS} starts each`);
console.table(
  [...times].map(([what, list]) => ({
    what,
    ms: Number(median(list).toFixed(1)),
    ratio: Number((median(list) / baseline).toFixed(2)),
    ...(what === "claimgate" && {
      budget: BUDGETS["cold start"].must,
      verdict: verdictOf({ budget: "cold start", ratio: median(list) / baseline }),
    }),
  })),
);
record([
  {
    budget: "cold start",
    of: `${ROWS.toLocaleString("en")} rows`,
    ratio: median(times.get("claimgate") ?? []) / baseline,
  },
] satisfies MeasuredRatio[]);
