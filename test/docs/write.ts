// Writes the generated parts of the pages: npm run docs
import { writeFileSync } from "node:fs";
import { PAGES_WITH_REGIONS, renderedPage } from "../support/cli-page.ts";
import { ARCHITECTURE_PAGE, architecturePage } from "../support/room-plan.ts";

for (const page of PAGES_WITH_REGIONS) writeFileSync(page, await renderedPage(page));
writeFileSync(ARCHITECTURE_PAGE, architecturePage());
