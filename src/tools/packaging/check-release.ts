import { readFileSync } from "node:fs";
import { type ReleaseManifest, releaseRefusals } from "./release.ts";

// `npm run release:check -- TAG`, before anything is published: docs/releasing.md. Without a tag for a release by hand.

const refusals = releaseRefusals({
  manifest: JSON.parse(readFileSync("package.json", "utf8")) as ReleaseManifest,
  changelog: readFileSync("CHANGELOG.md", "utf8"),
  tag: process.argv[2],
  builtIn: process.env["GITHUB_REPOSITORY"],
});
for (const refusal of refusals) process.stderr.write(`${refusal}\n`);
process.exitCode = refusals.length === 0 ? 0 : 1;
