/**
 * The lines, counted from 1, on which a function reads claims that a native authorizer of API Gateway adds to an event:
 * `event.requestContext.authorizer.jwt.claims` of an HTTP API, `event.requestContext.authorizer.claims` of a REST API.
 * An authorizer of claimgate does not add them; `readCaller` of `claimgate/caller` reads what it adds.
 */
export function claimReads(text: string): readonly number[] {
  return text.split("\n").flatMap((line, index) => (READ.test(line) ? [index + 1] : []));
}

/** In JavaScript, Python and Go alike: `authorizer.jwt.claims`, `authorizer?.claims`, `["authorizer"]["claims"]`. */
const READ = /authorizer\W{1,6}(?:jwt\W{1,6})?claims\b/i;
