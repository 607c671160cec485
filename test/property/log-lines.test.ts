import fc from "fast-check";
import type { AuthorizationRecord } from "../../src/authorizers/outcome.ts";
import { createDecisionLog, type InputLogging } from "../../src/lambda/decision-log.ts";
import { createLog, errorFields } from "../../src/lambda/log.ts";
import { parseAddress } from "../../src/policy/email.ts";
import { createPostConfirmation } from "../../src/triggers/post-confirmation.ts";
import { createPreSignUp } from "../../src/triggers/pre-sign-up.ts";
import { createPreTokenGeneration } from "../../src/triggers/pre-token-generation.ts";
import { createTrustedProviders } from "../../src/triggers/trusted-providers.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { memoryDirectory } from "../support/memory-directory.ts";
import { policyFrom } from "../support/policy.ts";
import { postConfirmationEvent, preSignUpEvent, proven, tokenEvent } from "../support/trigger-events.ts";

// Nothing that looks like a token or an address gets into any line, whatever its field.

const base64url = (text: string) => Buffer.from(text).toString("base64url");
const jwt = fc
  .tuple(fc.uuid(), fc.uuid(), fc.uint8Array({ minLength: 256, maxLength: 256 }))
  .map(([kid, sub, signature]) =>
    [
      base64url(JSON.stringify({ alg: "RS256", kid })),
      base64url(JSON.stringify({ sub, token_use: "access" })),
      Buffer.from(signature).toString("base64url"),
    ].join("."),
  );
const cutShort = fc
  .tuple(jwt, fc.integer({ min: 12, max: 120 }))
  .map(([token, length]) => token.slice(0, length));
const address = fc
  .tuple(
    fc
      .stringMatching(/^[a-zA-Z0-9.+_'#$&/=?^`{|}~-]{1,12}$/)
      .filter((local) => parseAddress(`${local}@mail.example`) !== undefined),
    fc.constantFrom("@", "%40", "%2540"),
  )
  .map(([local, at]) => `${local}${at}mail.example`);
const secret = fc.oneof(jwt, cutShort, address);

/** A secret somewhere in a text, as messages and paths have it. */
const holding = fc
  .tuple(
    secret,
    fc.constantFrom("", " ", "/", "no user ", "(", '"', "'", "name=", "Bearer ", "group:", "\n", "a,"),
    fc.constantFrom("", " ", "/", ")", '"', "'", ".", "\n", ", b"),
  )
  .map(([inside, before, after]) => ({ inside, text: `${before}${inside}${after}` }));

function collected() {
  const lines: string[] = [];
  const log = createLog(
    (line) => lines.push(line),
    () => new Date(0),
  );
  return { log, lines };
}

function record(place: number, text: string): AuthorizationRecord {
  const at = (one: number, otherwise: string) => (place === one ? text : otherwise);
  const about = {
    gateway: "http",
    requestId: at(0, "r1"),
    matched: {
      method: at(1, "GET"),
      template: at(2, "/people/{id}"),
      path: "/people/1",
      encoding: "decoded",
      parameters: { id: "1" },
    },
    durationMs: 1,
    reportOnly: false,
  } as const;
  const cause = new Error(at(9, "timeout"));
  if (place >= 8) return { ...about, kind: "failed", error: new Error(at(8, "failed"), { cause }) };
  return {
    ...about,
    kind: "decided",
    decided: {
      by: "policy",
      route: at(3, "GET /people/{id}"),
      decision: {
        effect: "deny",
        reason: "nothing_granted",
        determining: [],
        permissions: ["people:read"],
        permission: undefined,
        subjects: [`group:${at(4, "staff")}`, "user:user-1"],
        inputs: [
          {
            parameter: at(5, "id"),
            claim: "sub",
            parameterValue: at(6, "1"),
            claimValue: at(7, "user-1"),
          },
        ],
        tenants: [],
        policyVersion: "0123456789abcdef",
        app: undefined,
      },
    },
  };
}

it("a line of the decision log holds no token and no address, wherever the request has it", () => {
  fc.assert(
    fc.property(
      holding,
      fc.nat(9),
      fc.constantFrom<InputLogging>("plain", "hashed"),
      ({ inside, text }, place, mode) => {
        const { log, lines } = collected();

        createDecisionLog(log, mode)(record(place, text));

        expect(lines).toHaveLength(1);
        expect(lines[0]).not.toContain(inside);
      },
    ),
    drawn(1_000),
  );
});

it("any line holds none, in whatever field or name and however deep", () => {
  fc.assert(
    fc.property(holding, fc.jsonValue({ maxDepth: 3 }), ({ inside, text }, value) => {
      const { log, lines } = collected();

      log("info", "test", { value: [value, { deep: text, [text]: value }], ...errorFields(new Error(text)) });

      expect(lines[0]).not.toContain(inside);
      expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "info", kind: "test" });
    }),
    drawn(500),
  );
});

const policy = policyFrom("p2, *, allow\ng3, *, group:staff\ng, group:staff, role:clerk\n");
const trustedProviders = createTrustedProviders(new Map([["Google", ["mail.example"]]]), { complete: true });

it("a trigger logs none of what the event or the user pool says", async () => {
  let failures = 0;
  await fc.assert(
    fc.asyncProperty(holding, fc.nat(4), async ({ inside, text }, place) => {
      const { log, lines } = collected();
      const directory = {
        ...memoryDirectory({ attributes: proven("jane@mail.example") }),
        addToGroup: () => Promise.reject(new Error(`User ${text} does not exist`)),
        findByEmail: () => Promise.reject(new Error(`1 validation error at '${text}'`)),
        findByPhone: () => Promise.reject(new Error(`1 validation error at '${text}'`)),
      };
      const tools = {
        policy: () => policy,
        directory: () => directory,
        deadline: () => new AbortController().signal,
        now: () => new Date(0),
        log,
      };
      const options = {
        trustedProviders,
        autoConfirm: false,
        linkFederatedUsers: true,
        healGroups: true,
        scopePrefix: undefined,
        copiedClaims: new Map<string, string>(),
        tokenBudget: 1_000,
      };
      const jane = proven("jane@mail.example", place === 0 ? { name: text, sub: text } : {});
      const pool = place === 1 ? { userPoolId: text } : {};
      const source = place === 2 ? { triggerSource: `PreSignUp_${text}` } : {};
      const context = { requestId: place === 3 ? text : "r1" };
      const runs = [
        [
          createPreSignUp({ ...tools, options: () => options }),
          preSignUpEvent("ExternalProvider", jane, "Google_1"),
        ],
        [createPostConfirmation({ ...tools, options: () => options }), postConfirmationEvent(jane)],
        [
          createPreTokenGeneration({ ...tools, options: () => options }),
          tokenEvent({ attributes: jane, groups: place === 4 ? [text] : [] }),
        ],
      ] as const;
      for (const [trigger, event] of runs) {
        await trigger({ ...event, ...pool, ...source }, context).catch(() => undefined);
      }

      failures += lines.filter((line) => line.includes('"level":"error"')).length;
      expect(lines.join("\n")).not.toContain(inside);
      expect(lines.join("\n")).not.toContain("jane");
    }),
    drawn(300),
  );
  expect(failures).toBeGreaterThan(partOf(300));
});
