import type { JsonObject } from "../../../../../src/json.ts";
import {
  MARKER,
  MARKER_DEFINITION,
  writersOf,
} from "../../../../../src/tools/deployment/pool-update/marker.ts";
import {
  type AttachSubject,
  type PoolPlan,
  planAttach,
  planDetach,
  unplannedDifferences,
} from "../../../../../src/tools/deployment/pool-update/plan.ts";
import { MARKER_ATTRIBUTE } from "../../../../../src/triggers/directory.ts";
import { describedPool, ELSEWHERE, FUNCTIONS, updatedPool } from "../../../../support/described-pool.ts";

const MARKED = [{ ...MARKER_DEFINITION, Name: MARKER }];

function attach(changes: JsonObject = {}, options: Partial<AttachSubject> = {}): PoolPlan {
  return planAttach({
    pool: describedPool(changes),
    functions: FUNCTIONS,
    version: "V3_0",
    replace: false,
    notInvocable: [],
    ...options,
  });
}

const attached = {
  PreSignUp: FUNCTIONS.PreSignUp,
  PostConfirmation: FUNCTIONS.PostConfirmation,
  PreTokenGenerationConfig: { LambdaArn: FUNCTIONS.PreTokenGeneration, LambdaVersion: "V3_0" },
};

describe("attach", () => {
  it("sets three triggers and leaves the other members of LambdaConfig", () => {
    const { request, changes, addsMarker, refusals } = attach();
    expect(request?.["LambdaConfig"]).toEqual({
      ...(describedPool()["LambdaConfig"] as JsonObject),
      ...attached,
    });
    expect(changes).toEqual([
      { trigger: "PreSignUp", before: undefined, after: FUNCTIONS.PreSignUp },
      { trigger: "PostConfirmation", before: undefined, after: FUNCTIONS.PostConfirmation },
      { trigger: "PreTokenGeneration", before: undefined, after: `${FUNCTIONS.PreTokenGeneration} (V3_0)` },
    ]);
    expect(addsMarker).toBe(true);
    expect(refusals).toEqual([]);
  });

  it("does nothing the second time, also where AWS shows the legacy trigger next to the new one", () => {
    const shown = { ...attached, PreTokenGeneration: FUNCTIONS.PreTokenGeneration };
    for (const LambdaConfig of [attached, shown]) {
      const { request, changes, addsMarker } = attach({ LambdaConfig, SchemaAttributes: MARKED });
      expect({ request, changes, addsMarker }).toEqual({
        request: undefined,
        changes: [],
        addsMarker: false,
      });
    }
  });

  it("raises the version of a pool that stayed on V1_0", () => {
    const { PreTokenGenerationConfig: _new, ...others } = attached;
    const legacy = { ...others, PreTokenGeneration: FUNCTIONS.PreTokenGeneration };
    const { request, changes, refusals } = attach({ LambdaConfig: legacy });
    expect(changes).toEqual([
      {
        trigger: "PreTokenGeneration",
        before: `${FUNCTIONS.PreTokenGeneration} (V1_0)`,
        after: `${FUNCTIONS.PreTokenGeneration} (V3_0)`,
      },
    ]);
    expect(request?.["LambdaConfig"]).toEqual(attached);
    expect(refusals).toEqual([]);
  });

  it.each([
    ["PreSignUp", { PreSignUp: ELSEWHERE }, ELSEWHERE],
    ["PostConfirmation", { PostConfirmation: ELSEWHERE }, ELSEWHERE],
    ["PreTokenGeneration", { PreTokenGeneration: ELSEWHERE }, `${ELSEWHERE} (V1_0)`],
    [
      "PreTokenGeneration",
      { PreTokenGenerationConfig: { LambdaArn: ELSEWHERE, LambdaVersion: "V2_0" } },
      `${ELSEWHERE} (V2_0)`,
    ],
  ])(
    "refuses to take %s away from another function, unless it is told to",
    (trigger, LambdaConfig, before) => {
      expect(attach({ LambdaConfig }).refusals).toMatchObject([
        { reason: "trigger-taken", message: `${trigger} is another function: ${before}` },
      ]);
      const forced = attach({ LambdaConfig }, { replace: true });
      expect(forced.refusals).toEqual([]);
      expect(forced.request?.["LambdaConfig"]).toEqual(attached);
    },
  );

  it("takes an alias of its own function for its own", () => {
    const LambdaConfig = { PreSignUp: `${FUNCTIONS.PreSignUp}:live` };
    expect(attach({ LambdaConfig }).refusals).toEqual([]);
  });

  it("refuses a pool with a setting that it would have to drop, by its name", () => {
    expect(attach({ Policies: { RiskPolicy: { Level: 3 } } }).refusals).toMatchObject([
      { reason: "setting-unknown", message: expect.stringMatching(/: Policies\.RiskPolicy$/) as string },
    ]);
  });

  it("does not mind such a setting where the triggers are set already", () => {
    const set = { LambdaConfig: attached, Passkeys: { On: true } };
    expect(attach(set)).toMatchObject({ refusals: [], request: undefined, addsMarker: true });
  });

  it("refuses functions that the pool may not invoke, since no one could sign in", () => {
    expect(attach({}, { notInvocable: ["PostConfirmation"] }).refusals).toMatchObject([
      {
        reason: "trigger-not-invocable",
        fix: expect.stringContaining("existingUserPoolId=us-east-1_EXAMPLE01") as string,
      },
    ]);
  });

  it("refuses V2_0 and V3_0 on the plan LITE, and takes V1_0 there", () => {
    const lite = { UserPoolTier: "LITE" };
    expect(attach(lite, { version: "V2_0" }).refusals).toMatchObject([{ reason: "plan-too-low" }]);
    expect(attach(lite, { version: "V1_0" }).refusals).toEqual([]);
  });

  it("refuses a pool whose marker cannot be written", () => {
    const SchemaAttributes = [{ Name: MARKER, AttributeDataType: "String", Mutable: false }];
    expect(attach({ SchemaAttributes }).refusals).toMatchObject([{ reason: "marker-unusable" }]);
  });
});

