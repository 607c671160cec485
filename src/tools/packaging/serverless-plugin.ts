import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "esbuild";
import { messageOf } from "../../errors.ts";
import { type JsonObject, objectOf, objectsOf, textOf, textsOf } from "../../json.ts";
import { compilePolicy } from "../../policy/compile.ts";
import { reportCalls } from "../local/calls/reported-call.ts";
import { openEmptyPool } from "../local/gateways/empty-pool.ts";
import { guardServers } from "../local/gateways/guard-servers.ts";
import { correctWebsocketEvents } from "../local/gateways/offline-websocket-events.ts";
import { hearHandlers } from "../local/gateways/told-handler.ts";
import { LOCAL } from "../local/identifiers.ts";
import { NO_CREDENTIALS } from "../local/no-credentials.ts";
import { fillTokens } from "../local/personas/event-placeholders.ts";
import { localMinter } from "../local/personas/local-minter.ts";
import { isFree, USUAL_PORTS } from "../local/ports.ts";
import { policiesDirectory, readPolicyDirectory } from "../machine/policy-files.ts";
import { LOCAL_SWITCHES } from "../stack/apis.ts";
import { composeStack } from "../stack/compose.ts";
import type { StackPolicy } from "../stack/from-policy/generate.ts";
import { environmentFindings } from "../stack/function-environment.ts";
import { providerFindings } from "../stack/identity-providers.ts";
import { parameterFindings } from "../stack/parameter-rules/parameter-findings.ts";
import type { Parameters } from "../stack/parameters.ts";
import { pinRestDeployment } from "../stack/rest-deployment.ts";
import { stageParameters } from "../stack/stage-parameters.ts";
import { withOwnWebsocketPermissions } from "../stack/websocket-permissions.ts";
import { withPolicyVersions } from "./built-policies.ts";
import { furtherPoolsPlugin, withoutFurtherPools } from "./further-pools-plugin.ts";
import { isLocalCommand, isPackagingCommand, isServingCommand } from "./local-command.ts";
import { mapPlacesPlugin } from "./map-places-plugin.ts";
import { buildOneAtATime } from "./one-build-at-a-time.ts";
import { addToEsbuild } from "./plugin/esbuild-settings.ts";
import { forFramework, type MutableSections, PluginError } from "./plugin/framework.ts";
import { handlerFile } from "./plugin/handler-files.ts";
import { policyOfStack } from "./plugin/policy-of-stack.ts";
import {
  lintService,
  placesIn,
  refuseErrors,
  refuseFindings,
  refuseTemplate,
  warnOfErrors,
} from "./plugin/service-checks.ts";
import { readWrittenSettings } from "./plugin/written-settings.ts";
import { policyBundling } from "./policy-bundling.ts";
import { builtPolicies } from "./policy-plugin.ts";
import { sharedFirstBuild } from "./shared-first-build.ts";

/** The parts of the framework that the plugin uses; the framework ships no types. */
interface Serverless {
  readonly processedInput: {
    readonly commands: readonly string[];
    readonly options: { readonly param?: readonly string[] };
  };
  readonly configurationInput: { readonly params?: unknown };
  readonly serviceDir: string;
  readonly pluginManager: { readonly plugins: readonly unknown[] };
  readonly configurationFilename: string;
  /** The framework shows this error without a stack. */
  readonly classes: { readonly Error: new (message: string, code: string) => Error };
  readonly service: {
    readonly service: string;
    readonly custom: {
      readonly esbuild: MutableSections & { conditions?: readonly string[]; outputWorkFolder?: string };
      readonly "serverless-offline"?: { readonly httpPort?: unknown };
      /** Set by this plugin, for readers of the resolved service. */
      claimgate?: JsonObject;
    };
    readonly functions: Readonly<
      Record<string, { environment?: Record<string, unknown>; handler?: unknown; events?: unknown }>
    >;
    readonly provider: Readonly<Record<string, unknown>> & {
      readonly stage: string;
      readonly region: string;
      /** Set after packaging began. */
      readonly compiledCloudFormationTemplate?: { Resources: JsonObject };
    };
    readonly resources?: Readonly<Record<string, unknown>>;
  };
}

