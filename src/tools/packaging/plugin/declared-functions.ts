import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { textOf } from "../../../json.ts";
import type { FunctionName } from "../../archives/functions.ts";
import { authorizerFunction } from "./declared-kinds.ts";
import {
  innerSection,
  isSection,
  type MutableSections,
  PluginError,
  type Serverless,
  sectionOf,
} from "./framework.ts";
import type { Settings } from "./settings.ts";

/** The folder of the generated handlers, in the service. */
const FOLDER = ".claimgate";

/** Cognito waits five seconds for a trigger, whatever its function says. */
const TRIGGER_TIMEOUT = 5;

/** A function that the settings ask for. */
export interface DeclaredFunction {
  /** Its key under `functions`. */
  readonly key: string;
  /** The export of `claimgate/lambda` that makes its handler. */
  readonly door: FunctionName;
  readonly isTrigger: boolean;
  /** Its definition, as the framework has it. */
  readonly definition: MutableSections;
  /** Whether its handler is a generated file. */
  readonly generated: boolean;
}

/**
 * Declares the functions of the settings. What the service says of one of them stays; with a handler of its own, only
 * what a function needs besides the code is added later.
 *
 * Must run in the constructor of the plugin: the framework names and validates functions before any hook.
 *
 * @param isBundled whether a bundler puts the policy into the generated handlers; otherwise each is a whole file
 */
export function declareFunctions(
  serverless: Serverless,
  settings: Settings,
  isBundled: boolean,
): readonly DeclaredFunction[] {
  const wanted = [
    ...[...settings.authorizers].map(([kind, key]) => ({
      key,
      door: authorizerFunction(kind),
      isTrigger: false,
    })),
    ...[...settings.triggers].map(([name, key]) => ({ key, door: name, isTrigger: true })),
  ];
  if (wanted.length === 0) return [];
  const sections = functionSections(serverless);
  return wanted.map(({ key, door, isTrigger }) => {
    const having = sections.filter((one) => Object.hasOwn(one, key));
    const section = having[0] ?? sections[0] ?? {};
    const parts = having.map((one) => one[key] ?? {});
    if (!parts.every(isSection)) {
      throw new PluginError("CLAIMGATE_SETTINGS_INVALID", `\`functions.${key}\` is not a map`);
    }
    const [written] = parts;
    const generated = parts.every(({ handler, image }) => handler === undefined && image === undefined);
    // A copy: with a YAML anchor, functions share their definition.
    const definition: MutableSections = {
      ...(generated && { handler: `${FOLDER}/${key}.handler` }),
      ...(generated && !isBundled && { package: { individually: true, patterns: ["!**", fileOf(key)] } }),
      ...(isTrigger && { timeout: TRIGGER_TIMEOUT }),
      ...written,
    };
    section[key] = definition;
    return { key, door, isTrigger, definition, generated };
  });
}

/** The functions as the framework has them now: it copies the sections of a list when it merges them. */
export function withMergedDefinitions(
  serverless: Serverless,
  functions: readonly DeclaredFunction[],
): readonly DeclaredFunction[] {
  if (functions.length === 0) return functions;
  const merged = sectionOf(serverless, "functions");
  return functions.map((one) => ({ ...one, definition: innerSection(merged, one.key, "functions") }));
}

/**
 * A generated handler needs Node, whatever the other functions of the service run on.
 *
 * @throws PluginError with the line to add
 */
export function refuseRuntimes({ service }: Serverless, functions: readonly DeclaredFunction[]): void {
  for (const { key, definition, generated } of functions) {
    const runtime = textOf(definition["runtime"]) ?? textOf(service.provider["runtime"]) ?? "nodejs";
    if (!generated || runtime.startsWith("nodejs")) continue;
    throw new PluginError(
      "CLAIMGATE_SETTINGS_INVALID",
      `the function \`${key}\` of \`custom.claimgate\` needs Node, and its runtime is \`${runtime}\`; ` +
        `add \`${key}: { runtime: nodejs22.x }\` to \`functions\``,
    );
  }
}

/** Whether the plugin writes the file of a handler. */
export function isGeneratedHandler(handler: unknown): boolean {
  return typeof handler === "string" && handler.startsWith(`${FOLDER}/`);
}

function fileOf(key: string): string {
  return `${FOLDER}/${key}.js`;
}

/** `functions` is a map, or a list of maps that the framework merges later. */
function functionSections(serverless: Serverless): readonly MutableSections[] {
  const { functions } = serverless.service;
  if (!Array.isArray(functions)) return [sectionOf(serverless, "functions")];
  const list: unknown[] = functions;
  const own: MutableSections = {};
  list.push(own);
  return [own, ...list.filter(isSection)];
}

/** Writes the generated handlers; the folder keeps itself out of git. */
export function writeHandlers(
  serviceDir: string,
  functions: readonly DeclaredFunction[],
  textFor: (door: FunctionName) => string,
): void {
  const generated = functions.filter((one) => one.generated);
  if (generated.length === 0) return;
  mkdirSync(join(serviceDir, FOLDER), { recursive: true });
  writeFileSync(join(serviceDir, FOLDER, ".gitignore"), "*\n");
  // A whole file is CommonJS, whatever the files of the service are.
  writeFileSync(join(serviceDir, FOLDER, "package.json"), "{}\n");
  for (const { key, door } of generated) writeFileSync(join(serviceDir, fileOf(key)), textFor(door));
}

/** A handler for a bundler. */
export function bundledHandler(door: FunctionName): string {
  return `// Written by claimgate/serverless; changes are lost.
import { ${door} } from "claimgate/lambda";
export const handler = ${door}();
`;
}
