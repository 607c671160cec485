import type { PreSignUpOptions } from "../../../src/triggers/decide-sign-up.ts";
import {
  ADDRESS_NEEDED,
  createPreSignUp,
  SIGN_IN_AGAIN,
  SIGN_UP_REFUSED,
} from "../../../src/triggers/pre-sign-up.ts";
import { TRY_LATER } from "../../../src/triggers/report.ts";
import { createTrustedProviders } from "../../../src/triggers/trusted-providers.ts";
import { type MemoryDirectoryOptions, memoryDirectory } from "../../support/memory-directory.ts";
import { policyFrom } from "../../support/policy.ts";
import { recordedLog } from "../../support/recorded-log.ts";
import { inherited, POOL, preSignUpEvent } from "../../support/trigger-events.ts";

const policy = policyFrom(`p2, *@example.com, allow
p2, *@open.example.com, allow
p2, mallory@example.com, deny
g3, *@example.com, group:staff
`);

const trustedProviders = createTrustedProviders(
  new Map([
    ["Google", ["example.com"]],
    ["Corp_SSO", ["open.example.com"]],
  ]),
  { complete: true },
);

function setUp(options: Partial<PreSignUpOptions> = {}, pool: MemoryDirectoryOptions = {}, rows = policy) {
  const { log, lines } = recordedLog();
  const directory = memoryDirectory(pool);
  const deadline = new AbortController();
  const trigger = createPreSignUp({
    policy: () => rows,
    options: () => ({ autoConfirm: false, linkFederatedUsers: false, trustedProviders, ...options }),
    directory: () => directory,
    deadline: () => deadline.signal,
    log,
  });
  return { trigger, lines, directory, deadline };
}

const ALL_FALSE = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };

describe("a sign-up by the user", () => {
  it("is allowed for an address that a p2 row allows", async () => {
    const { trigger, lines } = setUp();
    const event = preSignUpEvent("SignUp", { email: "alice@example.com" });

    await expect(trigger(event, { requestId: "r1" })).resolves.toEqual({ ...event, response: ALL_FALSE });

    expect(lines).toEqual([
      {
        level: "info",
        kind: "sign-up-allowed",
        fields: {
          requestId: "r1",
          triggerSource: "PreSignUp_SignUp",
          userPoolId: POOL,
          clientId: "localwebclient000000000001",
          domain: "example.com",
          determining: ["policies/test.csv:1"],
        },
      },
    ]);
  });

  it.each([
    ["an address that no row names", { email: "a@example.org" }, "address_not_allowed"],
    ["an address that a row denies", { email: "mallory@example.com" }, "address_not_allowed"],
    ["a denied address in other case", { email: "MALLORY@Example.COM" }, "address_not_allowed"],
    ["a subdomain of an allowed domain", { email: "a@evil.example.com" }, "address_not_allowed"],
    ["what is not an address", { email: "example.com" }, "address_malformed"],
    ["a denied address in quotation marks", { email: '"mallory"@example.com' }, "address_malformed"],
  ])("is refused for %s with the one sentence", async (_what, attributes, reason) => {
    const { trigger, lines } = setUp();

    await expect(trigger(preSignUpEvent("SignUp", attributes))).rejects.toThrow(SIGN_UP_REFUSED);

    expect(lines).toMatchObject([{ level: "warn", kind: "sign-up-refused", fields: { reason } }]);
  });

  it.each([
    ["an empty address", { email: "" }],
    ["no address", {}],
    ["no attributes", null],
  ])("is refused with %s, and told that an address is needed", async (_what, attributes) => {
    const { trigger, lines } = setUp();

    await expect(trigger(preSignUpEvent("SignUp", attributes))).rejects.toThrow(ADDRESS_NEEDED);

    expect(lines).toMatchObject([
      { level: "warn", kind: "sign-up-refused", fields: { reason: "address_missing" } },
    ]);
  });

  it("logs the row that refused it, and never the address", async () => {
    const { trigger, lines } = setUp();

    await expect(trigger(preSignUpEvent("SignUp", { email: "mallory@example.com" }))).rejects.toThrow();

    expect(lines[0]?.fields["determining"]).toEqual(["policies/test.csv:3"]);
    expect(JSON.stringify(lines)).not.toContain("mallory");
  });

  it("confirms itself only where configured", async () => {
    const { trigger } = setUp({ autoConfirm: true });
    const event = preSignUpEvent("SignUp", { email: "bob@open.example.com" });

    await expect(trigger(event)).resolves.toMatchObject({
      response: { autoConfirmUser: true, autoVerifyEmail: false, autoVerifyPhone: false },
    });
  });

  it("never confirms itself where the policy gives the address groups", async () => {
    const { trigger, lines } = setUp({ autoConfirm: true });

    await expect(trigger(preSignUpEvent("SignUp", { email: "alice@example.com" }))).resolves.toMatchObject({
      response: ALL_FALSE,
    });

    expect(lines).toMatchObject([{ kind: "sign-up-allowed", fields: { autoConfirmWithheld: true } }]);
  });

  it("does not change the event that came in", async () => {
    const { trigger } = setUp({ autoConfirm: true });
    const event = preSignUpEvent("SignUp", { email: "bob@open.example.com" });
    const before = structuredClone(event);

    const answer = await trigger(event);

    expect(event).toEqual(before);
    expect(answer).not.toBe(event);
  });

  it("keeps what AWS adds to the event one day", async () => {
    const { trigger } = setUp();
    const event = { ...preSignUpEvent("SignUp", { email: "alice@example.com" }), added: { deep: [1] } };

    await expect(trigger(event)).resolves.toMatchObject({ added: { deep: [1] } });
  });

  it("reads no attribute from a prototype", async () => {
    const { trigger } = setUp();
    const event = preSignUpEvent("SignUp", inherited({ email: "alice@example.com" }));

    await expect(trigger(event)).rejects.toThrow(ADDRESS_NEEDED);
  });
});

