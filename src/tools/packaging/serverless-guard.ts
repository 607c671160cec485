import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { messageOf } from "../../errors.ts";
import { objectOf } from "../../json.ts";
import type { CompiledPolicy } from "../../policy/compile.ts";
import { nearest } from "../../policy/suggestion.ts";
import { compileDirectory } from "../checking/compile-directory.ts";
import { fileStaleness } from "../machine/compiled-file.ts";
import { shippedModel } from "../machine/shipped-model.ts";
import { isPackagingCommand } from "./local-command.ts";

/** The parts of the framework that the plugin uses; the framework ships no types. */
interface Serverless {
  readonly processedInput: { readonly commands: readonly string[] };
  readonly serviceDir: string;
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

function guard({ service, serviceDir, classes }: Serverless, log: Logging["log"]): void {
  const invalid = (why: string) => new classes.Error(why, "CLAIMGATE_SETTINGS_INVALID");
  const { policies, compiled: files } = settingsOf(objectOf(service.custom)["claimgate"], invalid);
  let current: CompiledPolicy;
  try {
    current = compileDirectory(resolve(serviceDir, policies), shippedModel());
  } catch (error) {
    throw new classes.Error(
      `the policy in ${policies} does not compile: ${messageOf(error)}`,
      "CLAIMGATE_POLICY_INVALID",
    );
  }
  if (files.length === 0) {
    log.warning(
      "claimgate: `custom.claimgate.compiled` names no file, so nothing checks whether the compiled policy is current",
    );
  }
  for (const file of files) {
    const fix = `run claimgate compile --policies ${policies} --output ${file}`;
    if (!existsSync(resolve(serviceDir, file))) {
      const where = "fix custom.claimgate.compiled, or";
      throw new classes.Error(`${file} does not exist\n  ${where} ${fix}`, "CLAIMGATE_POLICY_MISSING");
    }
    const why = fileStaleness(resolve(serviceDir, file), current);
    if (why === undefined) continue;
    throw new classes.Error(`${file} is stale: ${why}\n  ${fix}`, "CLAIMGATE_POLICY_STALE");
  }
}

interface Settings {
  readonly policies: string;
  readonly compiled: readonly string[];
}

const SETTINGS = ["policies", "compiled"];

/** Strict: ignoring a setting would switch a check off. */
function settingsOf(value: unknown, invalid: (why: string) => Error): Settings {
  if (value !== undefined && (typeof value !== "object" || value === null || Array.isArray(value))) {
    throw invalid("`custom.claimgate` is not a map; expected `policies` and `compiled` below it");
  }
  const settings = objectOf(value);
  for (const name of Object.keys(settings)) {
    if (SETTINGS.includes(name)) continue;
    const meant = nearest(name, SETTINGS);
    const fix = meant === undefined ? `expected ${SETTINGS.join(" or ")}` : `did you mean \`${meant}\`?`;
    throw invalid(`\`custom.claimgate.${name}\` is not a setting of claimgate/serverless; ${fix}`);
  }
  const { policies = "policies", compiled = [] } = settings;
  if (!isPath(policies)) throw invalid("`custom.claimgate.policies` is not the name of a directory");
  const files: readonly unknown[] = [compiled].flat();
  if (!files.every(isPath)) {
    throw invalid("`custom.claimgate.compiled` is not the name of a file, nor a list of names");
  }
  return { policies, compiled: files };
}

const isPath = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";
