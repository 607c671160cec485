/** A directed graph by names. */
export interface Graph {
  readonly nodes: readonly string[];
  readonly edges: readonly (readonly [from: string, to: string])[];
}

interface PlacedNode {
  readonly name: string;
  /** Counted from 0. */
  readonly layer: number;
  /** The vertical position, from 0; at least 1 from its neighbours in the layer. It may be a fraction. */
  readonly row: number;
}

export interface PlacedEdge {
  readonly from: string;
  readonly to: string;
  /** The rows that it passes, one for each layer between its ends. */
  readonly rows: readonly number[];
  /** Whether it leads back to a lower layer, as one edge of a cycle does. */
  readonly back: boolean;
}

export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly layers: number;
  /** The position of the lowest one, plus 1. */
  readonly rows: number;
}

/** An element of a layer: a node, or the place where a long edge passes. */
interface Slot {
  readonly name: string;
  readonly before: Slot[];
  readonly after: Slot[];
}

/** Sweeps over all layers; more hardly change a graph of this kind. */
const SWEEPS = 8;

/**
 * Lays a graph out in layers, as Sugiyama's method does: every node right of what leads to it, long edges through
 * places of their own, and each layer in the order in which few edges cross. The same graph gives the same layout.
 */
export function layeredLayout({ nodes, edges }: Graph): Layout {
  const names = [...new Set(nodes)].sort();
  const forward = withoutCircles(names, edges);
  const layerOf = layersOf(names, [...forward.kept, ...forward.turned]);
  const layers: Slot[][] = Array.from({ length: Math.max(0, ...layerOf.values()) + 1 }, () => []);
  const slots = new Map(
    names.map((name) => {
      const slot: Slot = { name, before: [], after: [] };
      layers[layerOf.get(name) ?? 0]?.push(slot);
      return [name, slot];
    }),
  );
  const chains = [...forward.kept, ...forward.turned].map(([from, to]) =>
    chainOf(slots, layers, layerOf, from, to),
  );
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) order(layers, sweep % 2 === 0 ? "before" : "after");
  const rowOf = levelled(layers);
  const rowsOf = (chain: readonly Slot[]) => chain.map((slot) => rowOf.get(slot) ?? 0);
  return {
    nodes: names.map((name) => ({
      name,
      layer: layerOf.get(name) ?? 0,
      row: rowOf.get(slots.get(name) as Slot) ?? 0,
    })),
    edges: [...forward.kept, ...forward.turned].map(([from, to], index) => {
      const back = index >= forward.kept.length;
      return { from: back ? to : from, to: back ? from : to, rows: rowsOf(chains[index] ?? []), back };
    }),
    layers: layers.length,
    rows: Math.max(-1, ...rowOf.values()) + 1,
  };
}

/** Turns the edges that close a circle, found by going depth first in the order of names. */
function withoutCircles(names: readonly string[], edges: Graph["edges"]) {
  const sorted = [...edges].sort(([a, b], [c, d]) => (a === c ? compare(b, d) : compare(a, c)));
  const next = new Map<string, string[]>();
  for (const [from, to] of sorted) next.set(from, [...(next.get(from) ?? []), to]);
  const state = new Map<string, "open" | "done">();
  const kept: [string, string][] = [];
  const turned: [string, string][] = [];
  const visit = (name: string): void => {
    state.set(name, "open");
    for (const to of next.get(name) ?? []) {
      if (state.get(to) === "open") {
        if (to !== name) turned.push([to, name]);
        continue;
      }
      kept.push([name, to]);
      if (state.get(to) === undefined) visit(to);
    }
    state.set(name, "done");
  };
  for (const name of names) if (state.get(name) === undefined) visit(name);
  return { kept, turned };
}

