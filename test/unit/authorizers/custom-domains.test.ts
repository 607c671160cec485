import { type CustomDomains, type DomainMapping, placeOf } from "../../../src/authorizers/custom-domains.ts";
import { OWN_DOMAIN } from "../../support/authorization.ts";

const mapping = (basePath: string, stage?: string): DomainMapping => ({ basePath, stage });

const DOMAINS: CustomDomains = new Map([
  ["api.example.com", [mapping("")]],
  ["shop.example.com", [mapping("shop"), mapping("v1/shop"), mapping("v1")]],
  ["staged.example.com", [mapping("shop", "prod"), mapping("", "test")]],
  ["*.tenants.example.com", [mapping("shop")]],
  ["one.tenants.example.com", [mapping("")]],
]);

const context = (domainName: string | undefined, stage = "$default") => ({
  apiId: "abc123",
  stage,
  ...(domainName !== undefined && { domainName }),
});

const v1 = (path: string, domain: string | undefined, stage?: string) =>
  placeOf({ path, context: context(domain, stage), arnPath: undefined }, "with-base-path", DOMAINS);
const v2 = (path: string, domain: string | undefined, stage?: string) =>
  placeOf({ path, context: context(domain, stage), arnPath: undefined }, "without-base-path", DOMAINS);

describe.each([
  ["payload 1.0", v1],
  ["payload 2.0", v2],
])("the path of an event on the API's own domain, %s", (_name, place) => {
  it("is below its stage, whatever its first segment is called", () => {
    expect(place("/admin/users", OWN_DOMAIN)).toEqual({ path: "/admin/users" });
    expect(place("/admin/users", OWN_DOMAIN, "admin")).toEqual({ path: "/users" });
    expect(place("/admin/admin/users", OWN_DOMAIN, "admin")).toEqual({ path: "/admin/users" });
    expect(place("/admin", OWN_DOMAIN, "admin")).toEqual({ path: "/" });
  });

  it("is nowhere where it does not begin with its stage", () => {
    expect(place("/users", OWN_DOMAIN, "admin").unplaced).toBe("the path does not start with its stage");
    expect(place("/administrators", OWN_DOMAIN, "admin").unplaced).toBeDefined();
  });

  it("is known by the API's id and not by a name that looks alike", () => {
    for (const domain of [
      "other.execute-api.us-east-1.amazonaws.com",
      "abc123.execute-api.us-east-1.amazonaws.com.example.com",
      "abc123.execute-api.us-east-1.example.com",
      "api.example.org",
    ]) {
      expect(place("/users", domain)).toEqual({
        path: "/users",
        unplaced: "its custom domain is not listed",
      });
    }
    expect(place("/users", "ABC123.execute-api.cn-north-1.amazonaws.com.cn")).toEqual({ path: "/users" });
  });

  it("is nowhere where the event names neither a domain nor an ARN", () => {
    expect(place("/users", undefined).unplaced).toBe("the event has no domain");
  });
});

describe("the path of an event on a listed domain, payload 1.0", () => {
  it("is below the longest base path that it begins with, by whole segments", () => {
    expect(v1("/shop/orders", "shop.example.com")).toEqual({ path: "/orders" });
    expect(v1("/v1/shop/orders", "shop.example.com")).toEqual({ path: "/orders" });
    expect(v1("/v1/orders", "SHOP.example.com")).toEqual({ path: "/orders" });
    expect(v1("/v1/shopping", "shop.example.com")).toEqual({ path: "/shopping" });
    expect(v1("/shop", "shop.example.com")).toEqual({ path: "/" });
    expect(v1("/orders", "api.example.com")).toEqual({ path: "/orders" });
  });

  it("is nowhere below no base path", () => {
    expect(v1("/orders", "shop.example.com").unplaced).toBe(
      "the path matches no listed base path of its domain",
    );
    expect(v1("/shopping/orders", "shop.example.com").unplaced).toBeDefined();
  });

  it("has the stage where the list says so, and only that stage", () => {
    expect(v1("/shop/prod/orders", "staged.example.com", "prod")).toEqual({ path: "/orders" });
    expect(v1("/shop/orders", "staged.example.com", "prod").unplaced).toBeDefined();
    expect(v1("/shop/prod/orders", "staged.example.com", "dev").unplaced).toBeDefined();
  });

  it("is read in no way where it could be read in two: a stage that the list leaves open", () => {
    expect(v1("/orders", "api.example.com", "prod")).toEqual({ path: "/orders" });
    expect(v1("/prod/orders", "api.example.com", "prod").unplaced).toMatch(/does not tell which/);
  });
});

