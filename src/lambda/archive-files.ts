/** The file of an archive with the whole policy, and the one for functions that only ask about e-mail addresses. */
export const POLICY_FILE = "policy.json";
export const ADDRESSES_FILE = "addresses.json";
