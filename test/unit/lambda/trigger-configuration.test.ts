import {
  postConfirmationOptions,
  preSignUpOptions,
  preTokenGenerationOptions,
  readAtStart,
} from "../../../src/lambda/trigger-configuration.ts";
import { recordedLog } from "../../support/recorded-log.ts";

const NOBODY = { domains: new Map(), complete: false };

it("without any variable trusts nobody, confirms nobody, links nobody, heals, adds no scope", () => {
  expect(preSignUpOptions({})).toEqual({
    autoConfirm: false,
    subjectAttributes: new Map(),
    linkFederatedUsers: false,
    trustedProviders: NOBODY,
    directories: new Map(),
  });
  expect(postConfirmationOptions({})).toEqual({ trustedProviders: NOBODY });
  expect(preTokenGenerationOptions({})).toEqual({
    trustedProviders: NOBODY,
    healGroups: true,
    tokenBudget: 6_144,
    scopePrefix: undefined,
    copiedClaims: new Map(),
    directories: new Map(),
  });
});

it("reads every variable", () => {
  const env = {
    CLAIMGATE_AUTO_CONFIRM: "true",
    CLAIMGATE_LINK_FEDERATED_USERS: "true",
    CLAIMGATE_TRUSTED_PROVIDERS: '{"Google":["example.com"]}',
    CLAIMGATE_ALL_PROVIDERS_LISTED: "true",
    CLAIMGATE_HEAL_GROUPS: "false",
    CLAIMGATE_TOKEN_BUDGET: "2000",
    CLAIMGATE_SCOPE_PREFIX: "orders-api/",
    CLAIMGATE_FIRST_PARTY_CLIENTS: "webclient0000000000000001, appclient0000000000000001",
    CLAIMGATE_COPIED_CLAIMS: '{"tenant_id":"custom:tenant_id"}',
    CLAIMGATE_SUBJECT_ATTRIBUTES: '{"okta":"custom:okta_id"}',
    CLAIMGATE_DIRECTORIES: '{"Corp":{"attribute":"custom:groups","form":"ids"}}',
  };
  const directories = new Map([["Corp", { attribute: "custom:groups", form: "ids" }]]);
  const trustedProviders = { domains: new Map([["Google", ["example.com"]]]), complete: true };

  expect(preSignUpOptions(env)).toEqual({
    autoConfirm: true,
    subjectAttributes: new Map([["okta", "custom:okta_id"]]),
    linkFederatedUsers: true,
    trustedProviders,
    directories,
  });
  expect(preTokenGenerationOptions(env)).toEqual({
    trustedProviders,
    healGroups: false,
    tokenBudget: 2_000,
    scopePrefix: "orders-api/",
    directories,
    firstPartyClients: new Set(["webclient0000000000000001", "appclient0000000000000001"]),
    copiedClaims: new Map([["tenant_id", "custom:tenant_id"]]),
  });
});

it.each([
  ["CLAIMGATE_AUTO_CONFIRM", "yes"],
  ["CLAIMGATE_LINK_FEDERATED_USERS", "1"],
  ["CLAIMGATE_TRUSTED_PROVIDERS", "Google"],
  ["CLAIMGATE_TRUSTED_PROVIDERS", '{"Google":"example.com"}'],
  ["CLAIMGATE_TRUSTED_PROVIDERS", '{"Google":["@example.com"]}'],
  ["CLAIMGATE_ALL_PROVIDERS_LISTED", "all"],
  ["CLAIMGATE_HEAL_GROUPS", "TRUE"],
  ["CLAIMGATE_TOKEN_BUDGET", "999"],
  ["CLAIMGATE_TOKEN_BUDGET", "6kB"],
  ["CLAIMGATE_SCOPE_PREFIX", "orders api/"],
  ["CLAIMGATE_SUBJECT_ATTRIBUTES", '{"okta":"profile"}'],
  ["CLAIMGATE_SUBJECT_ATTRIBUTES", '{"okta":7}'],
  ["CLAIMGATE_DIRECTORIES", '{"Corp":"custom:groups"}'],
  ["CLAIMGATE_DIRECTORIES", '{"Corp":{"attribute":"custom:groups","form":"csv"}}'],
  ["CLAIMGATE_FIRST_PARTY_CLIENTS", "client:web"],
  ["CLAIMGATE_FIRST_PARTY_CLIENTS", "webclient0000000000000001,"],
  ["CLAIMGATE_COPIED_CLAIMS", '["tenant_id"]'],
  ["CLAIMGATE_COPIED_CLAIMS", '{"scope":"custom:scope"}'],
  ["CLAIMGATE_COPIED_CLAIMS", '{"__proto__":"custom:tenant_id"}'],
])("names %s where it is `%s`", (name, value) => {
  const env = { [name]: value };

  expect(() => {
    preSignUpOptions(env);
    preTokenGenerationOptions(env);
  }).toThrow(`\`${name}\``);
});

it("reports a wrong variable at start, and fails at each use", () => {
  const { log, lines } = recordedLog();

  const options = readAtStart(log, "preSignUp", () => preSignUpOptions({ CLAIMGATE_AUTO_CONFIRM: "yes" }));

  expect(lines).toMatchObject([
    {
      level: "error",
      kind: "configuration-invalid",
      fields: { function: "preSignUp", code: "configuration_invalid" },
    },
  ]);
  expect(options).toThrow("CLAIMGATE_AUTO_CONFIRM");
  expect(options).toThrow("CLAIMGATE_AUTO_CONFIRM");
});
