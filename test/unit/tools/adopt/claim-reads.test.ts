import { claimReads, contextReads } from "../../../../src/tools/adopt/claim-reads.ts";

describe("a line that reads claims of a native authorizer", () => {
  test.each([
    // Property by property, in each language of Lambda.
    "event.requestContext.authorizer.claims.sub",
    "event.requestContext.authorizer.jwt.claims.sub",
    "event.requestContext?.authorizer?.jwt?.claims?.sub",
    "event.requestContext.authorizer!.claims",
    'event["requestContext"]["authorizer"]["claims"]',
    "event.requestContext.authorizer?.['claims']",
    "const { sub } = event.requestContext.authorizer.jwt",
    "const { claims } = event.requestContext?.authorizer?.jwt",
    "authorizer.claims",
    "authorizer.jwt;",
    'claims = event["requestContext"]["authorizer"]["jwt"]["claims"]',
    'event.get("requestContext", {}).get("authorizer", {}).get("claims", {})',
    "event['requestContext'].get('authorizer').get('jwt')",
    "event.get('requestContext', dict()).get('authorizer', dict())['claims']",
    'request.RequestContext.Authorizer["claims"]',
    "request.RequestContext.Authorizer.JWT.Claims",
    "event.getRequestContext().getAuthorizer().getClaims()",
    "event.getRequestContext().getAuthorizer().getJwt()",
    "event.dig('requestContext', 'authorizer', 'claims')",
    "_.get(event, 'requestContext.authorizer.claims.sub')",
    // Through a type assertion.
    "(event.requestContext.authorizer as any).claims",
    "(event.requestContext as any).authorizer.claims",
    "(event as any).requestContext.authorizer.jwt.claims",
    "(event.requestContext.authorizer as unknown as Jwt<Claims>)?.jwt",
    "(<any>event.requestContext.authorizer).claims.sub",
    "(event.requestContext.authorizer as { claims: Claims }).claims",
    "(event.requestContext.authorizer as Record<string, Claims>)['claims']",
    // By destructuring.
    "const { claims } = event.requestContext.authorizer",
    "const { claims } = event.requestContext?.authorizer ?? {};",
    "const { claims } = event.requestContext.authorizer as Authorizer;",
    "const { claims } = (event.requestContext as any).authorizer;",
    "const { claims }: { claims: Claims } = event.requestContext.authorizer!;",
    "const { claims: { sub } } = event.requestContext.authorizer",
    "const { jwt: { claims } } = event.requestContext.authorizer",
    "let { jwt = {} } = event.requestContext.authorizer || {}",
    "const { ...rest } = event['requestContext']['authorizer']",
    "const { authorizer } = event.requestContext",
    "const { authorizer, stage } = event.requestContext;",
    "const { stage, authorizer: auth } = event.requestContext;",
    "const { authorizer = {} } = event?.requestContext ?? {};",
    "const { authorizer } = event['requestContext'];",
    "const { authorizer } = (event as any).requestContext;",
    "const { authorizer: { claims } } = event.requestContext;",
    "const { requestContext: { authorizer: { claims } } } = event",
    "const { requestContext: { authorizer: { jwt: { claims } } } } = event",
    "const { requestContext: { authorizer } } = event",
    "const { body, requestContext: { stage, authorizer = {} } } = event",
    "exports.handler = async ({ requestContext: { authorizer: auth } }) => {",
    // As a whole.
    "const auth = event.requestContext.authorizer;",
    "const auth: any = event.requestContext?.authorizer || {};",
    "const auth = (event.requestContext as any).authorizer as Auth;",
    "return event.requestContext.authorizer",
    "const authorizerOf = (event) => event.requestContext.authorizer;",
    'auth = event["requestContext"]["authorizer"]',
    'auth = event["requestContext"].get("authorizer", {})',
    'auth = event.get("requestContext", {}).get("authorizer")',
  ])("is named: %s", (line) => {
    expect(claimReads(`// first\n${line}\n// last\n`)).toEqual([2]);
  });

  test.each([
    // What a function authorizer adds stays.
    "event.requestContext.authorizer.principalId",
    "event.requestContext.authorizer.lambda.subject",
    'event["requestContext"]["authorizer"]["principalId"]',
    'user = event["requestContext"]["authorizer"].get("principalId")',
    "const id = event.requestContext.authorizer?.principalId;",
    "const id = (event.requestContext.authorizer as any).principalId;",
    "const { principalId } = event.requestContext.authorizer;",
    "const { lambda } = event.requestContext.authorizer;",
    "const { authorizer: { principalId } } = event.requestContext;",
    "const { requestContext: { authorizer: { principalId } } } = event;",
    "const { stage } = event.requestContext;",
    "if (event.requestContext.authorizer === undefined) return;",
    "const isOpen = event.requestContext.authorizer == null;",
    "const event = eventOf(call)\nevent.requestContext.authorizer = context",
    "calls.push({ requestContext: { authorizer: { principalId, ...context } } })",
    // Claims from elsewhere, and configuration.
    "const { claims } = verified;",
    "const { jwt } = config;",
    "httpApi: { method: 'GET', path: '/x', authorizer: 'jwt' }",
    "authorizers: { jwt: { type: 'jwt' } }",
    "const authorizerJwt = create();",
    "requestContext: { http: { method: 'GET' } }",
  ])("is not: %s", (line) => {
    expect(claimReads(line)).toEqual([]);
  });

  test("is that of `authorizer` where an expression has several", () => {
    const text = [
      "const {",
      "  requestContext: {",
      "    authorizer: { claims },",
      "  },",
      "} = event;",
      "const sub = event.requestContext",
      "  .authorizer",
      "  ?.jwt",
      "  .claims.sub;",
      "const {",
      "  claims,",
      "} = event.requestContext.authorizer;",
      "const {",
      "  authorizer,",
      "} = event.requestContext;",
    ];
    expect(claimReads(text.join("\n"))).toEqual([3, 7, 12, 14]);
    expect(claimReads(text.join("\r\n"))).toEqual([3, 7, 12, 14]);
  });

  test("is found once, in a long file without lines too", () => {
    const text = "{authorizer,requestContext:{".repeat(30_000);
    expect(claimReads(text).every((line) => line === 1)).toBe(true);
    expect(claimReads(`${text} = event.requestContext.authorizer.claims`)).toEqual([1]);
  });
});