describe("a user that an administrator creates", () => {
  it.each([
    ["without a row for the address", { email: "a@example.org" }],
    ["without an address", {}],
  ])("is allowed %s, with the flags as they came", async (_what, attributes) => {
    const { trigger } = setUp({ autoConfirm: true });
    const event = preSignUpEvent("AdminCreateUser", attributes);

    await expect(trigger(event)).resolves.toEqual(event);
  });

  it("is refused for an address that a row denies", async () => {
    const { trigger } = setUp();
    const event = preSignUpEvent("AdminCreateUser", { email: "mallory@example.com" });

    await expect(trigger(event)).rejects.toThrow(SIGN_UP_REFUSED);
  });

  it.each(['"mallory"@example.com', "mallory(a)@example.com", "mall\u212ary@example.com", "example.com"])(
    "is refused for `%s`, of which no row can say whether it is denied",
    async (email) => {
      const { trigger, lines } = setUp();

      await expect(trigger(preSignUpEvent("AdminCreateUser", { email }))).rejects.toThrow(SIGN_UP_REFUSED);

      expect(lines).toMatchObject([{ fields: { reason: "address_malformed" } }]);
    },
  );

  it("is allowed where AWS leaves the response away", async () => {
    const { trigger } = setUp();
    const event = { ...preSignUpEvent("AdminCreateUser", {}), response: null };

    await expect(trigger(event)).resolves.toMatchObject({ response: {} });
  });
});

