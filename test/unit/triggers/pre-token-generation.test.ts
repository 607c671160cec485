import { ConfigurationError } from "../../../src/errors.ts";
import { MARKER_ATTRIBUTE } from "../../../src/triggers/directory.ts";
import {
  createPreTokenGeneration,
  type PreTokenGenerationOptions,
} from "../../../src/triggers/pre-token-generation.ts";
import { TRY_LATER } from "../../../src/triggers/report.ts";
import { createTrustedProviders } from "../../../src/triggers/trusted-providers.ts";
import { type MemoryDirectoryOptions, memoryDirectory } from "../../support/memory-directory.ts";
import { policyFrom } from "../../support/policy.ts";
import { recordedLog } from "../../support/recorded-log.ts";
import {
  assigned,
  inherited,
  machineEvent,
  POOL,
  proven,
  SUB,
  tokenEvent,
} from "../../support/trigger-events.ts";

const ROWS = `p2, *@example.com, allow
g3, *@example.com, group:staff
g3, alice@example.com, group:admins

g, group:staff, role:clerk
g, group:admins, role:admin
g, role:admin, role:clerk
g, group:${POOL}_Google, role:outsider
g, user:${SUB}-chief, role:chief
g, scope:api/run, role:runner
g, role:machine, role:robot

p, role:clerk, orders:read, allow
p, role:clerk, orders:list, allow
p, role:clerk, invoices:read, allow, {userId}=sub
p, role:admin, orders:*, allow
p, role:admin, orders:list, deny, {userId}=sub

g2, GET /orders, orders:list
g2, GET /orders/{orderId}, orders:read
g2, DELETE /orders/{orderId}, orders:delete
g2, GET /users/{userId}/invoices, invoices:read
g2, GET /users/{userId}/orders, orders:list
`;
const policy = policyFrom(ROWS);
const withApps = policyFrom(`${ROWS}p3, client:web, *\np3, client:partner, orders:read, api/orders:read\n`);

const OPTIONS: PreTokenGenerationOptions = {
  trustedProviders: createTrustedProviders(new Map([["Google", ["example.com"]]])),
  healGroups: true,
  scopePrefix: undefined,
  copiedClaims: new Map(),
  tokenBudget: 6_144,
};

function setUp(options: Partial<PreTokenGenerationOptions> = {}, pool: MemoryDirectoryOptions = {}) {
  const { log, lines } = recordedLog();
  const directory = memoryDirectory(pool);
  const deadline = new AbortController();
  const tools = {
    policy: () => policy,
    options: () => ({ ...OPTIONS, ...options }),
    directory: () => directory,
    deadline: () => deadline.signal,
    now: () => new Date("2026-11-01T12:00:00Z"),
    log,
  };
  return { trigger: createPreTokenGeneration(tools), tools, lines, directory, deadline };
}

/** The parts of an answer in the shape of V2_0 and V3_0. */
async function details(answer: Promise<unknown>) {
  const { response } = (await answer) as {
    response: {
      claimsAndScopeOverrideDetails: {
        idTokenGeneration?: { claimsToAddOrOverride: Record<string, unknown> };
        accessTokenGeneration: { claimsToAddOrOverride?: Record<string, unknown>; scopesToAdd?: string[] };
        groupOverrideDetails?: { groupsToOverride?: string[] | null };
      };
    };
  };
  return response.claimsAndScopeOverrideDetails;
}

