import { MARKER_ATTRIBUTE } from "../../../src/triggers/directory.ts";
import { createPostConfirmation } from "../../../src/triggers/post-confirmation.ts";
import { TRY_LATER } from "../../../src/triggers/report.ts";
import { createTrustedProviders } from "../../../src/triggers/trusted-providers.ts";
import { type MemoryDirectoryOptions, memoryDirectory } from "../../support/memory-directory.ts";
import { policyFrom } from "../../support/policy.ts";
import { recordedLog } from "../../support/recorded-log.ts";
import { assigned, POOL, postConfirmationEvent, proven, SUB } from "../../support/trigger-events.ts";

const policy = policyFrom(`p2, *@example.com, allow
p2, mallory@example.com, deny
g3, *@example.com, group:staff
g3, alice@example.com, group:admins
g3, *@example.org, group:guests
`);

const trustedProviders = createTrustedProviders(
  new Map([
    ["Google", ["example.com"]],
    ["Okta", []],
  ]),
);

const NOW = new Date("2026-11-01T12:00:00Z");

function setUp(
  stored: Record<string, string> = proven("alice@example.com"),
  pool: MemoryDirectoryOptions = {},
) {
  const { log, lines } = recordedLog();
  const directory = memoryDirectory({ attributes: stored, ...pool });
  const deadline = new AbortController();
  const tools = {
    policy: () => policy,
    options: () => ({ trustedProviders }),
    directory: () => directory,
    deadline: () => deadline.signal,
    now: () => NOW,
    log,
  };
  return { trigger: createPostConfirmation(tools), tools, lines, directory, deadline };
}

/** The event and the pool say the same of the user. */
function setUpBoth(attributes: Record<string, string>, pool: MemoryDirectoryOptions = {}, userName = SUB) {
  const event = postConfirmationEvent(attributes, "ConfirmSignUp", userName);
  return { ...setUp(attributes, pool), event };
}

describe("a user who has proven an address", () => {
  it("gets the groups of the g3 rows, and then the marker", async () => {
    const { trigger, event, directory, lines } = setUpBoth(proven("alice@example.com"));

    await expect(trigger(event, { requestId: "r1" })).resolves.toEqual(event);

    expect([...directory.groups].sort()).toEqual(["admins", "staff"]);
    expect(directory.calls.at(-1)).toBe("mark");
    expect(directory.attributes[MARKER_ATTRIBUTE]).toBe("2026-11-01T12:00:00.000Z");
    expect(lines).toEqual([
      {
        level: "info",
        kind: "groups-assigned",
        fields: {
          requestId: "r1",
          triggerSource: "PostConfirmation_ConfirmSignUp",
          userPoolId: POOL,
          sub: SUB,
          groups: ["admins", "staff"],
        },
      },
    ]);
  });

  it("is marked even where no row gives a group, so that a later row does not reach back", async () => {
    const { trigger, event, directory } = setUpBoth(proven("a@example.net"));

    await trigger(event);

    expect(directory.calls).toEqual(["read", "mark"]);
  });

  it("is served once however often Cognito calls", async () => {
    const { trigger, event, directory } = setUpBoth(proven("alice@example.com"));

    await Promise.all([trigger(event), trigger(event)]);
    directory.groups.delete("admins");
    await trigger(event);

    expect([...directory.groups]).toEqual(["staff"]);
  });

  it("is not even looked up when the event has the marker", async () => {
    const { trigger, event, directory, lines } = setUpBoth(assigned("alice@example.com"));

    await trigger(event);

    expect(directory.calls).toEqual([]);
    expect(lines).toMatchObject([
      { kind: "group-assignment-skipped", fields: { because: "already_assigned" } },
    ]);
  });
});

