// Writes what is made of the code again, registries first, then the generated parts of the pages: npm run docs
import { readFileSync, writeFileSync } from "node:fs";
import beginRun from "../support/begin-run.ts";
import endRun from "../support/end-run.ts";
import { FOLDER_REGISTRIES, writeRegistry } from "../support/folder-registry.ts";

for (const registry of FOLDER_REGISTRIES) writeRegistry(registry);
// Only now: they import the registries.
const { PAGES_WITH_REGIONS, renderedPage } = await import("../support/cli-page.ts");
const { CLIENTS_PAGE, withSnippets } = await import("../support/client-snippets.ts");
const { RULES_PAGE, withKinds } = await import("../support/kinds-page.ts");
const { PLAYGROUND_PAGE, TRIED_PAGES, withFirstSample, withPlaygroundLink } = await import(
  "../support/playground-links.ts"
);
const { ARCHITECTURE_PAGE, architecturePage } = await import("../support/room-plan.ts");

beginRun();
try {
  for (const page of PAGES_WITH_REGIONS) writeFileSync(page, await renderedPage(page));
} finally {
  endRun();
}
writeFileSync(CLIENTS_PAGE, withSnippets(readFileSync(CLIENTS_PAGE, "utf8")));
writeFileSync(RULES_PAGE, withKinds(readFileSync(RULES_PAGE, "utf8")));
for (const page of TRIED_PAGES) {
  writeFileSync(page, withPlaygroundLink(page, readFileSync(page, "utf8")));
}
writeFileSync(PLAYGROUND_PAGE, withFirstSample(readFileSync(PLAYGROUND_PAGE, "utf8")));
writeFileSync(ARCHITECTURE_PAGE, architecturePage());
