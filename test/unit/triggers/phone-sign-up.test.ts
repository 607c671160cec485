import { rememberedBy } from "../../../src/tools/deployment/aws/pool-users.ts";
import { MARKER_ATTRIBUTE } from "../../../src/triggers/directory.ts";
import { createPostConfirmation } from "../../../src/triggers/post-confirmation.ts";
import { createPreSignUp, PHONE_REFUSED, SIGN_UP_REFUSED } from "../../../src/triggers/pre-sign-up.ts";
import { TRY_LATER } from "../../../src/triggers/report.ts";
import { type Suspensions, suspensionKeys } from "../../../src/triggers/suspensions.ts";
import { createTrustedProviders } from "../../../src/triggers/trusted-providers.ts";
import { type MemoryDirectoryOptions, memoryDirectory } from "../../support/memory-directory.ts";
import { policyFrom } from "../../support/policy.ts";
import { recordedLog } from "../../support/recorded-log.ts";
import {
  type Attributes,
  POOL,
  postConfirmationEvent,
  preSignUpEvent,
  proven,
  SUB,
} from "../../support/trigger-events.ts";

const PHONE = "+4930123456";
const DENIED = "+49900123456";

const policy = policyFrom(`p2, *@example.com, allow
p2, +49*, allow
p2, +49900*, deny
g3, *@example.com, group:staff
g3, +49*, group:customers

`);
const trustedProviders = createTrustedProviders(new Map([["Google", ["example.com"]]]), { complete: true });

function signUp({
  pool = {},
  autoConfirm = false,
  rows = policy,
  suspensions,
}: {
  pool?: MemoryDirectoryOptions;
  autoConfirm?: boolean;
  rows?: typeof policy;
  suspensions?: Suspensions;
} = {}) {
  const { log, lines } = recordedLog();
  const directory = memoryDirectory(pool);
  const run = createPreSignUp({
    policy: () => rows,
    options: () => ({ autoConfirm, linkFederatedUsers: true, trustedProviders }),
    directory: () => directory,
    deadline: () => new AbortController().signal,
    suspensions,
    log,
  });
  return { run, lines, directory };
}

describe("pre-sign-up of a user with a phone number", () => {
  it("allows a number that a row allows, and logs its row but not the number", async () => {
    const { run, lines } = signUp();
    await expect(run(preSignUpEvent("SignUp", { phone_number: PHONE }))).resolves.toMatchObject({
      response: { autoConfirmUser: false, autoVerifyPhone: false },
    });
    expect(lines).toMatchObject([
      { kind: "sign-up-allowed", fields: { domain: undefined, determining: ["policies/test.csv:2"] } },
    ]);
    expect(JSON.stringify(lines)).not.toContain("4930");
  });

  it.each([
    ["that no row names", { phone_number: "+12065550100" }, "phone_not_allowed", PHONE_REFUSED],
    ["that a row denies", { phone_number: DENIED }, "phone_not_allowed", PHONE_REFUSED],
    ["in another spelling", { phone_number: "004930123456" }, "phone_malformed", PHONE_REFUSED],
    [
      "that a row denies, with an allowed address",
      { phone_number: DENIED, email: "a@example.com" },
      "phone_not_allowed",
      SIGN_UP_REFUSED,
    ],
    [
      "that a row allows, with an address that none allows",
      { phone_number: PHONE, email: "a@example.org" },
      "address_not_allowed",
      SIGN_UP_REFUSED,
    ],
    [
      "that is malformed, with an allowed address",
      { phone_number: "+49 900 123456", email: "a@example.com" },
      "phone_malformed",
      SIGN_UP_REFUSED,
    ],
  ])("refuses a number %s", async (_, attributes, reason, sentence) => {
    const { run, lines } = signUp();
    await expect(run(preSignUpEvent("SignUp", attributes))).rejects.toThrow(sentence);
    expect(lines).toMatchObject([{ kind: "sign-up-refused", fields: { reason } }]);
  });

  it("needs no row for the number of a user whose address is allowed", async () => {
    const attributes = { email: "a@example.com", phone_number: "+12065550100" };
    await expect(signUp().run(preSignUpEvent("SignUp", attributes))).resolves.toBeDefined();
  });

  it("refuses a phone number where only addresses have rows, even all of them", async () => {
    const { run } = signUp({ rows: policyFrom("p2, *, allow") });
    await expect(run(preSignUpEvent("SignUp", { phone_number: PHONE }))).rejects.toThrow(PHONE_REFUSED);
  });

  it("lets an administrator create a user whom no row names, but none with a number that a row denies", async () => {
    const create = (phone: string) =>
      signUp().run(preSignUpEvent("AdminCreateUser", { phone_number: phone }));
    await expect(create("+12065550100")).resolves.toBeDefined();
    await expect(create(DENIED)).rejects.toThrow(PHONE_REFUSED);
    await expect(create("0900")).rejects.toThrow(PHONE_REFUSED);
  });

  it("refuses a provider's user with a number that a row denies", async () => {
    const attributes = { email: "a@example.com", email_verified: "true", phone_number: DENIED };
    const { run, lines } = signUp();
    await expect(run(preSignUpEvent("ExternalProvider", attributes, "Google_1"))).rejects.toThrow(
      SIGN_UP_REFUSED,
    );
    expect(lines).toMatchObject([{ fields: { reason: "phone_not_allowed" } }]);
  });

  it("confirms nobody without a code whose number gives groups", async () => {
    const confirmed = async (phone: string) =>
      signUp({ autoConfirm: true, rows: policyFrom("p2, +*, allow\ng3, +49*, group:a") }).run(
        preSignUpEvent("SignUp", { phone_number: phone }),
      );
    await expect(confirmed(PHONE)).resolves.toMatchObject({ response: { autoConfirmUser: false } });
    await expect(confirmed("+12065550100")).resolves.toMatchObject({ response: { autoConfirmUser: true } });
  });
});

