import type { Policy } from "../../../policy/policy.ts";
import type { Subject } from "../../../policy/subject.ts";
import { type Access, accessOf, describeAccess, standingOn } from "../../access/access.ts";
import { accessHolders } from "../../access/access-holders.ts";
import { accessThrough, limitedApps } from "../../access/app-access.ts";
import { holdingsOf } from "../../access/holdings.ts";
import { readSubjects, readTarget, type Target, unknownSubjects } from "../../access/question.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { PolicyOptions } from "../terminal/policy-options.ts";
import { asking, policyOf } from "../terminal/read-policy.ts";
import type { WhatCanJson, WhoCanJson } from "./ask-contract.ts";

export type WhoCanArguments = CommonOptions & PolicyOptions;

/** `claimgate who-can ROUTE|PERMISSION`. @throws CommandError, PolicyError */
export function runWhoCan(context: Context, asked: string, options: WhoCanArguments): Promise<ExitCode> {
  const policy = policyOf(context, options);
  const target = asking(() => readTarget(policy, asked));
  const holders = accessHolders(policy).map(({ subject, held }) => ({
    subject,
    access: standingOn(policy, target, held).access,
    directories: directoriesOf(policy, subject),
  }));
  const may = holders.filter(({ access }) => opens(access));
  const { output } = context;
  if (output.format === "json") {
    const shown = may.map(({ subject, access, directories }) => ({ subject, ...access, directories }));
    output.json({ target, holders: shown, apps: appsFor(policy, target) } satisfies WhoCanJson);
  } else if (may.length === 0) output.screen.line("nobody");
  else
    printTable(
      context,
      may.map(({ subject, access, directories }) => [subject, described(access, directories)] as const),
    );
  if (output.format !== "json") noteApps(context, policy, target);
  return Promise.resolve(may.length > 0 ? EXIT.ok : EXIT.no);
}

/** The directory groups whose users have the group. */
function directoriesOf({ directoryRows }: Policy, subject: Subject): readonly string[] {
  return directoryRows.filter(({ group }) => subject === `group:${group}`).map(({ source }) => source);
}

function described(access: Access, directories: readonly string[]): string {
  const what = describeAccess(access);
  return directories.length === 0 ? what : `${what}; everyone of ${directories.join(", ")} has the group`;
}

/** The apps through which some user may, and the scopes of which the token needs one; null if no app is limited. */
function appsFor(policy: Policy, target: Target): WhoCanJson["apps"] {
  if (policy.apps.size === 0) return null;
  return limitedApps(policy).flatMap((client) => {
    const { kind, when } = accessThrough(policy, target, client);
    return kind === "none" ? [] : [{ client, scopes: when }];
  });
}

function noteApps({ output }: Context, policy: Policy, target: Target): void {
  const apps = appsFor(policy, target);
  if (apps === null) return;
  const names = apps.map(({ client, scopes }) =>
    scopes.length === 0 ? `client:${client}` : `client:${client} with ${scopes.join(" or ")}`,
  );
  output.notes.line(names.length === 0 ? "users: through no app" : `users: only through ${names.join(", ")}`);
}

/** `claimgate what-can SUBJECTS`. @throws CommandError, PolicyError */
export function runWhatCan(context: Context, asked: string, options: WhoCanArguments): Promise<ExitCode> {
  const policy = policyOf(context, options);
  const subjects = asking(() => readSubjects(asked));
  const unknown = unknownSubjects(policy, subjects);
  const held = holdingsOf(policy, subjects);
  const routes = routesOf(policy).map((route) => ({ route, access: accessOf(policy, route, held) }));
  const may = routes.filter(({ access }) => opens(access));
  const { output } = context;
  if (output.format === "json") {
    output.json({
      subjects: [...held.always].sort(),
      routes: may.map(({ route, access }) => ({ route, ...access })),
      unknownSubjects: unknown,
    } satisfies WhatCanJson);
  } else {
    if (may.length === 0) output.screen.line("nothing");
    else
      printTable(
        context,
        may.map(({ route, access }) => [route, describeAccess(access)] as const),
      );
    for (const line of unknown) output.notes.line(line);
  }
  return Promise.resolve(may.length > 0 ? EXIT.ok : EXIT.no);
}

const opens = ({ kind }: Access) => kind === "public" || kind === "allowed" || kind === "conditional";

const routesOf = (policy: Policy) => [...policy.routeEntries.keys()].sort();

function printTable({ output }: Context, lines: readonly (readonly [string, string])[]): void {
  const width = Math.max(...lines.map(([name]) => name.length));
  for (const [name, what] of lines) output.screen.line(`${name.padEnd(width)}  ${what}`);
}
