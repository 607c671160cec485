/** What an answer of the authorizer means to the HTTP API. */
export async function verdictOf(ask) {
  const { isAuthorized } = await ask();
  return isAuthorized ? "allow" : "deny";
}

/** For a token that is not valid. A simple response cannot say 401: the HTTP API answers 403 both times. */
export const INVALID = "deny";