describe("a suspended user with a phone number", () => {
  const account = (attributes: Record<string, string>, enabled = false) => ({
    accounts: [{ userName: "u1", enabled, status: "CONFIRMED", attributes }],
  });

  it.each([
    ["the number alone", { phone_number: PHONE }],
    ["the number and another address", { phone_number: PHONE, email: "b@example.com" }],
  ])("does not come back by %s", async (_, attributes) => {
    const { run, lines } = signUp({ pool: account({ phone_number: PHONE, phone_number_verified: "true" }) });
    await expect(run(preSignUpEvent("SignUp", attributes))).rejects.toThrow(/cannot be used/);
    expect(lines).toMatchObject([{ fields: { reason: "account_disabled" } }]);
  });

  it("blocks no other number, and no number of an enabled user", async () => {
    for (const pool of [account({ phone_number: "+4930999999" }), account({ phone_number: PHONE }, true)])
      await expect(
        signUp({ pool }).run(preSignUpEvent("SignUp", { phone_number: PHONE })),
      ).resolves.toBeDefined();
  });

  it("does not come back after the account was deleted, by the record that `suspend` leaves", async () => {
    const mallory = {
      userName: SUB,
      sub: SUB,
      email: undefined,
      phone: PHONE,
      enabled: false,
      identities: [],
    };
    const records = new Set(suspensionKeys("secret", POOL, rememberedBy(mallory)));
    const suspensions: Suspensions = {
      includes: (pool, names) =>
        Promise.resolve(suspensionKeys("secret", pool, names).some((key) => records.has(key))),
    };
    const { run, lines } = signUp({ suspensions });
    await expect(run(preSignUpEvent("SignUp", { phone_number: PHONE }, "another"))).rejects.toThrow(
      PHONE_REFUSED,
    );
    expect(lines).toMatchObject([{ fields: { reason: "suspended" } }]);
    await expect(
      run(preSignUpEvent("SignUp", { phone_number: "+4930999999" }, "another")),
    ).resolves.toBeDefined();
  });

  it("is refused for now where the pool cannot be asked", async () => {
    const { run } = signUp({ pool: { failing: ["find phone"] } });
    await expect(run(preSignUpEvent("SignUp", { phone_number: PHONE }))).rejects.toThrow(TRY_LATER);
  });
});

it("a phone number links nobody: an account with the same number and another address stays apart", async () => {
  const attributes = { email: "owner@example.com", email_verified: "true", phone_number: PHONE };
  const pool = { accounts: [{ userName: "u1", enabled: true, status: "CONFIRMED", attributes }] };
  const { run, directory } = signUp({ pool });
  const claimed = { email: "mallory@example.com", email_verified: "true", phone_number: PHONE };
  await expect(run(preSignUpEvent("ExternalProvider", claimed, "Google_666"))).resolves.toBeDefined();
  expect(directory.links).toEqual([]);
});

