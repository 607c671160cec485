import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { createHttpAuthorizer } from "../../src/authorizers/http.ts";
import { createDecisionLog } from "../../src/lambda/decision-log.ts";
import { createLog } from "../../src/lambda/log.ts";
import { jwksCacheFrom } from "../../src/token/custom-keys.ts";
import { REFRESH_INTERVAL } from "../../src/token/signing-keys-cache.ts";
import {
  type Claims,
  createKeyPair,
  encodePart,
  signClaims,
  signToken,
} from "../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import {
  claimsOf,
  dependencies,
  httpEvent,
  jwksBytes,
  localVerifier,
  POOL_KEY,
} from "../support/authorization.ts";
import { repeated } from "../support/drawn.ts";

// Somebody without an account sends tokens as fast as they can for a minute. What it may cost beyond their own requests
// is bounded: fetches of the pool's keys, and lines that raise an alarm. The time is the test's own.

const TOKENS = repeated(10_000, 1_000);
const MINUTE = 60_000;
const WINDOWS = MINUTE / REFRESH_INTERVAL;

const state = { status: 200, keys: [POOL_KEY], fetched: [] as string[] };
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    state.fetched.push(decodeURIComponent((request.url ?? "").slice(1)));
    response.statusCode = state.status;
    // A connection that is kept may be closed while the next test uses it.
    response.setHeader("connection", "close");
    response.end(Buffer.from(jwksBytes(state.keys)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  Object.assign(state, { status: 200, keys: [POOL_KEY], fetched: [] });
});

interface Line {
  readonly level: string;
  readonly kind: string;
  readonly code?: string;
}

/** An authorizer as it is deployed, with a clock that is moved and its log lines. */
function authorizer() {
  const clock = { now: 0 };
  const lines: Line[] = [];
  const { port } = server.address() as AddressInfo;
  const keys = jwksCacheFrom(
    async (uri) => {
      const response = await fetch(`http://127.0.0.1:${port}/${encodeURIComponent(uri)}`);
      if (!response.ok) throw new Error(`status ${response.status}`);
      return response.arrayBuffer();
    },
    () => clock.now,
  );
  const verifier = localVerifier(keys);
  const log = createLog(
    (line) => lines.push(JSON.parse(line) as Line),
    () => new Date(0),
  );
  const deps = dependencies({
    verify: (token) => verifier.verify(token),
    record: createDecisionLog(log, "plain"),
  });
  const decide = createHttpAuthorizer(deps);
  const ask = async (token: string) => {
    try {
      const { isAuthorized } = await decide(httpEvent({ headers: { authorization: `Bearer ${token}` } }));
      return isAuthorized ? "allowed" : "denied";
    } catch {
      return "error";
    }
  };
  return { clock, lines, ask };
}

/** What a minute of these tokens brings, a few at a time as they come in. */
async function flood(tokenAt: (index: number) => string, under = authorizer()) {
  const answers = new Map<string, number>();
  for (let index = 0; index < TOKENS; index += 10) {
    const batch = Array.from({ length: 10 }, (_, offset) => under.ask(tokenAt(index + offset)));
    for (const answer of await Promise.all(batch)) answers.set(answer, (answers.get(answer) ?? 0) + 1);
    under.clock.now += (10 * MINUTE) / TOKENS;
  }
  const errors = under.lines.filter(({ level }) => level === "error");
  return { answers: Object.fromEntries(answers), errors, lines: under.lines, fetches: state.fetched.length };
}

const ada = (changes: Claims = {}) => claimsOf("ada", changes);
const unsigned = (header: Claims, claims: Claims = ada()) => `${encodePart(header)}.${encodePart(claims)}`;
const otherForm = LOCAL.issuer.replace("https://cognito-idp.", "https://issuer-cognito-idp.");
const otherFormSigned = signClaims(ada({ iss: otherForm }), POOL_KEY);
const stranger = createKeyPair(POOL_KEY.kid);
const badlySigned = signClaims(ada(), stranger);

