import { createPermissionGuard } from "../../src/middleware/require-permission.ts";
import { dependencies, tokenOf } from "../support/authorization.ts";
import { behindAuthorizer } from "../support/backend-check.ts";
import type { Attempt } from "../support/gateways/gateway.ts";
import { GATEWAYS_UNDER_TEST, type GatewayUnderTest } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// The attacker is an editor of one tenant and wants to edit in another, by what the groups or the path say. Every
// gateway with paths gets it, and a backend that checks again.

const POLICY = policyFrom(`
g, group:{tenantId}.editors, role:editor
g, group:{tenantId}.suspended, role:suspended
p, role:editor, projects:change, allow
p, role:suspended, projects:change, deny
g2, PUT /tenants/{tenantId}/project, projects:change
g2, PUT /project, projects:change
g2, $connect, projects:change
g2, Query.orders, projects:change
`);

const ROUTE = "PUT /tenants/{tenantId}/project";

const tokenWith = (groups: readonly string[]) =>
  `Bearer ${tokenOf("nobody", { "cognito:groups": [...groups] })}`;

const attempt = (groups: readonly string[], tenant: string, route = ROUTE): Attempt => ({
  authorization: [tokenWith(groups)],
  route,
  method: "PUT",
  path: `/tenants/${tenant}/project`,
  parameters:
    route === "$default"
      ? {}
      : route.includes("+}")
        ? { proxy: `tenants/${tenant}/project` }
        : { tenantId: tenant },
});

const withPaths = GATEWAYS_UNDER_TEST.filter(({ hasPaths }) => hasPaths);

const answers = async (groups: readonly string[], tenant: string) => {
  const found: string[] = [];
  for (const gateway of withPaths) {
    for (const route of [ROUTE, "ANY /{proxy+}"]) {
      found.push(await gateway.ask(dependencies({ policy: () => POLICY }), attempt(groups, tenant, route)));
    }
  }
  return [...new Set(found)].sort();
};

test("an editor of the tenant is allowed everywhere: what follows is denied for its own reason", async () => {
  expect(await answers(["acme.editors"], "acme")).toEqual(["allowed"]);
  expect(await answers(["acme.editors"], "globex")).toEqual(["denied"]);
});

describe("a group that is chosen to collide gives nothing in the tenant acme", () => {
  test.each([
    ["the placeholder itself", ["{tenantId}.editors"]],
    ["another placeholder", ["{x}.editors", "{}.editors", "{acme}.editors"]],
    ["a star or a pattern", ["*.editors", ".*.editors", "acme*editors", ".editors", "acme.editors*"]],
    ["the tenant in another case", ["ACME.editors", "Acme.editors"]],
    ["the role in another case", ["acme.Editors"]],
    ["a tenant that begins alike", ["acme-2.editors", "acme2.editors", "acm.editors"]],
    ["a tenant that ends alike", ["x-acme.editors", "xacme.editors"]],
    ["two tenants in one", ["acme.editors.editors", "globex.acme.editors", "acme,globex.editors"]],
    ["the tenant in another alphabet", ["аcme.editors", "ａcme.editors"]],
    ["an escaped tenant", ["%61cme.editors", "acme%2Eeditors"]],
    ["the alias of a pool", ["main/acme.editors", "acme/acme.editors", "/acme.editors"]],
    ["a name of every object", ["__proto__.editors", "constructor.editors"]],
    ["the subject of the group", ["group:acme.editors", "role:editor"]],
  ])("%s", async (_what, groups) => {
    expect(await answers(groups, "acme")).toEqual(["denied"]);
  });
});

describe("a path that is chosen to collide does not open another tenant", () => {
  test.each([
    ["the placeholder itself", "{tenantId}", ["acme.editors", "{tenantId}.editors"]],
    ["a star", "*", ["acme.editors", "*.editors"]],
    ["a tenant with a dot", "acme.editors", ["acme.editors", "acme.editors.editors"]],
    ["the escaped first character of another case", "%41cme", ["acme.editors"]],
    ["a hidden slash", "globex%2Facme", ["acme.editors"]],
    ["a dot segment", "..%2Facme", ["acme.editors"]],
    ["an invisible character", "acme%E2%80%8B", ["acme.editors"]],
    ["a blank", "acme%20", ["acme.editors"]],
    ["an escape that survives decoding", "%2561cme", ["acme.editors"]],
    ["a name of every object", "constructor", ["acme.editors"]],
  ])("%s", async (_what, tenant, groups) => {
    expect(await answers(groups, tenant)).toEqual(["denied"]);
  });

  test("a REST API decodes nothing, so the escaped name of the own tenant is the own tenant", async () => {
    const gateway = withPaths.find(({ name }) => name === "rest-request");
    const deps = dependencies({ policy: () => POLICY });
    expect(await gateway?.ask(deps, attempt(["acme.editors"], "%61cme"))).toBe("allowed");
  });
});

describe("someone who is suspended in a tenant", () => {
  const groups = ["acme.editors", "acme.suspended"];

  test.each(["acme", "%61cme", "acme%20", "acme%E2%80%8B", "%2561cme"])(
    "is denied with the path %s",
    async (tenant) => {
      expect(await answers(groups, tenant)).toEqual(["denied"]);
    },
  );
});

describe("where the gateway names no tenant", () => {
  test.each(GATEWAYS_UNDER_TEST.filter(({ hasPaths }) => !hasPaths))(
    "$name allows nothing",
    async (gateway) => {
      const authorization = [tokenWith(["acme.editors"])];
      expect(await gateway.ask(dependencies({ policy: () => POLICY }), { authorization })).not.toBe(
        "allowed",
      );
    },
  );

  test.each(withPaths)("$name denies a route without the parameter", async (gateway) => {
    const asked = { ...attempt(["acme.editors"], "acme", "PUT /project"), path: "/project", parameters: {} };
    expect(await gateway.ask(dependencies({ policy: () => POLICY }), asked)).toBe("denied");
  });
});

type WithBackend = GatewayUnderTest & Required<Pick<GatewayUnderTest, "backendEvent">>;

describe("a backend that checks again", () => {
  const guard = createPermissionGuard({ policy: () => POLICY });
  const gateways = withPaths.filter((gateway): gateway is WithBackend => gateway.backendEvent !== undefined);

  test.each(gateways)("behind $name asks for the tenant of the path, or of the handler", async (gateway) => {
    const check = async (tenant: string, parameters?: Readonly<Record<string, string>>) => {
      const event = behindAuthorizer(gateway.backendEvent(attempt([], tenant)), "acme.editors");
      return (await guard.check(event, "projects:change", parameters)).allowed;
    };
    expect(await check("acme")).toBe(true);
    expect(await check("globex")).toBe(false);
    expect(await check("globex", { tenantId: "acme" })).toBe(true);
    expect(await check("acme", { tenantId: "globex" })).toBe(false);
    expect(await check("acme", {})).toBe(false);
  });
});
