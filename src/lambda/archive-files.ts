/** The file of an archive with the whole policy, and the one for functions that only ask about e-mail addresses. */
export const POLICY_FILE = "policy.json";
export const ADDRESSES_FILE = "addresses.json";

/** The file of an authorizer's archive with the candidate of a shadow, if there is one. */
export const SHADOW_FILE = "shadow.json";
