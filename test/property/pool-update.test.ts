import fc from "fast-check";
import { type JsonObject, objectOf } from "../../src/json.ts";
import { planAttach, planDetach, unplannedDifferences } from "../../src/tools/deployment/pool-update/plan.ts";
import { poolDifferences } from "../../src/tools/deployment/pool-update/pool-difference.ts";
import {
  POOL_SETTINGS,
  type Shape,
  unknownSettings,
} from "../../src/tools/deployment/pool-update/pool-settings.ts";
import { describedPool, ELSEWHERE, FUNCTIONS, updatedPool } from "../support/described-pool.ts";

const plain = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.integer(),
  fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }),
  fc.constant(null),
);

/** Any value of a shape; every member may be missing. */
function anyOf(shape: Shape): fc.Arbitrary<unknown> {
  if (shape === "value") return plain;
  const any = shape["*"];
  if (any !== undefined) {
    const key = fc.oneof(fc.string({ minLength: 1 }), fc.constant("aws:cloudformation:stack-name"));
    return fc.dictionary(key, any === "value" ? fc.string() : anyOf(any), { maxKeys: 3 });
  }
  const members = Object.entries(shape).map(([name, inner]) => [name, anyOf(inner)] as const);
  return fc.record(Object.fromEntries(members), { requiredKeys: [] });
}

const arn = fc.constantFrom(ELSEWHERE, `${FUNCTIONS.PreSignUp}:live`, ...Object.values(FUNCTIONS));
const lambdaConfig = fc.record(
  {
    PreSignUp: arn,
    PostConfirmation: arn,
    UserMigration: arn,
    KMSKeyID: fc.string(),
    CustomEmailSender: fc.record({ LambdaArn: arn, LambdaVersion: fc.constant("V1_0") }),
    preToken: fc.record({
      arn,
      version: fc.constantFrom("legacy", "V1_0", "V2_0", "V3_0"),
      both: fc.boolean(),
    }),
  },
  { requiredKeys: [] },
);

/** Any pool that AWS might describe: all settings at once, some, or none. */
const pool = fc
  .tuple(anyOf(POOL_SETTINGS), lambdaConfig, fc.boolean())
  .map(([settings, { preToken, ...triggers }, withDays]): JsonObject => {
    const { Id, Arn, SchemaAttributes, Domain } = describedPool();
    const { Policies, ...others } = objectOf(settings);
    const legacy = preToken !== undefined && (preToken.version === "legacy" || preToken.both);
    const versioned = preToken !== undefined && preToken.version !== "legacy";
    return {
      ...others,
      ...(withDays ? { Policies } : {}),
      Id,
      Arn,
      SchemaAttributes,
      Domain,
      UserPoolTier: "PLUS",
      LambdaConfig: {
        ...triggers,
        ...(legacy ? { PreTokenGeneration: preToken.arn } : {}),
        ...(versioned
          ? { PreTokenGenerationConfig: { LambdaArn: preToken.arn, LambdaVersion: preToken.version } }
          : {}),
      },
    };
  });

const version = fc.constantFrom("V1_0" as const, "V2_0" as const, "V3_0" as const);

/** A pool without the three triggers; one that has no other trigger either has an empty LambdaConfig. */
function besideTriggers(described: JsonObject): JsonObject {
  const { PreSignUp, PostConfirmation, PreTokenGeneration, PreTokenGenerationConfig, ...others } = objectOf(
    described["LambdaConfig"],
  );
  return { ...described, LambdaConfig: others };
}

const attachTo = (described: JsonObject, wanted: "V1_0" | "V2_0" | "V3_0") =>
  planAttach({
    pool: described,
    functions: FUNCTIONS,
    version: wanted,
    replace: true,
    notInvocable: [],
  });

test("attaching keeps every setting of every pool but the triggers, though AWS resets what is not said", () => {
  fc.assert(
    fc.property(pool, version, (described, wanted) => {
      const plan = attachTo(described, wanted);
      if (plan.request === undefined) return;
      const after = updatedPool(described, plan.request);
      expect(poolDifferences(besideTriggers(described), besideTriggers(after))).toEqual([]);
      expect(unplannedDifferences({ ...plan, addsMarker: false }, after)).toEqual([]);
      expect(after["LambdaConfig"]).toMatchObject({
        PreSignUp: FUNCTIONS.PreSignUp,
        PostConfirmation: FUNCTIONS.PostConfirmation,
        PreTokenGenerationConfig: { LambdaArn: FUNCTIONS.PreTokenGeneration, LambdaVersion: wanted },
      });
    }),
  );
});

test("attaching twice is attaching once", () => {
  fc.assert(
    fc.property(pool, version, (described, wanted) => {
      const { request } = attachTo(described, wanted);
      const after = request === undefined ? described : updatedPool(described, request);
      expect(attachTo(after, wanted)).toMatchObject({ request: undefined, changes: [] });
    }),
  );
});

test("detaching takes off what is ours, keeps everything else, and leaves nothing to detach", () => {
  fc.assert(
    fc.property(pool, (described) => {
      const plan = planDetach(described, FUNCTIONS);
      const after = plan.request === undefined ? described : updatedPool(described, plan.request);
      expect(poolDifferences(besideTriggers(described), besideTriggers(after))).toEqual([]);
      expect(planDetach(after, FUNCTIONS)).toMatchObject({ request: undefined, changes: [] });
      const { PreSignUp, PostConfirmation } = objectOf(described["LambdaConfig"]);
      const left = objectOf(after["LambdaConfig"]);
      if (PreSignUp === ELSEWHERE) expect(left["PreSignUp"]).toBe(ELSEWHERE);
      if (PostConfirmation === ELSEWHERE) expect(left["PostConfirmation"]).toBe(ELSEWHERE);
    }),
  );
});

test("a pool without our triggers is the same after attaching and detaching", () => {
  fc.assert(
    fc.property(pool, version, (described, wanted) => {
      const before = { ...described, LambdaConfig: { UserMigration: ELSEWHERE } };
      const attached = updatedPool(before, attachTo(before, wanted).request ?? {});
      const detached = updatedPool(attached, planDetach(attached, FUNCTIONS).request ?? {});
      expect(poolDifferences(before, detached)).toEqual([]);
    }),
  );
});

test("an unknown member is named, wherever it is", () => {
  const somewhere = fc.constantFrom(
    [],
    ["Policies"],
    ["Policies", "PasswordPolicy"],
    ["LambdaConfig"],
    ["LambdaConfig", "CustomSMSSender"],
    ["AdminCreateUserConfig", "InviteMessageTemplate"],
    ["AcrConfiguration", "PASSWORD"],
  );
  fc.assert(
    fc.property(pool, somewhere, fc.constantFrom("New", "Newer", "__new__"), (described, place, name) => {
      const planted = plant(described, place, name);
      expect(unknownSettings(planted)).toContain([...place, name].join("."));
      expect(unknownSettings(described)).toEqual([]);
      expect(
        attachTo(
          { ...planted, LambdaConfig: { ...objectOf(planted["LambdaConfig"]), PreSignUp: ELSEWHERE } },
          "V3_0",
        ).refusals,
      ).toContainEqual(expect.objectContaining({ reason: "setting-unknown" }));
    }),
  );
});

function plant(value: unknown, [first, ...rest]: readonly string[], name: string): JsonObject {
  const object = objectOf(value);
  if (first === undefined) return { ...object, [name]: { Setting: 1 } };
  return { ...object, [first]: plant(object[first], rest, name) };
}
