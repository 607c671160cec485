/**
 * What can be wrong with `custom.claimgate`. None of these can be switched off: the service would not do what its
 * settings say.
 */
export const SETTING_KINDS = [
  {
    id: "setting-unknown",
    severity: "error",
    summary: "an unknown setting below `custom.claimgate`",
  },
  {
    id: "setting-value",
    severity: "error",
    summary:
      "a setting of `custom.claimgate` that is missing, wrong, or contradicts the resources of the service",
  },
] as const;

export type SettingKind = (typeof SETTING_KINDS)[number]["id"];