describe("roles", () => {
  it("are an array in both tokens of V2_0 and V3_0", async () => {
    for (const version of ["2", "3"] as const) {
      const { trigger, directory, lines } = setUp();
      const event = tokenEvent({ version, groups: ["admins"] });

      await expect(trigger(event)).resolves.toEqual({
        ...event,
        response: {
          claimsAndScopeOverrideDetails: {
            idTokenGeneration: { claimsToAddOrOverride: { roles: ["admin", "clerk"] } },
            accessTokenGeneration: { claimsToAddOrOverride: { roles: ["admin", "clerk"] } },
            groupOverrideDetails: event.request.groupConfiguration,
          },
        },
      });

      expect(directory.calls).toEqual([]);
      expect(lines).toEqual([]);
    }
  });

  it("are a JSON array in a string in the ID token of V1_0", async () => {
    const { trigger } = setUp({ scopePrefix: "api/", copiedClaims: new Map([["mail", "email"]]) });
    const event = tokenEvent({ version: "1", groups: ["admins"] });

    await expect(trigger(event)).resolves.toEqual({
      ...event,
      response: {
        claimsOverrideDetails: {
          claimsToAddOrOverride: { roles: '["admin","clerk"]' },
          groupOverrideDetails: event.request.groupConfiguration,
        },
      },
    });
  });

  it("are an empty array for a user without any", async () => {
    const { trigger } = setUp();

    const { accessTokenGeneration } = await details(trigger(tokenEvent()));

    expect(accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: [] });
  });

  it("do not come from the automatic group of an identity provider, which stays in the token", async () => {
    const { trigger } = setUp();
    const groups = [`${POOL}_Google`, "staff"];

    const { accessTokenGeneration, groupOverrideDetails } = await details(trigger(tokenEvent({ groups })));

    expect(accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: ["clerk"] });
    expect(groupOverrideDetails?.groupsToOverride).toEqual(groups);
  });

  it("come from the user as well", async () => {
    const { trigger } = setUp();
    const attributes = assigned("a@example.net", { sub: `${SUB}-chief` });

    const { accessTokenGeneration } = await details(trigger(tokenEvent({ attributes })));

    expect(accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: ["chief"] });
  });

  it("come neither from attributes nor from client metadata", async () => {
    const { trigger } = setUp();
    const event = tokenEvent({
      attributes: assigned("a@example.net", { "custom:roles": "admin", roles: "admin" }),
    });
    const forged = {
      ...event,
      request: { ...event.request, clientMetadata: { groups: "admins", roles: "admin" } },
    };

    const { accessTokenGeneration } = await details(trigger(forged));

    expect(accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: [] });
  });
});

describe("the group configuration", () => {
  it("goes out with IAM roles and preferred role as they came", async () => {
    const { trigger } = setUp();
    const event = tokenEvent({ groups: ["staff"] });
    const groupConfiguration = {
      groupsToOverride: ["staff"],
      iamRolesToOverride: ["arn:aws:iam::000000000000:role/clerk"],
      preferredRole: "arn:aws:iam::000000000000:role/clerk",
    };

    const { groupOverrideDetails } = await details(
      trigger({ ...event, request: { ...event.request, groupConfiguration } }),
    );

    expect(groupOverrideDetails).toEqual(groupConfiguration);
  });

  it.each([
    ["null", null],
    ["absent", undefined],
  ])("is not made up where it is %s", async (_what, groupConfiguration) => {
    const { trigger } = setUp();
    const event = tokenEvent();

    const answer = await details(trigger({ ...event, request: { ...event.request, groupConfiguration } }));

    expect(answer.groupOverrideDetails).toBeUndefined();
  });

  it.each([[{}], [{ groupsToOverride: null, iamRolesToOverride: null, preferredRole: null }]])(
    "goes out as it came: %j",
    async (groupConfiguration) => {
      const { trigger } = setUp();
      const event = tokenEvent();

      const answer = await details(trigger({ ...event, request: { ...event.request, groupConfiguration } }));

      expect(answer.groupOverrideDetails).toEqual(groupConfiguration);
    },
  );
});