it("an account that has both the address and the number is linked as one", async () => {
  const attributes = { email: "owner@example.com", email_verified: "true", phone_number: PHONE };
  const pool = { accounts: [{ userName: "u1", enabled: true, status: "CONFIRMED", attributes }] };
  const { run, directory } = signUp({ pool });
  await expect(run(preSignUpEvent("ExternalProvider", attributes, "Google_42"))).rejects.toThrow(/again/);
  expect(directory.links).toHaveLength(1);
});

describe("the groups of a user with a phone number", () => {
  async function groupsOf(attributes: Attributes, userName = SUB, status = "CONFIRMED") {
    const { log, lines } = recordedLog();
    const directory = memoryDirectory({ attributes: attributes as Record<string, string>, status });
    const trigger = createPostConfirmation({
      policy: () => policy,
      options: () => ({ trustedProviders }),
      directory: () => directory,
      deadline: () => new AbortController().signal,
      now: () => new Date("2026-11-29T12:00:00Z"),
      log,
    });
    await trigger(postConfirmationEvent(attributes, "ConfirmSignUp", userName));
    const marked = directory.attributes[MARKER_ATTRIBUTE] !== undefined;
    return { groups: [...directory.groups].sort(), marked, because: lines[0]?.fields?.["because"] };
  }
  const phone = { sub: SUB, phone_number: PHONE, phone_number_verified: "true" };

  it("are those of the number once it is proven", async () => {
    expect(await groupsOf(phone)).toMatchObject({ groups: ["customers"], marked: true });
  });

  it.each([undefined, "false", "True", "TRUE", "1", "yes", " true"])(
    "are none while phone_number_verified is %j",
    async (verified) => {
      const { phone_number_verified: _, ...claimed } = phone;
      const attributes = verified === undefined ? claimed : { ...claimed, phone_number_verified: verified };
      expect(await groupsOf(attributes)).toEqual({
        groups: [],
        marked: false,
        because: "address_unverified",
      });
    },
  );

  it("are those of both, if both are proven", async () => {
    expect(await groupsOf(proven("a@example.com", phone))).toMatchObject({ groups: ["customers", "staff"] });
  });

  it("are only those of what is proven", async () => {
    expect(await groupsOf({ ...phone, email: "a@example.com" })).toMatchObject({
      groups: ["customers"],
      marked: true,
    });
    expect(
      await groupsOf(proven("a@example.com", { ...phone, phone_number_verified: "false" })),
    ).toMatchObject({ groups: ["staff"], marked: true });
  });

  it("wait for the address if the proven number gives none", async () => {
    const foreign = { ...phone, phone_number: "+12065550100", email: "a@example.com" };
    expect(await groupsOf(foreign)).toEqual({ groups: [], marked: false, because: "address_unverified" });
  });

  it("are none for a number that a row denies, whatever is proven", async () => {
    expect(await groupsOf({ ...phone, phone_number: DENIED })).toMatchObject({ because: "address_denied" });
    expect(await groupsOf(proven("a@example.com", { ...phone, phone_number: DENIED }))).toMatchObject({
      groups: [],
      because: "address_denied",
    });
  });

  it("are none by the number that a provider asserts", async () => {
    const identities = '[{"providerName":"Google"}]';
    expect(await groupsOf({ ...phone, identities }, "Google_1", "EXTERNAL_PROVIDER")).toMatchObject({
      groups: [],
      because: "address_missing",
    });
    expect(await groupsOf(proven("a@example.com", { ...phone, identities }))).toMatchObject({
      groups: ["staff"],
    });
    expect(await groupsOf({ ...phone }, SUB, "EXTERNAL_PROVIDER")).toMatchObject({ groups: [] });
    expect(
      await groupsOf({ ...phone, "cognito:user_status": "EXTERNAL_PROVIDER", userPoolId: POOL }, "Google_1"),
    ).toMatchObject({ groups: [] });
  });

  it("are none for a malformed number, since no row can say whether it is a denied one", async () => {
    expect(await groupsOf({ ...phone, phone_number: "004930123456" })).toMatchObject({
      because: "phone_malformed",
    });
  });
});
