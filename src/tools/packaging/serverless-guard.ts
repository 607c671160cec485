import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { messageOf } from "../../errors.ts";
import type { CompiledPolicy } from "../../policy/compile.ts";
import { compileDirectory } from "../checking/compile-directory.ts";
import { fileStaleness } from "../machine/compiled-file.ts";
import { shippedModel } from "../machine/shipped-model.ts";
import { includedFiles } from "../service/included-file.ts";
import { servicePlaces } from "../service/service-places.ts";
import { readSettings, type Settings } from "./claimgate-settings.ts";
import { isPackagingCommand } from "./local-command.ts";

/** The parts of the framework that the plugin uses; the framework ships no types. */
interface Serverless {
  readonly processedInput: { readonly commands: readonly string[] };
  readonly serviceDir: string;
  readonly configurationFilename: string;
  readonly classes: { readonly Error: new (message: string, code: string) => Error };
  readonly service: { readonly custom?: unknown };
}

interface Logging {
  readonly log: { readonly warning: (text: string) => void };
}

/**
 * `claimgate/serverless`, for a service that compiles its policy itself. It stops packaging and deploying while the
 * policy has an error, or while a compiled policy differs from the rows. docs/library.md
 *
 * Settings, in `custom.claimgate`: `policies`, the directory of the rows (default `policies`); `compiled`, the file
 * that the functions bundle, or a list of them.
 */
export class ClaimgateGuard {
  readonly hooks: Readonly<Record<string, () => void>>;

  constructor(serverless: Serverless, _options: unknown, { log }: Logging) {
    this.hooks = {
      initialize: () => {
        if (isPackagingCommand(serverless.processedInput.commands)) guard(serverless, log);
      },
    };
  }
}

function guard(serverless: Serverless, log: Logging["log"]): void {
  const { serviceDir, classes } = serverless;
  const { policies, files, wrong } = settingsOf(serverless);
  const current = compiledPolicy(serverless, policies, wrong);
  if (files.length === 0) {
    log.warning(
      "claimgate: `custom.claimgate.compiled` names no file, so nothing checks whether the compiled policy is current",
    );
  }
  for (const file of files) {
    const fix = `run \`claimgate compile --policies ${policies} --output ${file}\``;
    if (!existsSync(resolve(serviceDir, file))) {
      const message = `the compiled policy \`${file}\` does not exist; ${fix}, or correct \`custom.claimgate.compiled\``;
      throw new classes.Error(wrong("compiled", message), "CLAIMGATE_POLICY_MISSING");
    }
    const why = fileStaleness(resolve(serviceDir, file), current);
    if (why === undefined) continue;
    throw new classes.Error(`\`${file}\` is stale: ${why}; ${fix}`, "CLAIMGATE_POLICY_STALE");
  }
}

function compiledPolicy(
  { serviceDir, classes }: Serverless,
  policies: string,
  wrong: Settings["wrong"],
): CompiledPolicy {
  const directory = resolve(serviceDir, policies);
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const message = `the policy directory \`${policies}\` does not exist; create it, or set \`custom.claimgate.policies\` to the directory of the rows`;
    throw new classes.Error(wrong("policies", message), "CLAIMGATE_POLICY_MISSING");
  }
  try {
    return compileDirectory(directory, shippedModel());
  } catch (error) {
    const message = `the policy in \`${policies}\` has errors and is not packaged:\n\n${messageOf(error)}`;
    throw new classes.Error(message, "CLAIMGATE_POLICY_INVALID");
  }
}

interface GuardSettings {
  readonly policies: string;
  readonly files: readonly string[];
  readonly wrong: Settings["wrong"];
}

function settingsOf({ service, serviceDir, configurationFilename, classes }: Serverless): GuardSettings {
  const text = readFileSync(join(serviceDir, configurationFilename), "utf8");
  const { at } = servicePlaces(configurationFilename, text, includedFiles(serviceDir));
  try {
    const { values, wrong } = readSettings(service.custom, ["policies", "compiled"], at);
    const { policies = "policies", compiled = [] } = values;
    if (!isPath(policies)) {
      const message = "`custom.claimgate.policies` is not a directory; expected a path such as `policies`";
      throw new RangeError(wrong("policies", message));
    }
    const files: readonly unknown[] = [compiled].flat();
    if (!files.every(isPath)) {
      const message =
        "`custom.claimgate.compiled` is not a file; expected a path such as `src/policy.json`, or a list of paths";
      throw new RangeError(wrong("compiled", message));
    }
    return { policies, files, wrong };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new classes.Error(error.message, "CLAIMGATE_SETTINGS_INVALID");
  }
}

const isPath = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";
