import { routeDecidedElsewhere } from "../../../../../../src/tools/lint/rules/service/route-decided-elsewhere.ts";
import { found, route } from "./support.ts";

describe("route-decided-elsewhere", () => {
  const csv = "g2, GET /a, a:read\ng2, GET /b, public";

  it.each([
    { kind: "native", name: "jwt", scopes: ["orders/read"] } as const,
    { kind: "foreign", name: "AWS_IAM" } as const,
  ])("finds a permission behind an authorizer of kind $kind", (other) => {
    expect(found(routeDecidedElsewhere, csv, { routes: [route("GET /a", { authorizer: other })] })).toEqual([
      `serverless.yml:7:1: the policy requires \`a:read\` on \`GET /a\` (policies/test.csv:1), but \`${other.name}\` ` +
        "decides it and does not read the policy; use the authorizer function of claimgate, or remove the row",
    ]);
  });

  it("accepts authorizers that may be claimgate's, and routes that the policy does not have", () => {
    const foreign = { kind: "foreign", name: "AWS_IAM" } as const;
    const routes = [
      route("GET /a"),
      route("GET /a", { authorizer: { kind: "other", name: "shared" } }),
      route("GET /a", { authorizer: undefined }),
      route("GET /b", { authorizer: foreign }),
      route("GET /c", { authorizer: foreign }),
    ];
    expect(found(routeDecidedElsewhere, csv, { routes })).toEqual([]);
  });
});
