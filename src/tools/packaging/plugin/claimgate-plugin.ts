import { resolve } from "node:path";
import type { Plugin } from "esbuild";
import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import type { CompiledPolicy } from "../../../policy/compile.ts";
import { functionFile } from "../../archives/function-file.ts";
import { shippedFunctions } from "../../archives/shipped-functions.ts";
import { compileDirectory } from "../../checking/compile-directory.ts";
import type { PlaceOf } from "../../stack/function-environment.ts";
import { withOwnWebsocketPermissions } from "../../stack/websocket-permissions.ts";
import { entryPointOf, withPolicyVersions } from "../built-policies.ts";
import { isLocalCommand, isPackagingCommand } from "../local-command.ts";
import { POLICY_BUNDLING, policyBundling } from "../policy-bundling.ts";
import { builtPolicies } from "../policy-plugin.ts";
import { aliasCommands, runAlias } from "./cli-alias.ts";
import {
  bundledHandler,
  type DeclaredFunction,
  declareFunctions,
  refuseRuntimes,
  withMergedDefinitions,
  writeHandlers,
} from "./declared-functions.ts";
import { addToEsbuild, bundlesByFile, bundlesByPlugin } from "./esbuild-settings.ts";
import { completeEvents, declareHttpAuthorizers } from "./event-authorizers.ts";
import {
  forFramework,
  innerSection,
  type Logging,
  type MutableSections,
  PluginError,
  type Serverless,
  sectionOf,
} from "./framework.ts";
import { commandEnvironment, type VariableOptions, withLocalValues } from "./local-values.ts";
import {
  compiledPolicy,
  compiledShadow,
  hasPolicyDirectory,
  lintPolicy,
  missingPolicy,
  policyDirectory,
  readyPolicy,
  refuseStale,
} from "./policy-files.ts";
import { withPolicyParts } from "./policy-in-stack.ts";
import { policyOfStack } from "./policy-of-stack.ts";
import { poolFindings } from "./pool-findings.ts";
import { appClientsOf, poolIdOf } from "./pool-values.ts";
import {
  placesIn,
  refuseEnvironments,
  refuseErrors,
  refuseFindings,
  refuseService,
  refuseTemplate,
  warnOfErrors,
} from "./service-checks.ts";
import { readSettings, type Settings } from "./settings.ts";
import { triggerRights } from "./trigger-rights.ts";
import { withPolicyOutput, withTriggers } from "./wired-triggers.ts";

/** `claimgate/serverless`: docs/serverless-plugin.md. */
export class ClaimgatePlugin {
  readonly commands = aliasCommands;
  readonly hooks: Readonly<Record<string, () => void>>;
  readonly #serverless: Serverless;
  readonly #options: VariableOptions;
  readonly #log: Logging["log"];
  #functions: readonly DeclaredFunction[] = [];
  #compiled: CompiledPolicy | undefined;
  readonly #warned = new Set<string>();
  readonly #warnOnce = (text: string): void => {
    if (!this.#warned.has(text)) this.#log.warning(text);
    this.#warned.add(text);
  };

