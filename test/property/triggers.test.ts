import fc from "fast-check";
import { ConfigurationError } from "../../src/errors.ts";
import { createPostConfirmation } from "../../src/triggers/post-confirmation.ts";
import { createPreSignUp } from "../../src/triggers/pre-sign-up.ts";
import {
  createPreTokenGeneration,
  type PreTokenGenerationOptions,
} from "../../src/triggers/pre-token-generation.ts";
import { sourceOf } from "../../src/triggers/read-event.ts";
import { PublicRefusal } from "../../src/triggers/report.ts";
import { createTrustedProviders, parseFederatedName } from "../../src/triggers/trusted-providers.ts";
import { drawn } from "../support/drawn.ts";
import { type MemoryDirectory, memoryDirectory } from "../support/memory-directory.ts";
import { policyFrom } from "../support/policy.ts";
import { recordedLog } from "../support/recorded-log.ts";
import {
  assigned,
  POOL,
  postConfirmationEvent,
  preSignUpEvent,
  proven,
  tokenEvent,
} from "../support/trigger-events.ts";

const policy = policyFrom(`p2, *@example.com, allow
g3, *@example.com, group:staff
g3, alice@example.com, group:admins
g, group:staff, role:clerk
g, group:admins, role:admin
p, role:clerk, orders:read, allow
p, role:admin, *, allow
g2, GET /orders, orders:read
g2, DELETE /orders, orders:delete
`);

const trustedProviders = createTrustedProviders(new Map([["Google", ["example.com"]]]));

function triggers(directory: MemoryDirectory, options: Partial<PreTokenGenerationOptions> = {}) {
  const { log, lines } = recordedLog();
  const tools = {
    policy: () => policy,
    directory: () => directory,
    deadline: () => new AbortController().signal,
    now: () => new Date(0),
    log,
  };
  return {
    lines,
    preSignUp: createPreSignUp({
      ...tools,
      options: () => ({ trustedProviders, autoConfirm: true, linkFederatedUsers: true }),
    }),
    postConfirmation: createPostConfirmation({ ...tools, options: () => ({ trustedProviders }) }),
    preToken: createPreTokenGeneration({
      ...tools,
      options: () => ({
        trustedProviders,
        healGroups: true,
        scopePrefix: "api/",
        copiedClaims: new Map([["tenant_id", "custom:tenant_id"]]),
        tokenBudget: 6_144,
        ...options,
      }),
    }),
  };
}

/** A valid event of some trigger with one part replaced by anything. */
const almostValid = fc
  .tuple(
    fc.constantFrom(
      preSignUpEvent("SignUp", { email: "a@example.com" }),
      preSignUpEvent("ExternalProvider", { email: "a@example.com", email_verified: "true" }, "Google_1"),
      postConfirmationEvent(proven("alice@example.com")),
      tokenEvent({ attributes: proven("alice@example.com"), groups: ["staff"] }),
      tokenEvent({ version: "1", groups: ["staff"] }),
    ),
    fc.constantFrom(
      "version",
      "triggerSource",
      "userPoolId",
      "userName",
      "callerContext",
      "request",
      "response",
      "request.userAttributes",
      "request.groupConfiguration",
      "request.scopes",
      "request.userAttributes.email",
      "request.userAttributes.identities",
      "request.userAttributes.sub",
      "request.userAttributes.custom:tenant_id",
      "request.groupConfiguration.groupsToOverride",
      "request.groupConfiguration.preferredRole",
    ),
    fc.jsonValue(),
  )
  .map(([event, path, value]) => replaced(event, path.split("."), value));

function replaced(record: object, [name = "", ...rest]: readonly string[], value: unknown): object {
  const inner: unknown = Object.entries(record).find(([key]) => key === name)?.[1];
  const next =
    rest.length === 0 || typeof inner !== "object" || inner === null ? value : replaced(inner, rest, value);
  return { ...record, [name]: next };
}

describe("whatever an event is", () => {
  it("a trigger answers with an object or refuses with a sentence, and nothing of ours breaks", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), almostValid), async (event) => {
        const { preSignUp, postConfirmation, preToken, lines } = triggers(memoryDirectory());
        for (const trigger of [preSignUp, postConfirmation, preToken]) {
          try {
            expect(typeof (await trigger(event))).toBe("object");
          } catch (error) {
            expect(error).toBeInstanceOf(PublicRefusal);
          }
        }
        expect(JSON.stringify(lines)).not.toMatch(/(Type|Range|Reference|Syntax)Error/);
      }),
      drawn(500),
    );
  });

  it("only a PreSignUp event is answered by pre-sign-up, so nobody signs up by a mistake in the wiring", async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), almostValid), async (event) => {
        const { preSignUp } = triggers(memoryDirectory());
        const answer = await preSignUp(event).catch(() => undefined);
        if (answer === undefined) return;
        answered += 1;
        expect(sourceOf(answer)).toMatch(/^PreSignUp_/);
      }),
      drawn(500),
    );
    expect(answered).toBeGreaterThan(0);
  });
});

