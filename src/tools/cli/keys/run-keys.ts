import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { ClaimgateError, ConfigurationError } from "../../../errors.ts";
import { jsonIn, objectOf, objectsOf, sameJson } from "../../../json.ts";
import { ageInDays, createGivenKeys, type GivenKeys, OLD_AFTER_DAYS } from "../../../token/given-keys.ts";
import { ISSUER_FORM_NAMES, issuerForms, keySetUrl } from "../../../token/issuer.ts";
import { type JwksCache, publishedKeysCache } from "../../../token/signing-keys-cache.ts";
import { verificationError } from "../../../token/verification-error.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { KeysJson } from "./keys-contract.ts";

export interface KeysArguments extends CommonOptions {
  readonly form: string;
  readonly output?: string;
  readonly check?: string;
}

/** Before the start of a function would say that its keys are old, the check asks for new ones. */
const RENEW_AFTER_DAYS = OLD_AFTER_DAYS - 5;

/** `claimgate keys`. @throws CommandError */
export async function runKeys(
  context: Context,
  pools: readonly string[],
  options: KeysArguments,
  {
    cache = publishedKeysCache(),
    now = Date.now,
  }: { readonly cache?: JwksCache; readonly now?: () => number } = {},
): Promise<ExitCode> {
  const issuers = [...new Set(pools.map((pool) => issuerOf(pool, options.form)))];
  const sets = await Promise.all(issuers.map(async (iss) => [iss, await published(cache, iss)] as const));
  const keySets = Object.fromEntries(sets);
  const fetched = sets.map(([issuer, set]) => ({ issuer, keys: keyIds(set) }));
  if (options.check !== undefined)
    return compare(context, options.check, { keySets, fetched, now: now() / 1000 });
  const value = JSON.stringify({ fetchedAt: new Date(now()).toISOString(), keySets });
  if (options.output !== undefined) write(context, options.output, value);
  print(context, { keySets: fetched, file: options.output ?? null, current: null, value });
  return EXIT.ok;
}

function issuerOf(pool: string, form: string): string {
  const known = ISSUER_FORM_NAMES.find((name) => name === form);
  if (known === undefined) {
    throw new CommandError("command_usage", `\`${form}\` is not an issuer form`, {
      fix: "use `--form original` or `--form updated`",
    });
  }
  try {
    const [original, updated] = issuerForms(pool);
    return known === "original" ? original : updated;
  } catch (cause) {
    if (!(cause instanceof ConfigurationError)) throw cause;
    throw new CommandError("command_usage", cause.message, {
      cause,
      fix: "give an id such as `eu-west-1_AbCdEfGhI`",
    });
  }
}

async function published(cache: JwksCache, iss: string): Promise<unknown> {
  try {
    return await cache.getJwks(keySetUrl(iss));
  } catch (cause) {
    const { code, message } = verificationError(cause);
    throw new CommandError(code, `${keySetUrl(iss)}: ${message}`, {
      cause,
      fix: "check the id of the pool, its issuer form (`--form`) and the network",
    });
  }
}

interface Fetched {
  readonly keySets: Readonly<Record<string, unknown>>;
  readonly fetched: KeysJson["keySets"];
  /** Epoch seconds. */
  readonly now: number;
}

function compare(context: Context, file: string, { keySets, fetched, now }: Fetched): ExitCode {
  const given = readKeys(context, file);
  const isSame = sameJson(Object.fromEntries(given.keySets), keySets);
  const days = ageInDays(given, now);
  const isCurrent = isSame && days < RENEW_AFTER_DAYS;
  const { output } = context;
  if (output.format === "json") output.json(resultOf(fetched, file, isCurrent));
  else if (!isSame) output.screen.line(`${file} has other keys than the pools publish`);
  else if (isCurrent) output.screen.line(`${file} is current: fetched ${days} days ago`);
  else output.screen.line(`${file} has the published keys, but was written ${days} days ago: write it again`);
  return isCurrent ? EXIT.ok : EXIT.no;
}

const resultOf = (keySets: KeysJson["keySets"], file: string, current: boolean): KeysJson => ({
  keySets,
  file,
  current,
  value: null,
});

function readKeys({ directory }: Context, file: string): GivenKeys {
  const fix = "write it with `claimgate keys POOL -o FILE`";
  let text: string;
  try {
    text = readFileSync(resolve(directory, file), "utf8");
  } catch (cause) {
    throw new CommandError("command_usage", `${file} cannot be read: ${whyNotWritten(cause)}`, {
      cause,
      fix,
    });
  }
  try {
    return createGivenKeys(jsonIn(text));
  } catch (cause) {
    if (!(cause instanceof ClaimgateError)) throw cause;
    throw new CommandError("command_usage", `${file}: ${cause.message}`, { cause, fix });
  }
}

function write({ directory }: Context, file: string, value: string): void {
  try {
    writeFileSync(resolve(directory, file), `${value}\n`);
  } catch (cause) {
    throw new CommandError("file_not_written", `${file} could not be written: ${whyNotWritten(cause)}`, {
      cause,
      fix: "give another file with `-o`",
    });
  }
}

function print({ output }: Context, result: KeysJson): void {
  const { file, keySets, value } = result;
  if (output.format === "json") output.json(result);
  else if (file === null) output.screen.line(value ?? "");
  else {
    for (const { issuer, keys } of keySets) output.screen.line(`${issuer}: ${keys.length} keys`);
    output.screen.line(`wrote ${file}`);
  }
}

const keyIds = (set: unknown): readonly string[] =>
  objectsOf(objectOf(set)["keys"]).map(({ kid }) => String(kid));
