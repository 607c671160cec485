import fc from "fast-check";
import { createPermissionGuard } from "../../src/middleware/require-permission.ts";
import type { ConditionInput } from "../../src/policy/decision.ts";
import { dependencies, tokenOf } from "../support/authorization.ts";
import { ALICE, behindAuthorizer } from "../support/backend-check.ts";
import { drawn, partOf } from "../support/drawn.ts";
import type { Attempt } from "../support/gateways/gateway.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// The law: of the same request, on every gateway, the authorizer and the check in the backend see the same parameters.
// A policy whose rows compare each of them tells what both saw.

const POLICY = policyFrom(`
p, group:customers, things:do, allow, {id}=sub
p, group:customers, things:do, deny, {name}=sub&{proxy}=sub
g2, POST /people/{id}/things, things:do
g2, ANY /files/{proxy+}, things:do
g2, POST /files/secret/{name}, things:do
g2, $default, things:do
`);

const guard = createPermissionGuard({ policy: () => POLICY });
const AUTHORIZATION = [`Bearer ${tokenOf("alice")}`];

const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(ALICE, "17", "secret", "files", "people", "things") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[
        `%31${ALICE.slice(1)}`,
        "%2531",
        "%zz",
        "%",
        "100%25",
        "%ff",
        "a%2Fb",
        "a%20b",
        "a+b",
        "%2e%2e",
        "..",
      ],
      ...["%E2%80%8B", "%C3%BC", "*", "%3F", "a%5Cb", "%73ecret"],
    ),
  },
);

const attempt: fc.Arbitrary<Attempt> = fc
  .oneof(
    segment.map((id) => ({
      route: "POST /people/{id}/things",
      path: `/people/${id}/things`,
      parameters: { id },
    })),
    fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => ({
      route: "ANY /files/{proxy+}",
      path: `/files/${parts.join("/")}`,
      parameters: { proxy: parts.join("/") },
    })),
    fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => ({
      route: "$default",
      path: `/${parts.join("/")}`,
      parameters: {},
    })),
  )
  .map((parts) => ({ ...parts, method: "POST", authorization: AUTHORIZATION }));

const gateways = GATEWAYS_UNDER_TEST.flatMap(({ backendEvent, ...gateway }) =>
  backendEvent === undefined ? [] : [{ ...gateway, backendEvent }],
);

const valuesOf = (inputs: readonly ConditionInput[]) =>
  Object.fromEntries(inputs.map(({ parameter = "", parameterValue }) => [parameter, parameterValue]));

describe.each(gateways)("$name", (gateway) => {
  test("the authorizer and the check in the backend see equal parameters", async () => {
    const seen = { known: 0, unknown: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(attempt, async (request) => {
        // A REST API has no such route.
        if (gateway.name === "rest-request" && request.route === "$default") return;
        const world = dependencies({ policy: () => POLICY });
        await gateway.ask(world, request);
        const [record] = world.records;
        if (record?.kind !== "decided") throw new Error(`not decided: ${JSON.stringify(record)}`);
        const { decided } = record;
        const checked = await guard.check(behindAuthorizer(gateway.backendEvent(request)), "things:do");
        const ours = valuesOf(checked.decision?.inputs ?? []);
        if (decided.by === "policy" && decided.route !== undefined) {
          expect(ours).toEqual(valuesOf(decided.decision.inputs));
          seen[Object.values(ours).some((value) => value !== undefined) ? "known" : "unknown"] += 1;
        } else {
          expect(ours).toEqual({ id: undefined, name: undefined, proxy: undefined });
          seen.refused += 1;
        }
      }),
      drawn(600),
    );
    expect(Math.min(seen.known, seen.refused)).toBeGreaterThan(partOf(50));
  });
});
