/** What a browser may know of a policy: the file that `claimgate client` writes. docs/front-end.md has the details. */
export interface FrontEndPolicy {
  /** The version of this format: 1. */
  readonly format: number;
  /** By permission. What is not here was not listed in `policies/front-end.yaml`. */
  readonly permissions: Readonly<Record<string, FrontEndPermission>>;
}

/** One rule that allows, and none that denies, make the answer yes. */
export interface FrontEndPermission {
  readonly allow: readonly FrontEndRule[];
  readonly deny: readonly FrontEndRule[];
  /** The app needs one of these scopes in its access token; undefined if it needs none. */
  readonly scopes?: readonly string[] | undefined;
}

/** Whom a rule is about, and when: every comparison has to hold. */
export interface FrontEndRule {
  /** Whether it is about every signed-in user. */
  readonly everyone?: boolean | undefined;
  /** Members of one of these groups. */
  readonly groups?: readonly string[] | undefined;
  /** Members of the group of a tenant. */
  readonly tenants?: readonly FrontEndTenantGroup[] | undefined;
  readonly when?: readonly FrontEndComparison[] | undefined;
}

/** A group of each tenant: the name of the tenant is between the two parts. */
export interface FrontEndTenantGroup {
  readonly before: string;
  readonly after: string;
  /** The parameter that names the tenant; undefined if the group of any tenant counts. */
  readonly parameter?: string | undefined;
}

/** Of a parameter with a claim or a literal, of the age of the sign-in, or of something that stays on the server. */
export interface FrontEndComparison {
  readonly parameter?: string | undefined;
  readonly claim?: string | undefined;
  readonly literal?: string | undefined;
  /** Seconds. */
  readonly maxAge?: number | undefined;
  /** Whether the two must differ, or the sign-in must be older. */
  readonly negated?: boolean | undefined;
  /** Neither true nor false: an allowing rule with it never applies, a denying one does. */
  readonly withheld?: boolean | undefined;
}

/** @throws TypeError if the data are not what `claimgate client` writes */
export function assertFrontEndPolicy(policy: FrontEndPolicy): void {
  const given: unknown = policy;
  const isWritten =
    typeof given === "object" && given !== null && "permissions" in given && policy.format === 1;
  if (!isWritten) {
    throw new TypeError(
      "the front end's policy is not one of this version: write it with `claimgate client`",
    );
  }
}
