import { yamlLines } from "../../../../src/tools/service/yaml-lines.ts";

const TEXT = `provider:
  httpApi:
    authorizers:
      other: { type: jwt }
      claimgate:
        type: request
functions:
  api:
    events:
      # - httpApi: GET /orders
      - httpApi: 'GET /orders/{id}'
      - httpApi:
          path: /orders
          method: get
          # authorizer: none
          authorizer:
            name: claimgate
      - httpApi: "*"
      - http: any {proxy+}
      - http: { method: '*', path: /, authorizer: claimgate }
      - websocket: $connect
      - websocket:
          route: sendMessage
resources:
  Resources:
    A: { Properties: { GroupName: "staff" } }
    B:
      Properties:
        GroupName: staff-north
`;

describe("yamlLines", () => {
  const lines = yamlLines(TEXT);

  it.each([
    ["httpApi", "GET /orders/{id}", 11],
    ["httpApi", "GET /orders", 12],
    ["httpApi", "$default", 18],
    ["http", "ANY /{proxy+}", 19],
    ["http", "ANY /", 20],
    ["websocket", "$connect", 21],
    ["websocket", "sendMessage", 22],
    ["httpApi", "POST /orders", 1],
    ["http", "GET /orders", 1],
  ] as const)("finds the %s event of %s", (kind, route, line) => {
    expect(lines.event(kind, route)).toBe(line);
  });

  it("finds authorizers", () => {
    expect(lines.eventAuthorizer("httpApi", "GET /orders")).toBe(16);
    expect(lines.eventAuthorizer("httpApi", "GET /orders/{id}")).toBe(11);
    expect(lines.eventAuthorizer("http", "ANY /")).toBe(20);
    expect(lines.eventAuthorizer("http", "GET /none")).toBe(1);
    expect(lines.providerAuthorizer("claimgate")).toBe(5);
    expect(lines.providerAuthorizer("other")).toBe(4);
    expect(yamlLines("").providerAuthorizer("x")).toBe(1);
  });

  it("finds groups by their whole name", () => {
    expect(lines.group("staff")).toBe(26);
    expect(lines.group("staff-north")).toBe(29);
    expect(lines.group("north")).toBe(1);
  });

  it("reads Windows line endings", () => {
    expect(yamlLines(TEXT.replaceAll("\n", "\r\n")).event("http", "ANY /")).toBe(20);
  });
});