describe("a first federated sign-in", () => {
  it.each(["Google_1", "google_1"])("is allowed as %s by a trusted provider", async (name) => {
    const { trigger } = setUp({ autoConfirm: true });
    const event = preSignUpEvent("ExternalProvider", { email: "alice@example.com" }, name);

    await expect(trigger(event)).resolves.toEqual({ ...event, response: ALL_FALSE });
  });

  it("knows a provider whose name contains an underscore", async () => {
    const { trigger } = setUp();
    const event = preSignUpEvent("ExternalProvider", { email: "a@open.example.com" }, "corp_sso_a_b");

    await expect(trigger(event)).resolves.toMatchObject({ response: ALL_FALSE });
  });

  it.each([
    ["by an unknown provider", "Okta_1", "alice@example.com", "provider_unknown"],
    ["by a provider whose name only begins alike", "Googlex_1", "alice@example.com", "provider_unknown"],
    ["by a provider that differs in case", "GOOGLE_1", "alice@example.com", "provider_unknown"],
    ["without an id", "Google_", "alice@example.com", "provider_unknown"],
    ["for another provider's domain", "Corp_SSO_1", "alice@example.com", "provider_not_trusted_for_domain"],
    ["for a subdomain", "Google_1", "alice@open.example.com", "provider_not_trusted_for_domain"],
    ["for a malformed address", "Google_1", "example.com", "address_malformed"],
    ["for an address that a row denies", "Google_1", "mallory@example.com", "address_not_allowed"],
  ])("is refused %s", async (_what, userName, email, reason) => {
    const { trigger, lines } = setUp();

    await expect(trigger(preSignUpEvent("ExternalProvider", { email }, userName))).rejects.toThrow(
      SIGN_UP_REFUSED,
    );

    expect(lines).toMatchObject([{ kind: "sign-up-refused", fields: { reason } }]);
  });
});

it.each([
  ["a name", { name: "A Person", "cognito:email_alias": "", "cognito:phone_number_alias": "" }],
  ["a phone number that a row allows", { phone_number: "+12065550100", phone_number_verified: "true" }],
])(
  "a provider that shares %s and no address, as Facebook may, signs nobody up, and the user is told why",
  async (_, attributes) => {
    const trusted = createTrustedProviders(new Map([["Facebook", ["example.com"]]]), { complete: true });
    const rows = policyFrom("p2, *, allow\np2, +*, allow");
    const { trigger, lines } = setUp({ trustedProviders: trusted }, {}, rows);

    await expect(
      trigger(preSignUpEvent("ExternalProvider", attributes, "Facebook_10158012345678901")),
    ).rejects.toThrow(ADDRESS_NEEDED);

    expect(lines).toMatchObject([{ kind: "sign-up-refused", fields: { reason: "address_missing" } }]);
  },
);

describe("a first federated sign-in to a pool that may have other providers", () => {
  const some = { trustedProviders: createTrustedProviders(trustedProviders.domains) };
  const alice = { email: "alice@example.com" };

  it("is refused as long as the name may be another provider's", async () => {
    const { trigger, lines } = setUp(some);

    await expect(trigger(preSignUpEvent("ExternalProvider", alice, "Google_Evil_7"))).rejects.toThrow(
      SIGN_UP_REFUSED,
    );

    expect(lines).toMatchObject([{ kind: "sign-up-refused", fields: { reason: "provider_ambiguous" } }]);
  });

  it.each([
    ["Google", true],
    ["Google_Evil", false],
  ])("is decided for the provider of the identities, %s", async (providerName, allowed) => {
    const { trigger } = setUp(some);
    const identities = JSON.stringify([{ providerName, userId: "7" }]);
    const answer = trigger(preSignUpEvent("ExternalProvider", { ...alice, identities }, "Google_Evil_7"));

    await (allowed ? expect(answer).resolves.toBeDefined() : expect(answer).rejects.toThrow(SIGN_UP_REFUSED));
  });
});

