// The package's own types import without file names, which TypeScript does not follow from an ES module.
declare module "@dagrejs/dagre" {
  interface Box {
    readonly width: number;
    readonly height: number;
    /** Of its centre, as y; set by `layout`. */
    readonly x: number;
    readonly y: number;
  }

  interface Line {
    /** Set by `layout`: from border to border. */
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }

  interface Edge {
    readonly v: string;
    readonly w: string;
  }

  export class Graph {
    setGraph(label: Readonly<Record<string, string | number>>): void;
    setNode(name: string, box: Box): void;
    setEdge(from: string, to: string, line: Line): void;
    nodes(): readonly string[];
    node(name: string): Box;
    edges(): readonly Edge[];
    edge(edge: Edge): Line;
  }

  export function layout(graph: Graph): void;
}
