// `npm run mutate -- ROOM`: mutation testing of src/ROOM with its unit tests. Stryker is installed beside this file, so
// that `npm ci` of the project does without it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const [room, ...rest] = process.argv.slice(2);
if (room === undefined || room === "--help" || !existsSync(`src/${room}`)) {
  console.log(
    "usage: npm run mutate -- ROOM [Stryker options]\n\nROOM is a folder of src, for example policy or tools/access",
  );
  process.exit(room === "--help" ? 0 : 2);
}
const run = (command, args, env = {}) => {
  const { status } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
};
if (!existsSync(`${here}node_modules`))
  run("npm", ["ci", "--prefix", here, "--legacy-peer-deps", "--no-audit", "--no-fund"]);
run(
  process.execPath,
  [`${here}node_modules/@stryker-mutator/core/bin/stryker.js`, "run", `${here}stryker.config.mjs`, ...rest],
  {
    MUTATED_ROOM: room,
  },
);
