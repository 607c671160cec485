import { once } from "node:events";
import { existsSync } from "node:fs";
import { relative } from "node:path";
import { messageOf } from "../../errors.ts";
import type { TemplatePool } from "../cognito/config/from-template.ts";
import { whyNotWritten } from "../machine/file-reason.ts";
import { policiesDirectory } from "../machine/policy-files.ts";
import { type Screen, screenOf } from "../machine/screen.ts";
import { printable } from "../text/printable.ts";
import type { RowAt } from "./calls/deciding-row.ts";
import { showCalls } from "./calls/live-calls.ts";
import { WhoIsWho } from "./calls/who-is-who.ts";
import type { ConsoleServer } from "./console/console-server.ts";
import { openConsole, showStack } from "./console/open-console.ts";
import { type DataDirectory, formerPoolFiles, takeDataDirectory } from "./data-directory.ts";
import { type GoodPolicy, keepAtStart, keepLastGood } from "./last-good-policy.ts";
import { type LocalStack, packageService, startLocalStack } from "./local-stack.ts";
import { browserOpener, openInBrowser } from "./open-browser.ts";
import { PERSONAS_FILE } from "./personas/local-minter.ts";
import { readPersonas } from "./personas/personas.ts";
import { PolicyInForce } from "./policy-in-force.ts";
import { secretOf } from "./pool/local-pool.ts";
import { choosePorts, type Ports, unusualPorts } from "./ports.ts";
import { Progress } from "./progress.ts";
import { consoleUrl, readyLines } from "./ready-block.ts";
import { SERVICE_ROOT } from "./serverless-process.ts";
import { StartError } from "./start-error.ts";
import { parseStartOptions, type StartOptions, USAGE } from "./start-options.ts";
import { ALICE, tellStory } from "./story/story.ts";
import type { FailedBuild } from "./watch/build-watch.ts";
import { type PolicyEdit, policyStamp, watchPolicies } from "./watch/policy-watch.ts";
import { Repackaging } from "./watch/repackaging.ts";
import { serviceStamp, watchService } from "./watch/service-watch.ts";

// `npm start`: the composition root of the local stack.

/** A terminal, npm and tsx each forward the same Ctrl-C; a signal this soon after the first is not a second one. */
const ECHO_MS = 500;

const screen = screenOf(process.stdout, process.env);
const progress = new Progress(screen, isTerminal());

