import { type Issuer, issuerForms, knownIssuers } from "../../../src/token/issuer.ts";
import { thrownBy } from "../../support/thrown.ts";

const pool = (
  id: string,
  poolAlias: string | undefined,
  clients: Readonly<Record<string, string>>,
): Issuer => ({
  userPoolId: id,
  appClients: new Map(Object.entries(clients)),
  poolAlias,
});

test("a pool is known by the configured forms of its issuer, and by no other", () => {
  const known = knownIssuers([
    pool("eu-west-1_Main", "main", { web: "id-1" }),
    { ...pool("us-gov-west-1_Old", "legacy", { "old-web": "id-2" }), forms: ["original", "updated"] },
  ]);
  expect([...known.keys()]).toEqual([
    "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Main",
    "https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_Old",
    "https://issuer-cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_Old",
  ]);
  expect(known.get(issuerForms("us-gov-west-1_Old")[1])).toEqual({
    userPoolId: "us-gov-west-1_Old",
    poolAlias: "legacy",
    clientNames: new Map([["id-2", "old-web"]]),
  });
});

test("a pool is known by the issuers of its replicas, in the original form", () => {
  const known = knownIssuers([
    {
      ...pool("eu-west-1_Main", undefined, { web: "id-1" }),
      forms: ["original", "updated"],
      additionalRegions: ["eu-central-1", "us-gov-east-1"],
    },
  ]);
  expect([...known.keys()]).toEqual([
    "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Main",
    "https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Main",
    "https://cognito-idp.eu-central-1.amazonaws.com/eu-west-1_Main",
    "https://cognito-idp.us-gov-east-1.amazonaws.com/eu-west-1_Main",
  ]);
  for (const issuer of known.values()) {
    expect(issuer).toEqual({
      userPoolId: "eu-west-1_Main",
      poolAlias: undefined,
      clientNames: new Map([["id-1", "web"]]),
    });
  }
});

test.each<[string, Partial<Issuer>, RegExp]>([
  ["a region with a host behind it", { additionalRegions: ["eu-west-1.evil.example/"] }, /is not a region/],
  ["an empty region", { additionalRegions: [""] }, /``, which is not a region/],
  ["the region of the pool", { additionalRegions: ["eu-west-1"] }, /only the regions of its replicas/],
  ["a region twice", { additionalRegions: ["eu-north-1", "eu-north-1"] }, /`eu-north-1` twice/],
  [
    "a region of a pool that issues the updated form alone",
    { forms: ["updated"], additionalRegions: ["eu-north-1"] },
    /the same in all regions; remove the additional regions/,
  ],
])("%s is refused at the start", (_what, changes, message) => {
  const issuer = { ...pool("eu-west-1_Main", undefined, { web: "id-1" }), ...changes };
  expect(thrownBy(() => knownIssuers([issuer]))).toMatchObject({
    code: "configuration_invalid",
    message: expect.stringMatching(message) as string,
  });
});

test("one pool needs no alias", () => {
  expect(knownIssuers([pool("eu-west-1_Main", undefined, { web: "id-1" })]).size).toBe(1);
});

const MAIN = pool("eu-west-1_Main", "main", { web: "id-1" });

test.each<[string, readonly Issuer[], RegExp]>([
  ["no pool", [], /no user pool/],
  ["an empty pool id", [pool(" ", undefined, { web: "id-1" })], /no user pool/],
  ["what is no pool id", [pool("eu-west-1", undefined, { web: "id-1" })], /`eu-west-1` is not the id/],
  ["a pool id with a path behind it", [pool("eu-west-1_A/../b", undefined, { web: "i" })], /is not the id/],
  ["a pool without app clients", [pool("eu-west-1_Main", undefined, {})], /no app client is configured/],
  ["an app client without an id", [pool("eu-west-1_Main", undefined, { web: " " })], /`web` has no id/],
  ["two names for one id", [pool("eu-west-1_Main", undefined, { a: "id", b: "id" })], /`a` and `b`/],
  ["a second pool without an alias", [MAIN, pool("eu-west-1_Old", undefined, { old: "id-2" })], /no alias/],
  ["a first pool without an alias", [pool("eu-west-1_Old", undefined, { old: "id-2" }), MAIN], /no alias/],
  ["the same alias twice", [MAIN, pool("eu-west-1_Old", "main", { old: "id-2" })], /the alias `main`/],
  ["the same pool twice", [MAIN, pool("eu-west-1_Main", "old", { old: "id-2" })], /configured twice/],
  ["one app client name in two pools", [MAIN, pool("eu-west-1_Old", "old", { web: "id-2" })], /called `web`/],
  ["a second pool without app clients", [MAIN, pool("eu-west-1_Old", "old", {})], /`eu-west-1_Old`/],
  ...["", "a/b", "A", "-a", "a b", "é", "a".repeat(33)].map((alias): [string, Issuer[], RegExp] => [
    `the alias \`${alias}\``,
    [pool("eu-west-1_Main", alias, { web: "id-1" })],
    /is not a pool alias/,
  ]),
])("%s is refused at the start", (_what, issuers, message) => {
  expect(thrownBy(() => knownIssuers(issuers))).toMatchObject({
    code: "configuration_invalid",
    message: expect.stringMatching(message) as string,
  });
});
