import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { nearest } from "../../../policy/suggestion.ts";
import type { Choices } from "../../adopt/given-today.ts";
import { type AdoptionPlan, adoptionPlan } from "../../adopt/plan.ts";
import type { Told } from "../../adopt/settings.ts";
import { CommandError } from "../../machine/command-error.ts";
import { shippedModel } from "../../machine/shipped-model.ts";
import { findFramework } from "../../service/framework.ts";
import { includedFiles } from "../../service/included-file.ts";
import { writtenAdoption } from "../../service/plugins.ts";
import { type ResolvedService, resolveService } from "../../service/resolved-service.ts";
import type { Service } from "../../service/service.ts";
import { unifiedDiff } from "../../text/unified-diff.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { policiesOf } from "../terminal/policy-options.ts";
import { findingsAfter } from "./findings-after.ts";
import type { InitArguments } from "./init-arguments.ts";
import type { InitJson } from "./init-contract.ts";
import { nextSteps } from "./next-steps.ts";
import { printInit } from "./print-init.ts";
import { backendReads, runtimeFor } from "./project-files.ts";
import { refuseIgnored } from "./refuse-ignored.ts";
import { writeChanges } from "./write-changes.ts";

/** `claimgate init`. @throws CommandError */
export async function runInit(context: Context, options: InitArguments): Promise<ExitCode> {
  const { output, directory } = context;
  const force = options.force === true;
  const isDone = hasPolicy(policiesOf(context, options)) && !force;
  // The framework would not resolve a service whose plugin is not installed yet.
  const isSetUp = writtenAdoption(directory)?.hasSettings === true;
  if (isDone && isSetUp) return unchanged(context, options);
  if (isSetUp && !force) throw policyMissing(options);
  output.progress("Reading serverless.yml ...");
  const { stage, region, param: params } = options;
  const resolved = await resolveService({ directory, stage, region, params });
  const hasSettings = "claimgate" in resolved.source.custom;
  if (isDone && resolved.lintsPackaging && hasSettings) return unchanged(context, options);
  refuseIgnored(options, { policy: isDone, settings: hasSettings });
  const plan = planFor(context, options, resolved, hasSettings);
  if (plan.policy.guarded.length === 0) throw nothingToGuard(plan, resolved.service);
  if (isDone && plan.edits.length === 0 && plan.byHand.length > 0) return halfDone(context, plan, resolved);
  const dryRun = options.dryRun === true;
  const diff = changesOf(plan, directory);
  // Before anything is written: a file that cannot be read must not take the report away.
  const reads = plan.clients.length === 0 ? { claims: [], context: [] } : backendReads(directory);
  writeChanges(directory, plan, { overwrite: force, dryRun });
  const { findings, sawAll } = dryRun
    ? { findings: [], sawAll: false }
    : await findingsAfter(context, options, plan, resolved.service);
  const readsClaims = reads.claims.length + reads.context.length > 0;
  const hasErrors = findings.some(({ severity }) => severity === "error");
  report(context, {
    outcome: dryRun ? "planned" : "changed",
    files: plan.files.map(({ path }) => path),
    edited: plan.edits.map(({ path }) => path),
    byHand: plan.byHand,
    guarded: plan.policy.guarded,
    open: plan.policy.open,
    elsewhere: plan.policy.elsewhere,
    notes: plan.notes,
    clients: plan.clients,
    backends: reads.claims,
    contextReads: (options.replace ?? []).length === 0 ? [] : reads.context,
    findings,
    next: nextSteps(plan, resolved, directory, { readsClaims, hasErrors, sawAll }),
    diff,
  });
  return EXIT.ok;
}

/** @returns the error for a service that is set up and has lost its policy */
function policyMissing({ policies }: InitArguments): CommandError {
  const message = `serverless.yml is set up for claimgate, and \`${policies}\` has no policy`;
  return new CommandError("policies_unreadable", message, {
    fix: "restore it from version control; only if there never was one, write a first policy with `--force`",
  });
}

function unchanged(context: Context, options: InitArguments): ExitCode {
  refuseIgnored(options, { policy: true, settings: true });
  report(context, { ...NOTHING, outcome: "unchanged" });
  return EXIT.ok;
}

/** The policy is written, and what the first run left to somebody is not. */
function halfDone(context: Context, plan: AdoptionPlan, resolved: ResolvedService): ExitCode {
  const next = nextSteps(plan, resolved, context.directory, {
    readsClaims: false,
    hasErrors: false,
    sawAll: false,
  });
  const { byHand, missing: notes } = plan;
  report(context, { ...NOTHING, outcome: "half-done", byHand, notes, next });
  return EXIT.ok;
}

