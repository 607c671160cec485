import { convertOpenApi, type OpenApiImport } from "../../../../../src/tools/import/openapi/convert.ts";
import { readOpenApi } from "../../../../../src/tools/openapi/read-document.ts";

const SCHEMES = `components:
  securitySchemes:
    pool:
      type: oauth2
      flows:
        authorizationCode: { scopes: { api/orders.read: "", openid: "" } }
        clientCredentials: { scopes: { api/orders.read: "" } }
    machines: { type: oauth2, flows: { clientCredentials: { scopes: { api/orders.read: "" } } } }
    people: { type: oauth2, flows: { implicit: { scopes: { openid: "" } } } }
    jwt: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: x }
`;

type Options = Partial<Omit<OpenApiImport, "document">>;

function converted(paths: string, { apps = ["web"], basePath, api }: Options = {}, head = "openapi: 3.1.0") {
  const text = `${head}\npaths:\n${paths}\n${SCHEMES}`;
  return convertOpenApi({ document: readOpenApi("openapi.yaml", text), apps, basePath, api });
}

function rowsOf({ files }: ReturnType<typeof converted>): readonly string[] {
  return files.flatMap(({ text }) => text.split("\n")).filter((line) => line !== "" && !line.startsWith("#"));
}

const get = (security: string, path = "/orders") => `  ${path}: { get: { security: ${security} } }`;

describe("the security of an operation", () => {
  it("asks a machine for a scope, and a user for it in each app", () => {
    expect(rowsOf(converted(get("[{ pool: [api/orders.read] }]"), { apps: ["web", "mobile"] }))).toEqual([
      "g2, GET /orders, orders:read",
      "p, role:authenticated, orders:read, allow",
      "p, scope:api/orders.read, orders:read, allow",
      "p3, client:web, orders:read, api/orders.read",
      "p3, client:mobile, orders:read, api/orders.read",
    ]);
  });

  it("takes a role for a Cognito group, and alternatives for several rows", () => {
    expect(rowsOf(converted(get("[{ jwt: [admins] }, { jwt: [clerks] }]")))).toEqual([
      "g2, GET /orders, orders:list",
      "p, group:admins, orders:list, allow",
      "p, group:clerks, orders:list, allow",
    ]);
  });

  it("never lets a scope of one alternative suffice for another", () => {
    expect(rowsOf(converted(get("[{ jwt: [admins] }, { people: [openid] }]")))).toEqual([
      "g2, GET /orders, orders:list",
      "g2, GET /orders, openid:use",
      "p, group:admins, orders:list, allow",
      "p, role:authenticated, openid:use, allow",
      "p3, client:web, orders:list",
      "p3, client:web, openid:use, openid",
    ]);
  });

  it("is public if it is empty, or if one alternative is", () => {
    expect(rowsOf(converted(get("[]")))).toEqual(["g2, GET /orders, public"]);
    expect(rowsOf(converted(get("[{ jwt: [admins] }, {}]")))).toEqual(["g2, GET /orders, public"]);
  });

  it("is that of the document where the operation has none", () => {
    const head = "openapi: 3.1.0\nsecurity: [{ jwt: [admins] }]";
    expect(rowsOf(converted("  /orders: { get: {} }", {}, head))).toContain(
      "p, group:admins, orders:list, allow",
    );
  });

  it("is that of `ANY` for a `HEAD` that only `ANY` describes, and not that of `GET`", () => {
    const paths = (head = "") => `  /orders:
    x-amazon-apigateway-any-method: { security: [{ jwt: [admins] }] }
    get: { security: [{ jwt: [clerks] }] }${head}`;
    expect(rowsOf(converted(paths()))).toEqual(
      expect.arrayContaining([
        "g2, HEAD /orders, orders:head",
        "p, group:admins, orders:head, allow",
        "p, group:clerks, orders:list, allow",
      ]),
    );
    const own = rowsOf(converted(paths("\n    head: { security: [] }")));
    expect(own.filter((row) => row.includes("HEAD"))).toEqual(["g2, HEAD /orders, public"]);
    const known = [{ route: "GET /orders" }, { route: "POST /orders" }];
    expect(converted(paths(), { api: known }).routes).toEqual(["ANY /orders", "GET /orders"]);
  });

  it("leaves to other rows who holds the permissions that it names", () => {
    const paths = '  /orders: { get: { security: [{ jwt: [] }], x-claimgate-permissions: ["orders:read"] } }';
    const conversion = converted(paths);
    expect(rowsOf(conversion)).toEqual(["g2, GET /orders, orders:read"]);
    expect(conversion.permissions).toEqual(["orders:read"]);
  });
});

