import { type ServicePlaces, servicePlaces } from "../../../../src/tools/service/service-places.ts";

const shown = ({ file, line, column }: ReturnType<ServicePlaces["at"]>) => `${file}:${line}:${column}`;

const places = (text: string, files: Readonly<Record<string, string>> = {}) =>
  servicePlaces("serverless.yml", text, (path) => files[path]);

/** A service with one function whose events are written in these lines. */
const service = (...events: readonly string[]) =>
  ["functions:", "  api:", "    events:", ...events.map((line) => `      ${line}`), ""].join("\n");

describe("the place of an event", () => {
  it.each<[string, Parameters<ServicePlaces["event"]>[1], string, string, string]>([
    ["a catch-all route", "httpApi", "$default", service("- httpApi: GET /x", "- httpApi: '*'"), "5:9"],
    ["a catch-all route in an object", "httpApi", "$default", service("- httpApi: { path: '*' }"), "4:9"],
    [
      "a route in a string",
      "httpApi",
      "GET /x",
      service("- schedule: rate(1 day)", "- httpApi: GET /x"),
      "5:9",
    ],
    ["a route in an object", "http", "GET /x", service("- http:", "    path: x", "    method: get"), "4:9"],
    ["flow style", "httpApi", "PUT /x", service("- { httpApi: { method: PUT, path: /x } }"), "4:11"],
    [
      "flow style over several lines",
      "httpApi",
      "PUT /x",
      service("- {", "    httpApi: {", "      method: PUT, path: /x", "    }", "  }"),
      "5:11",
    ],
    ["a flow list", "httpApi", "GET /y", service("[{ httpApi: GET /x }, { httpApi: GET /y }]"), "4:31"],
    ["quoted keys", "httpApi", "GET /x", service(`- "httpApi": { 'method': "get", "path": '/x' }`), "4:9"],
    ["a JSON-like key", "httpApi", "GET /x", service('- {"httpApi":"GET /x"}'), "4:10"],
    ["a key on a line of its own", "httpApi", "GET /x", service("-", "  httpApi: GET /x"), "5:9"],
    ["a WebSocket route", "websocket", "$connect", service("- websocket: $connect"), "4:9"],
    [
      "a WebSocket route in an object",
      "websocket",
      "chat",
      service("- websocket:", "    route: chat"),
      "4:9",
    ],
    [
      "an event between comments",
      "httpApi",
      "GET /x",
      service("# - httpApi: GET /x", "- httpApi: GET /y # GET /x", "", "# here:", "- httpApi: GET /x"),
      "8:9",
    ],
    [
      "an event after a text that looks like one",
      "httpApi",
      "GET /x",
      service("- schedule: |", "    - httpApi: GET /x", "- httpApi: GET /x"),
      "6:9",
    ],
    [
      "a path that begins like another",
      "httpApi",
      "GET /x",
      service("- httpApi: GET /x/y", "- httpApi: GET /xy", "- httpApi: GET /x"),
      "6:9",
    ],
    [
      "the same route of another gateway",
      "http",
      "GET /x",
      service("- httpApi: GET /x", "- http: GET x"),
      "5:9",
    ],
    ["two kinds in one event", "http", "GET /x", service("- httpApi: GET /x", "  http: GET x"), "5:9"],
  ])("is found with %s", (_, kind, route, text, place) => {
    expect(shown(places(text).event("api", kind, route))).toBe(`serverless.yml:${place}`);
    const windows = text.replaceAll("\n", "\r\n");
    expect(shown(places(windows).event("api", kind, route))).toBe(`serverless.yml:${place}`);
    expect(shown(places(`\uFEFF${text}`).event("api", kind, route))).toBe(`serverless.yml:${place}`);
  });

  it("is where its anchor is, for an alias", () => {
    const text = `custom:
  shared: &shared
    httpApi: GET /x
functions:
  api:
    events:
      - *shared
`;
    expect(shown(places(text).event("api", "httpApi", "GET /x"))).toBe("serverless.yml:3:5");
  });

  it("is where it is written, for a merge key", () => {
    const text = `base: &base
  events:
    - httpApi: GET /x
other: &other { timeout: 3 }
functions:
  api:
    <<: [*other, *base]
  own:
    <<: *base
    events: [{ httpApi: GET /x }]
`;
    expect(shown(places(text).event("api", "httpApi", "GET /x"))).toBe("serverless.yml:3:7");
    expect(shown(places(text).event("own", "httpApi", "GET /x"))).toBe("serverless.yml:10:16");
  });

  it("is that of its function, where several deploy the route", () => {
    const text = `functions:
  one: { events: [{ websocket: $connect }] }
  two: { events: [{ websocket: $connect }] }
`;
    expect(shown(places(text).event("two", "websocket", "$connect"))).toBe("serverless.yml:3:21");
  });

  it.each<[string, string, Readonly<Record<string, string>>, string]>([
    [
      "all functions",
      "functions: ${file(functions.yml)}",
      { "functions.yml": "api:\n  events:\n    - httpApi: GET /x\n" },
      "functions.yml:3:7",
    ],
    [
      "a list of functions",
      "functions:\n  - ${file(./a.yml)}\n  - ${file(./b.yml)}",
      { "a.yml": "a: {}", "b.yml": "api: { events: [httpApi: GET /x] }" },
      "b.yml:1:17",
    ],
    [
      "a function",
      "functions:\n  api: ${file(api.yml):functions.api}",
      { "api.yml": "functions:\n  api:\n    events:\n      - httpApi: GET /x\n" },
      "api.yml:4:9",
    ],
    [
      "events",
      "functions:\n  api:\n    events: ${file(events.json), ''}",
      { "events.json": '[{ "httpApi": "GET /x" }]' },
      "events.json:1:4",
    ],
    [
      "an event",
      "functions:\n  api:\n    events:\n      - ${file(events.yml):first}",
      { "events.yml": "first:\n  httpApi: GET /x" },
      "events.yml:2:3",
    ],
    [
      "a file of a file",
      "functions: ${file(a.yml)}",
      { "a.yml": "api: ${file(b.yml)}", "b.yml": "events:\n- httpApi: GET /x" },
      "b.yml:2:3",
    ],
    [
      "a part of serverless.yml",
      "custom:\n  all:\n    - httpApi: GET /x\nfunctions:\n  api:\n    events: ${self:custom.all}",
      {},
      "serverless.yml:3:7",
    ],
  ])("is in the file that %s are included from", (_, text, files, place) => {
    expect(shown(places(text, files).event("api", "httpApi", "GET /x"))).toBe(place);
  });

  it("is found by what is known, where variables are in its route", () => {
    const text = service(
      "- httpApi: ${self:custom.method} /other",
      "- httpApi: GET /${param:base, ${self:custom.base}}/orders",
      "- httpApi: { method: GET, path: '/v1/orders/{id}' }",
    );
    expect(shown(places(text).event("api", "httpApi", "GET /v1/orders"))).toBe("serverless.yml:5:9");
    expect(shown(places(text).event("api", "httpApi", "GET /v1/orders/{id}"))).toBe("serverless.yml:6:9");
    expect(shown(places(text).event("api", "httpApi", "POST /other"))).toBe("serverless.yml:4:9");
  });

  it("is as near as possible, where no event is written for the route", () => {
    const text = service("- httpApi: GET /x");
    expect(shown(places(text).event("api", "httpApi", "GET /y"))).toBe("serverless.yml:3:5");
    expect(shown(places("functions:\n  api: { handler: a.b }").event("api", "httpApi", "GET /y"))).toBe(
      "serverless.yml:2:3",
    );
    expect(shown(places(text).event("plugin", "httpApi", "GET /y"))).toBe("serverless.yml:1:1");
    expect(shown(places("functions: ${file(gone.yml)}").event("api", "httpApi", "GET /y"))).toBe(
      "serverless.yml:1:1",
    );
  });
});

