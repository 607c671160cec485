// Builds the app for one stage, and serves it while you work on it.
//
//   node build.mjs [--serve] [--env .env.local] [--client oidc|amplify]
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { context } from "esbuild";

const SETTINGS = ["REGION", "USER_POOL_ID", "CLIENT_ID", "DOMAIN", "USER_POOL_ENDPOINT", "API"];
const CLIENTS = ["oidc", "amplify"];

const { values } = parseArgs({
  options: {
    serve: { type: "boolean", default: false },
    env: { type: "string", default: ".env.local" },
    client: { type: "string", default: "oidc" },
  },
});
if (!CLIENTS.includes(values.client))
  fail(`--client: expected ${CLIENTS.join(" or ")}, not \`${values.client}\``);

const settings = settingsIn(values.env);
mkdirSync("dist", { recursive: true });
for (const file of ["index.html", "style.css"]) cpSync(file, `dist/${file}`);
const build = await context({
  entryPoints: { app: `src/${values.client}.ts` },
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: !values.serve,
  sourcemap: true,
  define: { SETTINGS: JSON.stringify(settings) },
});
if (values.serve) {
  await build.watch();
  // The app returns from its sign-in to /callback, which is the same page.
  await build
    .serve({ host: "127.0.0.1", port: 5173, servedir: "dist", fallback: "dist/index.html" })
    .catch(({ message }) =>
      fail(`${message}; the pool returns to port 5173 only, so stop what listens there`),
    );
  console.log("http://localhost:5173");
} else {
  await build.rebuild();
  await build.dispose();
}

/** NAME=VALUE, a line each; `#` begins a comment. */
function settingsIn(file) {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    fail(`${file} cannot be read; copy .env.example to it and fill it in`);
  }
  const pairs = text
    .split(/\r?\n/)
    .map((line, index) => ({ line: line.trim(), at: `${file}:${index + 1}` }))
    .filter(({ line }) => line !== "" && !line.startsWith("#"))
    .map(({ line, at }) => {
      const name = line.slice(0, Math.max(line.indexOf("="), 0)).trim();
      if (!SETTINGS.includes(name))
        fail(`${at}: \`${name || line}\` is not a setting; expected ${SETTINGS.join(", ")}`);
      return [name, line.slice(line.indexOf("=") + 1).trim()];
    });
  const found = Object.fromEntries(pairs);
  const missing = SETTINGS.filter((name) => found[name] === undefined);
  if (missing.length > 0) fail(`${file}: ${missing.join(", ")} missing`);
  return found;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