describe("detach", () => {
  it("takes off what attach set, in either form, and leaves another function's triggers", () => {
    const legacy = { PreTokenGeneration: FUNCTIONS.PreTokenGeneration };
    const pool = describedPool({
      LambdaConfig: { ...attached, ...legacy, PreSignUp: ELSEWHERE, UserMigration: ELSEWHERE },
    });
    const { request, changes, refusals } = planDetach(pool, FUNCTIONS);
    expect(request?.["LambdaConfig"]).toEqual({ PreSignUp: ELSEWHERE, UserMigration: ELSEWHERE });
    expect(changes.map(({ trigger, after }) => [trigger, after])).toEqual([
      ["PostConfirmation", undefined],
      ["PreTokenGeneration", undefined],
    ]);
    expect(refusals).toEqual([]);
  });

  it("says an empty LambdaConfig where nothing is left, since leaving it out is not the same everywhere", () => {
    const pool = describedPool({ LambdaConfig: attached });
    expect(planDetach(pool, FUNCTIONS).request?.["LambdaConfig"]).toEqual({});
  });

  it("does nothing where nothing is set", () => {
    expect(planDetach(describedPool(), FUNCTIONS)).toMatchObject({ request: undefined, changes: [] });
  });

  it("refuses a pool with a setting that it would have to drop", () => {
    const pool = describedPool({ LambdaConfig: attached, Passkeys: 1 });
    expect(planDetach(pool, FUNCTIONS).refusals).toMatchObject([{ reason: "setting-unknown" }]);
  });
});

describe("after the update", () => {
  const plan = attach();
  const updated = (changes: JsonObject = {}) => ({
    ...updatedPool(describedPool({ SchemaAttributes: MARKED }), plan.request ?? {}),
    SchemaAttributes: [
      ...(describedPool()["SchemaAttributes"] as JsonObject[]),
      // AWS adds members of its own.
      {
        Name: MARKER,
        AttributeDataType: "String",
        Mutable: true,
        Required: false,
        StringAttributeConstraints: {},
      },
    ],
    ...changes,
  });

  it("a pool that is as planned has no differences, whatever AWS counts and however it orders", () => {
    const other = {
      EstimatedNumberOfUsers: 50_000,
      SmsConfigurationFailure: "SNSSandbox",
      LambdaConfig: {
        ...(plan.expected["LambdaConfig"] as JsonObject),
        PreTokenGeneration: FUNCTIONS.PreTokenGeneration,
      },
      Policies: {
        ...(describedPool()["Policies"] as JsonObject),
        SignInPolicy: { AllowedFirstAuthFactors: ["EMAIL_OTP", "PASSWORD"] },
      },
    };
    expect(unplannedDifferences(plan, updated())).toEqual([]);
    expect(unplannedDifferences(plan, updated(other))).toEqual([]);
  });

  it.each([
    ["MfaConfiguration", { MfaConfiguration: "OFF" }, "OPTIONAL", "OFF"],
    [
      "DeviceConfiguration",
      { DeviceConfiguration: undefined },
      describedPool()["DeviceConfiguration"],
      undefined,
    ],
    [
      "LambdaConfig.PreTokenGenerationConfig.LambdaVersion",
      {
        LambdaConfig: {
          ...(plan.expected["LambdaConfig"] as JsonObject),
          PreTokenGenerationConfig: { LambdaArn: FUNCTIONS.PreTokenGeneration, LambdaVersion: "V1_0" },
        },
      },
      "V3_0",
      "V1_0",
    ],
    ["UserPoolTags.team", { UserPoolTags: { other: "x" } }, "identity", undefined],
    [
      `SchemaAttributes.${MARKER}`,
      { SchemaAttributes: describedPool()["SchemaAttributes"] },
      "to be added",
      undefined,
    ],
  ])("a difference in %s is found", (path, changes, before, found) => {
    expect(unplannedDifferences(plan, updated(changes))).toContainEqual({ path, before, after: found });
  });
});

describe("the marker", () => {
  it("is the attribute that the triggers write", () => {
    expect(MARKER).toBe(MARKER_ATTRIBUTE);
  });

  it("must be writable by no client: one that names it, and one that names nothing and has users", () => {
    const clients = [
      { ClientName: "open", WriteAttributes: ["email", MARKER] },
      { ClientName: "web", WriteAttributes: ["email"], ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] },
      { ClientName: "old", ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] },
      { ClientId: "pages", AllowedOAuthFlows: ["code"], WriteAttributes: [] },
      {
        ClientName: "machine",
        AllowedOAuthFlows: ["client_credentials"],
        ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
      },
    ];
    expect(writersOf(MARKER, clients)).toEqual([
      { client: "open", named: true },
      { client: "old", named: false },
      { client: "pages", named: false },
    ]);
  });
});