describe("an address behind Apple's relay", () => {
  const RELAY = "privaterelay.appleid.com";
  const APPLE_ID = "signinwithapple_000002.fedcba9876543210fedcba9876543210.0002";
  const event = preSignUpEvent(
    "ExternalProvider",
    { email: `x1@${RELAY}`, email_verified: "true" },
    APPLE_ID,
  );
  const trusting = (...domains: string[]) => ({
    trustedProviders: createTrustedProviders(new Map([["SignInWithApple", domains]])),
  });

  it("is allowed where Apple is trusted for the relay and a p2 row names it", async () => {
    const relayed = policyFrom(`p2, *@${RELAY}, allow\ng3, *@example.com, group:staff\n`);
    const { trigger, lines } = setUp(trusting(RELAY), {}, relayed);

    await expect(trigger(event)).resolves.toMatchObject({ response: ALL_FALSE });

    expect(lines).toMatchObject([{ kind: "sign-up-allowed", fields: { domain: RELAY } }]);
  });

  it.each([
    ["Apple is trusted for other domains only", trusting("example.com"), "provider_not_trusted_for_domain"],
    ["no p2 row names the relay", trusting("example.com", RELAY), "address_not_allowed"],
  ])("is refused where %s", async (_what, options, reason) => {
    const { trigger, lines } = setUp(options);

    await expect(trigger(event)).rejects.toThrow(SIGN_UP_REFUSED);

    expect(lines).toMatchObject([{ kind: "sign-up-refused", fields: { reason } }]);
  });
});

