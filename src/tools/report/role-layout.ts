import { Graph, layout } from "@dagrejs/dagre";

/** Who has which role: an edge leads from a member to a role that it has. */
export interface RoleGraph {
  readonly nodes: readonly string[];
  readonly edges: readonly (readonly [from: string, to: string])[];
}

/** Pixels, from the top left corner of the drawing. */
interface Point {
  readonly x: number;
  readonly y: number;
}

interface RoleLayout {
  /** By the top left corner of each box. */
  readonly nodes: readonly (Point & { readonly name: string; readonly width: number })[];
  /** From the side of one box to that of the other, in the direction of the edge. */
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly points: readonly Point[];
  }[];
  readonly width: number;
  readonly height: number;
}

interface Shape {
  readonly height: number;
  readonly margin: number;
  readonly widthOf: (name: string) => number;
}

/**
 * Places the boxes from left to right, every member before its roles, but for one edge of each circle. The same graph
 * gives the same layout, in whatever order it is told.
 */
export function roleLayout({ nodes, edges }: RoleGraph, { height, margin, widthOf }: Shape): RoleLayout {
  const graph = new Graph();
  // The other rankers take minutes for a thousand roles.
  const ranker = "longest-path";
  graph.setGraph({
    rankdir: "LR",
    ranker,
    ranksep: 64,
    nodesep: 12,
    edgesep: 12,
    marginx: margin,
    marginy: margin,
  });
  for (const name of [...new Set(nodes)].sort()) {
    graph.setNode(name, { x: 0, y: 0, width: widthOf(name), height });
  }
  for (const [from, to] of [...edges].sort(byEnds)) if (from !== to) graph.setEdge(from, to, { points: [] });
  layout(graph);
  const placed = graph.nodes().map((name) => ({ name, ...graph.node(name) }));
  const lines = graph.edges().map((edge) => {
    const [start, end] = [graph.node(edge.v), graph.node(edge.w)];
    const forward = start.x < end.x ? 1 : -1;
    const ends = [
      { x: start.x + (forward * start.width) / 2, y: start.y },
      { x: end.x - (forward * end.width) / 2, y: end.y },
    ] as const;
    const between = graph.edge(edge).points.slice(1, -1);
    return { from: edge.v, to: edge.w, points: [ends[0], ...between, ends[1]].map(rounded) };
  });
  return {
    nodes: placed.map(({ name, x, y, width }) => ({
      name,
      width,
      ...rounded({ x: x - width / 2, y: y - height / 2 }),
    })),
    edges: lines,
    width: Math.ceil(Math.max(0, ...placed.map(({ x, width }) => x + width / 2))) + margin,
    height: Math.ceil(Math.max(0, ...placed.map(({ y }) => y + height / 2))) + margin,
  };
}

/** Boxes may lie between pixels; a tenth of one is fine enough. */
function rounded({ x, y }: Point): Point {
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
}

function byEnds(a: readonly [string, string], b: readonly [string, string]): number {
  const [left, right] = [a.join("\n"), b.join("\n")];
  return left === right ? 0 : left < right ? -1 : 1;
}
