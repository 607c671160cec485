/** What the role of a function needs besides writing its log. */
export interface FunctionPermission {
  /** IAM actions. */
  readonly actions: readonly string[];
  /** The user pool, or the table of CLAIMGATE_REVOCATION_TABLE. */
  readonly resource: "userPool" | "revocationTable";
  /** The variables, with the value that makes it necessary; `*` for any. Empty if it is always needed. */
  readonly when: Readonly<Record<string, string>>;
}

/** The table of revoked tokens and suspended users. */
export const LIST_PERMISSION: FunctionPermission = {
  actions: ["dynamodb:BatchGetItem"],
  resource: "revocationTable",
  when: { CLAIMGATE_REVOCATION_TABLE: "*" },
};

const GROUP_ASSIGNMENT = {
  actions: [
    "cognito-idp:AdminGetUser",
    "cognito-idp:AdminAddUserToGroup",
    "cognito-idp:AdminUpdateUserAttributes",
  ],
  resource: "userPool",
} as const;

// The same as in resources/triggers.yml, which a test compares.
export const TRIGGER_PERMISSIONS = {
  preSignUp: {
    permissions: [
      { actions: ["cognito-idp:ListUsers"], resource: "userPool", when: {} },
      {
        actions: ["cognito-idp:AdminLinkProviderForUser"],
        resource: "userPool",
        when: { CLAIMGATE_LINK_FEDERATED_USERS: "true" },
      },
      LIST_PERMISSION,
    ],
  },
  postConfirmation: { permissions: [{ ...GROUP_ASSIGNMENT, when: {} }] },
  preTokenGeneration: {
    permissions: [{ ...GROUP_ASSIGNMENT, when: { CLAIMGATE_HEAL_GROUPS: "true" } }],
  },
} as const satisfies Readonly<Record<string, { readonly permissions: readonly FunctionPermission[] }>>;