describe("an operation that no row can say", () => {
  const permissions = (names: string, security: string) =>
    `  /orders: { get: { security: ${security}, x-claimgate-permissions: ${names} } }`;
  it.each([
    [get("[{ key: [] }]"), /type `apiKey`/, 34],
    [get("[{ jwt: [admins, clerks] }]"), /several roles at once/, 32],
    [get("[{ pool: [api/orders.read, openid] }]"), /several scopes at once/, 32],
    [get("[{ pool: [api/orders.raed] }]"), /no flow of `pool` has the scope/, 41],
    [get("[{ machines: [], jwt: [admins] }]"), /no token can satisfy/, 32],
    [get("[{ machines: [], people: [] }]"), /no token can satisfy/, 32],
    [get("[{ jwt: ['two words'] }]"), /cannot be `group:two words`/, 14],
    [get("[{ jwt: ['{tenantId}.editors'] }]"), /a row cannot have this name/, 14],
    ["  /orders: { get: {} }", /neither the operation nor the document has `security`/, 14],
    ["  /orders: { trace: { security: [] } }", /no route of API Gateway|TRACE/, 14],
    [get("[]", "/orders/"), /no route of API Gateway: the path has an empty segment/, 15],
    [get("[]", "/report.{format}"), /no route of API Gateway/, 23],
    [permissions("[orders]", "[{ jwt: [] }]"), /`orders` is not a permission/, 14],
    [permissions("[]", "[{ jwt: [] }]"), /lists no permission/, 14],
    [permissions("['a:b']", "[{ jwt: [admins] }]"), /says otherwise/, 14],
    [permissions("['a:b']", "[]"), /says otherwise/, 14],
  ])("is refused at its place, and has no row: %s", (paths, message, column) => {
    const conversion = converted(`  /health: { get: { security: [] } }\n${paths}`);
    expect(rowsOf(conversion)).toEqual(["g2, GET /health, public"]);
    const [refused] = conversion.refused;
    expect(refused).toMatchObject({ file: "openapi.yaml", line: 4, column });
    expect(refused?.message).toMatch(message);
    expect(refused?.fix).toMatch(/\S/);
  });

  it("has a role in a document of OpenAPI 3.0, where only scopes are allowed", () => {
    const { refused } = converted(get("[{ jwt: [admins] }]"), {}, "openapi: 3.0.3");
    expect(refused.map(({ message }) => message)).toEqual([expect.stringMatching(/in OpenAPI 3\.0 only/)]);
  });

  it("differs from another only in the name of a parameter", () => {
    const { refused } = converted(`${get("[]", '"/a/{x}"')}\n${get("[]", '"/a/{y}"')}`);
    expect(refused.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      "4: `GET /a/{y}` differs from an operation above only in the names of parameters",
    ]);
  });

  it("needs a user's scope while no app is named: nothing is converted", () => {
    const { files, refused } = converted(get("[{ pool: [api/orders.read] }]"), { apps: [] });
    expect(files).toEqual([]);
    expect(refused[0]?.fix).toContain("--apps");
  });

  it("may widen the rest if the row of another would decide its requests", () => {
    const refused = get("[{ key: [] }]", "/orders/export");
    expect(converted(`${get("[]", '"/orders/{id}"')}\n${refused}`).mayWiden).toBe(true);
    expect(converted(`${get("[]", "/health")}\n${refused}`).mayWiden).toBe(false);
    const head = '  "/orders/export": { get: { security: [] }, head: { security: [{ key: [] }] } }';
    expect(converted(head).mayWiden).toBe(true);
  });
});

describe("the path of a server", () => {
  const head = (url: string) =>
    `openapi: 3.1.0\nservers: [{ url: "${url}", variables: { stage: { default: v1 } } }]`;

  it.each(["https://api.example.com/v1", "/v1/", "https://api.example.com/{stage}"])(
    "is not guessed to be a part of the routes: %s",
    (url) => {
      const { files, refused } = converted(get("[]"), {}, head(url));
      expect(files).toEqual([]);
      expect(refused[0]?.fix).toContain("--base-path /v1");
      expect(converted(get("[]"), { basePath: "/v1" }, head(url)).routes).toEqual(["GET /v1/orders"]);
      expect(converted(get("[]"), { basePath: "/" }, head(url)).routes).toEqual(["GET /orders"]);
    },
  );

  it("is not asked for if it is empty", () => {
    expect(converted(get("[]"), {}, head("https://api.example.com/")).routes).toEqual(["GET /orders"]);
  });
});

describe("the routes of serverless.yml", () => {
  const api = (...routes: readonly string[]) => ({ api: routes.map((route) => ({ route })) });

  it("give the spelling of parameters", () => {
    const paths = get("[]", '"/orders/{id}"');
    expect(converted(paths, api("GET /orders/{orderId}")).routes).toEqual(["GET /orders/{orderId}"]);
    expect(converted(paths, api("ANY /orders/{orderId}")).routes).toEqual(["GET /orders/{orderId}"]);
  });

  it("leave to the path what a greedy route or `$default` takes", () => {
    expect(converted(get("[]"), api("ANY /{proxy+}")).routes).toEqual(["GET /orders"]);
    expect(converted(get("[]"), api("$default")).routes).toEqual(["GET /orders"]);
  });

  it("refuse an operation whose requests reach a route of more paths", () => {
    const paths = `${get("[]", '"/orders/{id}"')}\n${get("[{ jwt: [] }]", "/orders/export")}`;
    const { refused, mayWiden } = converted(paths, api("GET /orders/{id}"));
    expect(refused.map(({ message }) => message)).toEqual([
      expect.stringContaining("such a request reaches `GET /orders/{id}`"),
    ]);
    expect(mayWiden).toBe(true);
  });

  it("name what the API or the document does not have", () => {
    const { routes, unreached, undescribed } = converted(
      `${get("[]")}\n${get("[]", "/health")}`,
      api("GET /health", "POST /orders"),
    );
    expect(routes).toEqual(["GET /health"]);
    expect(unreached.map(({ line }) => line)).toEqual([3]);
    expect(undescribed).toEqual(["POST /orders"]);
  });
});