/** Handlers of the WebSocket API -> what serverless-offline runs instead. */
const OFFLINE_HANDLERS: Readonly<Record<string, string>> = {
  "src/handlers/websocket-authorizer.handler":
    "src/tools/local/gateways/offline-websocket-authorizer.handler",
  "src/handlers/feed.handler": "src/tools/local/gateways/offline-feed.handler",
};

/** The framework's output for plugins; never standard output. */
interface Logging {
  readonly log: { readonly warning: (text: string) => void };
}

/** The framework parses an event file before the invocation; a file that is not JSON stays a string. */
interface CommandOptions {
  data?: unknown;
  /** Of serverless-offline. */
  readonly httpPort?: unknown;
}

/** The default port of serverless-offline for the APIs. */
const USUAL_HTTP_PORT = 3000;

/**
 * Checks the parameters of the stage and composes its stack, for every command that reads one. Compares the policy
 * with what the service deploys: an error stops packaging before anything is built, and is only printed where
 * functions run locally. Gives each build its own folder, so that packaging does not delete the files of a running
 * local stack. Makes local commands, and no others, local:
 * - `#signing-keys` resolves to the local key set (esbuild condition `claimgate-local`);
 * - values of the environment that CloudFormation would fill in get local ones, and the functions get no real
 *   credentials;
 * - `invoke local` replaces `{{token:alice}}` in a sample event with a fresh token of a local key;
 * - servers of this process answer only their own host and the pages of `corsOrigins`;
 * - `npm start` serves the APIs itself, so that serverless-offline gets functions and WebSockets only.
 */
export class ClaimgateServerlessPlugin {
  readonly hooks: Readonly<Record<string, () => void | Promise<void>>>;
  readonly #serverless: Serverless;
  readonly #options: CommandOptions;
  readonly #log: Logging["log"];
  readonly #directory = resolve(process.env["CLAIMGATE_LOCAL_DATA"] ?? ".local");

  constructor(serverless: Serverless, options: CommandOptions, { log }: Logging) {
    this.#serverless = serverless;
    this.#options = options;
    this.#log = log;
    const hook = (body: () => void) => () => forFramework(serverless, body);
    // Local builds read the directory and the environment, so that an edit of a CSV takes effect without a build.
    if (!isLocalCommand(serverless.processedInput.commands)) {
      addToEsbuild(serverless.service.custom.esbuild, bundlePlugins(serverless), serverless);
    }
    if (isServingCommand(serverless.processedInput.commands)) {
      addToEsbuild(
        serverless.service.custom.esbuild,
        [sharedFirstBuild(() => handlerFiles(serverless))],
        serverless,
      );
    }
    this.hooks = isLocalCommand(serverless.processedInput.commands)
      ? {
          initialize: hook(() => {
            this.#compose();
            this.#beLocal();
          }),
          "before:invoke:local:invoke": async () => {
            this.#fillTokens();
            await answerForPool();
          },
        }
      : {
          initialize: hook(() => {
            this.#compose();
            this.#beDeployed();
          }),
          "after:aws:package:finalize:mergeCustomProviderResources": hook(() => {
            this.#finishTemplate();
            refuseTemplate(
              serverless.service.provider.compiledCloudFormationTemplate,
              resolve("policies"),
              log,
            );
          }),
          "before:aws:package:finalize:saveServiceState": () => this.#forgetFolder(),
        };
  }

