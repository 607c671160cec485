import { stopsEverything } from "../../../authorizers/emergency-stop.ts";
import { isPermissionPattern } from "../../../policy/permission.ts";
import type { EmergencyStop } from "../../deployment/aws/emergency-stop.ts";
import { counted } from "../../text/counted.ts";
import { printable } from "../../text/printable.ts";
import type { RevocationStage } from "../revoke/revocation-stage.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { StopJson } from "./stop-contract.ts";
import { type policyAtHand, type Reach, reachOf } from "./stop-reach.ts";

/** The number of routes to show. */
const SHOWN_ROUTES = 20;

/** What was done, and what is stopped now. */
export interface StopReport extends Pick<StopJson, "command" | "outcome" | "permissions" | "notes"> {
  readonly place: RevocationStage;
  /** Afterwards. */
  readonly stop: EmergencyStop | undefined;
  readonly found: ReturnType<typeof policyAtHand>;
}

/** Prints what is stopped, and the routes that are denied by it. */
export function reportStop({ output }: Context, report: StopReport): ExitCode {
  const { command, place, outcome, permissions, stop, found } = report;
  const reach = found.policy === undefined ? undefined : reachOf(found.policy, stop);
  const json: StopJson = {
    command,
    stage: place.stage.stage,
    stack: place.stack.name,
    table: place.table,
    outcome,
    permissions,
    stopped: stoppedJson(stop),
    routes: reach?.routes ?? null,
    publicRoutes: reach?.publicRoutes ?? null,
    notes: [...report.notes, ...notesOf(report, reach)],
  };
  if (output.format === "json") output.json(json);
  else print(output.screen, json);
  return EXIT.ok;
}

function stoppedJson(stop: EmergencyStop | undefined): StopJson["stopped"] {
  if (stop !== undefined && stop.stopped === undefined) return null;
  return (stop?.stopped ?? []).map(({ permission, by, at, reason }) => ({
    permission,
    by: by ?? null,
    at: at ?? null,
    reason: reason ?? null,
  }));
}

function notesOf({ stop, found }: StopReport, reach: Reach | undefined): readonly string[] {
  const damaged = stop?.stopped?.filter(({ permission }) => !isPermissionPattern(permission)) ?? [];
  return [
    ...damaged.map(
      ({ permission }) => `\`${permission}\` is not a permission pattern, so everything is stopped`,
    ),
    ...(found.policy === undefined
      ? [`the policy was not read, so routes are not listed: ${found.why}`]
      : []),
    ...(reach !== undefined && stop !== undefined && reach.publicRoutes.length > 0
      ? [`not reached, since they have no authorizer: ${counted(reach.publicRoutes.length, "public route")}`]
      : []),
    ...(reach?.routes.length === 0 && stop !== undefined && !stopsEverything(stop)
      ? ["no route of the policy is denied: only handler-side checks that read the stop are"]
      : []),
  ];
}

function print(screen: Context["output"]["screen"], json: StopJson): void {
  const { command, stage, stack, stopped, routes, notes, outcome } = json;
  screen.line(screen.style("bold", `${command} ${stage} (stack ${stack})`));
  if (stopped === null) {
    screen.line(`  ${screen.style("red", "stopped")} everything: the entry in the table cannot be read`);
  }
  for (const { permission, by, at, reason } of stopped ?? []) {
    const who = [by, at, reason].filter((part) => part !== null && part !== "").join(", ");
    screen.line(`  ${screen.style("red", "stopped")} ${printable(permission)}   ${printable(who)}`);
  }
  if (stopped?.length === 0) screen.line("  nothing is stopped");
  if (routes !== null && stopped?.length !== 0) printRoutes(screen, routes);
  for (const note of notes) screen.line(`  ${screen.style("yellow", "note")} ${printable(note)}`);
  screen.line(LAST_LINES[outcome]);
}

function printRoutes(screen: Context["output"]["screen"], routes: readonly string[]): void {
  screen.line(`  denied to everyone: ${counted(routes.length, "route")} of the policy in this directory`);
  for (const route of routes.slice(0, SHOWN_ROUTES)) screen.line(`    ${printable(route)}`);
  if (routes.length > SHOWN_ROUTES) screen.line(`    ... and ${routes.length - SHOWN_ROUTES} more`);
}

const LAST_LINES: Readonly<Record<StopJson["outcome"], string>> = {
  shown: "Nothing was changed.",
  planned: "Nothing was changed: this was a dry run.",
  stopped: "Done: it takes effect with the next request, or when a gateway's cached answer expires.",
  resumed: "Done: it takes effect with the next request, or when a gateway's cached answer expires.",
};
