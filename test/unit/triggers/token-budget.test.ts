import { createSign, generateKeyPairSync } from "node:crypto";
import type { PreTokenGenerationEvent } from "../../../src/triggers/events.ts";
import { parsePreTokenGeneration } from "../../../src/triggers/parse-events.ts";
import { DEFAULT_TOKEN_BUDGET, estimatedBytes, fitBudget } from "../../../src/triggers/token-budget.ts";
import type { TokenContent } from "../../../src/triggers/token-content.ts";
import { assigned, machineEvent, POOL, SUB, tokenEvent } from "../../support/trigger-events.ts";

const UUID = "22222222-2222-4222-8222-222222222222";

const content: TokenContent = {
  roles: ["admin", "clérk"],
  copied: { tenant_id: "acme" },
  scopesToAdd: ["api/a:b"],
};

function groupsOf(event: PreTokenGenerationEvent) {
  return "groupConfiguration" in event.request ? (event.request.groupConfiguration ?? undefined) : undefined;
}

/** A token as Cognito signs it: RS256, 2,048 bits. */
function signed(claims: object): string {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const kid = Buffer.alloc(32, 7).toString("base64");
  const head = `${encode({ kid, alg: "RS256" })}.${encode(claims)}`;
  return `${head}.${createSign("RSA-SHA256").update(head).sign(privateKey, "base64url")}`;
}

const STANDARD = {
  sub: SUB,
  iss: `https://cognito-idp.us-east-1.amazonaws.com/${POOL}`,
  origin_jti: UUID,
  event_id: UUID,
  jti: UUID,
  auth_time: 1_793_534_400,
  exp: 1_793_538_000,
  iat: 1_793_534_400,
};

it("estimates an access token from above, by no more than a tenth", () => {
  const event = parsePreTokenGeneration(
    tokenEvent({ groups: ["staff", "admins"], scopes: ["openid", "email"] }),
  );
  const token = signed({
    ...STANDARD,
    "cognito:groups": ["staff", "admins"],
    client_id: "localwebclient000000000001",
    version: 2,
    token_use: "access",
    scope: "openid email api/a:b",
    username: SUB,
    roles: content.roles,
    ...content.copied,
  });

  const estimate = estimatedBytes(event, groupsOf(event), content);

  expect(estimate).toBeGreaterThanOrEqual(token.length);
  expect(estimate).toBeLessThan(token.length * 1.1);
});

it("estimates the ID token where the trigger can change no other", () => {
  const attributes = assigned("alice@example.com", { name: "Alice", "custom:long": "x".repeat(2_048) });
  const event = parsePreTokenGeneration(tokenEvent({ version: "1", groups: ["staff"], attributes }));

  expect(estimatedBytes(event, groupsOf(event), content)).toBeGreaterThan(2_048 * (4 / 3));
});

it("estimates a machine's token without its user parts", () => {
  const event = parsePreTokenGeneration({ ...machineEvent(["api/run"]), userName: "x".repeat(10_000) });

  expect(estimatedBytes(event, undefined, content)).toBeLessThan(1_500);
});

it("reports nothing where everything fits", () => {
  const event = parsePreTokenGeneration(tokenEvent());

  expect(fitBudget(event, undefined, content, DEFAULT_TOKEN_BUDGET)).toEqual({ content, report: undefined });
});

it("never gives out more changes than Cognito takes in one transaction", () => {
  const event = parsePreTokenGeneration(tokenEvent());
  const scopesToAdd = Array.from({ length: 5_000 }, (_, index) => `a:${index}`);

  const fitted = fitBudget(event, undefined, { ...content, scopesToAdd }, 10_000_000);

  expect(fitted.content.scopesToAdd).toEqual([]);
  expect(fitted.report).toMatchObject({ dropped: ["scopes"], over: false });
});

it("leaves four tenths of API Gateway's 10,240 bytes to the rest of the request", () => {
  expect(DEFAULT_TOKEN_BUDGET).toBe(10_240 * 0.6);
});