describe("the path of an event on a listed domain, payload 2.0", () => {
  it("has no base path, and is read in no way where it begins like one", () => {
    expect(v2("/orders", "shop.example.com")).toEqual({ path: "/orders" });
    expect(v2("/v1/shop/orders", "shop.example.com").unplaced).toMatch(/does not tell which/);
    expect(v2("/shop/orders", "shop.example.com").unplaced).toMatch(/does not tell which/);
  });

  it("has the stage where the list says so", () => {
    expect(v2("/prod/orders", "staged.example.com", "prod")).toEqual({ path: "/orders" });
    expect(v2("/orders", "staged.example.com", "prod").unplaced).toBeDefined();
    expect(v2("/prod/orders", "api.example.com", "prod").unplaced).toMatch(/does not tell which/);
  });
});

describe("a wildcard", () => {
  it("matches one label, and an exact name comes before it", () => {
    expect(v1("/shop/orders", "two.tenants.example.com")).toEqual({ path: "/orders" });
    expect(v1("/shop/orders", "one.tenants.example.com")).toEqual({ path: "/shop/orders" });
    expect(v1("/shop/orders", "a.b.tenants.example.com").unplaced).toBeDefined();
    expect(v1("/shop/orders", "tenants.example.com").unplaced).toBeDefined();
  });
});

describe("the path of an event without a domain", () => {
  const byArn = (path: string, arnPath: string) =>
    placeOf({ path, context: context(undefined, "dev"), arnPath }, "with-base-path", DOMAINS);

  it("is what the ARN says behind its stage, if the path ends with it", () => {
    expect(byArn("/dev/users", "/users")).toEqual({ path: "/users" });
    expect(byArn("/v1/shop/users", "/users")).toEqual({ path: "/users" });
    expect(byArn("/dev/a b", "/a%20b")).toEqual({ path: "/a b" });
    expect(byArn("/dev/100%", "/100%")).toEqual({ path: "/100%" });
    expect(byArn("/dev/users", "/orders").unplaced).toBeDefined();
  });
});

describe("the path of an event whose ARN contradicts the list", () => {
  const place = (path: string, arnPath: string, domain = "shop.example.com") =>
    placeOf({ path, context: context(domain), arnPath }, "with-base-path", DOMAINS);
  const why = "the path of its ARN differs from the path below the listed base path";

  it("is nowhere where the one is the end of the other, by whole segments", () => {
    for (const [path, arnPath] of [
      ["/v2/orders", "/orders"],
      ["/v2/a b", "/a%20b"],
      ["/v2", "/"],
      ["/orders", "/v1/orders"],
      ["/", "/v1"],
    ] as const) {
      expect(place(path, arnPath, "api.example.com")).toEqual({ path, unplaced: why });
    }
    expect(place("/v1/orders", "/v1/orders").unplaced).toBe(why);
    expect(place("/v1/shop/orders", "/shop/orders").unplaced).toBe(why);
  });

  it("is what the list says where they agree, however the ARN spells it, and where they have nothing in common", () => {
    expect(place("/v1/orders", "/orders")).toEqual({ path: "/orders" });
    expect(place("/v1", "/")).toEqual({ path: "/" });
    expect(place("/v1/a b", "/a%20b")).toEqual({ path: "/a b" });
    expect(place("/v1/a%20b", "/a%20b")).toEqual({ path: "/a%20b" });
    expect(place("/v1/reorders", "/orders")).toEqual({ path: "/reorders" });
  });
});