describe("scopes", () => {
  it("are not added unless a prefix is configured", async () => {
    const { trigger } = setUp();

    const { accessTokenGeneration } = await details(trigger(tokenEvent({ groups: ["staff"] })));

    expect(accessTokenGeneration.scopesToAdd).toBeUndefined();
  });

  it("are the permissions that no condition and no deny row touches", async () => {
    const { trigger } = setUp({ scopePrefix: "api/" });

    const clerk = await details(trigger(tokenEvent({ groups: ["staff"] })));
    const admin = await details(trigger(tokenEvent({ groups: ["admins"] })));

    expect(clerk.accessTokenGeneration.scopesToAdd).toEqual(["api/orders:list", "api/orders:read"]);
    expect(admin.accessTokenGeneration.scopesToAdd).toEqual(["api/orders:delete", "api/orders:read"]);
  });

  it("are not added twice", async () => {
    const { trigger } = setUp({ scopePrefix: "api/" });

    const answer = await details(trigger(tokenEvent({ groups: ["staff"], scopes: ["api/orders:read"] })));

    expect(answer.accessTokenGeneration.scopesToAdd).toEqual(["api/orders:list"]);
  });

  describe("of apps", () => {
    const web = "localwebclient000000000001";
    const added = async (options: Partial<PreTokenGenerationOptions>, rules = withApps) => {
      const { tools } = setUp({ scopePrefix: "api/", ...options });
      const trigger = createPreTokenGeneration({ ...tools, policy: () => rules });
      const answer = await details(trigger(tokenEvent({ groups: ["admins"] })));
      return answer.accessTokenGeneration.scopesToAdd;
    };

    it("are added to tokens of no app where `p3` rows limit apps and none is first-party", async () => {
      expect(await added({})).toBeUndefined();
    });

    it("are added for first-party apps, but never a scope that a `p3` row names", async () => {
      expect(await added({ firstPartyClients: new Set([web]) })).toEqual(["api/orders:delete"]);
    });

    it("are not added for another app, with `p3` rows or without", async () => {
      const firstPartyClients = new Set(["otherclient00000000000001"]);
      expect(await added({ firstPartyClients })).toBeUndefined();
      expect(await added({ firstPartyClients }, policy)).toBeUndefined();
    });
  });
});

describe("copied attributes", () => {
  const copiedClaims = new Map([
    ["tenant_id", "custom:tenant_id"],
    ["locale", "locale"],
  ]);

  it("are claims of the access token only; a missing or empty one is left out", async () => {
    const { trigger } = setUp({ copiedClaims });
    const attributes = assigned("a@example.net", { "custom:tenant_id": "acme", locale: "" });

    const answer = await details(trigger(tokenEvent({ attributes })));

    expect(answer.accessTokenGeneration.claimsToAddOrOverride).toEqual({ tenant_id: "acme", roles: [] });
    expect(answer.idTokenGeneration?.claimsToAddOrOverride).toEqual({ roles: [] });
  });

  it("are read from the user's own attributes, not from a prototype", async () => {
    const { trigger } = setUp({ copiedClaims });
    const attributes = inherited({ "custom:tenant_id": "acme" }, assigned("a@example.net"));

    const answer = await details(trigger(tokenEvent({ attributes })));

    expect(answer.accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: [] });
  });
});

