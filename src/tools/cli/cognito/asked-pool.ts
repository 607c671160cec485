import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { jsonIn } from "../../../json.ts";
import {
  poolFromFile,
  usualClientId,
  usualClientSecret,
  usualPlace,
} from "../../cognito/config/from-file.ts";
import { poolFromTemplate } from "../../cognito/config/from-template.ts";
import type { PoolConfig, TriggerName } from "../../cognito/config/pool-config.ts";
import { PoolFileError } from "../../cognito/config/read-settings.ts";
import { seedUsers } from "../../cognito/config/seed-file.ts";
import { USUAL_POOL } from "../../cognito/config/settings.ts";
import type { AddedUser } from "../../cognito/operations/add-user.ts";
import { functionAddress } from "../../cognito/triggers/triggers.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotRead } from "../../machine/file-reason.ts";

/** A pool to serve. */
export interface AskedPool {
  readonly config: PoolConfig;
  /** Trigger -> the address that takes its events. */
  readonly addresses: ReadonlyMap<TriggerName, string>;
  readonly appOrigins: readonly string[];
}

/** Where the pool comes from. */
export interface PoolSource {
  readonly template?: string;
  readonly config?: string;
  readonly lambdaEndpoint?: string;
  readonly withoutTriggers?: true;
}

/** @throws CommandError `user_pool_unreadable`, or `command_usage` where a trigger has no address */
export function askedPool(directory: string, source: PoolSource): AskedPool {
  const { config, targets, appOrigins } = described(directory, source);
  if (source.withoutTriggers === true) {
    return { config: { ...config, triggers: new Set() }, addresses: new Map(), appOrigins };
  }
  return { config, addresses: addressesOf(targets, source.lambdaEndpoint), appOrigins };
}

function described(directory: string, { template, config }: PoolSource) {
  if (template !== undefined) return ofTemplate(directory, template);
  if (config !== undefined) return ofFile(config, textOf(directory, config));
  return ofFile("the usual pool", USUAL_POOL);
}

function ofFile(file: string, text: string) {
  return understood(file, () => poolFromFile(file, text));
}

function ofTemplate(directory: string, file: string) {
  const json = jsonIn(textOf(directory, file));
  if (json === undefined) {
    throw new CommandError("user_pool_unreadable", `\`${file}\` is not JSON`, {
      fix: "give the packaged template, as `sls package` or `cdk synth` writes it",
    });
  }
  const place = usualPlace();
  const client = (name: string) => ({ id: usualClientId(name), secret: usualClientSecret(name) });
  const pool = understood(file, () => poolFromTemplate(json, { place, client }));
  return { ...pool, targets: pool.functionNames };
}

/** @throws CommandError `user_pool_unreadable` */
export function readSeed(directory: string, file: string): readonly AddedUser[] {
  const text = textOf(directory, file);
  return understood(file, () => seedUsers(file, text));
}

function textOf(directory: string, file: string): string {
  try {
    return readFileSync(resolve(directory, file), "utf8");
  } catch (cause) {
    throw new CommandError("user_pool_unreadable", `\`${file}\` cannot be read: ${whyNotRead(cause)}`, {
      cause,
    });
  }
}

function understood<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    const isKnown =
      cause instanceof PoolFileError || cause instanceof TypeError || cause instanceof RangeError;
    if (!isKnown) throw cause;
    const text = cause instanceof PoolFileError ? cause.message : `\`${file}\`: ${cause.message}`;
    throw new CommandError("user_pool_unreadable", text, { cause });
  }
}

/** A trigger that is not called changes what tokens say, so nobody leaves one out unasked. */
function addressesOf(
  targets: ReadonlyMap<TriggerName, string>,
  endpoint: string | undefined,
): ReadonlyMap<TriggerName, string> {
  return new Map(
    [...targets].map(([trigger, target]) => {
      if (/^https?:\/\//.test(target)) return [trigger, target];
      if (endpoint === undefined) {
        throw new CommandError("command_usage", `the trigger ${trigger} calls the function \`${target}\``, {
          fix: "say where with `--lambda-endpoint`, or leave triggers out with `--without-triggers`",
        });
      }
      return [trigger, functionAddress(endpoint, target)];
    }),
  );
}