/** The layer behind all that leads to a node; what nothing leads to stands just before what it leads to. */
function layersOf(
  names: readonly string[],
  edges: readonly (readonly [string, string])[],
): ReadonlyMap<string, number> {
  const before = new Map<string, string[]>();
  const after = new Map<string, string[]>();
  for (const [from, to] of edges) {
    before.set(to, [...(before.get(to) ?? []), from]);
    after.set(from, [...(after.get(from) ?? []), to]);
  }
  const layers = new Map<string, number>();
  const layerOf = (name: string): number => {
    const known = layers.get(name);
    if (known !== undefined) return known;
    const layer = Math.max(-1, ...(before.get(name) ?? []).map(layerOf)) + 1;
    layers.set(name, layer);
    return layer;
  };
  for (const name of names) layerOf(name);
  for (const name of names) {
    const next = (after.get(name) ?? []).map(layerOf);
    if (!before.has(name) && next.length > 0) layers.set(name, Math.min(...next) - 1);
  }
  return layers;
}

/** Sweeps that move nodes to the height of their neighbours. */
const LEVELLINGS = 6;

/** How far down each slot is: in the order of its layer, as level as can be with what it is joined to. */
function levelled(layers: readonly (readonly Slot[])[]): ReadonlyMap<Slot, number> {
  const rows = new Map(layers.flatMap((layer) => layer.map((slot, row) => [slot, row] as const)));
  for (let sweep = 0; sweep < LEVELLINGS; sweep += 1) {
    const sequence = sweep % 2 === 0 ? layers : [...layers].reverse();
    for (const layer of sequence) {
      const wanted = layer.map((slot) => {
        const near = [...slot.before, ...slot.after].map((one) => rows.get(one) ?? 0);
        return near.length === 0
          ? (rows.get(slot) ?? 0)
          : near.reduce((sum, row) => sum + row, 0) / near.length;
      });
      const apart = keptApart(wanted);
      for (const [index, slot] of layer.entries()) rows.set(slot, apart[index] ?? 0);
    }
  }
  const top = Math.min(...rows.values());
  return new Map([...rows].map(([slot, row]) => [slot, row - top]));
}

/**
 * The heights nearest to the wanted ones, by least squares, that leave at least 1 between two neighbours: an isotonic
 * regression by pooling those that are too near.
 */
function keptApart(wanted: readonly number[]): readonly number[] {
  const pools: { sum: number; count: number }[] = [];
  for (const [index, height] of wanted.entries()) {
    let pool = { sum: height - index, count: 1 };
    for (let last = pools.at(-1); last !== undefined; last = pools.at(-1)) {
      if (last.sum / last.count < pool.sum / pool.count) break;
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
      pools.pop();
    }
    pools.push(pool);
  }
  const heights = pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  return heights.map((height, index) => height + index);
}

/** The slots that an edge goes over, its ends included; new ones in the layers between. */
function chainOf(
  slots: ReadonlyMap<string, Slot>,
  layers: readonly Slot[][],
  layerOf: ReadonlyMap<string, number>,
  from: string,
  to: string,
): readonly Slot[] {
  const end = slots.get(to) as Slot;
  let last = slots.get(from) as Slot;
  const chain = [last];
  const join = (slot: Slot) => {
    last.after.push(slot);
    slot.before.push(last);
    chain.push(slot);
    last = slot;
  };
  for (let layer = (layerOf.get(from) ?? 0) + 1; layer < (layerOf.get(to) ?? 0); layer += 1) {
    const passing: Slot = { name: `${from} -> ${to}`, before: [], after: [] };
    layers[layer]?.push(passing);
    join(passing);
  }
  join(end);
  return chain;
}

/** Orders each layer by the mean place of its neighbours in the one before. */
function order(layers: Slot[][], side: "before" | "after"): void {
  const sequence = side === "before" ? layers : [...layers].reverse();
  let rows = new Map<Slot, number>();
  for (const layer of sequence) {
    const own = new Map(layer.map((slot, row) => [slot, row]));
    const weight = (slot: Slot): number => {
      const neighbours = slot[side].map((one) => rows.get(one) ?? 0);
      if (neighbours.length === 0) return own.get(slot) ?? 0;
      return neighbours.reduce((sum, row) => sum + row, 0) / neighbours.length;
    };
    const weights = new Map(layer.map((slot) => [slot, weight(slot)]));
    layer.sort(
      (a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0) || (own.get(a) ?? 0) - (own.get(b) ?? 0),
    );
    rows = new Map(layer.map((slot, row) => [slot, row]));
  }
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
