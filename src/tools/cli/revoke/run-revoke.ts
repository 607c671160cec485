import { textOf } from "../../../json.ts";
import {
  createRevocationListWriter,
  type RevocationListEntry,
  type RevocationTarget,
  revocationListEntry,
} from "../../deployment/aws/revocation-list.ts";
import { createUserSessions } from "../../deployment/aws/user-sessions.ts";
import type { DeployedStack } from "../../deployment/deployed-stage.ts";
import { CommandError } from "../../machine/command-error.ts";
import type { ResolvedService } from "../../service/resolved-service.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type RevocationStage, revocationStage } from "./revocation-stage.ts";
import type { RevokeJson } from "./revoke-contract.ts";
import { type RevokeArguments, revocationTarget } from "./revoke-target.ts";

/** The longest lifetime of a Cognito refresh token, in days. */
const LONGEST_REFRESH = 3650;

/** `claimgate revoke`. @throws CommandError where it could not run */
export async function runRevoke(context: Context, options: RevokeArguments): Promise<ExitCode> {
  const { output } = context;
  const { stage, stack, table } = await revocationStage(context, options);
  const target = revocationTarget(options, { params: stage.params, stack });
  const refreshDays = refreshDaysOf(stage, target, stack);
  const entry = () => revocationListEntry(target, Date.now() / 1000, refreshDays);
  const about = { stage, stack, table, target };
  const report = options.dryRun
    ? reportOf(about, "planned", entry(), false, [])
    : await revoke(about, entry, options.keepRefresh === true);
  if (output.format === "json") output.json(report);
  else print(context, report);
  return EXIT.ok;
}

interface About extends RevocationStage {
  readonly target: RevocationTarget;
}

/**
 * Writes the entry before stopping the refresh, so that it takes effect at once, and again afterwards, so that it
 * covers tokens refreshed meanwhile.
 */
async function revoke(
  about: About,
  entry: () => RevocationListEntry,
  keepRefresh: boolean,
): Promise<RevokeJson> {
  const { stage, table, target } = about;
  const list = createRevocationListWriter(stage.region, table);
  let written = entry();
  await list.put(written);
  if (target.by !== "sub" || keepRefresh) {
    return reportOf(about, "revoked", written, false, [refreshNote(target)]);
  }
  const stopped = await stopRefresh(target.userPoolId, target.sub);
  written = entry();
  await list.put(written);
  const note = stopped
    ? []
    : [
        `the pool has no user ${target.sub} (deleted, a machine, or misspelled); the entry was written anyway`,
      ];
  return reportOf(about, "revoked", written, stopped, note);
}

/**
 * @throws CommandError that says that the entry is already written
 */
async function stopRefresh(userPoolId: string, sub: string): Promise<boolean> {
  // Another pool may be in another region.
  const sessions = createUserSessions(userPoolId.slice(0, userPoolId.indexOf("_")));
  try {
    const userName = await sessions.userNameOf(userPoolId, sub);
    return userName !== undefined && (await sessions.signOut(userPoolId, userName));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(
      error.code,
      `tokens issued until now are revoked, but the refresh tokens are not: ${error.message}`,
      { cause: error, fix: error.fix ?? "run it again" },
    );
  }
}

function refreshNote({ by }: RevocationTarget): string {
  switch (by) {
    case "sub":
      return "refresh tokens still work: a refresh gives a token that is not revoked";
    case "sign-in":
      return "the refresh token of the sign-in still works, but only for tokens that are revoked too; only its owner can end it, at /oauth2/revoke";
    case "client":
      return "refresh tokens and secrets of the app client still work and give tokens that are not revoked: change the secret or delete the app client";
  }
}

/** The lifetime of refresh tokens, if the stack defines it; otherwise the maximum. */
function refreshDaysOf(stage: ResolvedService, target: RevocationTarget, stack: DeployedStack): number {
  const existing = textOf(stage.params.get("existingUserPoolId")) ?? "";
  const own = existing === "" && target.userPoolId === stack.outputs.get("UserPoolId");
  return own && stage.refreshTokenDays !== undefined ? stage.refreshTokenDays : LONGEST_REFRESH;
}

function reportOf(
  { stage, stack, table, target }: About,
  outcome: RevokeJson["outcome"],
  entry: RevocationListEntry,
  refreshStopped: boolean,
  notes: readonly string[],
): RevokeJson {
  return {
    command: "revoke",
    stage: stage.stage,
    stack: stack.name,
    userPoolId: target.userPoolId,
    table,
    outcome,
    key: entry.key,
    before: entry.before === undefined ? null : iso(entry.before),
    forgottenAt: iso(entry.forgottenAt),
    refreshStopped,
    notes,
  };
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function print({ output: { screen } }: Context, report: RevokeJson): void {
  const { stage, stack, key, before, outcome, refreshStopped, notes } = report;
  screen.line(screen.style("bold", `revoke ${stage} (stack ${stack})`));
  screen.line(`  ${key}`);
  screen.line(
    `  tokens ${before === null ? "regardless of when they were issued" : `issued until ${before}`}`,
  );
  if (refreshStopped) screen.line("  refresh tokens of the user no longer work");
  for (const note of notes) screen.line(`  ${screen.style("yellow", "note")} ${note}`);
  screen.line(outcome === "planned" ? "Nothing was changed: this was a dry run." : "Done.");
}