describe("a user who gets no group", () => {
  it.each([
    ["whose address is not proven", { sub: SUB, email: "alice@example.com" }, "address_unverified"],
    [
      "whose email_verified is another spelling of true",
      proven("alice@example.com", { email_verified: "True" }),
      "address_unverified",
    ],
    ["without an address", { sub: SUB, email_verified: "true" }, "address_missing"],
    ["with an address that is none", proven("example.com"), "address_malformed"],
    ["whom a p2 row denies", proven("mallory@example.com"), "address_denied"],
    [
      "of an unknown provider by identities",
      proven("alice@example.com", { identities: '[{"providerName":"Evil"}]' }),
      "provider_untrusted",
    ],
    [
      "of a provider that is trusted for nothing",
      proven("alice@example.com", { identities: '[{"providerName":"Okta"}]' }),
      "provider_untrusted",
    ],
    [
      "of whose providers one is not trusted",
      proven("alice@example.com", { identities: '[{"providerName":"Google"},{"providerName":"Okta"}]' }),
      "provider_untrusted",
    ],
    [
      "with identities of another case",
      proven("alice@example.com", { identities: '[{"providerName":"google"}]' }),
      "provider_untrusted",
    ],
    [
      "with identities that are no JSON",
      proven("alice@example.com", { identities: "Google" }),
      "provider_untrusted",
    ],
    [
      "with identities that are no list",
      proven("alice@example.com", { identities: '{"providerName":"Google"}' }),
      "provider_untrusted",
    ],
    [
      "with identities without a name",
      proven("alice@example.com", { identities: '[null,{"providerName":1}]' }),
      "provider_untrusted",
    ],
    [
      "who is federated, nobody says by whom",
      proven("alice@example.com", { "cognito:user_status": "EXTERNAL_PROVIDER" }),
      "provider_untrusted",
    ],
  ])("is one %s", async (_what, attributes, because) => {
    const { trigger, event, directory, lines } = setUpBoth(attributes);

    await expect(trigger(event)).resolves.toEqual(event);

    expect(directory.calls).toEqual([]);
    expect(lines).toMatchObject([{ kind: "group-assignment-skipped", fields: { because } }]);
  });

  it("is one whose user name is of a provider that is not trusted for the domain", async () => {
    const { trigger, event, directory } = setUpBoth(proven("a@example.org"), {}, "google_1");

    await trigger(event);

    expect(directory.calls).toEqual([]);
  });

  it.each([
    ["has the marker", assigned("alice@example.com"), {}],
    ["has another address", proven("mallory@example.com"), {}],
    ["has no proven address", { email: "alice@example.com" }, {}],
    ["is federated", proven("alice@example.com"), { status: "EXTERNAL_PROVIDER" }],
    ["was linked", proven("alice@example.com", { identities: '[{"providerName":"Evil"}]' }), {}],
  ])("is one who %s in the pool, whatever the event says", async (_what, stored, pool) => {
    const { trigger, directory } = setUp(stored, pool);

    await trigger(postConfirmationEvent(proven("alice@example.com")));

    expect(directory.calls).toEqual(["read"]);
  });
});

describe("a federated user", () => {
  it("gets groups where every provider is trusted for the domain", async () => {
    const attributes = proven("alice@example.com", {
      identities: '[{"providerName":"Google"}]',
      "cognito:user_status": "EXTERNAL_PROVIDER",
    });
    const { trigger, event, directory } = setUpBoth(attributes, { status: "EXTERNAL_PROVIDER" }, "google_1");

    await trigger(event);

    expect([...directory.groups].sort()).toEqual(["admins", "staff"]);
  });
});