describe("healing", () => {
  const attributes = proven("alice@example.com");
  const event = tokenEvent({ attributes });

  it("adds the lacking groups to the pool, then the marker, and puts them in this token", async () => {
    const { trigger, directory, lines } = setUp({}, { attributes });
    const withGroup = tokenEvent({ attributes, groups: [`${POOL}_x`, "staff"].slice(1) });

    const answer = await details(trigger(withGroup));

    expect(directory.calls).toEqual(["read", "add admins", "mark"]);
    expect(answer.groupOverrideDetails?.groupsToOverride).toEqual(["staff", "admins"]);
    expect(answer.accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: ["admin", "clerk"] });
    expect(lines).toMatchObject([{ kind: "groups-assigned", fields: { groups: ["admins"], sub: SUB } }]);
  });

  it("writes the marker where nothing is lacking, so that a later removal stays", async () => {
    const { trigger, directory } = setUp({}, { attributes });

    await trigger(tokenEvent({ attributes, groups: ["admins", "staff"] }));

    expect(directory.calls).toEqual(["read", "mark"]);
  });

  it("never brings back a group that an administrator took away", async () => {
    const { trigger, directory } = setUp({}, { attributes });

    await trigger(event);
    directory.groups.clear();
    const answer = await details(trigger(tokenEvent({ attributes: { ...directory.attributes } })));

    expect(answer.groupOverrideDetails?.groupsToOverride).toEqual([]);
    expect(directory.groups.size).toBe(0);
  });

  it("never brings one back where the event does not show the marker", async () => {
    const { trigger, directory } = setUp({}, { attributes: assigned("alice@example.com") });

    const answer = await details(trigger(event));

    expect(directory.calls).toEqual(["read"]);
    expect(answer.groupOverrideDetails?.groupsToOverride).toEqual([]);
  });

  it("is off where it is configured so", async () => {
    const { trigger, directory } = setUp({ healGroups: false }, { attributes });

    await trigger(event);

    expect(directory.calls).toEqual([]);
  });

  it("leaves a user alone whose address is not proven, and says nothing of it at each token", async () => {
    const { trigger, directory, lines } = setUp();

    await trigger(
      tokenEvent({ attributes: { sub: SUB, email: "alice@example.com", email_verified: "false" } }),
    );

    expect(directory.calls).toEqual([]);
    expect(lines).toEqual([]);
  });

  it("asks for trust where only the automatic group tells that the user is federated", async () => {
    for (const [provider, calls] of [
      ["Evil", 0],
      ["Google", 4],
    ] as const) {
      const { trigger, directory } = setUp({}, { attributes });

      await trigger(tokenEvent({ attributes, groups: [`${POOL}_${provider}`] }));

      expect(directory.calls).toHaveLength(calls);
    }
  });

  it("puts only what the pool has taken in this token, and tries the rest at the next one", async () => {
    const { trigger, directory, lines } = setUp({}, { attributes, failing: ["add admins"] });

    const answer = await details(trigger(event));

    expect(answer.groupOverrideDetails?.groupsToOverride).toEqual(["staff"]);
    expect(answer.accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: ["clerk"] });
    expect(directory.attributes[MARKER_ATTRIBUTE]).toBeUndefined();
    expect(lines[0]).toMatchObject({
      level: "error",
      kind: "group-assignment-failed",
      fields: { group: "admins" },
    });
  });

  it("ends at the deadline with what was added until then", async () => {
    const { trigger, deadline, lines } = setUp({}, { attributes, hanging: ["add admins"] });

    const answer = trigger(event);
    await new Promise((resolve) => setImmediate(resolve));
    deadline.abort(new Error("time is up"));

    expect((await details(answer)).groupOverrideDetails?.groupsToOverride).toEqual(["staff"]);
    expect(lines[0]).toMatchObject({
      kind: "group-assignment-failed",
      fields: { error: "Error: time is up" },
    });
  });

  it("works in V1_0 and where the event has no group configuration", async () => {
    const { trigger } = setUp({}, { attributes });
    const first = await trigger(tokenEvent({ version: "1", attributes }));
    const second = setUp({}, { attributes });
    const none = await details(second.trigger(tokenEvent({ attributes, groups: null })));

    expect(first).toMatchObject({
      response: {
        claimsOverrideDetails: {
          claimsToAddOrOverride: { roles: '["admin","clerk"]' },
          groupOverrideDetails: { groupsToOverride: ["admins", "staff"] },
        },
      },
    });
    expect(none.groupOverrideDetails).toEqual({ groupsToOverride: ["admins", "staff"] });
  });

  it("that breaks does not keep the roles from the token", async () => {
    const { tools, lines } = setUp();
    const trigger = createPreTokenGeneration({
      ...tools,
      directory: () => {
        throw new Error("no directory");
      },
    });

    const answer = await details(trigger(tokenEvent({ attributes, groups: ["staff"] })));

    expect(answer.accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: ["clerk"] });
    expect(lines).toMatchObject([
      { kind: "group-assignment-failed", fields: { error: "Error: no directory" } },
    ]);
  });
});

