import type { DirectoryProviders } from "../../src/triggers/directory-providers.ts";
import { createPreSignUp } from "../../src/triggers/pre-sign-up.ts";
import { createPreTokenGeneration } from "../../src/triggers/pre-token-generation.ts";
import { createTrustedProviders } from "../../src/triggers/trusted-providers.ts";
import { memoryDirectory } from "../support/memory-directory.ts";
import { policyFrom } from "../support/policy.ts";
import { recordedLog } from "../support/recorded-log.ts";
import { type Attributes, assigned, preSignUpEvent, tokenEvent } from "../support/trigger-events.ts";

const policy = policyFrom(`
p2, *@example.com, allow
g4, Corp/admins, group:admins
g4, Okta/admins, group:admins
g4, Dept/admins, group:admins
g4, Corp/readers, group:readers
p, group:admins, orders:delete, allow
p, group:readers, orders:read, allow
`);
const directories: DirectoryProviders = new Map([
  ["Corp", { attribute: "custom:groups", form: "ids" }],
  ["Okta", { attribute: "custom:okta", form: "json" }],
  ["Dept", { attribute: "custom:dept", form: "one" }],
]);
const trustedProviders = createTrustedProviders(new Map());
const linked = (...names: readonly unknown[]) =>
  JSON.stringify(names.map((providerName) => ({ providerName, userId: "mallory" })));
const CORP = linked("Corp");
const OKTA = linked("Okta");

async function groupsOf(
  attributes: Attributes,
  own: readonly string[] = ["pool"],
): Promise<readonly string[]> {
  const trigger = createPreTokenGeneration({
    policy: () => policy,
    options: () => ({
      trustedProviders,
      directories,
      healGroups: false,
      scopePrefix: undefined,
      copiedClaims: new Map(),
      tokenBudget: 6_144,
    }),
    directory: () => memoryDirectory(),
    deadline: () => AbortSignal.timeout(1_000),
    now: () => new Date(0),
    log: recordedLog().log,
  });
  const { response } = (await trigger(
    tokenEvent({
      source: "HostedAuth",
      attributes: assigned("mallory@example.com", attributes),
      groups: own,
    }),
  )) as {
    response: { claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: string[] } } };
  };
  return response.claimsAndScopeOverrideDetails.groupOverrideDetails.groupsToOverride;
}

describe("a user of a directory", () => {
  it("has the groups that the directory sends", async () => {
    expect(await groupsOf({ identities: CORP, "custom:groups": "[admins, readers]" })).toEqual([
      "pool",
      "admins",
      "readers",
    ]);
    expect(await groupsOf({ identities: OKTA, "custom:okta": '["admins"]' })).toContain("admins");
  });

  it.each<[string, Attributes]>([
    ["a native user with the attribute", { "custom:groups": "admins" }],
    ["an empty list of identities", { identities: "[]", "custom:groups": "admins" }],
    ["another provider's user", { identities: OKTA, "custom:groups": "admins" }],
    ["a user whose link was removed", { identities: linked("Google"), "custom:groups": "admins" }],
    ["the provider's name in another case", { identities: linked("corp"), "custom:groups": "admins" }],
    ["a name that begins with the provider's", { identities: linked("Corp_x"), "custom:groups": "admins" }],
    ["a user name that names the provider", { preferred_username: "Corp_1", "custom:groups": "admins" }],
    ["an identity without a name", { identities: linked(null, "Corp"), "custom:groups": "admins" }],
    ["identities that are not a list", { identities: '{"providerName":"Corp"}', "custom:groups": "admins" }],
    ["identities that are not JSON", { identities: "Corp", "custom:groups": "admins" }],
    ["the groups in another provider's attribute", { identities: CORP, "custom:okta": '["admins"]' }],
    ["the groups in an attribute without a provider", { identities: CORP, "custom:roles": "admins" }],
  ])("gives nothing to %s", async (_, attributes) => {
    expect(await groupsOf(attributes)).toEqual(["pool"]);
  });

  it.each<[string, Attributes]>([
    ["JSON as the name of one group", { identities: linked("Dept"), "custom:dept": '["admins"]' }],
    ["a list as the name of one group", { identities: linked("Dept"), "custom:dept": "[admins]" }],
    ["a list of brackets for JSON", { identities: OKTA, "custom:okta": "[admins]" }],
    ["one name for JSON", { identities: OKTA, "custom:okta": "admins" }],
    ["nested JSON", { identities: OKTA, "custom:okta": '[["admins"]]' }],
    ["an object", { identities: OKTA, "custom:okta": '{"0":"admins"}' }],
    ["JSON that goes on", { identities: OKTA, "custom:okta": '["x"],["admins"]' }],
    ["a quote that closes the name", { identities: OKTA, "custom:okta": '["x","admins]' }],
    ["full-width brackets", { identities: CORP, "custom:groups": "［admins］" }],
    ["a name with a comma among ids", { identities: CORP, "custom:groups": "[x, admins and others]" }],
    ["a bracket within an id", { identities: CORP, "custom:groups": "[x], admins" }],
    ["another letter that looks alike", { identities: CORP, "custom:groups": "[аdmins]" }],
    ["another case", { identities: CORP, "custom:groups": "[Admins]" }],
    ["a zero-width space", { identities: CORP, "custom:groups": "[admins\u200b]" }],
    ["a property of every object", { identities: CORP, "custom:groups": "[__proto__, constructor]" }],
  ])("cannot be read in two ways: %s gives nothing", async (_, attributes) => {
    expect(await groupsOf(attributes)).toEqual(["pool"]);
  });

  it("never loses the groups of the pool to too many or too strange ones of the directory", async () => {
    const own = Array.from({ length: 100 }, (_, index) => `g${index}`);
    expect(await groupsOf({ identities: CORP, "custom:groups": "[admins]" }, own)).toEqual(own);
    expect(await groupsOf({ identities: 7, "custom:groups": { admins: true } })).toEqual(["pool"]);
  });
});

describe("a sign-up", () => {
  const trigger = createPreSignUp({
    policy: () => policy,
    options: () => ({ autoConfirm: false, linkFederatedUsers: true, trustedProviders, directories }),
    directory: () => memoryDirectory(),
    deadline: () => AbortSignal.timeout(1_000),
    log: recordedLog().log,
  });

  it("cannot bring the groups of a directory, which a later link would make count", async () => {
    const attributes = { email: "mallory@example.com" };
    await expect(trigger(preSignUpEvent("SignUp", attributes))).resolves.toBeDefined();
    for (const name of ["custom:groups", "custom:okta", "custom:dept"]) {
      await expect(trigger(preSignUpEvent("SignUp", { ...attributes, [name]: "x" }))).rejects.toThrow();
    }
  });
});
