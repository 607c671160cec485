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
  if (report.outcome === "half-done") {
    screen.line(
      "claimgate is half done: the policy is there, and this is still to write; nothing was changed",
    );
    printByHand(screen, report);
    section(screen, "Not known", report.notes);
    section(screen, "Next", report.next);
    return;
  }
  const planned = report.outcome === "planned";
  if (planned) screen.document(report.diff);
  for (const file of report.files) screen.line(`${planned ? "would write" : "wrote"} ${file}`);
  for (const file of report.edited) screen.line(`${planned ? "would edit" : "edited"} ${file}`);
  printRoutes(screen, report);
  printByHand(screen, report);
  section(screen, "Not as before, or not known", report.notes);
  section(screen, "Clients of the API", report.clients);
  printReads(screen, report);
  const of = (wanted: boolean) =>
    report.findings.filter(({ severity }) => (severity === "error") === wanted).map(({ text }) => text);
  section(screen, "Errors of `claimgate check --service`, which stop packaging", of(true), 0);
  section(screen, "Warnings of `claimgate check --service`", of(false), 0);
  section(screen, "Next", report.next);
}

function printByHand(screen: Screen, { byHand }: InitJson): void {
  if (byHand.length === 0) return;
  screen.heading("To write yourself");
  screen.line("  until these lines are written, the service cannot be packaged:");
  for (const { at, why, lines } of byHand) {
    screen.line(screen.style("yellow", `  ${at}: ${why}`));
    for (const line of lines) screen.line(`    ${line}`);
  }
}

/** Nothing else says of these lines that their value is gone. */
function printReads(screen: Screen, { backends, contextReads }: InitJson): void {
  if (backends.length + contextReads.length === 0) return;
  screen.heading("To change yourself");
  for (const [what, places] of [
    ["read claims of the former authorizer; use `readCaller` of `claimgate/caller`", backends],
    ["read the context of the replaced function, which claimgate does not give", contextReads],
  ] as const) {
    if (places.length === 0) continue;
    screen.line(`  these lines ${what}:`);
    for (const place of places) screen.line(`    ${place}`);
  }
}

function printRoutes(screen: Screen, { guarded, open, elsewhere }: InitJson): void {
  screen.heading("Routes of serverless.yml");
  screen.line(`  ${guarded.length} decided by the policy`);
  if (open.length > 0) screen.line(`  ${open.length} public, without an authorizer: ${open.join(", ")}`);
  if (elsewhere.length === 0) return;
  screen.line(`  ${counted(elsewhere.length, "route")} left to another authorizer:`);
  for (const { route, authorizer, why } of elsewhere) screen.line(`    ${route}: ${authorizer}, ${why}`);
}

function section(screen: Screen, title: string, lines: readonly string[], most?: number): void {
  if (lines.length === 0) return;
  screen.heading(title);
  printCapped(screen, lines, (line) => screen.line(`  ${line}`), most);
}