const groupName = fc.oneof(
  fc.constantFrom("staff", "admins", "suspended", "__proto__", `${POOL}_Google`),
  fc.string({ minLength: 1, maxLength: 128 }),
);

interface TokenAnswer {
  readonly response: {
    readonly claimsOverrideDetails?: Details;
    readonly claimsAndScopeOverrideDetails?: Details;
  };
}

interface Details {
  readonly groupOverrideDetails?: { readonly groupsToOverride: readonly string[] };
  readonly accessTokenGeneration?: { readonly scopesToAdd?: readonly string[] };
}

function detailsOf(answer: unknown): Details | undefined {
  const { response } = answer as TokenAnswer;
  return response.claimsOverrideDetails ?? response.claimsAndScopeOverrideDetails;
}

describe("a token", () => {
  it("has every group that Cognito put in it, in their order, within any budget and in any version", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(groupName, { maxLength: 100 }),
        fc.constantFrom("1", "2", "3"),
        fc.integer({ min: 1_000, max: 10_000 }),
        fc.boolean(),
        async (groups, version, tokenBudget, isAssigned) => {
          const attributes = (isAssigned ? assigned : proven)("alice@example.com");
          const { preToken } = triggers(memoryDirectory({ attributes }), { tokenBudget });

          const details = detailsOf(await preToken(tokenEvent({ version, groups, attributes })));

          expect(details?.groupOverrideDetails?.groupsToOverride.slice(0, groups.length)).toEqual(groups);
          if (isAssigned) expect(details?.groupOverrideDetails?.groupsToOverride).toEqual(groups);
          for (const scope of details?.accessTokenGeneration?.scopesToAdd ?? [])
            expect(scope).not.toMatch(/\s/);
        },
      ),
    );
  });

  it("has only groups that the user is in afterwards, whatever fails while healing", async () => {
    const calls = ["read", "add staff", "add admins", "mark"];
    await fc.assert(
      fc.asyncProperty(fc.subarray(calls), fc.subarray(["staff", "admins"]), async (failing, groups) => {
        const attributes = proven("alice@example.com");
        const directory = memoryDirectory({ attributes, failing, groups });
        const { preToken } = triggers(directory);

        const details = detailsOf(await preToken(tokenEvent({ groups, attributes })));

        const given = details?.groupOverrideDetails?.groupsToOverride ?? [];
        expect(given.every((group) => directory.groups.has(group))).toBe(true);
      }),
    );
  });
});

describe("assigning groups", () => {
  it("comes to the same however often and in whatever order the triggers run, once one has succeeded", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("confirm", "token"), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (runs, atOnce) => {
          const directory = memoryDirectory({ attributes: proven("alice@example.com") });
          const { postConfirmation, preToken } = triggers(directory);
          // The events stay what they were at first, as Cognito's repeated calls do.
          const run = (kind: string) =>
            kind === "confirm"
              ? postConfirmation(postConfirmationEvent(proven("alice@example.com")))
              : preToken(tokenEvent({ attributes: proven("alice@example.com") }));

          if (atOnce) await Promise.all(runs.map(run));
          else for (const kind of runs) await run(kind);

          expect([...directory.groups].sort()).toEqual(["admins", "staff"]);
          directory.groups.delete("admins");
          for (const kind of runs) await run(kind);
          expect([...directory.groups]).toEqual(["staff"]);
        },
      ),
    );
  });
});

describe("a federated user name", () => {
  const part = fc.stringMatching(/^[A-Za-z][a-z_]{0,2}$/);

  it("is never taken for another provider's, whichever providers of the pool are listed", () => {
    let told = 0;
    fc.assert(
      fc.property(
        fc.uniqueArray(part, { minLength: 1, maxLength: 6, selector: (name) => name.toLowerCase() }),
        fc.nat(),
        fc.nat(),
        fc.stringMatching(/^[A-Za-z0-9_]{1,5}$/),
        fc.boolean(),
        (pool, chosen, listed, id, lowerCase) => {
          const provider = pool[chosen % pool.length] ?? "";
          const configured = new Map(pool.slice(0, 1 + (listed % pool.length)).map((name) => [name, []]));
          const complete = configured.size === pool.length;
          const providers = unlessRefused(() => createTrustedProviders(configured, { complete }));
          if (providers === undefined) return;
          const userName = `${lowerCase ? provider.toLowerCase() : provider}_${id}`;

          const name = parseFederatedName(providers, userName);

          if (typeof name !== "object") return;
          told += 1;
          expect(name).toMatchObject({ provider, subject: id });
        },
      ),
      drawn(2_000),
    );
    expect(told).toBeGreaterThan(100);
  });
});

function unlessRefused<T>(build: () => T): T | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}