const NOTHING: Omit<InitJson, "outcome"> = {
  files: [],
  edited: [],
  byHand: [],
  guarded: [],
  open: [],
  elsewhere: [],
  notes: [],
  clients: [],
  backends: [],
  contextReads: [],
  findings: [],
  next: [],
  diff: "",
};

function report(context: Context, json: InitJson): void {
  if (context.output.format === "json") context.output.json(json);
  else printInit(context.output.screen, json);
}

function hasPolicy(directory: string): boolean {
  return existsSync(directory) && readdirSync(directory).some((name) => name.endsWith(".csv"));
}

function planFor(
  context: Context,
  options: InitArguments,
  resolved: ResolvedService,
  hasSettings: boolean,
): AdoptionPlan {
  const { directory } = context;
  const { service, source } = resolved;
  const existing = {
    source,
    service,
    hasPlugin: resolved.lintsPackaging,
    hasSettings,
    runtime: runtimeFor(resolved, findFramework(directory).version),
    read: includedFiles(directory),
  };
  return adoptionPlan(existing, choicesOf(options, resolved), toldBy(context, options), shippedModel());
}

/** @throws CommandError `command_usage` for a route or a function that the service does not have */
function choicesOf({ guard = [], replace = [] }: InitArguments, { service }: ResolvedService): Choices {
  const open = service.routes.filter(({ authorizer }) => authorizer === undefined).map(({ route }) => route);
  const functions = authorizerFunctions(service);
  const all = guard.includes("all");
  if (!all) for (const route of guard) refuseUnknown("--guard", route, open, "a route without an authorizer");
  for (const name of replace)
    refuseUnknown("--replace", name, functions, "an authorizer function of a route");
  return { guard: all ? "all" : guard, replace };
}

/** What `--replace` may name. */
function authorizerFunctions({ routes }: Service): readonly string[] {
  return routes.flatMap(({ authorizer }) =>
    authorizer?.kind === "lambda" || authorizer?.kind === "foreign" ? [authorizer.name] : [],
  );
}

function refuseUnknown(option: string, given: string, known: readonly string[], what: string): void {
  if (known.includes(given)) return;
  const names = [...new Set(known)];
  const meant = nearest(given, names);
  throw new CommandError("command_usage", `\`${option} ${given}\` is not ${what}`, {
    fix:
      meant === undefined ? `expected one of: ${names.join(", ") || "none"}` : `did you mean \`${meant}\`?`,
  });
}

function toldBy(context: Context, options: InitArguments): Told {
  const clients = (options.appClient ?? []).map((text): [string, string] => {
    const [, name, id] = /^([A-Za-z0-9][A-Za-z0-9_-]*)=(\S+)$/.exec(text) ?? [];
    if (name !== undefined && id !== undefined) return [name, id];
    throw new CommandError("command_usage", `\`--app-client ${text}\` is not \`NAME=ID\``, {
      fix: "write a name of letters, digits and `_ -`, and the id of the app client",
    });
  });
  return {
    userPoolId: options.userPoolId,
    appClients: new Map(clients),
    triggers: options.triggers === true,
    policies: relative(context.directory, policiesOf(context, options)),
  };
}

function nothingToGuard({ policy: { open, elsewhere } }: AdoptionPlan, service: Service): CommandError {
  const count = open.length + elsewhere.length;
  if (count === 0) {
    return new CommandError(
      "service_without_routes",
      "serverless.yml has no route that a policy can decide",
      {
        fix: "add an `httpApi`, `http` or `websocket` event first",
      },
    );
  }
  const [replaceable] = authorizerFunctions(service);
  const others = elsewhere.map(({ route, authorizer, why }) => `  ${route}: ${authorizer}, ${why}`);
  const message =
    open.length === count
      ? "no route of serverless.yml has an authorizer, so there is nothing to decide"
      : `no route of serverless.yml has an authorizer that claimgate replaces by itself\n${others.join("\n")}`;
  return new CommandError("service_without_routes", message, {
    fix:
      open.length === count
        ? "add `--guard all` for every signed-in user, or `--guard ROUTE` for single routes"
        : replaceable === undefined
          ? "change the authorizer of a route, or add `--guard ROUTE` for routes without one"
          : `add \`--replace ${replaceable}\` to decide its routes by the policy, or \`--guard ROUTE\` for routes without an authorizer`,
  });
}

function changesOf({ files, edits }: AdoptionPlan, directory: string): string {
  const news = files.map(({ path, text }) => {
    const full = join(directory, path);
    return unifiedDiff(path, existsSync(full) ? readFileSync(full, "utf8") : undefined, text);
  });
  return [...news, ...edits.map(({ path, before, after }) => unifiedDiff(path, before, after))].join("");
}