describe("linking a first federated sign-in", () => {
  const native = (more: object = {}) => ({
    userName: "native-1",
    enabled: true,
    status: "CONFIRMED",
    attributes: { email: "alice@example.com", email_verified: "true" },
    ...more,
  });
  const vouched = { email: "Alice@example.com", email_verified: "true" };
  const event = preSignUpEvent("ExternalProvider", vouched, "Google_42");
  const on = { linkFederatedUsers: true };

  it("is off unless it is configured", async () => {
    const { trigger, directory } = setUp({}, { accounts: [native()] });

    await expect(trigger(event)).resolves.toMatchObject({ response: ALL_FALSE });

    expect(directory.calls).toEqual(["find"]);
  });

  it("links to the native user with the same proven address, and asks to sign in once more", async () => {
    const { trigger, directory, lines } = setUp(on, { accounts: [native()] });

    await expect(trigger(event)).rejects.toThrow(SIGN_IN_AGAIN);

    expect(directory.links).toEqual([
      {
        account: { userPoolId: POOL, userName: "native-1" },
        identity: { provider: "Google", subject: "42" },
      },
    ]);
    expect(lines.map(({ kind }) => kind)).toEqual(["sign-up-allowed", "accounts-linked"]);
    expect(JSON.stringify(lines)).not.toContain("lice@");
  });

  it.each([
    ["an account whose address is not proven", { attributes: { email: "alice@example.com" } }],
    ["an unconfirmed account", { status: "UNCONFIRMED" }],
    ["an account that still has a temporary password", { status: "FORCE_CHANGE_PASSWORD" }],
    ["a federated account", { status: "EXTERNAL_PROVIDER" }],
    [
      "an account with another address",
      { attributes: { email: "alice2@example.com", email_verified: "true" } },
    ],
  ])("never links to %s", async (_what, more) => {
    const { trigger, directory, lines } = setUp(on, { accounts: [native(more)] });

    await expect(trigger(event)).resolves.toMatchObject({ response: ALL_FALSE });

    expect(directory.links).toEqual([]);
    expect(lines[1]).toMatchObject({ kind: "accounts-not-linked", fields: { because: "no_account" } });
  });

  it("refuses a disabled account also where the subject may have lost its case, and would not be linked", async () => {
    const { trigger } = setUp(on, { accounts: [native({ enabled: false })] });
    const lowered = preSignUpEvent("ExternalProvider", vouched, "google_abcDEF");

    await expect(trigger(lowered)).rejects.toThrow(SIGN_UP_REFUSED);
  });

  it("is not hindered by an unproven account that another person made with the address", async () => {
    const squatter = native({ userName: "squatter", status: "UNCONFIRMED" });
    const { trigger, directory } = setUp(on, { accounts: [squatter, native()] });

    await expect(trigger(event)).rejects.toThrow(SIGN_IN_AGAIN);

    expect(directory.links[0]?.account.userName).toBe("native-1");
  });

  it("links nothing where two proven accounts could be meant", async () => {
    const { trigger, directory, lines } = setUp(on, {
      accounts: [native(), native({ userName: "native-2" })],
    });

    await expect(trigger(event)).resolves.toMatchObject({ response: ALL_FALSE });

    expect(directory.links).toEqual([]);
    expect(lines[1]).toMatchObject({ level: "warn", fields: { because: "several_accounts" } });
  });

  it("links nothing to an account whose address is the same in Unicode's folding only", async () => {
    const { trigger, directory } = setUp(on, {
      accounts: [native({ attributes: { email: "mar\u212a@example.com", email_verified: "true" } })],
    });
    const mark = preSignUpEvent("ExternalProvider", { ...vouched, email: "mark@example.com" }, "Google_42");

    await expect(trigger(mark)).resolves.toMatchObject({ response: ALL_FALSE });

    expect(directory.links).toEqual([]);
  });

  it.each([undefined, "false", "TRUE", "1"])(
    "links nothing where the provider says email_verified %s",
    async (verified) => {
      const { trigger, directory } = setUp(on, { accounts: [native()] });
      const attributes =
        verified === undefined ? { email: "alice@example.com" } : { ...vouched, email_verified: verified };

      await expect(
        trigger(preSignUpEvent("ExternalProvider", attributes, "Google_42")),
      ).resolves.toBeDefined();

      expect(directory.links).toEqual([]);
    },
  );

  it("links the id as the provider spells it, where an attribute has it", async () => {
    const subjectAttributes = new Map([["Google", "custom:google_id"]]);
    const { trigger, directory } = setUp({ ...on, subjectAttributes }, { accounts: [native()] });
    const signIn = (id: string, name = "google_abcdef") =>
      trigger(preSignUpEvent("ExternalProvider", { ...vouched, "custom:google_id": id }, name));

    await expect(signIn("AbCdEf")).rejects.toThrow(SIGN_IN_AGAIN);

    expect(directory.links.map(({ identity }) => identity)).toEqual([
      { provider: "Google", subject: "AbCdEf" },
    ]);
  });

  it.each([
    ["is another id", { "custom:google_id": "VICTIM" }, "subject_attribute_differs"],
    ["is missing", {}, "subject_attribute_missing"],
    ["is empty", { "custom:google_id": "" }, "subject_attribute_missing"],
    ["is another attribute", { "custom:id": "AbCdEf" }, "subject_attribute_missing"],
  ])("links nothing where the attribute %s", async (_, more, because) => {
    const subjectAttributes = new Map([["Google", "custom:google_id"]]);
    const { trigger, directory, lines } = setUp({ ...on, subjectAttributes }, { accounts: [native()] });

    await expect(
      trigger(preSignUpEvent("ExternalProvider", { ...vouched, ...more }, "google_abcdef")),
    ).resolves.toMatchObject({ response: ALL_FALSE });

    expect(directory.links).toEqual([]);
    expect(lines[1]).toMatchObject({ kind: "accounts-not-linked", level: "warn", fields: { because } });
    expect(JSON.stringify(lines)).not.toContain("VICTIM");
  });

  it("links no id whose case Cognito may have changed", async () => {
    const { trigger, directory } = setUp(on, { accounts: [native()] });

    await expect(trigger(preSignUpEvent("ExternalProvider", vouched, "google_a1"))).resolves.toBeDefined();
    await expect(trigger(preSignUpEvent("ExternalProvider", vouched, "google_42"))).rejects.toThrow(
      SIGN_IN_AGAIN,
    );

    expect(directory.links).toHaveLength(1);
  });

  it("links an id of Apple, whose letters have no case to lose, and no such id of another provider", async () => {
    const id = "000001.0123456789abcdef0123456789abcdef.0001";
    const trusted = new Map([
      ["SignInWithApple", ["example.com"]],
      ["ExampleId", ["example.com"]],
    ]);
    const { trigger, directory } = setUp(
      { ...on, trustedProviders: createTrustedProviders(trusted) },
      { accounts: [native()] },
    );
    const signIn = (userName: string) => trigger(preSignUpEvent("ExternalProvider", vouched, userName));

    await expect(signIn(`signinwithapple_${id}`)).rejects.toThrow(SIGN_IN_AGAIN);
    await expect(signIn(`exampleid_${id}`)).resolves.toMatchObject({ response: ALL_FALSE });
    await expect(signIn("signinwithapple_abc")).resolves.toMatchObject({ response: ALL_FALSE });

    expect(directory.links.map(({ identity }) => identity)).toEqual([
      { provider: "SignInWithApple", subject: id },
    ]);
  });

  it("links no id that may have lost its case with a provider whose name has none to lose", async () => {
    const trustedProviders = createTrustedProviders(new Map([["okta", ["example.com"]]]));
    const { trigger, directory } = setUp({ ...on, trustedProviders }, { accounts: [native()] });
    const signIn = (userName: string) => trigger(preSignUpEvent("ExternalProvider", vouched, userName));

    await expect(signIn("okta_00uabc")).resolves.toMatchObject({ response: ALL_FALSE });
    await expect(signIn("okta_00uABC")).rejects.toThrow(SIGN_IN_AGAIN);

    expect(directory.links.map(({ identity }) => identity)).toEqual([
      { provider: "okta", subject: "00uABC" },
    ]);
  });

  it("stops the sign-in when the link fails, so that it can be tried again", async () => {
    const { trigger, lines } = setUp(on, { accounts: [native()], failing: ["link"] });

    await expect(trigger(event)).rejects.toThrow(TRY_LATER);

    expect(lines[1]).toMatchObject({
      level: "error",
      kind: "account-linking-failed",
      fields: { code: "account_linking_failed", error: "Error: no link" },
    });
  });

  it("stops the sign-in when the link is not made in time", async () => {
    const { trigger, deadline, lines } = setUp(on, { accounts: [native()], hanging: ["link"] });

    const answer = trigger(event);
    setImmediate(() => deadline.abort(new Error("time is up")));

    await expect(answer).rejects.toThrow(TRY_LATER);
    expect(lines[1]).toMatchObject({
      kind: "account-linking-failed",
      fields: { error: "Error: time is up" },
    });
  });
});

