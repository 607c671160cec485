import { type Caller, encodeCaller } from "../../../src/authorizers/caller.ts";
import { checkPermission } from "../../../src/middleware/check-permission.ts";
import type { Policy } from "../../../src/policy/policy.ts";
import { localVerifier, stoppedVerifier, tokenOf } from "../../support/authorization.ts";
import { callerWith } from "../../support/caller.ts";
import { policyFrom } from "../../support/policy.ts";

const POLICY = policyFrom(`
p, role:clerk, orders:read, allow
p, role:clerk, orders:write, allow, {tenantId}=tenant_id
p, role:suspended, *, deny
g, group:staff, role:clerk
g, group:suspended, role:suspended
g2, GET /orders, orders:read
`);

const CALLER = callerWith({
  roles: ["authenticated", "clerk"],
  conditionClaims: { tenant_id: "acme" },
  policyVersion: POLICY.version,
});

const eventOf = (changes: Partial<Caller> = {}) => ({
  version: "2.0",
  requestContext: { authorizer: { lambda: encodeCaller({ ...CALLER, ...changes }) } },
});

const options = { policy: () => POLICY, now: () => 1_000 };
const check = (
  event: unknown,
  permission = "orders:read",
  parameters = {},
  more: Partial<Parameters<typeof checkPermission>[3]> = {},
) => checkPermission(event, permission, parameters, { ...options, ...more });