/** Runs the stack until it is told to stop, and ends the process. @param args of the command line */
export async function start(args: readonly string[]): Promise<never> {
  try {
    const options = parseStartOptions(args);
    process.exitCode = options.help ? help() : await run(options);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
  // Connections of the story are kept alive; the process does not wait for them.
  process.exit();
}

function help(): number {
  screen.line(USAGE.trimEnd());
  return 0;
}

async function run(options: StartOptions): Promise<number> {
  const asked = {
    api: options.port,
    cognito: options.cognitoPort,
    websocket: options.websocketPort,
    console: options.consolePort,
  };
  const ports = await choosePorts(asked);
  const data = takeDataDirectory(options.data, options.reset);
  const stop = stopSignal();
  try {
    for (const line of unusualPorts(asked, ports)) screen.line(line);
    const former = formerPoolFiles(data).map(place).join(" and ");
    if (former !== "") {
      screen.line(`From an older version, no longer used, with passwords in clear: ${former}; delete them.`);
    }
    screen.line("Packaging and starting claimgate on this machine ...");
    const known = {
      service: serviceStamp(SERVICE_ROOT),
      policy: policyStamp(policiesDirectory(process.env)),
    };
    const consoleServer = await openConsole(ports.console);
    const starting = startLocalStack(data, ports, stop, { onStep: (step) => progress.show(step) });
    keepAtStart(data.policy, policiesDirectory(process.env));
    let stack = await starting.finally(() => progress.end());
    let hide = showStack(consoleServer, stack, { ports, data, functionsLog: place(data.functionsLog) });
    process.once("exit", () => stack.kill());
    started(options, ports);
    if (options.story) await Promise.race([story(stack, ports, data), stopOf(stop), stack.died]);
    if (!stop.aborted) whereThingsAre(stack, ports, data);
    for (;;) {
      const end = await serve(stack, { options, data, ports, stop, known, consoleServer });
      const isOver = end.kind !== "repackaged";
      // Closed at once, so that its page says that the stack is gone, and not that it starts again.
      if (isOver) consoleServer.close();
      else hide();
      await stack.stop();
      if (isOver) hide();
      if (end.kind === "died") throw new StartError(`serverless-offline ended:\n\n${end.output}`);
      if (end.kind === "stopped") {
        screen.line("Stopped.");
        return 0;
      }
      known.policy = policyStamp(policiesDirectory(process.env));
      stack = await startLocalStack(data, ports, stop, { packaged: end.plan });
      hide = showStack(consoleServer, stack, { ports, data, functionsLog: place(data.functionsLog) });
      screen.line(`${screen.style("green", "restarted")}: the stack matches serverless.yml`);
    }
  } catch (error) {
    if (!stop.aborted) throw error;
    screen.line("Stopped.");
    return 0;
  } finally {
    data.release();
  }
}

/** Says that everything answers, and opens the console where a person may see it. */
function started({ open }: StartOptions, ports: Ports): void {
  const url = consoleUrl(ports);
  screen.line(`Started in ${process.uptime().toFixed(1)} s. The console is at ${url}`);
  const { env, platform } = process;
  const opener = browserOpener({ asked: open, isTerminal: isTerminal(), platform, env });
  if (opener === undefined) return;
  openInBrowser(url, opener, (why) =>
    screen.line(`No browser opened (${printable(why)}); open ${url} yourself.`),
  );
}

/** Whether a person reads the output. */
function isTerminal(): boolean {
  return process.stdout.isTTY;
}

/** The settings of a run. */
interface Running {
  readonly options: StartOptions;
  readonly data: DataDirectory;
  readonly ports: Ports;
  readonly stop: AbortSignal;
  readonly consoleServer: ConsoleServer;
  /** The state of the service's and the policy's files when the stack was started: a start takes seconds. */
  readonly known: { service: string; policy: string };
}

/** Why a stack must stop. */
type End =
  | { readonly kind: "stopped" }
  | { readonly kind: "died"; readonly output: string }
  | { readonly kind: "repackaged"; readonly plan: TemplatePool };

/** Watches calls, policy and service until the stack must stop. */
async function serve(stack: LocalStack, running: Running): Promise<End> {
  const { options, data, ports, stop, known, consoleServer } = running;
  const service = new Repackaging(screen, () => {
    known.service = serviceStamp(SERVICE_ROOT);
    return packageService(data, ports, stop);
  });
  const stops = [
    watchPolicies(
      policiesDirectory(process.env),
      (edit) => {
        takeEdit(stack, screen, edit, existsSync(data.policy));
        service.policyChanged();
        consoleServer.feed.tell({ type: "policy" });
      },
      (good) => keep(good, data),
      known.policy,
    ),
    stack.builds.subscribe((build) => refuseBuild(screen, build, data)),
    watchService(SERVICE_ROOT, known.service, () => service.serviceChanged()),
    ...(options.quiet
      ? []
      : [
          showCalls(stack, {
            screen,
            who: whoIsWho(stack),
            log: place(data.functionsLog),
            rowAt: rowsOf(data),
          }),
        ]),
  ];
  const end = await Promise.race<End>([
    stopOf(stop).then(() => ({ kind: "stopped" })),
    stack.died.then((output) => ({ kind: "died", output })),
    service.done.then((plan) => ({ kind: "repackaged", plan })),
  ]);
  for (const stopWatching of stops) stopWatching();
  return end;
}

async function stopOf(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await once(stop, "abort");
}

/** The rows of the policy that the functions decide by. */
function rowsOf(data: DataDirectory): RowAt {
  const policy = new PolicyInForce(policiesDirectory(process.env), data.policy);
  return (place) => policy.rowAt(place);
}

/** Without personas, only the pool names users. */
function whoIsWho({ pool }: LocalStack): WhoIsWho {
  return new WhoIsWho(pool, existsSync(PERSONAS_FILE) ? readPersonas(PERSONAS_FILE) : new Map());
}

/** Applies an edit as a deployment would: the functions already decide by it, and the pool gets its groups. */
function takeEdit({ pool }: LocalStack, out: Screen, edit: PolicyEdit, isAnyGood: boolean): void {
  if (edit.kind === "accepted") {
    out.line(`${out.style("green", "policy changed")}: version ${edit.version} is in force`);
    for (const name of pool.takeGroups()) out.line(`  the user pool has a new group: ${printable(name)}`);
    return;
  }
  const instead = isAnyGood
    ? "the last good one stays in force"
    : "there is no good one yet, so calls fail until you fix it";
  out.line(`${out.style("red", "policy refused")}: ${instead}`);
  for (const finding of edit.findings) {
    for (const line of finding.split("\n")) out.line(`  ${printable(line)}`);
  }
}

/** Without room for the file, only a function that starts during a bad edit fails. */
function keep(good: GoodPolicy, data: DataDirectory): void {
  try {
    keepLastGood(data.policy, good);
  } catch (error) {
    screen.line(`the policy could not be kept in ${place(data.policy)}: ${whyNotWritten(error)}`);
  }
}

function refuseBuild(out: Screen, { error }: FailedBuild, data: DataDirectory): void {
  out.line(`${out.style("red", "src refused")}: the last good build stays in force`);
  out.line(`  ${printable(error ?? `see ${place(data.functionsLog)}`)}`);
}

/** A story that fails is shown up to that point; the stack keeps running. */
async function story(stack: LocalStack, ports: Ports, data: DataDirectory): Promise<void> {
  try {
    await tellStory(stack, ports, screen, rowsOf(data));
  } catch (error) {
    screen.line(`  the story ends here: ${messageOf(error)}`);
  }
}

function whereThingsAre({ pool }: LocalStack, ports: Ports, data: DataDirectory): void {
  screen.heading("Ready");
  const lines = readyLines({
    ports,
    data: place(data.root),
    functionsLog: place(data.functionsLog),
    policies: place(policiesDirectory(process.env)),
    hasAlice: pool.users.find(ALICE.email) !== undefined,
    secret: secretOf(pool.config, "reporting"),
  });
  for (const line of lines) screen.line(line);
  screen.line(`\nCtrl-C stops it.`);
}

/** The path as a person would type it in the terminal. */
function place(path: string): string {
  return relative(process.cwd(), path) || ".";
}

/** Aborts on the first request to stop; a second one ends the process at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const onStop = () => {
    if (!controller.signal.aborted) {
      first = Date.now();
      controller.abort();
    } else if (Date.now() - first > ECHO_MS) {
      // The functions end with their parent.
      process.exit(130);
    }
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, onStop);
  process.stdout.on("error", onStop);
  return controller.signal;
}
