import type { Screen } from "../../machine/screen.ts";
import { counted } from "../../text/counted.ts";
import { printCapped } from "../terminal/capped.ts";
import type { InitJson } from "./init-contract.ts";

/** What `claimgate init` did, or would do, for people. */
export function printInit(screen: Screen, report: InitJson): void {
  if (report.outcome === "unchanged") {
    screen.line(
      "claimgate is set up already: serverless.yml has the plugin and its settings, and there is a policy",
    );
    screen.line("  `claimgate check --service` compares the two; nothing was changed");
    return;
  }
  const planned = report.outcome === "planned";
  if (planned) screen.document(report.diff);
  for (const file of report.files) screen.line(`${planned ? "would write" : "wrote"} ${file}`);
  for (const file of report.edited) screen.line(`${planned ? "would edit" : "edited"} ${file}`);
  printRoutes(screen, report);
  if (report.byHand.length > 0) {
    screen.heading("To write yourself");
    for (const { at, why, lines } of report.byHand) {
      screen.line(screen.style("yellow", `  ${at}: ${why}`));
      for (const line of lines) screen.line(`    ${line}`);
    }
  }
  section(screen, "Not as before, or not known", report.notes);
  section(screen, "Clients of the API", report.clients);
  if (report.backends.length > 0) {
    screen.heading("Functions");
    screen.line(
      "  these lines read claims of the former authorizer; use `readCaller` of `claimgate/caller`:",
    );
    printCapped(screen, report.backends, (place) => screen.line(`    ${place}`));
  }
  section(screen, "Findings of the linter", report.findings);
  section(screen, "Next", report.next);
}

function printRoutes(screen: Screen, { guarded, open, elsewhere }: InitJson): void {
  screen.heading("Routes of serverless.yml");
  screen.line(`  ${guarded.length} decided by the policy`);
  if (open.length > 0) screen.line(`  ${open.length} public, without an authorizer: ${open.join(", ")}`);
  if (elsewhere.length === 0) return;
  screen.line(`  ${counted(elsewhere.length, "route")} left to another authorizer:`);
  for (const { route, authorizer, why } of elsewhere) screen.line(`    ${route}: ${authorizer}, ${why}`);
}

function section(screen: Screen, title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  screen.heading(title);
  printCapped(screen, lines, (line) => screen.line(`  ${line}`));
}
