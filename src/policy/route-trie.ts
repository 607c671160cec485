import { decidingMethods, type PathRoute } from "./route.ts";

/** A declared route with its spelling. */
export interface DeclaredRoute extends PathRoute {
  readonly name: string;
}

/** The declared routes by segment: each node is one way to match the path so far. */
export interface RouteTrie {
  readonly literals: ReadonlyMap<string, RouteTrie>;
  readonly parameter: RouteTrie | undefined;
  /** Routes that end here, by method. */
  readonly ends: ReadonlyMap<string, DeclaredRoute>;
  /** Routes that match all that follows, by method. */
  readonly greedy: ReadonlyMap<string, DeclaredRoute>;
}

interface GrowingTrie extends RouteTrie {
  readonly literals: Map<string, GrowingTrie>;
  parameter: GrowingTrie | undefined;
  readonly ends: Map<string, DeclaredRoute>;
  readonly greedy: Map<string, DeclaredRoute>;
}

const emptyTrie = (): GrowingTrie => ({
  literals: new Map(),
  parameter: undefined,
  ends: new Map(),
  greedy: new Map(),
});

export function createRouteTrie(routes: Iterable<DeclaredRoute>): RouteTrie {
  const root = emptyTrie();
  for (const route of routes) insert(root, route);
  return root;
}

function insert(root: GrowingTrie, route: DeclaredRoute): void {
  let node = root;
  for (const segment of route.segments) {
    if (segment.kind === "greedy") {
      node.greedy.set(route.method, route);
      return;
    }
    if (segment.kind === "parameter") {
      node.parameter ??= emptyTrie();
      node = node.parameter;
    } else {
      const next = node.literals.get(segment.text) ?? emptyTrie();
      node.literals.set(segment.text, next);
      node = next;
    }
  }
  node.ends.set(route.method, route);
}

/** A search in the trie. */
interface Search {
  readonly method: string;
  readonly segments: readonly string[];
  readonly accept: (route: DeclaredRoute) => boolean;
}

interface MethodSearch extends Search {
  /** @see decidingMethods */
  readonly methods: readonly string[];
}

/**
 * The route that API Gateway would choose for a path, among those that `accept` accepts: a full match before a greedy
 * one; then the one that is literal where two first differ, so the longer of two greedy ones; the method's own before
 * `ANY`, and for `HEAD` that of `GET` in between. Visits each node at most twice.
 */
export function findRoute(trie: RouteTrie, search: Search): DeclaredRoute | undefined {
  const ofMethods = { ...search, methods: decidingMethods(search.method) };
  return fullMatch(trie, ofMethods, 0) ?? greedyMatch(trie, ofMethods, 0);
}

function ofMethod(
  routes: ReadonlyMap<string, DeclaredRoute>,
  { methods, accept }: MethodSearch,
): DeclaredRoute | undefined {
  for (const method of methods) {
    const route = routes.get(method);
    if (route !== undefined && accept(route)) return route;
  }
  return undefined;
}

function fullMatch(node: RouteTrie, search: MethodSearch, depth: number): DeclaredRoute | undefined {
  const segment = search.segments[depth];
  if (segment === undefined) return ofMethod(node.ends, search);
  const literal = node.literals.get(segment);
  return (
    (literal && fullMatch(literal, search, depth + 1)) ??
    (node.parameter && fullMatch(node.parameter, search, depth + 1))
  );
}

function greedyMatch(node: RouteTrie, search: MethodSearch, depth: number): DeclaredRoute | undefined {
  const segment = search.segments[depth];
  // A greedy parameter matches one or more segments.
  if (segment === undefined) return undefined;
  const literal = node.literals.get(segment);
  return (
    (literal && greedyMatch(literal, search, depth + 1)) ??
    (node.parameter && greedyMatch(node.parameter, search, depth + 1)) ??
    ofMethod(node.greedy, search)
  );
}
