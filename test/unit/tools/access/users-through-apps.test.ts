import { decide } from "../../../../src/policy/decide.ts";
import { directorySources } from "../../../../src/tools/access/directory-sources.ts";
import {
  accessOnBehalf,
  namedUsersThroughApps,
  usersThroughApps,
} from "../../../../src/tools/access/users-through-apps.ts";
import { policyFrom } from "../../../support/policy.ts";

const ROWS = `
p, role:viewer, orders:read, allow
p, role:editor, orders:write, allow
p, role:suspended, *, deny
g, role:editor, role:viewer
g, group:staff, role:viewer
g, client:worker, role:job
p, role:job, orders:write, allow
g2, GET /orders, orders:read
g2, PUT /orders, orders:write
g2, POST /orders/search, orders:read
g2, POST /orders/search, orders:write
g2, GET /health, public
`;
const LIMITED = policyFrom(`${ROWS}
p3, client:web, *
p3, client:partner, orders:read, api/read
p3, client:partner, orders:write, api/write
p3, client:reader, orders:read
`);

test("what a role may do through an app is what the authorizer decides for its tokens, scope by scope", () => {
  for (const one of usersThroughApps(LIMITED)) {
    for (const route of ["GET /orders", "PUT /orders", "POST /orders/search"]) {
      const access = accessOnBehalf(LIMITED, { route }, one);
      for (const scopes of [[], ["api/read"], ["api/write"], ["api/read", "api/write"]]) {
        const { effect } = decide(LIMITED, {
          subjects: [...one.held.always],
          app: { client: one.client, scopes },
          route,
          parameters: {},
          claims: {},
        });
        const isGranted = access.kind === "allowed" || access.when.some((scope) => scopes.includes(scope));
        expect([one.subject, route, scopes, isGranted]).toEqual([
          one.subject,
          route,
          scopes,
          effect === "allow",
        ]);
      }
    }
  }
});

test("a scope is one more condition, next to the condition of the row", () => {
  const policy = policyFrom(`
p, role:owner, orders:read, allow, {userId}=sub
p, role:owner, orders:list, allow
g2, GET /users/{userId}/orders, orders:read
g2, GET /users/{userId}/orders, orders:list
p3, client:partner, orders:read
p3, client:partner, orders:list, api/list
p3, client:other, orders:read, api/read
`);
  const texts = usersThroughApps(policy)
    .filter(({ user }) => user === "role:owner")
    .map((one) => [one.subject, accessOnBehalf(policy, { route: "GET /users/{userId}/orders" }, one).when]);
  expect(texts).toEqual([
    ["role:owner through client:other", ["api/read and {userId}=sub"]],
    ["role:owner through client:partner", ["{userId}=sub", "api/list"]],
  ]);
});

test("machines are not users, and subjects that only inherit can be left out", () => {
  const users = new Set(usersThroughApps(LIMITED).map(({ user }) => user));
  expect([...users]).toEqual([
    "role:authenticated",
    "role:editor",
    "role:suspended",
    "role:viewer",
    "group:staff",
  ]);
  const named = new Set(namedUsersThroughApps(LIMITED).map(({ user }) => user));
  expect([...named]).toEqual(["role:editor", "role:suspended", "role:viewer"]);
});

test("a policy that limits no app has no users through apps", () => {
  expect(usersThroughApps(policyFrom(ROWS))).toEqual([]);
});

test("a group is named once, with all groups of directories that fill it", () => {
  const policy = policyFrom(`${ROWS}
g4, Okta/Engineering, group:staff
g4, CorpSAML/Engineering, group:staff
g4, Okta/Admins, group:admins
g, group:admins, role:editor
`);
  expect(directorySources(policy)).toEqual([
    { group: "group:admins", sources: ["Okta/Admins"] },
    { group: "group:staff", sources: ["CorpSAML/Engineering", "Okta/Engineering"] },
  ]);
});