describe("the address of a disabled account, whose user is kept out", () => {
  const account = (more: object = {}) => ({
    userName: "suspended-1",
    enabled: false,
    status: "CONFIRMED",
    attributes: { email: "alice@example.com", email_verified: "true" },
    ...more,
  });
  const federated = preSignUpEvent(
    "ExternalProvider",
    { email: "Alice@example.com", email_verified: "true" },
    "Google_42",
  );
  const unvouched = preSignUpEvent("ExternalProvider", { email: "alice@example.com" }, "Google_42");
  const native = preSignUpEvent("SignUp", { email: "alice@example.com" });
  const ways: readonly [string, object][] = [
    ["a provider", federated],
    ["a provider that does not say that it is verified", unvouched],
    ["a password", native],
  ];
  const accounts: readonly [string, object][] = [
    ["confirmed", {}],
    ["federated", { status: "EXTERNAL_PROVIDER" }],
    [
      "federated, without email_verified",
      { status: "EXTERNAL_PROVIDER", attributes: { email: "alice@example.com" } },
    ],
    ["with a password to reset", { status: "RESET_REQUIRED" }],
    ["with a temporary password", { status: "FORCE_CHANGE_PASSWORD" }],
    ["unconfirmed", { status: "UNCONFIRMED" }],
    ["without a status", { status: undefined }],
    ["unverified", { attributes: { email: "ALICE@example.com", email_verified: "false" } }],
  ];

  describe.each([true, false])("where linking is %s", (linkFederatedUsers) => {
    it.each(
      ways.flatMap(([way, event]) => accounts.map(([what, more]) => [way, what, event, more] as const)),
    )("does not come back by %s: the account is %s", async (_way, _what, event, more) => {
      const enabled = account({ userName: "other-1", enabled: true });
      for (const others of [[], [enabled]]) {
        const pool = { accounts: [...others, account(more)] };
        const { trigger, directory, lines } = setUp({ linkFederatedUsers }, pool);

        await expect(trigger(event)).rejects.toThrow(SIGN_UP_REFUSED);

        expect(directory.links).toEqual([]);
        expect(lines).toMatchObject([
          { level: "warn", kind: "sign-up-refused", fields: { reason: "account_disabled" } },
        ]);
        expect(JSON.stringify(lines)).not.toContain("lice@");
      }
    });

    it.each(ways)("is refused for now where the pool cannot be asked, by %s", async (_way, event) => {
      const { trigger, lines } = setUp({ linkFederatedUsers }, { failing: ["find"] });

      await expect(trigger(event)).rejects.toThrow(TRY_LATER);

      expect(lines).toMatchObject([
        { level: "error", kind: "sign-up-failed", fields: { code: "account_lookup_failed" } },
      ]);
      expect(lines[0]?.fields["error"]).toContain("Error: no find");
    });

    it.each(ways)("is refused for now where the pool does not answer in time, by %s", async (_way, event) => {
      const { trigger, deadline, lines } = setUp({ linkFederatedUsers }, { hanging: ["find"] });

      const answer = trigger(event);
      deadline.abort(new Error("time is up"));

      await expect(answer).rejects.toThrow(TRY_LATER);
      expect(lines).toMatchObject([{ kind: "sign-up-failed", fields: { code: "account_lookup_failed" } }]);
    });
  });

  it("keeps out nobody else", async () => {
    const others = [
      account({ enabled: true }),
      account({ attributes: { email: "alice+2@example.com", email_verified: "true" } }),
      account({ attributes: {} }),
    ];
    for (const [, event] of ways) {
      const { trigger } = setUp({}, { accounts: others });
      await expect(trigger(event)).resolves.toMatchObject({ response: ALL_FALSE });
    }
  });

  it("is an administrator's to use again", async () => {
    const { trigger, directory } = setUp({}, { accounts: [account()] });

    await expect(
      trigger(preSignUpEvent("AdminCreateUser", { email: "alice@example.com" })),
    ).resolves.toBeDefined();

    expect(directory.calls).toEqual([]);
  });

  it("is not looked for where no row allows the address", async () => {
    const { trigger, directory } = setUp();

    await expect(trigger(preSignUpEvent("SignUp", { email: "a@example.org" }))).rejects.toThrow(
      SIGN_UP_REFUSED,
    );

    expect(directory.calls).toEqual([]);
  });
});

