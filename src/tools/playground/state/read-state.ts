import type { PolicyFile } from "../../../policy/compile.ts";
import { NOBODY, type Persona, type PlaygroundState, pathProblem } from "./state.ts";

/** What a link or a file has is not a state: what is wrong, where. */
export class StateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StateError";
  }
}

const MOST = { files: 500, personas: 60, entries: 200 };

/**
 * Reads data of unknown origin. Every value is checked and copied, so nothing else comes along.
 *
 * @throws StateError
 */
export function readState(data: unknown): PlaygroundState {
  const has = objectAt(data, "the state");
  const files = listAt(has["files"], "files", MOST.files).map(fileAt);
  for (const [index, { path }] of files.entries()) {
    const problem = pathProblem(
      path,
      files.slice(0, index).map((file) => file.path),
    );
    if (problem !== undefined) throw new StateError(`\`files[${index}].path\`: ${problem}`);
  }
  const personas = listAt(has["personas"], "personas", MOST.personas).map(personaAt);
  const chosen = wholeAt(has["chosen"] ?? 0, "chosen");
  if (chosen > 0 && chosen >= personas.length) {
    throw new StateError(`\`chosen\`: there are ${personas.length} personas`);
  }
  return {
    files,
    personas,
    chosen,
    ask: textAt(has["ask"] ?? "", "ask"),
    parameters: mapAt(has["parameters"] ?? {}, "parameters"),
  };
}

/** The same as plain data for JSON, without what {@link readState} adds by itself. */
export function writtenState({ files, personas, chosen, ask, parameters }: PlaygroundState): object {
  return {
    files: files.map(({ path, text }) => ({ path, text })),
    personas: personas.map(writtenPersona),
    ...(chosen !== 0 && { chosen }),
    ...(ask !== "" && { ask }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
  };
}

function writtenPersona({ name, kind, sub, groups, client, scopes, claims, age }: Persona): object {
  return {
    name,
    ...(kind !== NOBODY.kind && { kind }),
    ...(sub !== NOBODY.sub && { sub }),
    ...(groups.length > 0 && { groups }),
    ...(client !== "" && { client }),
    ...(scopes.length > 0 && { scopes }),
    ...(Object.keys(claims).length > 0 && { claims }),
    ...(age !== undefined && { age }),
  };
}

function fileAt(data: unknown, index: number): PolicyFile {
  const has = objectAt(data, `files[${index}]`);
  return {
    path: textAt(has["path"], `files[${index}].path`),
    text: textAt(has["text"], `files[${index}].text`),
  };
}

function personaAt(data: unknown, index: number): Persona {
  const at = `personas[${index}]`;
  const has = objectAt(data, at);
  const kind = has["kind"] ?? NOBODY.kind;
  if (kind !== "user" && kind !== "machine") {
    throw new StateError(`\`${at}.kind\`: expected \`user\` or \`machine\``);
  }
  const texts = (name: string) =>
    listAt(has[name] ?? [], `${at}.${name}`, MOST.entries).map((one, place) =>
      textAt(one, `${at}.${name}[${place}]`),
    );
  return {
    name: textAt(has["name"], `${at}.name`),
    kind,
    sub: textAt(has["sub"] ?? NOBODY.sub, `${at}.sub`),
    groups: texts("groups"),
    client: textAt(has["client"] ?? "", `${at}.client`),
    scopes: texts("scopes"),
    claims: mapAt(has["claims"] ?? {}, `${at}.claims`),
    age: has["age"] === undefined ? undefined : wholeAt(has["age"], `${at}.age`),
  };
}

type Properties = Readonly<Record<string, unknown>>;

/** Own properties alone: `__proto__` is a name like any other. */
function objectAt(data: unknown, at: string): Properties {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw new StateError(`\`${at}\`: expected an object`);
  }
  return Object.assign(Object.create(null), data) as Properties;
}

function listAt(data: unknown, at: string, most: number): readonly unknown[] {
  if (!Array.isArray(data)) throw new StateError(`\`${at}\`: expected a list`);
  if (data.length > most) throw new StateError(`\`${at}\`: expected at most ${most} entries`);
  return data;
}

function textAt(data: unknown, at: string): string {
  if (typeof data !== "string") throw new StateError(`\`${at}\`: expected a string`);
  return data;
}

function mapAt(data: unknown, at: string): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(data, at));
  if (entries.length > MOST.entries) {
    throw new StateError(`\`${at}\`: expected at most ${MOST.entries} entries`);
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, textAt(value, `${at}.${name}`)]));
}

function wholeAt(data: unknown, at: string): number {
  if (typeof data !== "number" || !Number.isSafeInteger(data) || data < 0) {
    throw new StateError(`\`${at}\`: expected a whole number`);
  }
  return data;
}
