// Writes the regions of the pages anew: npm run docs
import { writeFileSync } from "node:fs";
import { PAGES_WITH_REGIONS, renderedPage } from "../support/cli-page.ts";

for (const page of PAGES_WITH_REGIONS) writeFileSync(page, await renderedPage(page));
