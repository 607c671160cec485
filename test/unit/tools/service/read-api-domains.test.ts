import { readService } from "../../../../src/tools/service/read-service.ts";

const TOLD = { CLAIMGATE_USER_POOL_ID: { Ref: "UserPool" } };

const read = (parts: { resources?: object; custom?: object; environment?: object }, text = "") =>
  readService(
    {
      custom: parts.custom,
      functions: { auth: { environment: { ...TOLD, ...parts.environment } }, api: { environment: {} } },
      resources: { Resources: parts.resources ?? {} },
    },
    text,
  ).apiDomains;

const declared = (parts: Parameters<typeof read>[0]) =>
  read(parts)?.declared.map(({ name, basePath }) => [name, basePath]);

const mapping = (properties: object) => ({ Type: "AWS::ApiGatewayV2::ApiMapping", Properties: properties });
const domain = (name: unknown) => ({
  Type: "AWS::ApiGatewayV2::DomainName",
  Properties: { DomainName: name },
});

describe("the custom domains of a service", () => {
  it("are those of its API mappings, by name or by reference", () => {
    expect(
      declared({
        resources: {
          Domain: domain("api.example.com"),
          Shop: mapping({ DomainName: { Ref: "Domain" }, ApiMappingKey: "v1/shop" }),
          Root: mapping({ DomainName: "root.example.com" }),
          Later: mapping({ DomainName: "later.example.com", ApiMappingKey: { Ref: "Key" } }),
          Unknown: mapping({ DomainName: { "Fn::ImportValue": "x" } }),
        },
      }),
    ).toEqual([
      ["api.example.com", "v1/shop"],
      ["root.example.com", ""],
      ["later.example.com", undefined],
    ]);
  });

  it("are those that something else maps", () => {
    expect(declared({ resources: { Domain: domain("api.example.com") } })).toEqual([
      ["api.example.com", undefined],
    ]);
  });

  it("are those of serverless-domain-manager, for HTTP APIs", () => {
    expect(
      declared({
        custom: {
          customDomain: { domainName: "one.example.com", basePath: "shop", apiType: "http" },
          customDomains: [
            { http: { domainName: "two.example.com", basePath: "(none)" } },
            { rest: { domainName: "rest.example.com" }, http: { domainName: "three.example.com" } },
            { domainName: "rest-too.example.com" },
            { http: { domainName: "off.example.com", enabled: "false" } },
          ],
        },
      }),
    ).toEqual([
      ["one.example.com", "shop"],
      ["two.example.com", ""],
      ["three.example.com", ""],
    ]);
  });

  it("are at the place of their names", () => {
    const resources = { Root: mapping({ DomainName: "root.example.com" }) };
    const custom = { customDomains: [{ rest: {} }, { http: { domainName: "api.example.com" } }] };
    const text = `resources:
  Resources:
    Root:
      # DomainName: root.example.com
      Properties: { DomainName: root.example.com }
custom:
  customDomains:
    - rest: { domainName: rest.example.com }
    - http:
        domainName: api.example.com
`;
    expect(read({ resources, custom }, text)?.declared).toEqual([
      { name: "root.example.com", basePath: "", at: { file: "serverless.yml", line: 5, column: 21 } },
      { name: "api.example.com", basePath: "", at: { file: "serverless.yml", line: 10, column: 9 } },
    ]);
  });

  it("are compared with the configuration of the authorizers", () => {
    const environment = { CLAIMGATE_API_DOMAINS: '{"API.example.com":["shop","v1"]}' };
    expect([...(read({ environment })?.listed ?? [])]).toEqual([["api.example.com", ["shop", "v1"]]]);
    expect(read({ environment: { CLAIMGATE_API_DOMAINS: "{" } })?.listed.size).toBe(0);
    expect(read({ environment: { CLAIMGATE_API_DOMAINS: { Ref: "Later" } } })).toBeUndefined();
    expect(readService({ functions: { api: {} } }, "").apiDomains).toBeUndefined();
  });
});
