import { loadPolicy } from "../../../../../src/policy/load.ts";
import { apiOperations } from "../../../../../src/tools/export/openapi/api-operations.ts";
import { securedDocument } from "../../../../../src/tools/export/openapi/secured-document.ts";
import { readOpenApi } from "../../../../../src/tools/openapi/read-document.ts";
import { MODEL } from "../../../../support/policy.ts";

const ROWS = `g2, GET /health, public
g2, GET /orders, orders:list
g2, POST /orders, orders:create
g2, ANY /orders/{orderId}, orders:read
g2, GET /mixed, orders:list
g2, ANY /mixed, orders:read
p, role:clerk, orders:*, allow
`;

function secured(text: string, { basePath = "", rows = ROWS } = {}) {
  const policy = loadPolicy({ model: MODEL, rows: [{ path: "policy.csv", text: rows }] });
  const described = { scheme: "claimgate", loginUrl: undefined, gateways: new Set<"http">() };
  const edit = (before: string) =>
    securedDocument(
      { text: before, document: readOpenApi("api.yaml", before), basePath },
      apiOperations(policy).operations,
      described,
    );
  const made = edit(text);
  // What is written once is current.
  expect(edit(made.text)).toMatchObject({ text: made.text, changed: [] });
  return made;
}

const COMPONENTS = `components:
  securitySchemes: { claimgate: { type: http, scheme: bearer } }
  responses: { ClaimgateUnauthorized: { description: mine }, ClaimgateForbidden: { description: mine } }
`;

describe("a document with the policy in it", () => {
  it("keeps comments, order and style of everything else", () => {
    const { text, changed } = secured(`# Orders of the shop
openapi: 3.1.0
paths:
  /health: { get: { responses: { "200": { description: fine } } } } # for the load balancer
  /orders:
    get:
      responses: # two
        "200":
          description: the list
        "403": { description: ours }

      # who
      security: [{ old: [] }]
    post: { summary: Order }
${COMPONENTS}`);
    expect(changed).toEqual(["GET /health", "GET /orders", "POST /orders"]);
    expect(text).toBe(`# Orders of the shop
openapi: 3.1.0
paths:
  /health: { get: { responses: { "200": { description: fine } }, security: [] } } # for the load balancer
  /orders:
    get:
      responses: # two
        "200":
          description: the list
        "403": { description: ours }
        "401":
          $ref: "#/components/responses/ClaimgateUnauthorized"

      # who
      security: [ { claimgate: [] } ]
      x-claimgate-permissions:
        - orders:list
    post: { summary: Order, responses: { "401": { $ref: "#/components/responses/ClaimgateUnauthorized" }, "403": { $ref: "#/components/responses/ClaimgateForbidden" } }, security: [ { claimgate: [] } ], x-claimgate-permissions: [ orders:create ] }
${COMPONENTS}`);
  });

  it("keeps the byte order mark and line endings of Windows", () => {
    const { text } = secured(
      "\uFEFFopenapi: 3.1.0\r\npaths:\r\n  /health:\r\n    get:\r\n      security: [{ a: [] }]\r\n",
    );
    expect(text).toBe("\uFEFFopenapi: 3.1.0\r\npaths:\r\n  /health:\r\n    get:\r\n      security: []\r\n");
  });

  it("stays JSON, with an entry a line where there was one", () => {
    const before = {
      openapi: "3.1.0",
      paths: { "/orders": { get: { responses: { 200: { description: "x" } } } } },
    };
    const { text } = secured(JSON.stringify(before, null, 2));
    expect(JSON.parse(text)).toMatchObject({
      paths: {
        "/orders": {
          get: {
            responses: { 401: { $ref: "#/components/responses/ClaimgateUnauthorized" } },
            security: [{ claimgate: [] }],
            "x-claimgate-permissions": ["orders:list"],
          },
        },
      },
      components: { securitySchemes: { claimgate: { type: "http", scheme: "bearer" } } },
    });
    expect(text).toContain('\n        "security": [{"claimgate":[]}],\n');
    expect(() => JSON.parse(secured(JSON.stringify(before)).text) as unknown).not.toThrow();
  });

  it("has no components for public operations alone", () => {
    expect(secured("openapi: 3.1.0\npaths: { /health: { get: {} } }\n").text).toBe(
      "openapi: 3.1.0\npaths: { /health: { get: { security: [] } } }\n",
    );
  });

  it("names the operations that the policy does not have, and those that the document does not have", () => {
    const { unknown, missing } = secured(
      "openapi: 3.1.0\npaths:\n  /orders: { get: {}, put: { x-claimgate-permissions: [a:b] } }\n  /other: { get: {} }\n",
    );
    expect(unknown).toEqual([
      { operation: "PUT /orders", isOutdated: true, file: "api.yaml", line: 3, column: 23 },
      { operation: "GET /other", isOutdated: false, file: "api.yaml", line: 4, column: 13 },
    ]);
    expect(missing).toContain("POST /orders");
    expect(missing).not.toContain("GET /orders");
  });

  it("finds routes by their path below the base path, whatever their parameters are called", () => {
    const { changed } = secured("openapi: 3.1.0\npaths: { '/{id}': { get: {} } }\n", { basePath: "/orders" });
    expect(changed).toEqual(["GET /orders/{id}"]);
  });

  it("takes API Gateway's operation for all methods only where they are alike", () => {
    const { changed, unknown } = secured(`openapi: 3.1.0
paths:
  /orders/{id}: { x-amazon-apigateway-any-method: {} }
  /mixed: { x-amazon-apigateway-any-method: {} }
`);
    expect(changed).toEqual(["ANY /orders/{id}"]);
    expect(unknown.map(({ operation }) => operation)).toEqual(["ANY /mixed"]);
  });

  it("empties the permissions of an operation that became public", () => {
    const { text } = secured(
      "openapi: 3.1.0\npaths: { /health: { get: { security: [{ a: [] }], x-claimgate-permissions: [a:b] } } }\n",
    );
    expect(text).toContain("{ security: [], x-claimgate-permissions: [] }");
  });

  it.each([
    [
      "a comment inside a value that changes",
      "  /orders:\n    get:\n      security:\n        - a: [] # why\n",
      /comments inside its value/,
    ],
    [
      "operations that two paths share, with other permissions",
      "  /orders: { $ref: '#/components/pathItems/o' }\n  /mixed: { $ref: '#/components/pathItems/o' }\ncomponents: { pathItems: { o: { get: {}, post: {} } } }\n",
      /shares its operations/,
    ],
  ])("is not guessed: %s", (_, paths, message) => {
    const text = `openapi: 3.1.0\npaths:\n${paths}`;
    expect(() => secured(text)).toThrow(message);
  });
});