describe("a failure", () => {
  it("leaves the other groups in place, writes no marker and lets the user in", async () => {
    const { trigger, event, directory, lines } = setUpBoth(proven("alice@example.com"), {
      failing: ["add admins"],
    });

    await expect(trigger(event)).resolves.toEqual(event);

    expect([...directory.groups]).toEqual(["staff"]);
    expect(directory.attributes[MARKER_ATTRIBUTE]).toBeUndefined();
    expect(lines).toMatchObject([
      {
        level: "error",
        kind: "group-assignment-failed",
        fields: {
          code: "group_assignment_failed",
          step: "add-to-group",
          group: "admins",
          error: "Error: no add admins",
        },
      },
      { kind: "groups-assigned", fields: { groups: ["staff"] } },
    ]);
  });

  it.each([
    ["read", "read-user"],
    ["mark", "write-marker"],
  ])("of %s is logged and lets the user in", async (call, step) => {
    const { trigger, event, lines } = setUpBoth(proven("alice@example.com"), { failing: [call] });

    await expect(trigger(event)).resolves.toEqual(event);

    expect(lines[0]).toMatchObject({ level: "error", kind: "group-assignment-failed", fields: { step } });
  });

  it.each([["read"], ["add admins"], ["mark"]])(
    "of a %s that never answers ends at the deadline",
    async (call) => {
      const { trigger, event, deadline, lines } = setUpBoth(proven("alice@example.com"), { hanging: [call] });

      const answer = trigger(event);
      await new Promise((resolve) => setImmediate(resolve));
      deadline.abort(new Error("time is up"));

      await expect(answer).resolves.toEqual(event);
      expect(lines[0]).toMatchObject({ level: "error", fields: { error: "Error: time is up" } });
    },
  );

  it("of the policy or the configuration is logged and lets the user in", async () => {
    const { tools, lines } = setUp();
    const broken = () => {
      throw new Error("broken");
    };
    const event = postConfirmationEvent(proven("alice@example.com"));

    await expect(createPostConfirmation({ ...tools, policy: broken })(event)).resolves.toEqual(event);
    await expect(createPostConfirmation({ ...tools, options: broken })(event)).resolves.toEqual(event);

    expect(lines).toMatchObject([{ kind: "group-assignment-failed" }, { kind: "group-assignment-failed" }]);
  });

  it("of an option under its former name is logged, and gives no groups", async () => {
    const { tools, lines, directory } = setUp();
    const former = { trustedProviders, issuer: "main" };
    const event = postConfirmationEvent(proven("alice@example.com"));

    await expect(createPostConfirmation({ ...tools, options: () => former })(event)).resolves.toEqual(event);

    const error = "ConfigurationError: option `issuer` was renamed to `poolAlias`; rename it";
    expect(lines).toMatchObject([{ fields: { code: "configuration_invalid", error } }]);
    expect(directory.calls).toEqual([]);
  });

  it("never logs the address", async () => {
    const { trigger, event, lines } = setUpBoth(proven("alice@example.com"), { failing: ["add admins"] });

    await trigger(event);

    expect(JSON.stringify(lines)).not.toContain("alice");
  });
});

describe("an event that is not a confirmation", () => {
  it("is returned as it came after a password reset, with nothing done", async () => {
    const { trigger, directory, lines } = setUp();
    const event = postConfirmationEvent(proven("alice@example.com"), "ConfirmForgotPassword");

    await expect(trigger(event)).resolves.toBe(event);

    expect(directory.calls).toEqual([]);
    expect(lines).toEqual([]);
  });

  it("is returned as it came and logged for a source of the family that is new", async () => {
    const { trigger, lines } = setUp();
    const event = postConfirmationEvent(proven("alice@example.com"), "Something");

    await expect(trigger(event)).resolves.toBe(event);

    expect(lines).toMatchObject([{ level: "error", fields: { code: "trigger_event_unknown" } }]);
  });

  it.each([
    ["of another trigger", { ...postConfirmationEvent({}), triggerSource: "PreSignUp_SignUp" }],
    ["of no trigger", {}],
    ["that is a number", 5],
  ])("is refused %s, since to return it would be to answer it", async (_what, event) => {
    const { trigger } = setUp();

    await expect(trigger(event)).rejects.toThrow(TRY_LATER);
  });
});

it("puts users in groups of their own pool only, where rows name those of several", async () => {
  const several = policyFrom(
    "p2, *@example.com, allow\ng3, *@example.com, group:main/staff\ng3, *@example.com, group:legacy/admins\n",
  );
  const { tools, event, directory } = setUpBoth(proven("alice@example.com"));
  const trigger = createPostConfirmation({
    ...tools,
    policy: () => several,
    options: () => ({ trustedProviders, poolAlias: "main" }),
  });
  await trigger(event);
  expect([...directory.groups]).toEqual(["staff"]);
});