describe("the place of an event's authorizer", () => {
  it.each<[string, string, string]>([
    [
      "an object",
      service(
        "- httpApi:",
        "    path: /x",
        "    method: get",
        "    # authorizer: none",
        "    authorizer:",
        "      name: claimgate",
      ),
      "8:11",
    ],
    ["flow style", service("- httpApi: { method: GET, path: /x, authorizer: claimgate }"), "4:43"],
    ["a quoted key", service('- httpApi: { method: GET, path: /x, "authorizer": claimgate }'), "4:43"],
    [
      "an alias",
      service(
        "- httpApi: &x { method: GET, path: /z, authorizer: &a { name: claimgate } }",
        "- httpApi: { method: GET, path: /x, authorizer: *a }",
      ),
      "5:43",
    ],
    [
      "a merge key",
      service(
        "- httpApi: &z { method: GET, path: /z, authorizer: claimgate }",
        "- httpApi: { <<: *z, path: /x }",
      ),
      "4:46",
    ],
    ["an event without one", service("- httpApi: GET /x"), "4:9"],
    ["no such event", service("- httpApi: GET /z"), "3:5"],
  ])("is found with %s", (_, text, place) => {
    expect(shown(places(text).eventAuthorizer("api", "httpApi", "GET /x"))).toBe(`serverless.yml:${place}`);
  });
});