  /**
   * In place: the framework and `sls print` hold references to the same objects. Runs after variables are resolved and
   * before any event is compiled.
   */
  #compose(): void {
    const { service, configurationInput, processedInput } = this.#serverless;
    const { provider, functions, resources, custom } = service;
    const switchedOn = isLocalCommand(processedInput.commands)
      ? LOCAL_SWITCHES.map((name) => `${name}=true`)
      : [];
    const parameters = stageParameters(configurationInput.params, provider.stage, [
      ...switchedOn,
      ...(processedInput.options.param ?? []),
    ]);
    const placeOf = placesIn(this.#serverless);
    refuseFindings(parameterFindings(parameters, provider.region, placeOf), "CLAIMGATE_PARAMETER_INVALID");
    const named = { service: service.service, stage: provider.stage, functions, provider, custom };
    const input = { ...named, resources: resources ?? {} };
    const policy = this.#stackPolicy(parameters.values);
    try {
      // There are none; what the plugin sets itself comes later.
      readWrittenSettings(custom, [], placeOf);
      const wrong = [
        ...environmentFindings(input, placeOf),
        ...providerFindings(input.resources, parameters, placeOf),
      ];
      refuseFindings(wrong, "CLAIMGATE_STACK_INVALID");
      const stack = composeStack(input, parameters.values, policy);
      if (resources !== undefined) replaceContent(resources, stack.resources);
      custom.claimgate = { clientsSwitchedOff: stack.clientsSwitchedOff };
      replaceContent(provider, stack.provider);
      for (const [name, definition] of Object.entries(functions)) {
        if (Object.hasOwn(stack.functions, name)) replaceContent(definition, objectOf(stack.functions[name]));
        else Reflect.deleteProperty(functions, name);
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new PluginError("CLAIMGATE_STACK_INVALID", error.message);
    }
  }

  /** The whole template exists by now, and has not been written. */
  #finishTemplate(): void {
    const template = this.#serverless.service.provider.compiledCloudFormationTemplate;
    if (template === undefined) return;
    const { functions } = this.#serverless.service;
    const resources = withOwnWebsocketPermissions(pinRestDeployment(template.Resources));
    template.Resources = withoutFurtherPools(withPolicyVersions(resources, functions, builtPolicies()));
  }

  /** Packaging uses the folder that goes into the functions; commands that only read may use another. */
  #stackPolicy(parameters: Parameters): StackPolicy {
    const { commands } = this.#serverless.processedInput;
    const directory = isPackagingCommand(commands) ? resolve("policies") : policiesDirectory(process.env);
    const createsGroups = parameters.get("groupsFromPolicy") !== "false";
    const scopePrefix = parameters.get("scopePrefix") ?? "";
    const poolAlias = parameters.get("poolAlias") ?? "";
    const read = policyOfStack(directory, commands, this.#log);
    return { ...read, createsGroups, scopePrefix, poolAlias };
  }

