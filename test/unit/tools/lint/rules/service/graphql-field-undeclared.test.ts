import { graphqlFieldUndeclared } from "../../../../../../src/tools/lint/rules/service/graphql-field-undeclared.ts";
import { readRootFields } from "../../../../../../src/tools/service/read-graphql.ts";
import { found } from "./support.ts";

const check = (csv: string, sdl: string) =>
  found(graphqlFieldUndeclared, csv, { graphql: readRootFields("schema.graphql", sdl) });

const ROWS = "g2, Query.orders, orders:list\ng2, Mutation.placeOrder, orders:create";

describe("graphql-field-undeclared", () => {
  it("accepts a schema whose root fields are declared, and looks at no other field", () => {
    expect(
      check(
        ROWS,
        "type Query { orders: [Order] }\ntype Mutation { placeOrder: Order }\ntype Order { id: ID secret: ID }",
      ),
    ).toEqual([]);
  });

  it("finds a root field that is not declared, at its place in the schema", () => {
    expect(check(ROWS, "type Query {\n  orders: [ID]\n  everything: [ID]\n}")).toEqual([
      "schema.graphql:3:3: the policy has no `g2` row for `Query.everything`, so every caller with any permission may " +
        "use the field `everything`; add `g2, Query.everything, PERMISSION` to the policy",
    ]);
  });

  it("suggests the row that was meant", () => {
    expect(check("g2, Query.order, orders:list", "type Query { orders: [ID] }")).toEqual([
      expect.stringContaining("; did you mean `Query.orders`? policies/test.csv:1 has `Query.order`"),
    ]);
  });

  it("finds fields of extensions, and of subscriptions", () => {
    expect(
      check(ROWS, "type Query { orders: [ID] }\nextend type Query { more: ID }\ntype Subscription { s: ID }"),
    ).toHaveLength(2);
  });

  it("wants root types to be called as the policy calls them", () => {
    const sdl = "schema { query: Root }\ntype Root { orders: [ID] }\ntype Query { unused: ID }";
    expect(check(ROWS, sdl)).toEqual([
      "schema.graphql:2:13: the root type `Root` is not named `Query`: AppSync denies fields by the name of their type; " +
        "rename the type to `Query`",
    ]);
  });

  it("says where a schema cannot be read", () => {
    expect(check(ROWS, "type Query {\n  orders: [ID\n}")).toEqual([
      expect.stringMatching(/^schema\.graphql:3:1: Syntax Error: Expected "\]", found "}"/),
    ]);
  });
});
