/** A rule of a mapping: the claim, how it is compared, and the role that follows. */
export interface RoleRule {
  readonly claim: string;
  readonly match: "Equals" | "NotEqual" | "StartsWith" | "Contains";
  readonly value: string;
  readonly role: string;
}

/** How users of one app client get a role. */
export interface RoleMapping {
  readonly type: "Token" | "Rules";
  /** What becomes of a user for whom the mapping finds no role, or more than one. */
  readonly otherwise: "AuthenticatedRole" | "Deny";
  /** The first that matches counts. */
  readonly rules: readonly RoleRule[];
}

/** An identity pool that knows the users of this user pool. */
export interface IdentityPoolConfig {
  /** `us-east-1:UUID` */
  readonly id: string;
  /** Whether somebody without a login gets credentials. */
  readonly guests: boolean;
  /** App client id -> whether sign-outs and deletions count at once. */
  readonly clients: ReadonlyMap<string, { readonly serverSideTokenCheck: boolean }>;
  readonly authenticatedRole: string | undefined;
  readonly guestRole: string | undefined;
  /** Session tag of the credentials -> claim of the ID token. */
  readonly principalTags: Readonly<Record<string, string>>;
  /** By app client id. */
  readonly mappings: ReadonlyMap<string, RoleMapping>;
}
