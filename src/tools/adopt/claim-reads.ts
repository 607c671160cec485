import type { CallerContext } from "../../authorizers/caller.ts";

/**
 * The lines, counted from 1, on which a function reads claims that a native authorizer of API Gateway adds to an event:
 * `event.requestContext.authorizer.jwt.claims` of an HTTP API, `event.requestContext.authorizer.claims` of a REST API.
 * An authorizer of claimgate does not add them; `readCaller` of `claimgate/caller` reads what it adds.
 *
 * It reads property by property, through type assertions and calls of `get`, by destructuring, and where `authorizer`
 * is taken as a whole. What is read of that later is not followed.
 */
export function claimReads(text: string): readonly number[] {
  return linesWith(CLAIM_READ, text);
}

/**
 * The lines on which a function reads what an authorizer function adds to the event and claimgate's does not:
 * `event.requestContext.authorizer.plan`, of an HTTP API `event.requestContext.authorizer.lambda.plan`. It reads the
 * same forms.
 */
export function contextReads(text: string): readonly number[] {
  return linesWith(CONTEXT_READ, text);
}

function linesWith(pattern: RegExp, text: string): readonly number[] {
  if (!/authorizer/i.test(text)) return [];
  const tokens = text
    .split("\n")
    .flatMap((code, index) => (code.match(TOKEN) ?? []).map((token) => ({ token, line: index + 1 })))
    .filter(({ token }) => !IGNORED.has(token));
  const stream = ` ${tokens.map(({ token }) => (token === "?." ? "." : token)).join(" ")} `;
  const found = new Set<number>();
  let place = 0;
  let passed = 0;
  for (const { index } of stream.matchAll(pattern)) {
    for (; place < index; place += 1) if (stream[place] === " ") passed += 1;
    found.add(tokens[passed]?.line ?? 0);
  }
  return [...found];
}

const TOKEN = /\?\.|\.{3}|[!=]==?|=>|&&|\|\||\?\?|[\w$]+|[^\s\w$]/g;

/** Quotes, and the assertion `!`: `authorizer!.claims` reads what `authorizer.claims` does. */
const IGNORED: ReadonlySet<string> = new Set(["'", '"', "`", "!"]);

// Patterns of tokens, each with a space behind it. Repetitions are bounded, so that a long line takes no longer.
const CONTEXT = `(?:get)?requestContext `;
const TYPE = String.raw`(?:\{ (?:[^\s{}]+ ){0,20}\} |[\w$]+ (?:\. [\w$]+ ){0,4}(?:< (?:[^\s()]+ ){0,12}?> )?)(?:\[ \] )?`;
/** What may be between a name and the next: `)`, `]`, a call, a type assertion, the default of a `get`. */
const CLOSE = String.raw`(?:[)\]] |\( \) |as ${TYPE}(?:[|&] ${TYPE}){0,4}|, (?:\{ \} |dict \( \) )(?=\) )){0,8}`;
const ACCESS = String.raw`(?:(?:\. )?\[ |\. (?:get \( )?|, )`;
const CHAIN = String.raw`(?:[\w$.()[\]<>]+ |, \{ \} ){0,16}`;
const MEMBERS = String.raw`(?:[^\s{}]+ ){0,30}`;
const WHOLE = String.raw`(?:: (?!undefined |null )[\w$]+ )?(?:= \{ \} )?(?=[,}] )`;
const NOT_FURTHER = `(?!${CLOSE}(?:[.[?]|[!=]?==?|&&) )`;

const CLAIM_READ = readOf("(?:get)?(?:jwt|claims) ");

/** What claimgate's authorizers give in every gateway, and the names that API Gateway adds. */
const GIVEN: readonly string[] = Object.keys({
  kind: true,
  sub: true,
  client: true,
  roles: true,
  groups: true,
  poolAlias: true,
  subjects: true,
  appScopes: true,
  conditionClaims: true,
  expiresAt: true,
  authTime: true,
  mode: true,
  permission: true,
  policyVersion: true,
  determining: true,
  principalId: true,
  integrationLatency: true,
} satisfies Record<keyof CallerContext | "principalId" | "integrationLatency", true>);

const INNER = `lambda ${CLOSE}${ACCESS}`;
const CONTEXT_READ = readOf(
  `(?:${INNER})?(?!${INNER}|(?:${GIVEN.join("|")}) )[\\w$]+ `,
  // `save(event.requestContext.authorizer)`, `{ ...event.requestContext.authorizer }`
  String.raw`${NOT_FURTHER}(?=[),}] )(?<= (?:(?<!if |while )[(,]|\.{3}) (?:[\w$]+ (?:\. )?){0,6}${CONTEXT}${CLOSE}${ACCESS}\S+ )`,
);

/**
 * @param member a pattern of what is read of the authorizer
 * @param more what else reads it
 */
function readOf(member: string, ...more: readonly string[]): RegExp {
  return new RegExp(
    ` (?:get)?authorizer (?:${[
      // `authorizer.jwt.claims`, `get("authorizer", {}).get("claims")`
      `${CLOSE}${ACCESS}${member}`,
      // `authorizer: { claims }`
      String.raw`: \{ (?:[^\s}]+ ){0,30}?(?<=[{,] )${member}`,
      // `{ requestContext: { authorizer } }`
      String.raw`(?<= requestContext : \{ ${MEMBERS}\S+ )${WHOLE}`,
      // `{ authorizer } = event.requestContext`
      String.raw`${WHOLE}${MEMBERS}\} (?:: [\w$]+ )?= ${CHAIN}${CONTEXT}${NOT_FURTHER}`,
      // `{ claims } = event.requestContext.authorizer`
      String.raw`${NOT_FURTHER}(?<=[{,] (?:${member}|\.{3} )(?:[^\s;]+ ){0,30}= ${CHAIN}${CONTEXT}${CLOSE}${ACCESS}\S+ )`,
      // `auth = event.requestContext.authorizer`
      String.raw`${NOT_FURTHER}(?<= (?:[^\s}]+ =|=>|return) ${CHAIN}${CONTEXT}${CLOSE}${ACCESS}\S+ )`,
      ...more,
    ].join("|")})`,
    "gi",
  );
}
