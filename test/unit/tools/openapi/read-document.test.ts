import { readOpenApi } from "../../../../src/tools/openapi/read-document.ts";

function problems(text: string): readonly string[] {
  return readOpenApi("api.yaml", text).problems.map(
    ({ line, column, message, fix }) => `${line}:${column}: ${message}; ${fix}`,
  );
}

describe("an OpenAPI document", () => {
  it("has the operations of path items that it refers to, in JSON as in YAML", () => {
    const text = JSON.stringify({
      openapi: "3.1.0",
      security: [],
      paths: { "/a": { $ref: "#/components/pathItems/shared~1a" }, "/b": { $ref: "#/paths/~1a" } },
      components: { pathItems: { "shared/a": { get: {}, parameters: [], "x-other": {} } } },
    });
    const { operations, problems } = readOpenApi("api.json", text);
    expect(problems).toEqual([]);
    expect(operations.map(({ method, path, keys }) => [method, path, ...keys])).toEqual([
      ["GET", "/a", "components", "pathItems", "shared/a", "get"],
      ["GET", "/b", "components", "pathItems", "shared/a", "get"],
    ]);
  });

  it("has the methods of OpenAPI 3.2, and `ANY` of API Gateway", () => {
    const text =
      "openapi: 3.2.0\npaths: { /a: { x-amazon-apigateway-any-method: {}, query: {}, additionalOperations: { LINK: {} } } }";
    expect(readOpenApi("api.yaml", text).operations.map(({ method }) => method)).toEqual([
      "ANY",
      "QUERY",
      "LINK",
    ]);
  });

  it.each([
    ["swagger: '2.0'", "1:1: the document is of Swagger 2.0; convert it to OpenAPI 3 first"],
    ["openapi: 4.0.0", /^1:10: the file is not an OpenAPI document of version 3\.0, 3\.1 or 3\.2/],
    ["- a", /^1:1: the file is not an OpenAPI document/],
    ["openapi: 3.1.0\npaths: { a: {} }", "2:10: `a` is not a path; begin the path with `/`"],
    ["openapi: 3.1.0\npaths: []", /^2:8: `paths` is not a map/],
    ["openapi: 3.1.0\npaths: { /a: { get: [] } }", /^2:21: an operation is not a map/],
    [
      "openapi: 3.1.0\npaths: { /a: { $ref: other.yaml } }",
      /^2:22: .*bundle the document into one file first/,
    ],
    ["openapi: 3.1.0\npaths: { /a: { $ref: '#/paths/~1b' } }", /^2:22: .*correct the reference/],
    ["openapi: 3.1.0\npaths: { /a: { $ref: '#/paths/~1a' } }", /^2:14: the references are a circle/],
    [
      "openapi: 3.1.0\npaths: { /b: { get: {} }, /a: { get: {}, $ref: '#/paths/~1b' } }",
      /^2:33: .*beside a `\$ref`/,
    ],
    ["openapi: 3.1.0\nsecurity: [{ jwt: [] }]", /^2:14: the document has no security scheme `jwt`/],
    [
      "openapi: 3.1.0\nsecurity: [{ jwt: [] }]\ncomponents: { securitySchemes: { jwtt: { type: openIdConnect } } }",
      /did you mean `jwtt`/,
    ],
    ["openapi: 3.1.0\nsecurity: {}", /^2:11: `security` is not a list/],
    ["openapi: 3.1.0\nopenapi: 3.1.0", /^2:1: duplicate key/],
  ])("is refused at the place of the mistake: %s", (text, expected) => {
    const found = problems(text);
    expect(found).toEqual([typeof expected === "string" ? expected : expect.stringMatching(expected)]);
  });
});