describe("an event that cannot be read", () => {
  it.each([
    ["null", null, "trigger_event_malformed"],
    ["an array", [], "trigger_event_malformed"],
    ["no trigger source", {}, "trigger_event_malformed"],
    [
      "another trigger's source",
      { ...preSignUpEvent("SignUp", {}), triggerSource: "TokenGeneration_HostedAuth" },
      "trigger_event_unknown",
    ],
    [
      "a source of Object.prototype",
      { ...preSignUpEvent("SignUp", {}), triggerSource: "toString" },
      "trigger_event_unknown",
    ],
    ["no user name", { ...preSignUpEvent("SignUp", {}), userName: null }, "trigger_event_malformed"],
    [
      "attributes that are a list",
      { ...preSignUpEvent("SignUp", {}), request: { userAttributes: [] } },
      "trigger_event_malformed",
    ],
    [
      "an address that is an object",
      preSignUpEvent("SignUp", { email: { toString: "alice@example.com" } }),
      "trigger_event_malformed",
    ],
    [
      "an address that is a list",
      preSignUpEvent("SignUp", { email: ["alice@example.com"] }),
      "trigger_event_malformed",
    ],
  ])("is refused with a sentence that says nothing: %s", async (_what, event, code) => {
    const { trigger, lines } = setUp();

    await expect(trigger(event)).rejects.toThrow(TRY_LATER);

    expect(lines).toMatchObject([{ level: "error", kind: "sign-up-failed", fields: { code } }]);
  });

  it("names the source and the expected ones in the log", async () => {
    const { trigger, lines } = setUp();

    await expect(trigger({ ...preSignUpEvent("Nonsense", {}) })).rejects.toThrow(TRY_LATER);

    expect(lines[0]?.fields["error"]).toBe(
      "ClaimgateError: unexpected trigger source `PreSignUp_Nonsense`; expected one of `PreSignUp_SignUp`, " +
        "`PreSignUp_AdminCreateUser`, `PreSignUp_ExternalProvider`",
    );
  });
});

