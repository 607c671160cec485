/** A stage as it may be deployed. A new switch of serverless.yml is a line in `minimal` and in `everything`. */
export interface Variant {
  readonly name: string;
  readonly stage: string;
  /** What `--param` is given. */
  readonly params: readonly string[];
  /** Whether its users must survive a deleted stack. */
  readonly keepsUsers: boolean;
}

export const VARIANTS: readonly Variant[] = [
  {
    name: "minimal",
    stage: "dev",
    params: ["linkFederatedUsers=false", "healGroups=false", "preTokenGenerationVersion=V2_0"],
    keepsUsers: false,
  },
  { name: "dev", stage: "dev", params: [], keepsUsers: false },
  { name: "prod", stage: "prod", params: [], keepsUsers: true },
  {
    name: "everything",
    stage: "prod",
    params: ["linkFederatedUsers=true", "autoConfirm=true", "scopePrefix=orders-api/"],
    keepsUsers: true,
  },
];

/** The one that is broken on purpose, in every way. */
export const EVERYTHING = "everything";
