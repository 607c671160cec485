import { createRestAuthorizer } from "../../src/authorizers/rest-request.ts";
import { createPermissionGuard } from "../../src/middleware/require-permission.ts";
import type { Claims } from "../../src/tools/cognito/tokens/signing.ts";
import { dependencies, nowSeconds, tokenOf } from "../support/authorization.ts";
import type { Attempt } from "../support/gateways/gateway.ts";
import { GATEWAYS_UNDER_TEST, type GatewayUnderTest } from "../support/gateways/gateways.ts";
import { policyFrom } from "../support/policy.ts";

// A payment needs a sign-in of the last five minutes. Somebody with an old session tries every other form of it.

const ROUTE = "POST /payments/{paymentId}/approval";
const POLICY = policyFrom(`
p, group:customers, payments:approve, allow, max_age=300
p, role:machine, payments:approve, allow, max_age=300
g2, ${ROUTE}, payments:approve
`);
/** The same by a deny row: unknown is denied. */
const DENYING = policyFrom(`
p, group:customers, payments:approve, allow
p, role:machine, payments:approve, allow
p, role:authenticated, payments:approve, deny, max_age!=300
p, role:machine, payments:approve, deny, max_age!=300
g2, ${ROUTE}, payments:approve
`);

const attempt = (token: string): Attempt => ({
  authorization: [`Bearer ${token}`],
  route: ROUTE,
  method: "POST",
  path: "/payments/17/approval",
  parameters: { paymentId: "17" },
});

const TIMES: readonly (readonly [string, unknown])[] = [
  ["of an hour ago", nowSeconds() - 3_600],
  ["of a second too long ago", nowSeconds() - 302],
  ["missing", undefined],
  ["as a string", String(nowSeconds())],
  ["as a list", [nowSeconds()]],
  ["as null", null],
  ["as a fraction", nowSeconds() - 0.5],
  ["as zero", 0],
  ["below zero", -nowSeconds()],
  ["in milliseconds", nowSeconds() * 1_000],
  ["in an hour", nowSeconds() + 3_600],
];

const paths = GATEWAYS_UNDER_TEST.filter(
  (gateway): gateway is GatewayUnderTest & Required<Pick<GatewayUnderTest, "backendEvent">> =>
    gateway.backendEvent !== undefined,
);

describe.each(paths)("$name", (gateway) => {
  describe.each([
    ["an allow row", POLICY],
    ["a deny row", DENYING],
  ])("by %s", (_how, policy) => {
    const asked = (who: string, claims: Claims) =>
      gateway.ask(dependencies({ policy: () => policy }), attempt(tokenOf(who, claims)));

    test("a recent sign-in opens it", async () => {
      expect(await asked("alice", { auth_time: nowSeconds() - 5 })).toBe("allowed");
      expect(await asked("alice", { auth_time: nowSeconds() + 30 })).toBe("allowed");
    });

    test.each(TIMES)("a sign-in %s does not", async (_when, authTime) => {
      expect(await asked("alice", { auth_time: authTime } as Claims)).toBe("denied");
    });

    test("a refreshed token does not: it is new, its sign-in is not", async () => {
      const claims = { iat: nowSeconds(), auth_time: nowSeconds() - 3_600 };
      expect(await asked("alice", claims)).toBe("denied");
    });

    test("a machine does not, which gets a new token whenever it likes", async () => {
      expect(await asked("reporting", { auth_time: nowSeconds() })).toBe("denied");
    });
  });
});

describe("the check in the backend", () => {
  const contextOf = async (claims: Claims) => {
    const [event] = GATEWAYS_UNDER_TEST.filter(({ name }) => name === "rest-request").map(({ eventOf }) =>
      eventOf(attempt(tokenOf("alice", claims))),
    );
    const answer = await createRestAuthorizer(dependencies({ policy: () => POLICY }))(event);
    return { ...("context" in answer ? answer.context : undefined) } as Readonly<Record<string, string>>;
  };
  const checkedAt = (now: number, authorizer: object) =>
    createPermissionGuard({ policy: () => POLICY, now: () => now }).check(
      { requestContext: { authorizer } },
      "payments:approve",
    );

  test("compares the sign-in that the authorizer passed on, at its own time", async () => {
    const authTime = nowSeconds() - 200;
    const context = await contextOf({ auth_time: authTime });
    expect(await checkedAt(authTime + 300, context)).toMatchObject({ allowed: true });
    expect(await checkedAt(authTime + 301, context)).toMatchObject({
      allowed: false,
      refusal: "sign_in_too_old",
      acceptedAge: 300,
    });
  });

  test.each(["", "0", "-1", "soon", "1e9", "17.5"])(
    "refuses a context with the sign-in %j",
    async (authTime) => {
      const context = { ...(await contextOf({ auth_time: nowSeconds() })), authTime };
      expect(await checkedAt(nowSeconds(), context)).toMatchObject({
        allowed: false,
        refusal: "caller_missing",
      });
    },
  );

  test("denies without a sign-in in the context", async () => {
    const { authTime, ...context } = await contextOf({ auth_time: nowSeconds() });
    expect(authTime).toBe(String(nowSeconds()));
    expect(await checkedAt(nowSeconds(), context)).toMatchObject({ refusal: "sign_in_too_old" });
  });

  test("counts no sign-in for a machine", async () => {
    const context = { ...(await contextOf({ auth_time: nowSeconds() })), kind: "machine" };
    expect(await checkedAt(nowSeconds(), context)).toMatchObject({ allowed: false });
  });
});