describe("a line that reads the context of an authorizer function", () => {
  test.each([
    "event.requestContext.authorizer.plan",
    "event.requestContext?.authorizer?.plan",
    'event["requestContext"]["authorizer"]["plan"]',
    'event["requestContext"].get("authorizer", {}).get("plan")',
    "(event.requestContext.authorizer as Context).plan",
    "event.requestContext.authorizer[name]",
    "event.requestContext.authorizer.lambda.plan",
    "const { tenantId } = event.requestContext.authorizer;",
    "const { sub, tenantId } = event.requestContext.authorizer;",
    "const { lambda } = event.requestContext.authorizer;",
    "const { plan } = event.requestContext.authorizer.lambda;",
    "const { lambda: { plan } } = event.requestContext.authorizer;",
    "const who = ({ requestContext: { authorizer: { lambda: { plan } } } }) => plan;",
    // It is not followed what happens to the whole.
    "const { authorizer } = event.requestContext;",
    "const context = event.requestContext.authorizer.lambda;",
    "const context = event.requestContext.authorizer;",
    "audit(event.requestContext.authorizer);",
    "return { ...event.requestContext.authorizer };",
  ])("is named: %s", (line) => {
    expect(contextReads(`// first\n${line}\n// last\n`)).toEqual([2]);
  });

  test.each([
    // The authorizers of claimgate give these too.
    "event.requestContext.authorizer.sub",
    "event.requestContext.authorizer.principalId",
    "event.requestContext.authorizer.lambda.roles",
    "const { sub } = event.requestContext.authorizer;",
    "if (event.requestContext.authorizer === undefined) return;",
    "if (event.requestContext.authorizer) return;",
    "authorizers: { auth: { type: 'request' } }",
  ])("is not: %s", (line) => {
    expect(contextReads(line)).toEqual([]);
  });
});