describe("the token budget", () => {
  it("drops the scopes first", async () => {
    const { trigger, lines } = setUp({ scopePrefix: `${"x".repeat(250)}/`, tokenBudget: 1_500 });

    const answer = await details(trigger(tokenEvent({ groups: ["admins"] })));

    expect(answer.accessTokenGeneration).toEqual({ claimsToAddOrOverride: { roles: ["admin", "clerk"] } });
    expect(lines).toMatchObject([
      {
        level: "warn",
        kind: "token-over-budget",
        fields: { dropped: ["scopes"], budget: 1_500, over: false, sub: SUB },
      },
    ]);
  });

  it("drops the roles next, from both tokens, and never the groups", async () => {
    const { trigger, lines } = setUp({
      scopePrefix: "api/",
      tokenBudget: 1_000,
      copiedClaims: new Map([["mail", "email"]]),
    });
    const groups = ["admins", "g".repeat(128)];

    const answer = await details(trigger(tokenEvent({ groups })));

    expect(answer.idTokenGeneration).toBeUndefined();
    expect(answer.accessTokenGeneration).toEqual({ claimsToAddOrOverride: { mail: "alice@example.com" } });
    expect(answer.groupOverrideDetails?.groupsToOverride).toEqual(groups);
    expect(lines).toMatchObject([
      { level: "error", kind: "token-over-budget", fields: { dropped: ["scopes", "roles"], over: true } },
    ]);
  });

  it("drops the roles from the ID token of V1_0", async () => {
    const { trigger, lines } = setUp({ tokenBudget: 1_000 });

    await expect(trigger(tokenEvent({ version: "1", groups: ["staff"] }))).resolves.toMatchObject({
      response: { claimsOverrideDetails: { groupOverrideDetails: { groupsToOverride: ["staff"] } } },
    });

    expect(lines).toMatchObject([{ kind: "token-over-budget", fields: { dropped: ["roles"] } }]);
  });
});

describe("a machine's token", () => {
  it("gets the roles that its scopes lead to, and nothing else", async () => {
    const { trigger, directory } = setUp({ scopePrefix: "api/", copiedClaims: new Map([["mail", "email"]]) });
    const event = machineEvent(["api/run"]);

    await expect(trigger(event)).resolves.toEqual({
      ...event,
      response: {
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: { claimsToAddOrOverride: { roles: ["robot", "runner"] } },
        },
      },
    });

    expect(directory.calls).toEqual([]);
  });

  it("gets no roles of the role that every machine holds by being one, itself", async () => {
    const { trigger } = setUp();

    const answer = await details(trigger(machineEvent(null)));

    expect(answer.accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: ["robot"] });
  });

  it("is left as it is where there is nothing to add", async () => {
    const { tools } = setUp();
    const trigger = createPreTokenGeneration({
      ...tools,
      policy: () => policyFrom("p2, *@example.com, allow\n"),
    });
    const event = machineEvent(["api/run"]);

    await expect(trigger(event)).resolves.toBe(event);
  });

  it("takes nothing from user parts, which AWS does not document for it", async () => {
    const { trigger, directory } = setUp({ copiedClaims: new Map([["mail", "email"]]) });
    const event = machineEvent(["api/run"]);
    const odd = {
      ...event,
      userName: 5,
      request: { ...event.request, userAttributes: 5, groupConfiguration: "admins" },
    };

    const answer = await details(trigger(odd));

    expect(answer.accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: ["robot", "runner"] });
    expect(answer.groupOverrideDetails).toBeUndefined();
    expect(directory.calls).toEqual([]);
  });

  it("is left as it is in V1_0, which has no shape for it", async () => {
    const { trigger } = setUp();
    const event = { ...machineEvent(null), version: "1" };

    await expect(trigger(event)).resolves.toBe(event);
  });

  it("keeps its scopes and loses the roles over the budget", async () => {
    const { trigger, lines } = setUp({ tokenBudget: 1_000 });
    const event = machineEvent(["api/run", "x".repeat(200)]);

    await expect(trigger(event)).resolves.toBe(event);

    expect(lines).toMatchObject([{ kind: "token-over-budget", fields: { dropped: ["roles"] } }]);
  });
});