describe("the place of a path", () => {
  const text = `provider:
  httpApi:
    cors: { allowedOrigins: ["*"] }
    authorizers:
      theirs: { type: jwt, name: claimgate }
      "claimgate":
        type: request
resources:
  - \${file(resources/pool.yml)}
  - Resources:
      Staff:
        Type: AWS::Cognito::UserPoolGroup
        Properties: { UserPoolId: !Ref UserPool, GroupName: !Sub "staff" }
`;
  const files = {
    "resources/pool.yml": "Resources:\n  Support:\n    Properties:\n      GroupName: support\n",
  };

  it.each<[string, readonly string[], string]>([
    ["a key of the provider", ["provider", "httpApi", "authorizers", "claimgate"], "serverless.yml:6:7"],
    [
      "the last name that is written",
      ["provider", "httpApi", "cors", "allowedMethods"],
      "serverless.yml:3:5",
    ],
    [
      "a resource of a file",
      ["resources", "Resources", "Support", "Properties", "GroupName"],
      "resources/pool.yml:4:7",
    ],
    [
      "a resource of a later section, with tags",
      ["resources", "Resources", "Staff", "Properties", "GroupName"],
      "serverless.yml:13:50",
    ],
    ["the top, where nothing is written", ["custom", "claimgate"], "serverless.yml:1:1"],
  ])("is that of %s", (_, path, place) => {
    expect(shown(places(text, files).at(path))).toBe(place);
  });

  it.each<[string, string]>([
    ["nothing", ""],
    ["a text", "text"],
    ["broken YAML", "functions: [{"],
    ["a file that includes itself", "functions: ${self:functions}"],
    ["a map that merges itself", "functions: &f\n  <<: *f\n"],
    ["an alias without an anchor", "functions: *f\n"],
    ["a list that holds itself", "functions: &f [*f]\n"],
  ])("is found in %s without an end", (_, broken) => {
    expect(shown(places(broken).at(["functions", "api", "events"]))).toMatch(/^serverless\.yml:\d+:\d+$/);
  });

  it("ends where files include each other", () => {
    const circle = { "a.yml": "${file(b.yml)}", "b.yml": "${file(a.yml)}" };
    expect(shown(places("functions: ${file(a.yml)}", circle).at(["functions", "api"]))).toBe(
      "serverless.yml:1:1",
    );
  });
});
