import { once } from "node:events";
import { createWriteStream, existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { NoUserPoolError, type TemplatePool } from "../cognito/config/from-template.ts";
import { DamagedDataError } from "../cognito/directory/journal.ts";
import type { Pool } from "../cognito/pool.ts";
import type { IssuedTokens } from "../cognito/tokens/token-issuer.ts";
import { startUserPool, type UserPool } from "../cognito-server/user-pool.ts";
import type { Apis } from "../gateways/apis.ts";
import { apisFromTemplate } from "../gateways/apis-from-template.ts";
import { invokeAt } from "../gateways/invoke.ts";
import { policiesDirectory } from "../machine/policy-files.ts";
import { keepingPackage } from "../service/kept-package.ts";
import { LOCAL_SWITCHES } from "../stack/apis.ts";
import { callIn, type ReportedCall, reportCalls } from "./calls/reported-call.ts";
import { childEnvironment } from "./child-environment.ts";
import type { DataDirectory } from "./data-directory.ts";
import { type ServedApis, serveApis } from "./gateways/api-server.ts";
import { Listeners } from "./gateways/listeners.ts";
import { LOCAL } from "./identifiers.ts";
import { localPool, localPoolOptions, type PoolListeners } from "./pool/local-pool.ts";
import type { PoolEvent } from "./pool/pool-event.ts";
import { onPort, type Ports } from "./ports.ts";
import { dataOption } from "./ready-block.ts";
import { type Delivery, deliveryIn, type OnDelivery, toldCalls } from "./recorder/delivery.ts";
import { SERVICE_ROOT, type ServerlessProcess, startServerless } from "./serverless-process.ts";
import { StartError } from "./start-error.ts";
import { BuildWatch } from "./watch/build-watch.ts";
import { DecisionWatch } from "./watch/decision-watch.ts";

/** A running stack. */
export interface LocalStack {
  readonly pool: Pool;
  readonly decisions: DecisionWatch;
  /** The results of edits of the sources. */
  readonly builds: BuildWatch;
  /** Reports each API call once it is answered. @returns stops reporting */
  onCall(listener: (call: ReportedCall) => void): () => void;
  /** Reports each call of the user pool. @returns stops reporting */
  onPoolEvent(listener: (event: PoolEvent) => void): () => void;
  /** Reports all tokens that the pool issues, with what they would say without the trigger. @returns stops reporting */
  onTokens(listener: (issued: IssuedTokens) => void): () => void;
  /** Reports each event that a function received, once it is answered. @returns stops reporting */
  onDelivery(listener: OnDelivery): () => void;
  /** Reports that users, groups or mails may have changed. @returns stops reporting */
  onPoolAsked(listener: () => void): () => void;
  /** Resolves, with the last output, if the functions ended unexpectedly. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
  /** Kills all children, without waiting for anything. */
  kill(): void;
}

/** A build that hangs has failed (floydspace/serverless-esbuild#532). */
const PACKAGE_LIMIT_MS = 60_000;

const READY_LIMIT_MS = 60_000;

/** The packaged template, in the folder of the package. */
export const TEMPLATE = "cloudformation-template-update-stack.json";

/**
 * Packages the service as for a deployment, serves the user pool and the APIs that its template describes, and runs the
 * functions and the WebSocket API under serverless-offline.
 *
 * @param signal aborts the start-up; what is already running is stopped
 * @param options.packaged the result of a {@link packageService} just now; without it the service is packaged here
 * @param options.onStep is told what is done at the moment
 * @throws StartError
 */
export async function startLocalStack(
  data: DataDirectory,
  ports: Ports,
  signal: AbortSignal,
  { packaged, onStep = () => undefined }: { packaged?: TemplatePool; onStep?: (step: string) => void } = {},
): Promise<LocalStack> {
  const env = childEnvironment(process.env, ports, data);
  const decisions = new DecisionWatch();
  const builds = new BuildWatch();
  const log = createWriteStream(data.functionsLog);
  // If the disk is full, only the log is lost.
  log.on("error", () => undefined);
  // The functions start while the service is packaged: they need no pool before the first call.
  const calls = new Listeners<ReportedCall>();
  const events = new Listeners<PoolEvent>();
  const tokens = new Listeners<IssuedTokens>();
  const asked = new Listeners<undefined>();
  const deliveries = new Listeners<Delivery>();
  const told = (message: unknown) => {
    const call = callIn(message);
    if (call !== undefined) calls.tell(call);
    const delivery = deliveryIn(message);
    if (delivery !== undefined) deliveries.tell(delivery);
  };
  const onDelivery: OnDelivery = (delivery) => deliveries.tell(delivery);
  const offline = startServerless(
    offlineArguments(ports),
    env,
    (line) => {
      log.write(`${line}\n`);
      decisions.line(line);
      builds.line(line);
    },
    told,
  );
  let server: UserPool | undefined;
  let gateways: { stop(): Promise<void> } | undefined;
  const down = async () => {
    await gateways?.stop();
    await offline.stop();
    await server?.stop();
    log.end();
  };
  try {
    onStep("packaging the service");
    const planning = packaged === undefined ? packageService(data, ports, signal) : Promise.resolve(packaged);
    gateways = await startGateways(planning, data, ports, { told, onDelivery });
    server = await startPool(planning, data, ports, {
      onEvent: (event) => events.tell(event),
      onTokens: (issued) => tokens.tell(issued),
      onAsked: () => asked.tell(undefined),
      onDelivery,
    });
    const { pool } = server;
    onStep("starting the functions");
    await untilReady(offline, ports, signal);
    const died = offline.exited.then(() => offline.output());
    return {
      pool,
      decisions,
      builds,
      onCall: (listener) => calls.add(listener),
      onPoolEvent: (listener) => events.add(listener),
      onTokens: (listener) => tokens.add(listener),
      onDelivery: (listener) => deliveries.add(listener),
      onPoolAsked: (listener) => asked.add(listener),
      died,
      stop: down,
      kill: () => offline.kill(),
    };
  } catch (error) {
    await down();
    throw error;
  }
}

/** Even APIs and authorizers that are not deployed can be tried. */
const LOCAL_PARAMETERS = LOCAL_SWITCHES.flatMap((name) => ["--param", `${name}=true`]);

/** The port is taken at once, as that of the pool. */
async function startGateways(
  planning: Promise<unknown>,
  data: DataDirectory,
  ports: Ports,
  { told, onDelivery }: { readonly told: (message: unknown) => void; readonly onDelivery: OnDelivery },
): Promise<{ stop(): Promise<void> }> {
  const invoke = toldCalls(invokeAt(`http://127.0.0.1:${ports.lambda}`), onDelivery);
  const opening = planning.then((): ServedApis => ({ apis: localApis(readTemplateFile(data)), invoke }));
  // A failure is that of packaging, which is reported where the pool waits for it.
  opening.catch(() => undefined);
  return onPort("--port", ports.api, () => serveApis(ports.api, opening, reportCalls(told)));
}

/** The port is taken at once, so that another start in these seconds finds it in use. */
async function startPool(
  planning: Promise<TemplatePool>,
  data: DataDirectory,
  ports: Ports,
  listeners: PoolListeners,
): Promise<UserPool> {
  const policies = policiesDirectory(process.env);
  const opening = planning.then((plan) => localPoolOptions(plan, data, ports, policies, listeners));
  try {
    return await onPort("--cognito-port", ports.cognito, () => startUserPool(ports.cognito, opening));
  } catch (cause) {
    if (!(cause instanceof DamagedDataError)) throw cause;
    const reset = `npm start -- --reset${dataOption(relative(process.cwd(), data.root))}`;
    throw new StartError(`${cause.message}; fix it, or delete all users with \`${reset}\``, { cause });
  }
}

/**
 * Packages the service as for a deployment, and reads its user pool. The `.serverless` of the service stays as it is.
 *
 * @throws StartError with the message of the framework
 */
export async function packageService(
  data: DataDirectory,
  ports: Ports,
  signal: AbortSignal,
): Promise<TemplatePool> {
  const env = childEnvironment(process.env, ports, data);
  const output = await keepingPackage(SERVICE_ROOT, () => packageInto(data.package, env, signal));
  const file = join(data.package, TEMPLATE);
  if (!existsSync(file)) throw new StartError(`packaging created no ${TEMPLATE}:\n\n${output}`);
  try {
    const template = readTemplateFile(data);
    localApis(template);
    return localPool(template);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const hint =
      cause instanceof NoUserPoolError
        ? "; `existingUserPoolId` belongs to the stages that use one, not to params.default"
        : "";
    throw new StartError(`${cause.message}${hint}`, { cause });
  }
}

function readTemplateFile(data: DataDirectory): unknown {
  return JSON.parse(readFileSync(join(data.package, TEMPLATE), "utf8"));
}

function localApis(template: unknown): Apis {
  return apisFromTemplate(template, LOCAL);
}

/** @returns what the framework printed; it is gone by then */
async function packageInto(
  folder: string,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  const packaging = startServerless(["package", "--package", folder, ...LOCAL_PARAMETERS], env);
  const kill = () => packaging.kill();
  process.prependOnceListener("exit", kill);
  const limit = AbortSignal.any([signal, AbortSignal.timeout(PACKAGE_LIMIT_MS)]);
  const code = await Promise.race([packaging.exited, aborted(limit)]);
  if (code !== 0) {
    kill();
    await packaging.exited;
  }
  process.removeListener("exit", kill);
  if (code === 0) return packaging.output();
  if (signal.aborted) throw new StartError("stopped");
  throw new StartError(`the service cannot be packaged:\n\n${packaging.output()}`);
}

function offlineArguments(ports: Ports): string[] {
  return [
    "offline",
    "start",
    "--host",
    "127.0.0.1",
    "--httpPort",
    String(ports.api),
    "--lambdaPort",
    String(ports.lambda),
    "--websocketPort",
    String(ports.websocket),
  ];
}

async function untilReady(offline: ServerlessProcess, ports: Ports, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(READY_LIMIT_MS)]);
  const state = { exited: false };
  void offline.exited.then(() => {
    state.exited = true;
  });
  const failed = () => /^Error:$/m.test(offline.output());
  while (!(await isHealthy(ports.api))) {
    if (signal.aborted) throw new StartError("stopped");
    // The framework prints a start-up error and continues half started.
    if (limit.aborted || state.exited || failed()) {
      const what = limit.aborted ? "did not start in time" : "cannot start";
      throw new StartError(`serverless-offline ${what}:\n\n${offline.output()}`);
    }
    await Promise.race([offline.exited, new Promise((resolve) => setTimeout(resolve, 50))]);
  }
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(5_000);
    return (await fetch(`http://127.0.0.1:${port}/health`, { signal })).ok;
  } catch {
    return false;
  }
}

async function aborted(signal: AbortSignal): Promise<undefined> {
  if (!signal.aborted) await once(signal, "abort");
  return undefined;
}
