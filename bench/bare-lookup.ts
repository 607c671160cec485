import type { BenchRequest, Workload } from "./decision-workload.ts";

/** Effect only, from the path and the token's roles. */
export type BareLookup = (request: BenchRequest) => boolean;

interface Node {
  readonly literals: Map<string, Node>;
  parameter: Node | undefined;
  readonly ends: Map<string, Bits>;
}

/** One bit a role: who is allowed and who is denied on a route. */
interface Bits {
  readonly allow: Uint32Array;
  readonly deny: Uint32Array;
}

/**
 * A segment trie over the routes and a set of role bits at each end: about the least that a decision in
 * JavaScript can cost. It explains nothing, knows no conditions and trusts its input.
 */
export function bareLookup({ grants, inherits, routes }: Workload): BareLookup {
  const numbers = new Map<string, number>();
  for (const name of [
    ...grants.map(({ subject }) => subject),
    ...inherits.keys(),
    ...[...inherits.values()].flat(),
  ])
    if (!numbers.has(name)) numbers.set(name, numbers.size);
  const closures = new Map([...numbers.keys()].map((name) => [name, closureOf(name, inherits, numbers)]));
  const words = Math.ceil(numbers.size / 32);
  const root = emptyNode();
  const ends = new Map<string, Bits[]>();
  for (const [route, permission] of routes) {
    const bits = { allow: new Uint32Array(words), deny: new Uint32Array(words) };
    insert(root, route, bits);
    for (const pattern of [permission, `${permission.slice(0, permission.indexOf(":"))}:*`]) {
      ends.set(pattern, [...(ends.get(pattern) ?? []), bits]);
    }
  }
  for (const { subject, permission, effect } of grants) {
    const number = numbers.get(subject) ?? 0;
    for (const bits of ends.get(permission) ?? []) set(bits[effect], number);
  }
  return ({ method, path, subjects }) => {
    const bits = find(root, path)?.ends.get(method);
    if (bits === undefined) return false;
    let allowed = false;
    for (const subject of subjects) {
      for (const number of closures.get(subject) ?? []) {
        if (has(bits.deny, number)) return false;
        if (has(bits.allow, number)) allowed = true;
      }
    }
    return allowed;
  };
}

function emptyNode(): Node {
  return { literals: new Map(), parameter: undefined, ends: new Map() };
}

function insert(root: Node, route: string, bits: Bits): void {
  const [method = "", template = ""] = route.split(" ");
  let node = root;
  for (const segment of template.slice(1).split("/")) {
    if (segment.startsWith("{")) {
      node.parameter ??= emptyNode();
      node = node.parameter;
    } else {
      const next = node.literals.get(segment) ?? emptyNode();
      node.literals.set(segment, next);
      node = next;
    }
  }
  node.ends.set(method, bits);
}

function find(root: Node, path: string): Node | undefined {
  let node: Node | undefined = root;
  for (const segment of path.slice(1).split("/")) node = node?.literals.get(segment) ?? node?.parameter;
  return node;
}

function closureOf(
  name: string,
  inherits: Workload["inherits"],
  numbers: ReadonlyMap<string, number>,
): number[] {
  const held = new Set<string>([name]);
  const parents: ReadonlyMap<string, readonly string[]> = inherits;
  for (const one of held) for (const role of parents.get(one) ?? []) held.add(role);
  return [...held].flatMap((one) => numbers.get(one) ?? []);
}

function set(words: Uint32Array, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31));
}

function has(words: Uint32Array, bit: number): boolean {
  return ((words[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}
