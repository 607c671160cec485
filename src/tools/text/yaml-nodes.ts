import { isMap, isScalar, isSeq, type Node, type Pair, stringify, type YAMLMap } from "yaml";

// Nodes of a YAML document, their places and spellings; offsets count from 0.

type Ranged = Node & { readonly range: readonly [number, number, number] };

export function hasRange(node: unknown): node is Ranged {
  return typeof node === "object" && node !== null && Array.isArray((node as Partial<Ranged>).range);
}

export function isPair(item: unknown): item is Pair {
  return typeof item === "object" && item !== null && "key" in item;
}

/** A name without a value; `null` is a value. */
export function isEmpty(node: unknown): boolean {
  if (node === null || node === undefined) return true;
  return isScalar(node) && node.value === null && node.anchor === undefined && startOf(node) === endOf(node);
}

export function startOf(node: unknown): number {
  return hasRange(node) ? node.range[0] : 0;
}

export function endOf(node: unknown): number {
  return hasRange(node) ? node.range[1] : 0;
}

export function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === name);
}

/** The entry whose name is at an offset. */
export function pairAt(node: unknown, offset: number): Pair | undefined {
  if (isSeq(node)) return firstOf(node.items, (item) => pairAt(item, offset));
  if (!isMap(node)) return undefined;
  return firstOf(node.items, (pair) => (startOf(pair.key) === offset ? pair : pairAt(pair.value, offset)));
}

/** Whether a collection around an offset has an anchor, so that an alias may repeat it. */
export function isAnchored(node: unknown, offset: number): boolean {
  if (!(isMap(node) || isSeq(node)) || offset < startOf(node) || offset >= endOf(node)) return false;
  if (node.anchor !== undefined) return true;
  return node.items.some((item) => isAnchored(isPair(item) ? item.value : item, offset));
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value on one line, as YAML in flow style. */
export function flow(value: unknown): string {
  return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();
}

/** An entry in block style, without a newline at its end. */
export function block(name: string, value: unknown): string {
  return stringify({ [name]: value }, { lineWidth: 0 }).trimEnd();
}

/** Plain data as a YAML document. Equal values are written out, not as aliases. */
export function yamlOf(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
