import { apiDomainUnlisted } from "../../../../../../src/tools/lint/rules/service/api-domain-unlisted.ts";
import type { Service } from "../../../../../../src/tools/service/service.ts";
import { atLine, found, route } from "./support.ts";

const ROWS = "g2, $default, shop:browse\ng2, GET /orders/{orderId}, orders:read";
const DECLARED = [{ name: "API.example.com", basePath: "shop", at: atLine(12) }];

const service = (
  listed: readonly (readonly [string, readonly string[]])[],
  parts: Partial<Service> = {},
) => ({
  routes: [route("$default")],
  apiDomains: { declared: DECLARED, listed: new Map(listed) },
  ...parts,
});

describe("api-domain-unlisted", () => {
  it("finds a custom domain whose requests on `$default` would be refused, at its line", () => {
    expect(found(apiDomainUnlisted, ROWS, service([]))).toEqual([
      "serverless.yml:12:1: requests on `$default` through `API.example.com` would be refused: they may mean " +
        "`GET /orders/{orderId}`, and parameter `apiDomains` does not list the domain; " +
        'add `{"api.example.com":"shop"}` to `apiDomains`',
    ]);
  });

  it("finds a listed domain whose base path is not", () => {
    expect(found(apiDomainUnlisted, ROWS, service([["api.example.com", ["v1"]]]))).toEqual([
      expect.stringContaining("does not list its base path `shop`"),
    ]);
  });

  it.each<[string, Partial<Service>, string?]>([
    ["where the domain is listed", service([["api.example.com", ["v1", "shop"]]])],
    ["where a wildcard lists it", service([["*.example.com", ["shop"]]])],
    [
      "where its base path is not known before deployment",
      service([["api.example.com", [""]]], {
        apiDomains: {
          declared: [{ name: "api.example.com", basePath: undefined, at: atLine(1) }],
          listed: new Map([["api.example.com", [""]]]),
        },
      }),
    ],
    ["where no route is `$default`", service([], { routes: [route("GET /orders/{orderId}")] })],
    [
      "where nothing decides `$default`",
      service([], { routes: [route("$default", { authorizer: undefined })] }),
    ],
    ["where no row is finer", service([]), "g2, $default, shop:browse\ng2, $connect, shop:connect"],
    ["where nobody knows what the authorizers are told", service([], { apiDomains: undefined })],
  ])("says nothing %s", (_where, parts, rows = ROWS) => {
    expect(found(apiDomainUnlisted, rows, parts)).toEqual([]);
  });
});
