import { createPermissionGuard } from "../../src/middleware/require-permission.ts";
import { decodeRestEvent as readSampleRequest } from "../../src/sample/rest-event.ts";
import { dependencies, restEvent, tokenOf } from "../support/authorization.ts";
import { ALICE, behindAuthorizer } from "../support/backend-check.ts";
import type { Attempt } from "../support/gateways/gateway.ts";
import { GATEWAYS_UNDER_TEST, type GatewayUnderTest } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// Four eyes: whoever made a claim must not approve it. Alice spells her own id in another way, so that one of two
// readers takes it for somebody else's. She sends it to each gateway, and past it straight to the check in the backend.

const POLICY = policyFrom(`
p, group:customers, claims:approve, allow, {requesterId}!=sub
g2, POST /people/{requesterId}/claim, claims:approve
`);

const guard = createPermissionGuard({ policy: () => POLICY });

const SPELLINGS: readonly (readonly [string, string])[] = [
  ["as it is", ALICE],
  ["with its first digit escaped", `%31${ALICE.slice(1)}`],
  ["with every character escaped", [...ALICE].map((one) => `%${one.charCodeAt(0).toString(16)}`).join("")],
  ["escaped twice", `%2531${ALICE.slice(1)}`],
  ["with an escape that does not decode", `${ALICE}%zz`],
  ["with half an escape", `${ALICE}%`],
  ["with bytes that are not UTF-8", `${ALICE}%ff`],
  ["behind a hidden slash", `x%2F${ALICE}`],
  ["behind a dot segment", `..%2F${ALICE}`],
  ["with an invisible character", `${ALICE}%E2%80%8B`],
];

const BOB = "22222222-2222-4222-8222-000000000002";

const attemptOn = (route: string, id: string): Attempt => ({
  authorization: [`Bearer ${tokenOf("alice")}`],
  route,
  method: "POST",
  path: `/people/${id}/claim`,
  parameters:
    route === "$default" ? {} : route.includes("+}") ? { proxy: `people/${id}/claim` } : { requesterId: id },
});

type WithBackend = GatewayUnderTest & Required<Pick<GatewayUnderTest, "backendEvent">>;

const gateways = GATEWAYS_UNDER_TEST.filter(
  (gateway): gateway is WithBackend => gateway.backendEvent !== undefined,
);

const routesOf = ({ name }: GatewayUnderTest) =>
  name === "rest-request"
    ? ["POST /people/{requesterId}/claim", "ANY /{proxy+}"]
    : ["POST /people/{requesterId}/claim", "ANY /{proxy+}", "$default"];

describe.each(gateways)("$name", (gateway) => {
  describe.each(routesOf(gateway))("behind `%s`", (route) => {
    const authorized = (id: string) =>
      gateway.ask(dependencies({ policy: () => POLICY }), attemptOn(route, id));
    const checked = (id: string) =>
      guard.check(behindAuthorizer(gateway.backendEvent(attemptOn(route, id))), "claims:approve");

    test("another's claim is approved, by the authorizer and by the check in the backend", async () => {
      expect(await authorized(BOB)).toBe("allowed");
      expect(await checked(BOB)).toMatchObject({ allowed: true });
    });

    test.each(SPELLINGS)("the own claim is not, with the id %s", async (_how, id) => {
      // An HTTP API decodes by itself: what is left of half an escape is a character, so it is somebody else's id.
      const isAnother = gateway.name.startsWith("http") && /%(zz)?$/.test(id);
      expect(await authorized(id)).toBe(isAnother ? "allowed" : "denied");
      expect((await checked(id)).allowed).toBe(isAnother);
    });
  });
});

test("the sample backend compares the id that the authorizer decided on", () => {
  const event = restEvent({ path: "/users/x/orders", pathParameters: { userId: `%31${ALICE.slice(1)}` } });
  expect(readSampleRequest(event)?.parameters).toEqual(Object.assign(Object.create(null), { userId: ALICE }));
});
