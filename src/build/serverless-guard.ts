import { resolve } from "node:path";
import { messageOf } from "../errors.ts";
import { objectOf, textOf } from "../json.ts";
import type { CompiledPolicy } from "../policy/compile.ts";
import { compileDirectory } from "../runtime/compile-directory.ts";
import { fileStaleness } from "../runtime/compiled-file.ts";
import { shippedModel } from "../runtime/shipped-model.ts";
import { isPackagingCommand } from "./local-command.ts";

/** What the plugin touches of the framework; the framework ships no types. */
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
 * `claimgate/serverless`, for a service that compiles its policy by itself: nothing is packaged or deployed while the
 * policy has an error, or while a compiled policy is not what the rows say. docs/library.md
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
  const settings = objectOf(objectOf(service.custom)["claimgate"]);
  const policies = textOf(settings["policies"]) ?? "policies";
  let current: CompiledPolicy;
  try {
    current = compileDirectory(resolve(serviceDir, policies), shippedModel());
  } catch (error) {
    throw new classes.Error(
      `the policy in ${policies} does not compile: ${messageOf(error)}`,
      "CLAIMGATE_POLICY_INVALID",
    );
  }
  const files = [settings["compiled"] ?? []].flat().filter((file) => typeof file === "string");
  if (files.length === 0) {
    log.warning(
      "claimgate: `custom.claimgate.compiled` names no file, so nothing checks whether the compiled policy is current",
    );
  }
  for (const file of files) {
    const why = fileStaleness(resolve(serviceDir, file), current);
    if (why === undefined) continue;
    const fix = `run claimgate compile --policies ${policies} --output ${file}`;
    throw new classes.Error(`${file} is stale: ${why}\n  ${fix}`, "CLAIMGATE_POLICY_STALE");
  }
}
