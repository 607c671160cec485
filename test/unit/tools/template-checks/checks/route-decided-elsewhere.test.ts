import { foundBy, ref, resource } from "../checking.ts";

const found = (type: string | undefined) =>
  foundBy("route-decided-elsewhere", {
    R: resource("ApiGatewayV2::Route", {
      ApiId: ref("Api"),
      RouteKey: "GET /orders",
      AuthorizationType: type,
      AuthorizerId: ref("A"),
    }),
  });

describe("route-decided-elsewhere", () => {
  it.each(["AWS_IAM", "JWT", "COGNITO_USER_POOLS"])("finds a route that %s decides", (type) => {
    expect(found(type)).toEqual([
      `R.AuthorizationType: \`GET /orders\` is decided by ${type}, not by the policy`,
    ]);
  });

  it.each(["CUSTOM", "NONE", undefined])("leaves %s to others", (type) => {
    expect(found(type)).toEqual([]);
  });
});
