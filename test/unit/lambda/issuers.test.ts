import { readIssuers } from "../../../src/lambda/issuers.ts";
import { thrownBy } from "../../support/thrown.ts";

const OWN = {
  CLAIMGATE_USER_POOL_ID: "eu-west-1_Main",
  CLAIMGATE_APP_CLIENTS: '{"web":"id-1"}',
};
const others = (...items: unknown[]) => ({
  ...OWN,
  CLAIMGATE_POOL_ALIAS: "main",
  CLAIMGATE_ADDITIONAL_ISSUERS: JSON.stringify(items),
});
const OLD = { userPoolId: "us-east-1_Old", appClients: { "old-web": "id-2" }, poolAlias: "legacy" };

test("one pool has no alias unless it is given one", () => {
  expect(readIssuers(OWN)).toEqual([
    { userPoolId: "eu-west-1_Main", appClients: new Map([["web", "id-1"]]), poolAlias: undefined },
  ]);
  expect(readIssuers({ ...OWN, CLAIMGATE_POOL_ALIAS: "main" })).toMatchObject([{ poolAlias: "main" }]);
  expect(readIssuers({ ...OWN, CLAIMGATE_ADDITIONAL_ISSUERS: "[]" })).toHaveLength(1);
});

test("other pools are read from JSON", () => {
  expect(readIssuers(others(OLD))).toEqual([
    { userPoolId: "eu-west-1_Main", appClients: new Map([["web", "id-1"]]), poolAlias: "main" },
    { userPoolId: "us-east-1_Old", appClients: new Map([["old-web", "id-2"]]), poolAlias: "legacy" },
  ]);
});

test("the issuer forms of each pool are read", () => {
  const forms = (env: Readonly<Record<string, string>>) => readIssuers(env).map((issuer) => issuer.forms);
  expect(forms(others(OLD))).toEqual([undefined, undefined]);
  expect(
    forms({ ...others({ ...OLD, issuerForms: ["updated", "original"] }), CLAIMGATE_ISSUER_FORMS: "updated" }),
  ).toEqual([["updated"], ["updated", "original"]]);
  expect(forms({ ...OWN, CLAIMGATE_ISSUER_FORMS: "original,updated" })).toEqual([["original", "updated"]]);
});

test("the regions of each pool's replicas are read", () => {
  const regions = (env: Readonly<Record<string, string>>) =>
    readIssuers(env).map(({ additionalRegions }) => additionalRegions);
  expect(
    regions({
      ...others({ ...OLD, additionalRegions: ["us-west-2"] }),
      CLAIMGATE_ADDITIONAL_REGIONS: "eu-central-1,eu-west-3",
    }),
  ).toEqual([["eu-central-1", "eu-west-3"], ["us-west-2"]]);
  expect(regions({ ...OWN, CLAIMGATE_ADDITIONAL_REGIONS: "" })).toEqual([undefined]);
});

test.each<[string, Readonly<Record<string, string>>, RegExp]>([
  [
    "regions that are no list",
    others({ ...OLD, additionalRegions: "us-west-2" }),
    /issuer 1 has invalid `additionalRegions`/,
  ],
  [
    "a region that is no text",
    others({ ...OLD, additionalRegions: ["us-west-2", 1] }),
    /issuer 1 has invalid `additionalRegions`/,
  ],
  [
    "what is no region",
    { ...OWN, CLAIMGATE_ADDITIONAL_REGIONS: "eu-central-1;" },
    /`eu-central-1;`, which is not/,
  ],
  ["no JSON", { ...OWN, CLAIMGATE_ADDITIONAL_ISSUERS: "[" }, /`CLAIMGATE_ADDITIONAL_ISSUERS` is not JSON/],
  ["no list", { ...OWN, CLAIMGATE_ADDITIONAL_ISSUERS: "{}" }, /ADDITIONAL_ISSUERS`: expected a JSON list/],
  ["a text for an issuer", others("x"), /issuer 1 has no `userPoolId`/],
  ["no app clients", others({ ...OLD, appClients: undefined }), /issuer 1 has no `appClients`/],
  ["an empty list of app clients", others({ ...OLD, appClients: {} }), /no app client .*`us-east-1_Old`/],
  ["an app client that is no text", others({ ...OLD, appClients: { a: 1 } }), /issuer 1 has no `appClients`/],
  ["an alias that is no text", others({ ...OLD, poolAlias: 1 }), /issuer 1 has a `poolAlias`/],
  ["an unknown issuer form", { ...OWN, CLAIMGATE_ISSUER_FORMS: "new" }, /`CLAIMGATE_ISSUER_FORMS` is `new`/],
  ["an issuer form twice", { ...OWN, CLAIMGATE_ISSUER_FORMS: "updated,updated" }, /expected `original`/],
  ["no issuer forms", others({ ...OLD, issuerForms: [] }), /issuer 1 has invalid `issuerForms`/],
  [
    "issuer forms that are no list",
    others({ ...OLD, issuerForms: "updated" }),
    /issuer 1 has invalid `issuerForms`/,
  ],
  [
    "an unknown form of another pool",
    others({ ...OLD, issuerForms: ["x"] }),
    /issuer 1 has invalid `issuerForms`/,
  ],
  [
    "the former name of the alias",
    others({ ...OLD, prefix: "legacy" }),
    /issuer 1 has `prefix`; .*`poolAlias`/,
  ],
  ["a misspelt member", others({ ...OLD, clients: {} }), /issuer 1 has `clients`/],
  ["no alias for the other pool", others({ ...OLD, poolAlias: undefined }), /`us-east-1_Old` has no alias/],
  ["no alias for the own pool", { ...others(OLD), CLAIMGATE_POOL_ALIAS: "" }, /`eu-west-1_Main` has no/],
  ["one alias for both", others({ ...OLD, poolAlias: "main" }), /the alias `main`/],
])("%s: refused at the start", (_what, env, message) => {
  expect(thrownBy(() => readIssuers(env))).toMatchObject({
    code: "configuration_invalid",
    message: expect.stringMatching(message) as string,
  });
});
