// Counts calls of what the platform has, in the process that it is loaded in: before the code that is counted, since
// that may keep a function.
import { createHook } from "node:async_hooks";
import crypto from "node:crypto";
import Module from "node:module";

/** How often each thing happened. */
export type Tally = Record<string, number>;

let tally: Tally | undefined;
let required: Set<string> | undefined;
let places: Tally | undefined;

function add(name: string, times = 1): void {
  if (tally === undefined) return;
  tally[name] = (tally[name] ?? 0) + times;
  if (places !== undefined) addPlace(places, name, times);
}

/** How many calls lead to what is counted, from the inner one, if they are of a bundle. */
const CALLS_SHOWN = 3;

function addPlace(own: Tally, name: string, times: number): void {
  // Reading the calls is not to be counted.
  const counting = tally;
  tally = undefined;
  const calls = (new Error("the calls").stack ?? "")
    .split("\n")
    .filter((line) => /(src|node_modules)\//.test(line))
    .slice(0, CALLS_SHOWN)
    .map((line) => line.replace(/^ *at /, "").replace(/\(?[^ (]*?((?:src|node_modules)\/[^)]*).*/, "$1"));
  const place = `${name}: ${calls.join(" < ")}`;
  own[place] = (own[place] ?? 0) + times;
  tally = counting;
}

/** Where what is counted happens from here on, by the calls that lead to it. */
export function countPlaces(): Tally {
  Error.stackTraceLimit = 20;
  places = {};
  return places;
}

/** Functions of any shape, by name. */
type Functions = Record<string, (this: unknown, ...args: unknown[]) => unknown>;

/** Replaces a function of an object; `times` says how often a call counts. */
function spy(holder: object, method: string, name: string, times?: (self: unknown) => number): void {
  const functions = holder as Functions;
  const original = functions[method];
  if (original === undefined) throw new Error(`there is no \`${method}\` to count`);
  functions[method] = function counted(...args) {
    // Outside of what is counted, as little as possible.
    if (tally !== undefined) add(name, times?.(this));
    return original.apply(this, args);
  };
}

const lengthOf = (self: unknown) => (self as { readonly length: number }).length;

/** Lookups in maps and sets, and everything that is visited by a loop, an iterator or a callback. */
function spyOnCollections(): void {
  for (const holder of [Map.prototype, Set.prototype]) spy(holder, "has", "lookups");
  spy(Map.prototype, "get", "lookups");
  const iterators = [[][Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator]()];
  for (const iterator of iterators) spy(Object.getPrototypeOf(iterator) as object, "next", "items visited");
  const walking = [
    "filter",
    "map",
    "flatMap",
    "forEach",
    "some",
    "every",
    "find",
    "findIndex",
    "reduce",
    "sort",
  ];
  for (const method of [...walking, "includes", "indexOf"]) {
    spy(Array.prototype, method, "items visited", lengthOf);
  }
  for (const holder of [Map.prototype, Set.prototype]) {
    spy(holder, "forEach", "items visited", (self) => (self as ReadonlySet<unknown>).size);
  }
}

function spyOnText(): void {
  spy(JSON, "parse", "JSON.parse");
  spy(JSON, "stringify", "JSON.stringify");
  // `test`, `match`, `replace` and `split` come here too.
  spy(RegExp.prototype, "exec", "regular expressions run");
  globalThis.RegExp = new Proxy(RegExp, {
    construct(target, args: [string]) {
      add("regular expressions compiled");
      return new target(...args);
    },
  });
}

function spyOnObjects(): void {
  for (const method of ["entries", "fromEntries", "keys", "values", "assign"]) {
    spy(Object, method, `Object.${method}`);
  }
}

function spyOnClocks(): void {
  spy(Date, "now", "clock reads");
  spy(performance, "now", "clock reads");
  spy(process.hrtime, "bigint", "clock reads");
  const { hrtime } = process;
  process.hrtime = Object.assign((earlier?: [number, number]) => {
    add("clock reads");
    return hrtime(earlier);
  }, hrtime);
  globalThis.Date = new Proxy(Date, {
    construct(target, args: []) {
      add("clock reads");
      return new target(...args);
    },
  });
}

function spyOnCryptography(): void {
  spy(crypto, "verify", "signatures verified");
  const { createVerify } = crypto;
  crypto.createVerify = (...args: Parameters<typeof createVerify>) => {
    const verifier = createVerify(...args);
    spy(verifier, "verify", "signatures verified");
    return verifier;
  };
  spy(crypto, "createPublicKey", "keys imported");
  spy(crypto, "createHash", "digests");
  const { hash } = crypto as { readonly hash?: unknown };
  // Node 20.12 and later.
  if (hash !== undefined) spy(crypto, "hash", "digests");
}

const note = (module: string) => void required?.add(module.replace(/^node:/, ""));

function spyOnModules(): void {
  const loader = Module as unknown as { _load: (request: string, ...more: unknown[]) => unknown };
  const load = loader._load.bind(loader);
  loader._load = (request, ...more) => {
    note(request);
    return load(request, ...more);
  };
  const builtins = process as unknown as { getBuiltinModule: (name: string) => unknown };
  const builtin = builtins.getBuiltinModule.bind(process);
  builtins.getBuiltinModule = (name) => {
    note(name);
    return builtin(name);
  };
}

/** Globals that Node loads a module for when they are first read. */
function spyOnGlobals(): void {
  for (const name of ["performance", "crypto", "fetch", "navigator", "Blob"]) {
    if (!(name in globalThis)) continue;
    const value: unknown = Reflect.get(globalThis, name);
    const get = () => {
      note(`global ${name}`);
      return value;
    };
    Object.defineProperty(globalThis, name, { get, configurable: true });
  }
}

spyOnText();
spyOnObjects();
spyOnClocks();
spyOnCryptography();
spyOnModules();
spyOnGlobals();
spyOnCollections();
createHook({
  init(_, type) {
    if (type === "PROMISE") add("promises");
  },
}).enable();

/** What happens until it has run, and what it returns. Its promises include the one that waits here. */
export async function counted<T>(run: () => T | Promise<T>): Promise<readonly [Tally, T]> {
  const own: Tally = {};
  tally = own;
  try {
    return [own, await run()];
  } finally {
    tally = undefined;
  }
}

/** The same for what does not wait. */
export function countedNow(run: () => void): Tally {
  const own: Tally = {};
  tally = own;
  try {
    run();
  } finally {
    tally = undefined;
  }
  return own;
}

/** The modules, packages and globals that are asked for while it runs, whether they are loaded already or not. */
export async function requiredBy(run: () => unknown): Promise<readonly string[]> {
  const own = new Set<string>();
  required = own;
  try {
    await run();
  } finally {
    required = undefined;
  }
  return [...own].filter((name) => !/^[./]|^[A-Z]:/.test(name)).sort();
}

/** Counts one thing that a probe sees itself. */
export { add as countOne };
