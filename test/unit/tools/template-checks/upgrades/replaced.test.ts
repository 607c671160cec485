import {
  printReplacement,
  replacedResources,
} from "../../../../../src/tools/template-checks/upgrades/replaced.ts";
import { appClient, ref, resource, userPool } from "../checking.ts";

type Json = Readonly<Record<string, unknown>>;

const lost = (before: Json, after: Json) =>
  replacedResources({ Resources: before }, { Resources: after }).map(
    ({ resource: id, effect, property }) => `${id} ${effect}${property === "" ? "" : ` ${property}`}`,
  );
const poolWith = (properties: Json) => ({ Pool: userPool(properties) });
const inPool = (type: string, properties: Json, rest: Json = {}) =>
  resource(`Cognito::${type}`, { UserPoolId: ref("Pool"), ...properties }, rest);

describe("a user pool", () => {
  it("may change what Cognito lets change, its name among it", () => {
    const before = { UserPoolName: "a", UserPoolTier: "ESSENTIALS", UsernameAttributes: ["email"] };
    const after = { ...before, UserPoolName: "b", UserPoolTier: "PLUS", LambdaConfig: {} };
    expect(lost(poolWith(before), poolWith(after))).toEqual([]);
  });

  it.each([
    ["UsernameAttributes", { UsernameAttributes: ["email"] }, { UsernameAttributes: ["phone_number"] }],
    ["UsernameAttributes", {}, { UsernameAttributes: ["email"] }],
    ["AliasAttributes", { AliasAttributes: ["email"] }, {}],
    ["UsernameConfiguration.CaseSensitive", {}, { UsernameConfiguration: { CaseSensitive: false } }],
  ])("is refused another %s", (property, before, after) => {
    expect(lost(poolWith(before), poolWith(after))).toEqual([`Pool refused ${property}`]);
  });

  it("is the same in another order, and with a default that is written out", () => {
    expect(
      lost(
        poolWith({ AliasAttributes: ["email", "phone_number"] }),
        poolWith({ AliasAttributes: ["phone_number", "email"] }),
      ),
    ).toEqual([]);
    expect(
      lost(poolWith({}), poolWith({ UsernameConfiguration: { CaseSensitive: true }, AliasAttributes: [] })),
    ).toEqual([]);
  });

  const tenant = { Name: "tenant_id", AttributeDataType: "String", Mutable: true };
  const schema = (...attributes: Json[]) => poolWith({ Schema: attributes });

  it("may gain a custom attribute, and have them in another order or spelling", () => {
    expect(lost(schema(tenant), schema({ Name: "plan", AttributeDataType: "String" }, tenant))).toEqual([]);
    expect(lost(schema(tenant), schema({ ...tenant, Name: "custom:tenant_id" }))).toEqual([]);
    expect(lost(schema(tenant), schema({ Name: "tenant_id", Mutable: "true" }))).toEqual([]);
  });

  it.each([
    ["loses one", schema(tenant), schema()],
    ["changes its type", schema(tenant), schema({ ...tenant, AttributeDataType: "Number" })],
    ["changes whether it is mutable", schema(tenant), schema({ ...tenant, Mutable: false })],
    ["gains a required one", schema(), schema({ ...tenant, Required: true })],
    ["sets a standard one", schema(), schema({ Name: "email", Mutable: true })],
  ])("is refused a Schema that %s", (_what, before, after) => {
    expect(lost(before, after)).toEqual(["Pool refused Schema"]);
  });
});

describe("what is in a pool", () => {
  it.each([
    ["UserPoolClient", "GenerateSecret", { GenerateSecret: false }, { GenerateSecret: true }],
    ["UserPoolClient", "GenerateSecret", {}, { GenerateSecret: true }],
    ["UserPoolClient", "UserPoolId", {}, { UserPoolId: ref("Other") }],
    ["UserPoolDomain", "Domain", { Domain: "a" }, { Domain: "b" }],
    ["UserPoolGroup", "GroupName", { GroupName: "a" }, { GroupName: "b" }],
    ["UserPoolResourceServer", "Identifier", { Identifier: "a" }, { Identifier: "b" }],
    ["UserPoolIdentityProvider", "ProviderName", { ProviderName: "a" }, { ProviderName: "b" }],
    ["UserPoolIdentityProvider", "ProviderType", { ProviderType: "OIDC" }, { ProviderType: "SAML" }],
  ])("%s is replaced by another %s", (type, property, before, after) => {
    expect(lost({ It: inPool(type, before) }, { It: inPool(type, after) })).toEqual([
      `It replaced ${property}`,
    ]);
  });

  it("is the same where only the way of writing changes", () => {
    const before = inPool("UserPoolDomain", { Domain: { "Fn::Join": ["-", ["x", ref("AWS::AccountId")]] } });
    const after = inPool("UserPoolDomain", { Domain: { "Fn::Sub": "x-${AWS::AccountId}" } });
    expect(lost({ It: before }, { It: after })).toEqual([]);
    expect(
      lost({ It: appClient({}) }, { It: appClient({ GenerateSecret: "false", ClientName: "x" }) }),
    ).toEqual([]);
  });
});

describe("a logical id", () => {
  it("that goes takes its resource along", () => {
    expect(lost({ Web: appClient({}) }, {})).toEqual(["Web deleted"]);
    expect(lost({ Identities: resource("Cognito::IdentityPool", {}) }, {})).toEqual(["Identities deleted"]);
  });

  it("that changes is a new resource, and the message says which", () => {
    const [one] = replacedResources({ Resources: poolWith({}) }, { Resources: { People: userPool() } });
    expect(one && printReplacement(one)).toBe(
      "Pool (UserPool) would be deleted: `Pool` was renamed to `People`",
    );
  });

  it("of a pool that changes takes everything in the pool along", () => {
    const before = {
      Pool: userPool(),
      Web: appClient({}),
      Staff: inPool("UserPoolGroup", { GroupName: "staff" }),
    };
    const after = JSON.parse(JSON.stringify(before).replaceAll('"Pool"', '"People"')) as Json;
    expect(lost(before, after)).toEqual([
      "Pool deleted",
      "Web replaced UserPoolId",
      "Staff replaced UserPoolId",
    ]);
  });

  it("that goes leaves a retained resource behind, which is a loss too, but not for a group", () => {
    const kept = { DeletionPolicy: "Retain" };
    expect(lost({ Pool: userPool({}, kept) }, {})).toEqual(["Pool abandoned"]);
    expect(lost({ Staff: inPool("UserPoolGroup", { GroupName: "staff" }, kept) }, {})).toEqual([]);
    expect(lost({ Staff: inPool("UserPoolGroup", { GroupName: "staff" }) }, {})).toEqual(["Staff deleted"]);
  });

  it("of a retained group that changes would make the group a second time", () => {
    const group = inPool("UserPoolGroup", { GroupName: "staff" }, { DeletionPolicy: "Retain" });
    expect(lost({ Staff: group }, { StaffGroup: group })).toEqual(["Staff abandoned"]);
  });

  it("that is of another type now has lost what it was", () => {
    expect(lost({ It: appClient({}) }, { It: userPool() })).toEqual(["It deleted"]);
  });
});

it("what is new or has no state is of no interest", () => {
  const role = resource("IAM::Role", {});
  expect(lost({ Role: role }, { ...poolWith({}), Web: appClient({}) })).toEqual([]);
});

it("what is not a template is refused", () => {
  expect(() => replacedResources({}, { Resources: {} })).toThrow(/expected a JSON object with `Resources`/);
});