  constructor(serverless: Serverless, options: VariableOptions, { log }: Logging) {
    this.#serverless = serverless;
    this.#options = options;
    this.#log = log;
    const hook = (body: () => void) => () => forFramework(serverless, body);
    this.hooks = {
      initialize: hook(() => this.#initialize()),
      "after:aws:package:finalize:mergeCustomProviderResources": hook(() => this.#finish()),
    };
    // For help, the framework resolves no variables.
    if (serverless.processedInput.isHelpRequest !== true) forFramework(serverless, () => this.#declare());
  }

  /** What must be there before any hook. Variables that need AWS are not resolved yet. */
  #declare(): void {
    const settings = this.#settings();
    runAlias(this.#serverless, settings.policies);
    this.#functions = declareFunctions(this.#serverless, settings, this.#isBundled());
    declareHttpAuthorizers(this.#serverless, settings);
    const isGenerated = this.#functions.some(({ generated }) => generated);
    if (bundlesByPlugin(this.#serverless)) {
      const esbuild = innerSection(sectionOf(this.#serverless, "custom"), "esbuild", "custom");
      // Functions that bundle a compiled file need no plugin.
      const needsPlugin = isGenerated || settings.compiled.length === 0;
      if (needsPlugin || esbuild["config"] === undefined) {
        addToEsbuild(esbuild, [this.#bundling()], this.#serverless);
      }
    }
  }

  #isBundled(): boolean {
    return bundlesByPlugin(this.#serverless) || bundlesByFile(this.#serverless);
  }

  #initialize(): void {
    const { commands } = this.#serverless.processedInput;
    const settings = this.#settings();
    this.#functions = withMergedDefinitions(this.#serverless, this.#functions);
    if (isPackagingCommand(commands) && !hasPolicyDirectory(settings, this.#serverless.serviceDir)) {
      throw missingPolicy(settings);
    }
    this.#complete(settings);
    if (isLocalCommand(commands)) warnOfErrors(() => lintPolicy(settings, this.#serverless), this.#log);
    if (isPackagingCommand(commands)) this.#refuse(settings);
    if (isPackagingCommand(commands) || isLocalCommand(commands)) this.#writeHandlers(settings);
  }

  #writeHandlers(settings: Settings): void {
    const { serviceDir } = this.#serverless;
    let textFor = bundledHandler;
    if (!this.#isBundled() && this.#functions.some(({ generated }) => generated)) {
      const parts = {
        compiled: this.#compiled ?? readyPolicy(settings, serviceDir),
        shadow: isPackagingCommand(this.#serverless.processedInput.commands)
          ? compiledShadow(settings, serviceDir)
          : undefined,
        libraries: shippedFunctions(),
      };
      textFor = (door) => functionFile(door, parts);
    }
    writeHandlers(serviceDir, this.#functions, textFor);
  }

  /** Everything that needs resolved variables, and that the framework has not read yet. */
  #complete(settings: Settings): void {
    const { service, processedInput } = this.#serverless;
    refuseRuntimes(this.#serverless, this.#functions);
    completeEvents(service, settings);
    const resources = innerSection(sectionOf(this.#serverless, "resources"), "Resources", "resources");
    for (const { definition, isTrigger } of this.#functions) {
      // A trigger that knew its pool would close a cycle in the template.
      if (!isTrigger) definition["environment"] = this.#environment(definition, settings, resources);
    }
    const { provider } = service;
    Object.assign(resources, triggerRights(this.#functions, settings, { provider, resources }));
    if (!settings.groups && !settings.scopes) return;
    const read = policyOfStack(this.#directory(settings), processedInput.commands, this.#log);
    Object.assign(
      resources,
      withPolicyParts(resources, settings, read, (name) => this.#variable(name)),
    );
  }

  #environment(definition: MutableSections, settings: Settings, resources: JsonObject): JsonObject {
    const written = objectOf(definition["environment"]);
    const given = { ...this.#sharedEnvironment(), ...written };
    const filled = {
      ...(given[POOL] === undefined && { [POOL]: poolIdOf(settings, "authorizers") }),
      ...(given[CLIENTS] === undefined && { [CLIENTS]: appClientsOf(settings, resources) }),
    };
    if (!isLocalCommand(this.#serverless.processedInput.commands)) return { ...filled, ...written };
    const env = commandEnvironment(process.env, this.#options);
    return { ...withLocalValues(filled, env, this.#warnOnce), ...written };
  }

  #variable(name: string): string {
    const values = this.#functions.map(({ definition }) => objectOf(definition["environment"])[name]);
    return textOf([...values, this.#sharedEnvironment()[name]].find((value) => value !== undefined)) ?? "";
  }

  #sharedEnvironment(): JsonObject {
    return objectOf(this.#serverless.service.provider["environment"]);
  }

  /** Everything that stops packaging before anything is built. */
  #refuse(settings: Settings): void {
    refuseService(this.#serverless, settings, this.#log);
    refuseErrors(lintPolicy(settings, this.#serverless), this.#log);
    this.#compiled = compiledPolicy(settings, this.#serverless.serviceDir);
    compiledShadow(settings, this.#serverless.serviceDir);
    const hasAllGenerated = this.#functions.length > 0 && this.#functions.every(({ generated }) => generated);
    if (settings.compiled.length === 0 && !this.#isBundled() && !hasAllGenerated) {
      this.#log.warning(NOTHING_COMPARED);
    }
    refuseStale(settings, this.#serverless.serviceDir, this.#compiled);
    refuseEnvironments(this.#serverless);
  }

  /** The whole template exists by now, and has not been written. */
  #finish(): void {
    const template = this.#serverless.service.provider.compiledCloudFormationTemplate;
    if (template === undefined) return;
    const settings = this.#settings();
    const versions = this.#policyVersions(settings);
    this.#refuseWithoutPolicy(versions);
    const functions = Object.entries(objectOf(this.#serverless.service["functions"]));
    const handlers = Object.fromEntries(functions.map(([key, definition]) => [key, objectOf(definition)]));
    const { websocketApiId } = objectOf(this.#serverless.service.provider["apiGateway"]);
    const narrow = withOwnWebsocketPermissions(template.Resources, websocketApiId);
    const Resources = withPolicyVersions(narrow, handlers, versions);
    const region = textOf(this.#serverless.service.provider["region"]);
    refuseFindings(poolFindings(settings, { resources: Resources, region }), "CLAIMGATE_SETTINGS_INVALID");
    const wired = withTriggers({ ...template, Resources }, settings);
    const version = this.#compiled?.version;
    Object.assign(template, version === undefined ? wired : withPolicyOutput(wired, version));
    refuseTemplate(template, this.#directory(settings), this.#log);
  }

  /** With `compiled`, the functions of the settings have the policy that was compared; whole files have it anyway. */
  #policyVersions({ compiled }: Settings): ReadonlyMap<string, string> {
    const version = this.#compiled?.version;
    if (version === undefined) return builtPolicies();
    const isBundled = this.#isBundled();
    const compared = this.#functions.flatMap(({ definition, generated }) => {
      const handler = textOf(definition["handler"]);
      const hasPolicy = generated ? !isBundled : compiled.length > 0;
      return hasPolicy && handler !== undefined ? [[entryPointOf(handler), version] as const] : [];
    });
    return new Map([...compared, ...builtPolicies()]);
  }

  #refuseWithoutPolicy(versions: ReadonlyMap<string, string>): void {
    if (!bundlesByPlugin(this.#serverless)) return;
    for (const { key, definition, generated } of this.#functions) {
      if (!generated || versions.has(entryPointOf(String(definition["handler"])))) continue;
      throw new PluginError(
        "CLAIMGATE_POLICY_MISSING",
        `the bundle of function \`${key}\` has no policy, because serverless-esbuild did not build it; remove \`skipEsbuild\` or \`skipBuild\``,
      );
    }
  }

  /** The policy was linted before: here only an error that keeps it from loading stops the build. */
  #bundling(): Plugin {
    const { serviceDir } = this.#serverless;
    return {
      name: POLICY_BUNDLING,
      setup: async (build) => {
        // The variables of the settings are resolved by now.
        const settings = this.#settings();
        const compile = () => compiledPolicy(settings, serviceDir);
        const { shadowPolicies } = settings;
        const shadow =
          shadowPolicies === undefined || !isPackagingCommand(this.#serverless.processedInput.commands)
            ? undefined
            : { directory: resolve(serviceDir, shadowPolicies), compile: compileDirectory };
        await policyBundling(this.#directory(settings), compile, shadow).setup(build);
      },
    };
  }

  #settings(): Settings {
    // Where a setting is written matters only if it is wrong.
    const placeOf: PlaceOf = (path) => placesIn(this.#serverless)(path);
    const { custom, resources } = this.#serverless.service;
    return readSettings(custom, placeOf, Object.keys(objectOf(objectOf(resources)["Parameters"])));
  }

  #directory(settings: Settings): string {
    return policyDirectory(settings, this.#serverless.serviceDir);
  }
}

const POOL = "CLAIMGATE_USER_POOL_ID";
const CLIENTS = "CLAIMGATE_APP_CLIENTS";

const NOTHING_COMPARED =
  "claimgate: `custom.claimgate.compiled` names no file, so nothing checks whether the compiled policy is current";
