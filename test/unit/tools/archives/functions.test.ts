import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { objectOf } from "../../../../src/json.ts";
import { authorizerOptions } from "../../../../src/lambda/authorizer-options.ts";
import {
  appSyncOptions,
  httpOptions,
  restOptions,
  tokenPlace,
} from "../../../../src/lambda/gateway-options.ts";
import { VARIABLES } from "../../../../src/lambda/known-variables.ts";
import * as authorizers from "../../../../src/lambda/ready-authorizers.ts";
import * as triggers from "../../../../src/lambda/ready-triggers.ts";
import { revocationFailure } from "../../../../src/lambda/revocation-configuration.ts";
import {
  postConfirmationOptions,
  preSignUpOptions,
  preTokenGenerationOptions,
} from "../../../../src/lambda/trigger-configuration.ts";
import { jwksCacheFrom } from "../../../../src/token/custom-keys.ts";
import { FUNCTION_NAMES, type FunctionName, factsOf } from "../../../../src/tools/archives/functions.ts";
import { allowingStatements } from "../../../../src/tools/cloudformation/statements.ts";
import { readTemplate, resourcesOf } from "../../../../src/tools/cloudformation/template.ts";
import { POLICY_VERSION } from "../../../../src/tools/deployment/policy-version.ts";
import { LOCAL } from "../../../../src/tools/local/identifiers.ts";
import { samplePolicy } from "../../../support/policy.ts";

// No test may reach for the network.
jest.mock("#signing-keys", () => ({
  signingKeys: () => jwksCacheFrom(() => Promise.reject(new Error("no network in tests"))),
}));

beforeEach(() => {
  jest.spyOn(process.stdout, "write").mockImplementation(() => true);
});
afterEach(() => {
  jest.restoreAllMocks();
});

const READY: Readonly<Record<string, (options: triggers.TriggerOptions) => unknown>> = {
  ...authorizers,
  ...triggers,
};

const REQUIRED: Readonly<Record<string, string>> = {
  CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
  CLAIMGATE_APP_CLIENTS: JSON.stringify(LOCAL.appClients),
};

/** Starts a function. @returns the names of claimgate that it read of its environment */
function start(name: FunctionName, environment: Readonly<Record<string, string>>): readonly string[] {
  const read = new Set<string>();
  const recorded = new Proxy(environment, {
    get(target, key) {
      if (typeof key === "string" && key.startsWith("CLAIMGATE_")) read.add(key);
      return Reflect.get(target, key) as unknown;
    },
  });
  READY[name]?.({ environment: recorded, policy: samplePolicy() });
  return [...read].sort();
}

describe.each(FUNCTION_NAMES)("what the manifest says of %s", (name) => {
  const { variables, permissions, gateway } = factsOf(name);

  test("names each variable that the function reads, and the version of its policy", () => {
    const read = start(name, gateway === undefined ? {} : REQUIRED);
    expect([...read, POLICY_VERSION].sort()).toEqual(Object.keys(variables).sort());
  });

  test("calls required what the function does not start without, and nothing else", () => {
    const required = Object.keys(variables).filter((variable) => variables[variable]?.required === true);
    expect(() =>
      start(name, Object.fromEntries(required.map((one) => [one, REQUIRED[one] ?? ""]))),
    ).not.toThrow();
    for (const variable of required) {
      const { [variable]: _missing, ...others } = REQUIRED;
      expect(() => start(name, others)).toThrow(/.+/);
    }
  });

  test("names only variables that a function may have", () => {
    const conditions = permissions.flatMap(({ when }) => Object.keys(when));
    expect([...Object.keys(variables), ...conditions].filter((one) => !VARIABLES.has(one))).toEqual([]);
    expect(conditions.filter((one) => !Object.hasOwn(variables, one))).toEqual([]);
  });
});

const READERS: Readonly<Record<string, (env: Readonly<Record<string, string>>) => unknown>> = {
  httpAuthorizer: (env) => [authorizerOptions(env), revocationFailure(env), httpOptions(env)],
  restAuthorizer: restOptions,
  websocketAuthorizer: tokenPlace,
  appSyncAuthorizer: (env) => appSyncOptions(env).ttl,
  preSignUp: preSignUpOptions,
  postConfirmation: postConfirmationOptions,
  preTokenGeneration: preTokenGenerationOptions,
};

test.each(Object.keys(READERS) as FunctionName[])("the defaults of %s are what it does by itself", (name) => {
  const defaults = Object.entries(factsOf(name).variables).flatMap(([variable, { default: value }]) =>
    value === null ? [] : [[variable, value] as const],
  );
  expect(defaults.length).toBeGreaterThan(0);
  expect(JSON.stringify(READERS[name]?.(Object.fromEntries(defaults)))).toBe(
    JSON.stringify(READERS[name]?.({})),
  );
});

test("the triggers may do what the roles of this service allow, by the same conditions", () => {
  const yaml = readFileSync("resources/triggers.yml", "utf8");
  const template = readTemplate(parseDocument(yaml, { logLevel: "silent" }).toJS());
  const actions = (id: string) =>
    resourcesOf(template, "AWS::IAM::Policy")
      .filter((resource) => resource.id === id)
      .flatMap((resource) => allowingStatements(resource).flatMap((one) => one.actions));
  const ofPool = (name: FunctionName) =>
    factsOf(name)
      .permissions.filter(({ resource }) => resource === "userPool")
      .map((one) => ({ actions: one.actions, when: one.when }));
  const assignment = actions("GroupAssignmentPolicy");
  expect(assignment).toHaveLength(3);
  expect(ofPool("preSignUp")).toEqual([
    { actions: actions("AccountLookupPolicy"), when: {} },
    { actions: actions("AccountLinkingPolicy"), when: { CLAIMGATE_LINK_FEDERATED_USERS: "true" } },
  ]);
  expect(ofPool("postConfirmation")).toEqual([{ actions: assignment, when: {} }]);
  expect(ofPool("preTokenGeneration")).toEqual([
    { actions: assignment, when: { CLAIMGATE_HEAL_GROUPS: "true" } },
  ]);
});

test("the gateways call the authorizers as those of this service do", () => {
  const service: unknown = parseDocument(readFileSync("serverless.yml", "utf8"), {
    logLevel: "silent",
    merge: true,
  }).toJS();
  const { provider, functions } = objectOf(service);
  const http = objectOf(objectOf(objectOf(objectOf(provider)["httpApi"])["authorizers"])["claimgate"]);
  expect(factsOf("httpAuthorizer").gateway).toMatchObject({
    enableSimpleResponses: http["enableSimpleResponses"],
    identitySource: http["identitySource"],
    payloadFormatVersion: http["payloadVersion"],
    resultTtlInSeconds: http["resultTtlInSeconds"],
  });
  const text = JSON.stringify(functions);
  for (const name of ["restAuthorizer", "restTokenAuthorizer", "websocketAuthorizer"] as const) {
    const { identitySource, identityValidationExpression } = factsOf(name).gateway ?? {};
    expect(text).toContain(JSON.stringify(identitySource));
    if (identityValidationExpression !== undefined)
      expect(text).toContain(JSON.stringify(identityValidationExpression));
  }
});
