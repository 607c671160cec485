// Draws the flowcharts of the pages. A repository's host draws them with Mermaid, which needs a browser; these have boxes
// and arrows only.
import { Graph, layout } from "@dagrejs/dagre";

const HEIGHT = 32;
const MARGIN = 1;
const CHARACTER = 7.8;

/**
 * The picture of `flowchart TD` with one `a --> b`, or one name, a line.
 *
 * @throws Error for any other line
 */
export function diagramOf(flowchart: string): string {
  const [head, ...lines] = flowchart.trim().split("\n");
  if (head !== "flowchart TD") throw new Error(`expected a \`flowchart TD\`, found \`${head}\``);
  const graph = new Graph();
  graph.setGraph({ rankdir: "TB", ranksep: 36, nodesep: 16, marginx: MARGIN, marginy: MARGIN });
  const edges = lines.flatMap(edgeOf);
  for (const name of new Set(lines.flatMap(namesOf))) {
    graph.setNode(name, { x: 0, y: 0, width: name.length * CHARACTER + 24, height: HEIGHT });
  }
  for (const [from, to] of edges) graph.setEdge(from, to, { points: [] });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const says = edges.map(([from, to]) => `${from} uses ${to}`).join(", ");
  return [
    `<div class="diagram" tabindex="0" role="region" aria-label="Diagram"><svg viewBox="0 0 ${width} ${height}"`,
    ` width="${width}" height="${height}" role="img" aria-label="${says}">${ARROW}`,
    ...graph.edges().map((edge) => arrow(graph.edge(edge).points)),
    ...graph.nodes().map((name) => box(name, graph.node(name))),
    "</svg></div>",
  ].join("");
}

const ARROW =
  '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0L8 4L0 8z"/></marker></defs>';

function namesOf(line: string): readonly string[] {
  const names = line.trim().split(" --> ");
  if (names.length > 2 || names.some((name) => !/^[\w-]+$/.test(name))) {
    throw new Error(`expected \`a --> b\` or one name, found \`${line.trim()}\``);
  }
  return names;
}

function edgeOf(line: string): readonly (readonly [string, string])[] {
  const [from, to] = namesOf(line);
  return from === undefined || to === undefined ? [] : [[from, to]];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function arrow(points: readonly Point[]): string {
  const [start, ...rest] = points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return `<path class="arrow" marker-end="url(#arrow)" d="M${start}L${rest.join("L")}"/>`;
}

function box(name: string, { x, y, width, height }: Point & { width: number; height: number }): string {
  const [left, top] = [(x - width / 2).toFixed(1), (y - height / 2).toFixed(1)];
  return (
    `<rect x="${left}" y="${top}" width="${width.toFixed(1)}" height="${height}" rx="6"/>` +
    `<text x="${x.toFixed(1)}" y="${(y + 4.5).toFixed(1)}">${name}</text>`
  );
}
