import fc from "fast-check";
import { createAppSyncAuthorizer } from "../../src/authorizers/appsync.ts";
import { createHttpAuthorizer } from "../../src/authorizers/http.ts";
import { createRestAuthorizer } from "../../src/authorizers/rest-request.ts";
import type { AuthorizerDependencies } from "../../src/authorizers/run-authorizer.ts";
import {
  appSyncEvent,
  dependencies,
  httpEvent,
  nowSeconds,
  restEvent,
  stoppedVerifier,
  tokenOf,
} from "../support/authorization.ts";
import { drawn } from "../support/drawn.ts";
import { answerOf } from "../support/gateways/answer.ts";
import { authorizersOf, GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// What is allowed while something is stopped is what the policy allows, without the routes that it covers; and while
// everything is stopped, nothing.

const RESOURCES = ["orders", "users"];
const ACTIONS = ["read", "refund"];
const PERMISSIONS = RESOURCES.flatMap((resource) => ACTIONS.map((action) => `${resource}:${action}`));
const PATTERNS = [
  "*",
  ...PERMISSIONS,
  ...RESOURCES.map((one) => `${one}:*`),
  ...ACTIONS.map((one) => `*:${one}`),
];
const GROUPS = ["customers", "support", "admins"];
const NAMES = [0, 1, 2, 3];

interface Drawn {
  /** The permissions of each route. */
  readonly routes: readonly (readonly string[])[];
  readonly rows: readonly (readonly [group: string, pattern: string, effect: string])[];
  readonly stopped: readonly string[];
  readonly groups: readonly string[];
  readonly reportOnly: boolean;
}

const cases: fc.Arbitrary<Drawn> = fc.record({
  routes: fc.array(fc.subarray(PERMISSIONS, { minLength: 1, maxLength: 2 }), { minLength: 4, maxLength: 4 }),
  rows: fc.array(
    fc.tuple(
      fc.constantFrom(...GROUPS),
      fc.constantFrom(...PATTERNS),
      fc.constantFrom("allow", "allow", "deny"),
    ),
    { minLength: 1, maxLength: 5 },
  ),
  stopped: fc.subarray(PATTERNS, { maxLength: 3 }),
  groups: fc.subarray(GROUPS, { minLength: 1 }),
  reportOnly: fc.boolean(),
});

const policyOf = ({ routes, rows }: Drawn) =>
  policyFrom(
    [
      ...new Set(rows.map(([group, pattern, effect]) => `p, group:${group}, ${pattern}, ${effect}`)),
      ...routes.flatMap((permissions, at) =>
        permissions.flatMap((one) => [`g2, GET /r${at}, ${one}`, `g2, Query.r${at}, ${one}`]),
      ),
    ].join("\n"),
  );

/** In other words than the code's: a pattern covers what it equals part by part, where `*` equals anything. */
function isCovered(permission: string, stopped: readonly string[]): boolean {
  const [resource, action] = permission.split(":");
  return stopped.some((pattern) => {
    if (pattern === "*") return true;
    const [one, other] = pattern.split(":");
    return (one === "*" || one === resource) && (other === "*" || other === action);
  });
}

/** The routes that each kind of gateway allows. */
async function allowedBy(deps: AuthorizerDependencies, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  const asked = NAMES.map((name) => ({ routeKey: `GET /r${name}`, rawPath: `/r${name}`, headers }));
  const http = await Promise.all(asked.map((parts) => createHttpAuthorizer(deps)(httpEvent(parts))));
  const methodArn = "arn:aws:execute-api:us-east-1:111122223333:def456/dev/GET/r0";
  const rest = { ...restEvent({ path: "/r0", methodArn, headers, pathParameters: {} }), resource: "/r0" };
  const { policyDocument } = await createRestAuthorizer(deps, { wholeApi: true })(rest);
  const among = (wanted: string, name: number) =>
    policyDocument.Statement.some(
      ({ Effect, Resource }) => Effect === wanted && Resource.some((one) => one.endsWith(`/GET/r${name}`)),
    );
  const appSync = await createAppSyncAuthorizer(deps, { ttl: 60, now: nowSeconds })(appSyncEvent(token));
  const denied: readonly string[] | undefined = appSync.isAuthorized ? appSync.deniedFields : undefined;
  return {
    http: NAMES.filter((name) => http[name]?.isAuthorized),
    wholeApi: NAMES.filter((name) => among("Allow", name) && !among("Deny", name)),
    appSync: NAMES.filter((name) => denied?.includes(`Query.r${name}`) === false),
  };
}

test("what is allowed while something is stopped is what was allowed before, without the routes that it covers", async () => {
  let [kept, taken] = [0, 0];
  await fc.assert(
    fc.asyncProperty(cases, async (drawnCase) => {
      const { routes, stopped, groups, reportOnly } = drawnCase;
      const policy = policyOf(drawnCase);
      const token = tokenOf("nobody", { "cognito:groups": groups });
      const before = await allowedBy(dependencies({ policy: () => policy, reportOnly }), token);
      const verify = stoppedVerifier(stopped.map((permission) => ({ permission })));
      const after = await allowedBy(dependencies({ policy: () => policy, reportOnly, verify }), token);
      const without = (names: readonly number[]) =>
        names.filter((name) => !routes[name]?.some((permission) => isCovered(permission, stopped)));
      expect(after).toEqual({
        http: without(before.http),
        wholeApi: without(before.wholeApi),
        appSync: without(before.appSync),
      });
      kept += after.http.length;
      taken += before.http.length - after.http.length;
    }),
    drawn(150),
  );
  // Otherwise the law would say nothing.
  expect([kept > 20, taken > 20]).toEqual([true, true]);
});

test("while everything is stopped, no token is allowed at any gateway, whatever the policy", async () => {
  const verify = stoppedVerifier([{ permission: "*" }]);
  await fc.assert(
    fc.asyncProperty(cases, async (drawnCase) => {
      const { groups, reportOnly } = drawnCase;
      const policy = policyOf(drawnCase);
      const deps = dependencies({ policy: () => policy, reportOnly, verify });
      const token = tokenOf("nobody", { "cognito:groups": groups });
      for (const gateway of GATEWAYS_UNDER_TEST) {
        const event = gateway.eventOf({ authorization: [`Bearer ${token}`], route: "GET /r0", path: "/r0" });
        for (const create of authorizersOf(gateway))
          expect(await answerOf(create(deps)(event))).toBe("denied");
      }
    }),
    drawn(30),
  );
});