describe("a check in the backend", () => {
  it("decides again, from the subjects of the context, and says who calls and by which row", async () => {
    expect(await check(eventOf())).toMatchObject({
      allowed: true,
      caller: { sub: "user-1" },
      decision: { effect: "allow", determining: [{ line: 2 }] },
    });
    expect(await check(eventOf(), "orders:delete")).toMatchObject({
      allowed: false,
      refusal: "permission_denied",
      decision: { reason: "nothing_granted" },
    });
  });

  it("does not believe the permission or the roles that the context names", async () => {
    const event = eventOf({
      subjects: ["role:authenticated"],
      permission: "orders:delete",
      roles: ["clerk"],
    });
    expect(await check(event)).toMatchObject({ allowed: false, refusal: "permission_denied" });
    expect(await check(event, "orders:delete")).toMatchObject({ allowed: false });
  });

  it("lets a deny row win", async () => {
    const event = eventOf({ subjects: [...CALLER.subjects, "group:suspended"] });
    expect(await check(event)).toMatchObject({ allowed: false, decision: { reason: "denied_by_row" } });
  });

  it("compares the claims of the token with the parameters that the handler names", async () => {
    expect(await check(eventOf(), "orders:write", { tenantId: "acme" })).toMatchObject({ allowed: true });
    expect(await check(eventOf(), "orders:write", { tenantId: "globex" })).toMatchObject({ allowed: false });
    expect(await check(eventOf(), "orders:write")).toMatchObject({ allowed: false });
    expect(await check(eventOf({ conditionClaims: {} }), "orders:write", { tenantId: "acme" })).toMatchObject(
      {
        allowed: false,
      },
    );
  });

  it.each([
    ["without a context", { version: "2.0", requestContext: {} }],
    ["with one in the body", { version: "2.0", requestContext: {}, body: JSON.stringify(eventOf()) }],
    ["with one in the headers", { version: "2.0", requestContext: {}, headers: encodeCaller(CALLER) }],
    ["with a damaged one", { requestContext: { authorizer: { ...encodeCaller(CALLER), subjects: "" } } }],
    ["that is none", undefined],
  ])("knows no caller of an event %s", async (_what, event) => {
    expect(await check(event)).toMatchObject({
      allowed: false,
      refusal: "caller_missing",
      caller: undefined,
    });
  });

  it("refuses when the token has ended since, as on a connection that is still open", async () => {
    expect(await check(eventOf({ expiresAt: 1_000 }))).toMatchObject({ refusal: "token_expired" });
    expect(await check(eventOf({ expiresAt: 1_001 }))).toMatchObject({ allowed: true });
  });

  it("refuses a caller of another policy, where it is strict, and decides by its own, where not", async () => {
    const event = eventOf({ policyVersion: "0123456789abcdef" });
    expect(await check(event)).toMatchObject({ allowed: true });
    expect(await check(event, "orders:read", {}, { strict: true })).toMatchObject({
      allowed: false,
      refusal: "policy_version_differs",
    });
  });

  it("lets nobody through whom an authorizer only reported, unless it is told to", async () => {
    const event = eventOf({ mode: "report-only", permission: undefined, determining: undefined });
    expect(await check(event, "orders:delete")).toMatchObject({ allowed: false });
    expect(await check(event, "orders:delete", {}, { reportOnly: true })).toMatchObject({
      allowed: true,
      decision: { effect: "deny" },
    });
    // A caller whom an authorizer did decide about is decided about here as well.
    expect(await check(eventOf(), "orders:delete", {}, { reportOnly: true })).toMatchObject({
      allowed: false,
    });
  });

  it("verifies the token itself where there is no authorizer", async () => {
    const policy = policyFrom("p, group:customers, orders:read, allow\ng2, GET /orders, orders:read");
    const verifier = localVerifier();
    const verify = (event: unknown) => verifier.verify((event as { token: string }).token);
    const own = { policy: () => policy, verify };
    const ask = (token: string) => checkPermission({ token }, "orders:read", {}, own);
    expect(await ask(tokenOf("alice"))).toMatchObject({ allowed: true, caller: { groups: ["customers"] } });
    expect(await ask(tokenOf("nobody"))).toMatchObject({ allowed: false, refusal: "permission_denied" });
    await expect(ask("x.y.z")).rejects.toMatchObject({ code: "token_malformed" });
  });

  describe("with an emergency stop", () => {
    const stopping =
      (...names: readonly string[]) =>
      () =>
        Promise.resolve({ stopped: names.map((permission) => ({ permission })) });

    it("refuses what is stopped, on a connection that is open too, and nothing else", async () => {
      const ask = (...names: readonly string[]) =>
        check(eventOf(), "orders:read", {}, { stop: stopping(...names) });
      for (const name of ["*", "orders:*", "*:read", "orders:read", "not a permission"]) {
        expect(await ask("users:delete", name)).toMatchObject({
          allowed: false,
          refusal: "stopped",
          decision: undefined,
        });
      }
      expect(await ask("users:delete", "*:write")).toMatchObject({ allowed: true });
      const nothing = () => Promise.resolve(undefined);
      expect(await check(eventOf(), "orders:read", {}, { stop: nothing })).toMatchObject({ allowed: true });
    });

    it("refuses also whom a stage that only reports let through", async () => {
      const event = eventOf({ mode: "report-only", permission: undefined, determining: undefined });
      const options = { stop: stopping("orders:*"), reportOnly: true };
      expect(await check(event, "orders:delete", {}, options)).toMatchObject({ refusal: "stopped" });
    });

    it("fails where the stop cannot be read", async () => {
      const stop = () => Promise.reject(new Error("down"));
      await expect(check(eventOf(), "orders:read", {}, { stop })).rejects.toThrow("down");
    });

    it("takes the stop that its own verification found", async () => {
      const policy = policyFrom("p, group:customers, orders:read, allow\ng2, GET /orders, orders:read");
      const verify = () => stoppedVerifier([{ permission: "orders:read" }])(tokenOf("alice"));
      expect(await checkPermission({}, "orders:read", {}, { policy: () => policy, verify })).toMatchObject({
        refusal: "stopped",
      });
    });
  });

  it.each(["verify", "stop"])("decides by the policy in force once `%s` has answered", async (last) => {
    const policies = ["allow", "deny"].map((effect) =>
      policyFrom(`p, group:customers, orders:read, ${effect}\ng2, GET /orders, orders:read`),
    );
    let policy = policies[0];
    const changedBy = (step: string) => {
      if (step === last) policy = policies[1];
    };
    const verifier = localVerifier();
    const verify = async () => {
      const token = await verifier.verify(tokenOf("alice"));
      changedBy("verify");
      return token;
    };
    const stop = () =>
      Promise.resolve()
        .then(() => changedBy("stop"))
        .then(() => undefined);
    const own = { policy: () => policy as Policy, verify, stop };
    expect(await checkPermission({}, "orders:read", {}, own)).toMatchObject({ refusal: "permission_denied" });
  });

  it.each(["orders", "orders:*", "*", "", "orders:read:all", "Orders: read"])(
    "is not asked for %j, which is not a permission",
    async (permission) => {
      await expect(check(eventOf(), permission)).rejects.toThrow(RangeError);
    },
  );
});
