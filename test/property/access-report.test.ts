import fc from "fast-check";
import { type ConditionScope, evaluateCondition } from "../../src/policy/condition.ts";
import { decide } from "../../src/policy/decide.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { holdings } from "../../src/policy/roles.ts";
import { accessOf } from "../../src/tools/access/access.ts";
import { type Graph, layeredLayout } from "../../src/tools/report/layered-layout.ts";
import { drawn } from "../support/drawn.ts";
import { decisionCase } from "../support/generate-policy.ts";
import { policyOf } from "../support/judges.ts";

const truthIn = (policy: Policy, scope: ConditionScope) => (text: string) =>
  evaluateCondition(policy.conditions.get(text) ?? [], scope);

describe("what a report says of an access", () => {
  it("is what is decided, for every request", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(decisionCase({ min: 8, max: 8 }), ({ rows, requests }) => {
        const policy = policyOf(rows);
        for (const request of requests) {
          const access = accessOf(policy, request.route ?? "", holdings(policy, request.subjects));
          seen.add(access.kind);
          const truth = truthIn(policy, request);
          const may =
            access.kind === "allowed" ||
            (access.kind === "conditional" &&
              (access.when.length === 0 || access.when.some((text) => truth(text) === "true")) &&
              access.unless.every((text) => truth(text) === "false"));
          expect(may ? "allow" : "deny").toBe(decide(policy, request).effect);
        }
      }),
      drawn(400),
    );
    expect([...seen].sort()).toEqual(["allowed", "conditional", "denied", "none", "public"]);
  });
});

const graph: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 12 }).chain((size) => {
  const nodes = Array.from({ length: size }, (_, index) => `n${index}`);
  const edge = fc.tuple(fc.constantFrom(...nodes), fc.constantFrom(...nodes));
  return fc
    .uniqueArray(edge, { maxLength: 20, selector: ([from, to]) => `${from} ${to}` })
    .map((edges) => ({ nodes, edges: edges.filter(([from, to]) => from !== to) }));
});

describe("the layers of a graph", () => {
  it("hold every node once, no two in one place, and every edge once", () => {
    fc.assert(
      fc.property(graph, (one) => {
        const layout = layeredLayout(one);
        expect(layout.nodes.map(({ name }) => name)).toEqual([...one.nodes].sort());
        for (let layer = 0; layer < layout.layers; layer += 1) {
          const heights = layout.nodes
            .filter((node) => node.layer === layer)
            .map(({ row }) => row)
            .sort((a, b) => a - b);
          for (const [index, height] of heights.entries()) {
            expect(height).toBeGreaterThanOrEqual(-1e-9);
            expect(height).toBeLessThan(layout.rows);
            // A box is less than one row high, so boxes never touch.
            if (index > 0) expect(height - (heights[index - 1] ?? 0)).toBeGreaterThan(0.999);
          }
        }
        const spelled = (edges: readonly (readonly [string, string])[]) =>
          edges.map((edge) => edge.join(" ")).sort();
        expect(spelled(layout.edges.map(({ from, to }) => [from, to]))).toEqual(spelled(one.edges));
      }),
    );
  });

  it("put a node right of all that leads to it, but for an edge that closes a circle", () => {
    fc.assert(
      fc.property(graph, (one) => {
        const { nodes, edges } = layeredLayout(one);
        const layerOf = new Map(nodes.map(({ name, layer }) => [name, layer]));
        for (const { from, to, rows, back } of edges) {
          const span = (layerOf.get(to) ?? 0) - (layerOf.get(from) ?? 0);
          expect(back ? -span : span).toBeGreaterThan(0);
          expect(rows).toHaveLength(Math.abs(span) + 1);
        }
      }),
    );
  });

  it("do not depend on the order in which the graph is told", () => {
    fc.assert(
      fc.property(graph, (one) => {
        const turned = { nodes: [...one.nodes].reverse(), edges: [...one.edges].reverse() };
        const { nodes } = layeredLayout(one);
        expect(layeredLayout(turned).nodes.map(({ name, layer }) => [name, layer])).toEqual(
          nodes.map(({ name, layer }) => [name, layer]),
        );
      }),
    );
  });
});