  #beLocal(): void {
    warnOfErrors(() => lintService(this.#serverless, policiesDirectory(process.env)), this.#log);
    this.#localize();
    if (isServingCommand(this.#serverless.processedInput.commands)) this.#serve();
  }

  #serve(): void {
    buildOneAtATime(this.#serverless.pluginManager.plugins);
    const { custom, provider, functions } = this.#serverless.service;
    const apiPort = Number(
      this.#options.httpPort ?? custom["serverless-offline"]?.httpPort ?? USUAL_HTTP_PORT,
    );
    const { allowedOrigins } = objectOf(objectOf(provider["httpApi"])["cors"]);
    // The parent of this process, if there is one, shows the calls.
    const tell = (message: unknown) => {
      if (process.connected) process.send?.(message);
    };
    const calls = reportCalls(tell);
    hearHandlers(tell);
    if (process.env["CLAIMGATE_LOCAL_GATEWAYS"] === "own") dropApis(functions);
    guardServers({ apiPort, origins: textsOf(allowedOrigins) }, calls);
    for (const definition of Object.values(functions)) {
      const { handler } = definition;
      if (typeof handler !== "string" || !Object.hasOwn(OFFLINE_HANDLERS, handler)) continue;
      definition.handler = OFFLINE_HANDLERS[handler];
    }
    const { region, stage } = provider;
    const place = { region, stage, accountId: LOCAL.accountId };
    correctWebsocketEvents(this.#serverless.serviceDir, place).catch((error: unknown) => {
      this.#log.warning(
        `events of the WebSocket API have the shape of serverless-offline: ${messageOf(error)}`,
      );
    });
  }

  #beDeployed(): void {
    this.#ownFolder();
    if (!isPackagingCommand(this.#serverless.processedInput.commands)) return;
    refuseErrors(lintService(this.#serverless, resolve("policies")), this.#log);
  }

  #ownFolder(): void {
    const folder = `.esbuild/deploy-${process.pid}`;
    this.#serverless.service.custom.esbuild.outputWorkFolder = folder;
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  }

  /**
   * The framework compares the state of a deployment with the previous one: a name that changes each time would make
   * every deployment a change. The build is over by now, and has its own copy of the name.
   */
  #forgetFolder(): void {
    delete this.#serverless.service.custom.esbuild.outputWorkFolder;
  }

  #localize(): void {
    mkdirSync(this.#directory, { recursive: true });
    Object.assign(process.env, localProcess());
    const { custom, functions } = this.#serverless.service;
    custom.esbuild.outputWorkFolder = ".esbuild/local";
    custom.esbuild.conditions = ["claimgate-local", ...(custom.esbuild.conditions ?? [])];
    for (const definition of Object.values(functions)) {
      definition.environment = {
        ...definition.environment,
        ...localEnvironment(this.#directory),
      };
    }
  }

  #fillTokens(): void {
    const { data } = this.#options;
    if (typeof data !== "object" || data === null) return;
    this.#options.data = JSON.parse(fillTokens(JSON.stringify(data), localMinter(this.#directory)));
  }
}

/** `npm start` serves the APIs itself (docs/adr/0060-own-gateways.md). */
function dropApis(functions: Serverless["service"]["functions"]): void {
  for (const definition of Object.values(functions)) {
    definition.events = objectsOf(definition.events).filter((event) => event["websocket"] !== undefined);
  }
}

/** The sources of all functions. */
function handlerFiles({ service, serviceDir }: Serverless): readonly string[] {
  const handlers = Object.values(service.functions).map(({ handler }) => textOf(handler) ?? "");
  return [...new Set(handlers.flatMap((handler) => handlerFile(serviceDir, handler) ?? []))];
}

/** The policy, linted before, and the further pools. */
function bundlePlugins({ service, serviceDir }: Serverless): readonly Plugin[] {
  const compile = (directory: string) => compilePolicy(readPolicyDirectory(directory));
  return [
    policyBundling("policies", compile),
    furtherPoolsPlugin(() => service.functions),
    mapPlacesPlugin(serviceDir),
  ];
}

function replaceContent(target: object, content: object): void {
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key);
  Object.assign(target, content);
}

const POOL_ENDPOINT = "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER";
const USUAL_POOL = `http://127.0.0.1:${USUAL_PORTS.cognito}`;

function localProcess(): Record<string, string> {
  return {
    ...NO_CREDENTIALS,
    [POOL_ENDPOINT]: process.env[POOL_ENDPOINT] ?? USUAL_POOL,
  };
}

/** A function that is invoked alone gets a pool: the running one or an empty one. */
async function answerForPool(): Promise<void> {
  if (process.env[POOL_ENDPOINT] !== USUAL_POOL || !(await isFree(USUAL_PORTS.cognito))) return;
  process.env[POOL_ENDPOINT] = await openEmptyPool();
}

function localEnvironment(directory: string): Record<string, string> {
  const lastGood = process.env["CLAIMGATE_LOCAL_POLICY"];
  return {
    CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
    CLAIMGATE_APP_CLIENTS: JSON.stringify(LOCAL.appClients),
    CLAIMGATE_TRUSTED_PROVIDERS: JSON.stringify(LOCAL.trustedProviders),
    CLAIMGATE_ALL_PROVIDERS_LISTED: "true",
    CLAIMGATE_LOCAL_JWKS: process.env["CLAIMGATE_LOCAL_JWKS"] ?? resolve(directory, "keys", "jwks.json"),
    // Only the local stack keeps one.
    ...(lastGood === undefined ? {} : { CLAIMGATE_LOCAL_POLICY: lastGood }),
    CLAIMGATE_ORDERS_FILE: resolve(directory, "orders.json"),
    CLAIMGATE_POLICIES: policiesDirectory(process.env),
    ...localProcess(),
  };
}