it("lets nobody sign up while the policy or the configuration is broken", async () => {
  const { log, lines } = recordedLog();
  const broken = () => {
    throw new Error("secret detail");
  };
  const tools = {
    policy: () => policy,
    options: broken,
    directory: () => memoryDirectory(),
    deadline: () => new AbortController().signal,
    log,
  };
  const event = preSignUpEvent("SignUp", { email: "alice@example.com" });

  await expect(createPreSignUp(tools)(event)).rejects.toThrow(TRY_LATER);
  await expect(createPreSignUp({ ...tools, policy: broken })(event)).rejects.toThrow(TRY_LATER);

  expect(lines).toMatchObject([{ kind: "sign-up-failed" }, { kind: "sign-up-failed" }]);
});

it("ends what a user sees without a full stop, since Cognito adds one", () => {
  for (const sentence of [SIGN_UP_REFUSED, SIGN_IN_AGAIN, TRY_LATER]) expect(sentence).toMatch(/\w$/);
});

describe("a native sign-up with the address of a federated user", () => {
  const federated = (more: object = {}) => ({
    userName: "Google_42",
    enabled: true,
    status: "EXTERNAL_PROVIDER",
    attributes: { email: "alice@example.com", email_verified: "true" },
    ...more,
  });
  const event = preSignUpEvent("SignUp", { email: "Alice@example.com" });

  it.each([true, false])(
    "makes an account of its own and links nothing, with linking %s",
    async (linking) => {
      const { trigger, directory, lines } = setUp(
        { linkFederatedUsers: linking },
        { accounts: [federated()] },
      );

      await expect(trigger(event)).resolves.toEqual({ ...event, response: ALL_FALSE });

      expect(directory.calls).toEqual(["find"]);
      expect(directory.links).toEqual([]);
      expect(lines).toMatchObject([{ kind: "sign-up-allowed", fields: { alsoFederated: true } }]);
      expect(JSON.stringify(lines)).not.toContain("lice@");
    },
  );

  it("must prove the address, also where new users are confirmed without a code", async () => {
    const { trigger } = setUp({ autoConfirm: true }, { accounts: [federated()] });
    await expect(trigger(event)).resolves.toMatchObject({
      response: { autoConfirmUser: false, autoVerifyEmail: false },
    });
  });

  it("is refused where the federated user is disabled", async () => {
    const { trigger } = setUp({}, { accounts: [federated({ enabled: false })] });
    await expect(trigger(event)).rejects.toThrow(SIGN_UP_REFUSED);
  });

  it("is not said to be a second account where the other one is native or has another address", async () => {
    for (const more of [{ status: "CONFIRMED" }, { attributes: { email: "bob@example.com" } }]) {
      const { trigger, lines } = setUp({}, { accounts: [federated(more)] });
      await trigger(event);
      expect(lines[0]?.fields).not.toHaveProperty("alsoFederated");
    }
  });
});