describe("thousands of forged tokens in a minute", () => {
  test.each<[string, (index: number) => string]>([
    [
      "of the pool's other issuer form",
      (i) => `${unsigned({ kid: `k${i}`, alg: "RS256" }, ada({ iss: otherForm }))}.eA`,
    ],
    ["of the pool's other issuer form, with a key that the pool publishes", () => otherFormSigned],
    [
      "of a foreign issuer",
      (i) => `${unsigned({ kid: "k", alg: "RS256" }, ada({ iss: `https://${i}.example` }))}.eA`,
    ],
    [
      "of another pool of the region",
      (i) =>
        `${unsigned({ kid: "k", alg: "RS256" }, ada({ iss: LOCAL.issuer.replace(/_.*/, `_Pool${i}`) }))}.eA`,
    ],
    ["that are garbage", (i) => `${encodePart(`{"${i}`)}.x.y`],
    ["with the key's id and another signature", () => badlySigned],
    ["with alg none", (i) => `${unsigned({ kid: POOL_KEY.kid, alg: "none" }, ada({ i }))}.eA`],
    ["without a key id", (i) => `${unsigned({ alg: "RS256" }, ada({ i }))}.eA`],
  ])("%s: refused, with one fetch at the most, and nothing that an alarm counts", async (_what, tokenAt) => {
    const { answers, errors, fetches } = await flood(tokenAt);
    expect(answers).toEqual({ denied: TOKENS });
    expect(errors).toEqual([]);
    expect(fetches).toBeLessThanOrEqual(1);
  });

  test("of made-up keys: refused with a warning, one fetch in ten seconds, and good tokens are served", async () => {
    const under = authorizer();
    const good = signToken({ kid: POOL_KEY.kid, alg: "RS256" }, ada(), POOL_KEY);
    expect(await under.ask(good)).toBe("allowed");
    const { answers, errors, lines, fetches } = await flood(
      (i) => `${unsigned({ kid: `made-up-${i}`, alg: i % 2 === 0 ? "RS256" : "none" })}.eA`,
      under,
    );
    expect(await under.ask(good)).toBe("allowed");
    expect(answers).toEqual({ denied: TOKENS });
    expect(errors).toEqual([]);
    expect(lines.filter(({ level, kind }) => level === "warn" && kind === "token-refused")).toHaveLength(
      TOKENS,
    );
    expect(fetches).toBeLessThanOrEqual(1 + WINDOWS);
  });

  test("while the keys are out of reach: errors, not 401, few fetches, and one line for each, which an alarm counts", async () => {
    state.status = 503;
    const under = authorizer();
    const { answers, errors, lines, fetches } = await flood(
      (i) => `${unsigned({ kid: POOL_KEY.kid, alg: "RS256" }, ada({ i }))}.eA`,
      under,
    );
    expect(answers).toEqual({ error: TOKENS });
    // Pauses of 1, 2, 4 and 8 seconds, then of ten.
    expect(fetches).toBeLessThanOrEqual(4 + WINDOWS);
    expect(fetches).toBeGreaterThan(1);
    expect(errors).toHaveLength(fetches);
    expect(new Set(lines.map(({ kind, code }) => `${kind} ${code}`))).toEqual(
      new Set(["authorizer-failed keys_unavailable"]),
    );

    state.status = 200;
    under.clock.now += REFRESH_INTERVAL;
    expect(await under.ask(signClaims(ada(), POOL_KEY))).toBe("allowed");
  });

  test("of made-up keys in an outage of a warm function: errors, since the key may be new, and good tokens are served", async () => {
    const under = authorizer();
    const good = signClaims(ada(), POOL_KEY);
    await under.ask(good);
    state.status = 503;
    const { answers, errors, fetches } = await flood(
      (i) => `${unsigned({ kid: `made-up-${i}`, alg: "RS256" })}.eA`,
      under,
    );
    expect(await under.ask(good)).toBe("allowed");
    expect(answers).toEqual({ error: TOKENS });
    expect(fetches).toBeLessThanOrEqual(1 + 4 + WINDOWS);
    expect(errors.length).toBeLessThanOrEqual(4 + WINDOWS);
  });
});
