import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withGraphqlSchemas } from "../../../../src/tools/service/read-graphql.ts";
import { readService } from "../../../../src/tools/service/read-service.ts";

const folder = mkdtempSync(join(tmpdir(), "claimgate-graphql-"));
writeFileSync(join(folder, "a.graphql"), "type Query { a: ID }");
writeFileSync(join(folder, "b.graphql"), "type Mutation { b: ID }");

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const read = (graphqlSchemas: unknown) => {
  const resolved = { custom: { graphqlSchemas } };
  return withGraphqlSchemas(readService(resolved, ""), resolved, folder).graphql;
};

describe("the GraphQL schemas of a service", () => {
  it("are those that `custom.graphqlSchemas` names, one or several", () => {
    expect(read("a.graphql")?.fields.map(({ route }) => route)).toEqual(["Query.a"]);
    expect(read(["a.graphql", "b.graphql"])?.fields.map(({ route }) => route)).toEqual([
      "Query.a",
      "Mutation.b",
    ]);
    expect(read(undefined)).toBeUndefined();
  });

  it("that are not there are a finding, and not a crash", () => {
    expect(read("none.graphql")).toMatchObject({
      fields: [],
      problems: [
        { file: "none.graphql", line: 1, message: expect.stringContaining("it does not exist") as string },
      ],
    });
  });
});
