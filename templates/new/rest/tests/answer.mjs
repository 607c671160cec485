/** What an answer of the authorizer means to the REST API. */
export async function verdictOf(ask) {
  try {
    const { policyDocument } = await ask();
    return policyDocument.Statement[0].Effect === "Allow" ? "allow" : "deny";
  } catch (error) {
    if (error.message === "Unauthorized") return "unauthorized";
    throw error;
  }
}

/** For a token that is not valid: the REST API answers 401. */
export const INVALID = "unauthorized";
