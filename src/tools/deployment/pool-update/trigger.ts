/** The user pool triggers of claimgate, and the function of serverless.yml behind each. */
export const TRIGGERS = {
  PreSignUp: "preSignUp",
  PostConfirmation: "postConfirmation",
  PreTokenGeneration: "preTokenGeneration",
} as const;

export type TriggerName = keyof typeof TRIGGERS;

export const TRIGGER_NAMES: readonly TriggerName[] = ["PreSignUp", "PostConfirmation", "PreTokenGeneration"];

/**
 * The event versions of pre-token-generation: V1_0 changes ID tokens only, V2_0 access tokens too, V3_0 also those of
 * machines. All but V1_0 need the plan ESSENTIALS or PLUS.
 * docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export const TRIGGER_VERSIONS = ["V1_0", "V2_0", "V3_0"] as const;

export type TriggerVersion = (typeof TRIGGER_VERSIONS)[number];

/** Whether the string is one of {@link TRIGGER_VERSIONS}. */
export function isTriggerVersion(text: unknown): text is TriggerVersion {
  return TRIGGER_VERSIONS.some((version) => version === text);
}
