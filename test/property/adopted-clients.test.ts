import fc from "fast-check";
import { decide } from "../../src/policy/decide.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import type { Subject } from "../../src/policy/subject.ts";
import { firstPolicy } from "../../src/tools/adopt/first-policy.ts";
import { givenToday } from "../../src/tools/adopt/given-today.ts";
import { settingsFor } from "../../src/tools/adopt/settings.ts";
import { readService } from "../../src/tools/service/read-service.ts";
import { sourceOf } from "../../src/tools/service/service-source.ts";
import { MODEL } from "../support/policy.ts";

interface Client {
  readonly flow: string;
  readonly scopes: readonly string[];
}
const CLIENTS: Readonly<Record<string, Client>> = {
  Web: { flow: "code", scopes: ["openid"] },
  Admin: { flow: "code", scopes: ["openid"] },
  Import: { flow: "client_credentials", scopes: ["shop/read"] },
  Export: { flow: "client_credentials", scopes: ["shop/write"] },
};
const resources = {
  Pool: { Type: "AWS::Cognito::UserPool", Properties: {} },
  ...Object.fromEntries(
    Object.entries(CLIENTS).map(([id, { flow, scopes }]) => [
      id,
      {
        Type: "AWS::Cognito::UserPoolClient",
        Properties: { UserPoolId: { Ref: "Pool" }, AllowedOAuthFlows: [flow], AllowedOAuthScopes: scopes },
      },
    ]),
  ),
};

/** Undefined for every client of the pool. */
interface Guard {
  readonly audience: readonly string[] | undefined;
  readonly scope: string | undefined;
}

const guard: fc.Arbitrary<Guard> = fc.record({
  audience: fc.option(fc.subarray(Object.keys(CLIENTS), { minLength: 1 }), { nil: undefined }),
  scope: fc.option(fc.constantFrom("shop/read", "shop/write"), { nil: undefined }),
});

function eventOf({ audience, scope }: Guard, index: number) {
  const scopes = scope === undefined ? [] : [scope];
  if (audience !== undefined) {
    return { httpApi: { method: "GET", path: `/r${index}`, authorizer: { name: `jwt${index}`, scopes } } };
  }
  const pool = { name: `pool${index}`, type: "COGNITO_USER_POOLS", arn: { "Fn::GetAtt": ["Pool", "Arn"] } };
  return { http: { method: "get", path: `/r${index}`, authorizer: { ...pool, scopes } } };
}

function answers({ audience, scope }: Guard, name: string, { flow, scopes }: Client): boolean {
  const isMachine = flow === "client_credentials";
  if (audience !== undefined && !audience.includes(name)) return false;
  if (scope !== undefined) return scopes.includes(scope);
  // A machine has no ID token.
  return audience !== undefined || !isMachine;
}

test("a token of any app client opens the routes of before, or the route keeps its authorizer", () => {
  fc.assert(
    fc.property(fc.array(guard, { minLength: 1, maxLength: 6 }), (guards) => {
      const authorizers = Object.fromEntries(
        guards.map(({ audience = [] }, index) => [
          `jwt${index}`,
          {
            type: "jwt",
            issuerUrl: { "Fn::GetAtt": ["Pool", "ProviderURL"] },
            audience: audience.map((id) => ({ Ref: id })),
          },
        ]),
      );
      const resolved = {
        provider: { httpApi: { authorizers } },
        functions: { api: { events: guards.map(eventOf) } },
        resources: { Resources: resources },
      };
      const source = sourceOf(resolved);
      const today = givenToday(source, readService(resolved, ""), { guard: [], replace: [] });
      const { value } = settingsFor(source, today, {
        appClients: new Map(),
        triggers: false,
        policies: "policies",
      });
      const accepted = Object.values(value["appClients"] as Readonly<Record<string, string>>);
      const { files, guarded } = firstPolicy(today.routes);
      // Every route keeps its authorizer, which `init` refuses.
      if (guarded.length === 0) return;
      const policy = loadPolicy({ model: MODEL, rows: files.filter(({ path }) => path.endsWith(".csv")) });
      for (const { route, given } of today.routes) {
        if (given.to === "others") continue;
        const before = guards[Number(/\d+$/.exec(route.route)?.[0])];
        for (const [name, client] of Object.entries(CLIENTS)) {
          const subjects: readonly Subject[] =
            client.flow === "code"
              ? ["role:authenticated", "user:u"]
              : [
                  "role:machine",
                  `client:${name}`,
                  ...client.scopes.map((scope): Subject => `scope:${scope}`),
                ];
          const request = { route: route.route, subjects, parameters: {}, claims: {} };
          const opens = accepted.includes(name) && decide(policy, request).effect === "allow";
          expect([route.route, name, opens]).toEqual([
            route.route,
            name,
            before !== undefined && answers(before, name, client),
          ]);
        }
      }
    }),
    { numRuns: 150 },
  );
});
