import { createPoolUsers, type PoolUser, type PoolUsers } from "../../deployment/aws/pool-users.ts";
import { CommandError } from "../../machine/command-error.ts";
import type { Context } from "../terminal/context.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { reportSuspension } from "./report-suspension.ts";
import { planned, type Step, taken } from "./steps.ts";
import { suspendSteps } from "./suspend-steps.ts";
import { type SuspensionArguments, type SuspensionTarget, suspensionTarget } from "./suspension-target.ts";
import { forgetStep, unsuspendSteps } from "./unsuspend-steps.ts";

/** `claimgate suspend`. @throws CommandError if nothing was done */
export async function runSuspend(
  context: Context,
  name: string,
  options: SuspensionArguments,
): Promise<ExitCode> {
  const { target, users, user } = await lookUp(context, name, options);
  if (user === undefined) throw noUser(target.userPoolId);
  const notes = await sharingNotes(users, user);
  const reports = await run(suspendSteps({ target, users, user }, options), options);
  return reportSuspension(context, { command: "suspend", target, user, reports, notes });
}

/** `claimgate unsuspend`. @throws CommandError if nothing was done */
export async function runUnsuspend(
  context: Context,
  name: string,
  options: SuspensionArguments,
): Promise<ExitCode> {
  const { target, users, user } = await lookUp(context, name, options);
  if (user === undefined && target.table !== undefined) return forget(context, target, name, options);
  if (user === undefined) throw noUser(target.userPoolId);
  const reports = await run(unsuspendSteps({ target, users, user }, options), options);
  return reportSuspension(context, { command: "unsuspend", target, user, reports, notes: [] });
}

/** Where the user is looked for, and who it is. @throws CommandError */
async function lookUp(context: Context, name: string, options: SuspensionArguments) {
  const target = await suspensionTarget(context, options);
  if (options.delete === true && target.table === undefined) throw nothingRemembers(target);
  const users = createPoolUsers(target);
  return { target, users, user: await find(users, name, target) };
}

function run(steps: readonly Step[], { dryRun }: SuspensionArguments) {
  return dryRun === true ? planned(steps) : taken(steps);
}

/** The first call to the pool, which shows whether a local stack runs. */
async function find(
  users: PoolUsers,
  name: string,
  { endpoint }: SuspensionTarget,
): Promise<PoolUser | undefined> {
  try {
    return await users.find(name);
  } catch (cause) {
    if (endpoint === undefined || !(cause instanceof CommandError) || cause.code !== "aws_unreachable") {
      throw cause;
    }
    throw new CommandError(cause.code, `nothing answers at ${endpoint}`, {
      cause,
      fix: "start the stack with `npm start`; if it prints another port, give `--local http://127.0.0.1:PORT`",
    });
  }
}

/** The user is deleted: only the records of the given name remain. */
async function forget(
  context: Context,
  target: SuspensionTarget,
  name: string,
  options: SuspensionArguments,
): Promise<ExitCode> {
  const reports = await run([forgetStep(target, [name])], options);
  const notes = ["the pool has no such user: only the record of this name was removed, if there was one"];
  const user = { userName: name, sub: null };
  return reportSuspension(context, { command: "unsuspend", target, user, reports, notes });
}

function noUser(userPoolId: string): CommandError {
  return new CommandError("user_missing", `the user pool ${userPoolId} has no such user`, {
    fix: "give the user name, the sub, the address that the user signs in with, or the phone number",
  });
}

function nothingRemembers({ endpoint }: SuspensionTarget): CommandError {
  if (endpoint !== undefined) {
    return new CommandError(
      "revocation_list_missing",
      "the local pool has no revocation list, so `--delete` works only on a deployed stage",
      { fix: "remove `--delete`" },
    );
  }
  return new CommandError(
    "revocation_list_missing",
    "`--delete` frees the address, and the stage has no revocation list to remember the suspension",
    { fix: "remove `--delete`, or set the stage parameter `revocation` to `true` and deploy" },
  );
}

/** A person may have a profile with a password and one per provider, each a separate user. */
async function sharingNotes(users: PoolUsers, user: PoolUser): Promise<readonly string[]> {
  const shared = [
    { what: "address", attribute: "email", value: user.email },
    { what: "phone number", attribute: "phone_number", value: user.phone },
  ] as const;
  const notes: string[] = [];
  for (const { what, attribute, value } of shared) {
    if (value === undefined) continue;
    const others = (await users.sharing(attribute, value)).filter((name) => name !== user.userName);
    notes.push(...others.map((name) => `the user ${name} has the same ${what} and was not suspended`));
  }
  return notes;
}