describe("a failure leaves the token unmodified and is logged", () => {
  const event = tokenEvent({ groups: ["staff"] });
  const request = event.request;
  it.each([
    [
      "a new trigger source",
      { ...event, triggerSource: "TokenGeneration_Something" },
      "trigger_event_unknown",
    ],
    [
      "a new version without scopes",
      { ...event, version: "9", request: { ...request, scopes: undefined } },
      "trigger_event_malformed",
    ],
    ["no version", { ...event, version: undefined }, "trigger_event_malformed"],
    ["no user name", { ...event, userName: undefined }, "trigger_event_malformed"],
    ["no request", { ...event, request: null }, "trigger_event_malformed"],
    ["no sub", tokenEvent({ attributes: { email: "alice@example.com" } }), "trigger_event_malformed"],
    ["no attributes", tokenEvent({ attributes: null }), "trigger_event_malformed"],
    [
      "groups that are a text",
      { ...event, request: { ...request, groupConfiguration: { groupsToOverride: "admins" } } },
      "trigger_event_malformed",
    ],
    [
      "groups that are numbers",
      { ...event, request: { ...request, groupConfiguration: { groupsToOverride: [1] } } },
      "trigger_event_malformed",
    ],
    [
      "scopes that are a text",
      { ...event, request: { ...request, scopes: "openid" } },
      "trigger_event_malformed",
    ],
    ["a client id that is a list", { ...event, callerContext: { clientId: [] } }, "trigger_event_malformed"],
  ])("on %s", async (_what, broken, code) => {
    const { trigger, lines } = setUp();

    await expect(trigger(broken)).resolves.toBe(broken);

    expect(lines).toMatchObject([{ level: "error", kind: "token-enrichment-failed", fields: { code } }]);
  });

  it("on a broken policy and on a wrong configuration", async () => {
    const { tools, lines } = setUp();
    const broken = () => {
      throw new TypeError("broken");
    };
    const misconfigured = () => {
      throw new ConfigurationError("environment variable `X` is missing");
    };

    await expect(createPreTokenGeneration({ ...tools, policy: broken })(event)).resolves.toBe(event);
    await expect(createPreTokenGeneration({ ...tools, options: misconfigured })(event)).resolves.toBe(event);

    expect(lines).toMatchObject([
      {
        kind: "token-enrichment-failed",
        fields: { code: "token_enrichment_failed", error: "TypeError: broken" },
      },
      { kind: "token-enrichment-failed", fields: { code: "configuration_invalid" } },
    ]);
  });

  it("on the former name of the pool alias, without which groups of other pools would count", async () => {
    const former = { ...OPTIONS, issuer: "main" };
    const { trigger, lines } = setUp(former);

    await expect(trigger(event)).resolves.toBe(event);

    const error = "ConfigurationError: option `issuer` was renamed to `poolAlias`; rename it";
    expect(lines).toMatchObject([{ fields: { code: "configuration_invalid", error } }]);
  });

  it("but an event of another trigger is refused, since to return it would be to answer it", async () => {
    const { trigger } = setUp();

    await expect(trigger({ ...event, triggerSource: "PreSignUp_SignUp" })).rejects.toThrow(TRY_LATER);
    await expect(trigger("event")).rejects.toThrow(TRY_LATER);
  });

  it("and a version that is new is answered by what its event has", async () => {
    const { trigger } = setUp();

    const answer = await details(trigger({ ...event, version: "4" }));

    expect(answer.accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: ["clerk"] });
  });
});

it("gives the roles of the pool's own names, where rows name those of several pools", async () => {
  const several = policyFrom(
    "g, group:main/staff, role:clerk\ng, group:legacy/staff, role:old\ng, group:staff, role:nobody\n" +
      "g, scope:main/api/run, role:runner\ng, scope:api/run, role:nobody\n" +
      "p, role:clerk, orders:read, allow\ng2, GET /orders, orders:read\n",
  );
  const { tools } = setUp({ poolAlias: "main", healGroups: false });
  const trigger = createPreTokenGeneration({ ...tools, policy: () => several });
  const user = await details(trigger(tokenEvent({ version: "2", groups: ["staff"] })));
  expect(user.accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: ["clerk"] });
  const machine = await details(trigger(machineEvent(["api/run"])));
  expect(machine.accessTokenGeneration.claimsToAddOrOverride).toEqual({ roles: ["runner"] });
});
