import type { DirectoryProviders } from "../../../src/triggers/directory-providers.ts";
import {
  createPreTokenGeneration,
  type PreTokenGenerationOptions,
} from "../../../src/triggers/pre-token-generation.ts";
import { createTrustedProviders } from "../../../src/triggers/trusted-providers.ts";
import { memoryDirectory } from "../../support/memory-directory.ts";
import { policyFrom } from "../../support/policy.ts";
import { recordedLog } from "../../support/recorded-log.ts";
import { type Attributes, assigned, proven, tokenEvent } from "../../support/trigger-events.ts";

const OPTIONS: PreTokenGenerationOptions = {
  trustedProviders: createTrustedProviders(new Map()),
  healGroups: true,
  scopePrefix: undefined,
  copiedClaims: new Map(),
  tokenBudget: 6_144,
};

describe("directory groups in a token", () => {
  const withDirectory = policyFrom(`
g4, Corp/Engineering, group:engineers
g4, Corp/Sales, group:staff
g4, Corp/Everyone, group:everyone
${Array.from({ length: 101 }, (_, index) => `g4, Corp/n${index}, group:n${index}`).join("\n")}
g4, Other/Engineering, group:admins
g, group:engineers, role:engineer
p, role:engineer, orders:read, allow
g2, GET /orders/{orderId}, orders:read
`);
  const directories: DirectoryProviders = new Map([
    ["Corp", { attribute: "custom:groups", form: "json" }],
    ["Other", { attribute: "custom:other", form: "json" }],
  ]);
  const linked = (...names: readonly string[]) =>
    JSON.stringify(names.map((providerName) => ({ providerName, userId: "1", providerType: "SAML" })));
  const sent = (values: readonly string[], more: Attributes = {}) =>
    assigned("alice@example.com", {
      identities: linked("Corp"),
      "custom:groups": JSON.stringify(values),
      ...more,
    });

  async function groupsOf(
    attributes: Attributes,
    groups: readonly string[] = [],
    options: Partial<PreTokenGenerationOptions> = {},
  ) {
    const { log, lines } = recordedLog();
    const trigger = createPreTokenGeneration({
      policy: () => withDirectory,
      options: () => ({ ...OPTIONS, directories, ...options }),
      directory: () => memoryDirectory(),
      deadline: () => AbortSignal.timeout(1_000),
      now: () => new Date(0),
      log,
    });
    const answer = (await trigger(tokenEvent({ source: "HostedAuth", attributes, groups }))) as {
      response: { claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: string[] } } };
    };
    const { claimsAndScopeOverrideDetails: details } = answer.response;
    const said = lines.map(({ level, kind, fields }) => ({ level, kind, ...fields }));
    return { groups: details.groupOverrideDetails.groupsToOverride, details, lines: said };
  }

  it("join those of the pool, with the roles and scopes that follow", async () => {
    const { groups, details, lines } = await groupsOf(sent(["Engineering", "Sales", "Nothing"]), ["staff"], {
      scopePrefix: "api/",
    });
    expect(groups).toEqual(["staff", "engineers"]);
    expect(details).toMatchObject({
      accessTokenGeneration: {
        claimsToAddOrOverride: { roles: ["engineer"] },
        scopesToAdd: ["api/orders:read"],
      },
    });
    expect(lines).toEqual([
      expect.objectContaining({ kind: "directory-groups-added", level: "info", groups: ["engineers"] }),
    ]);
  });

  it("are used only for a provider that `identities` name", async () => {
    for (const identities of [undefined, "[]", linked("Other"), linked("corp"), "Corp", '["Corp"]', "[{"]) {
      const { groups, lines } = await groupsOf(sent(["Engineering"], { identities }), ["staff"]);
      expect(groups).toEqual(["staff"]);
      expect(lines).toEqual([
        expect.objectContaining({
          kind: "directory-groups-ignored",
          level: "warn",
          provider: "Corp",
          problem: "not_linked",
        }),
      ]);
    }
  });

  it("are those of each provider alone: no attribute speaks for another", async () => {
    const both = sent(["Engineering"], {
      identities: linked("Corp", "Other"),
      "custom:other": '["Sales","Engineering"]',
    });
    expect((await groupsOf(both)).groups).toEqual(["admins", "engineers"]);
  });

  it("are left out, with an error line, if the attribute is in another form", async () => {
    for (const groups of ["Engineering", "[Engineering, Sales]", '["Engineering",1]', 7]) {
      const found = await groupsOf(sent([], { "custom:groups": groups }), ["staff"]);
      expect(found.groups).toEqual(["staff"]);
      expect(found.lines).toEqual([
        expect.objectContaining({ kind: "directory-groups-left-out", level: "error", provider: "Corp" }),
      ]);
    }
  });

  it("are all left out past 100 groups together; those of the pool stay", async () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
    const pool = ["a", "b", "c"];
    expect((await groupsOf(sent(names(97)), pool)).groups).toHaveLength(100);
    const { groups, lines } = await groupsOf(sent(names(98)), pool);
    expect(groups).toEqual(pool);
    expect(lines).toEqual([
      expect.objectContaining({ level: "error", problem: "too_many_groups", count: 101 }),
    ]);
    // Groups of the pool are no directory groups, however many there are.
    const own = Array.from({ length: 101 }, (_, index) => `own${index}`);
    expect((await groupsOf(sent([]), own)).groups).toEqual(own);
  });

  it("are all left out over the token budget, after scopes and roles; those of the pool stay", async () => {
    const many = sent(["Engineering", ...Array.from({ length: 60 }, (_, index) => `n${index}`)]);
    const { groups, lines } = await groupsOf(many, ["staff"], { tokenBudget: 1_500 });
    expect(groups).toEqual(["staff"]);
    expect(lines).toContainEqual(
      expect.objectContaining({
        kind: "directory-groups-left-out",
        level: "error",
        problem: "over_budget",
      }),
    );
  });

  it("are not seen by healing: `g3` rows see the groups of the pool", async () => {
    const pool = memoryDirectory({ attributes: proven("alice@example.com") });
    const { log } = recordedLog();
    const trigger = createPreTokenGeneration({
      policy: () =>
        policyFrom(
          "g4, Corp/Sales, group:staff\ng3, *@example.com, group:staff\np, group:staff, orders:read, allow",
        ),
      options: () => ({
        ...OPTIONS,
        trustedProviders: createTrustedProviders(new Map([["Corp", ["example.com"]]])),
        directories,
      }),
      directory: () => pool,
      deadline: () => AbortSignal.timeout(1_000),
      now: () => new Date(0),
      log,
    });
    const attributes = {
      ...proven("alice@example.com"),
      identities: linked("Corp"),
      "custom:groups": '["Sales"]',
    };
    await trigger(tokenEvent({ source: "HostedAuth", attributes }));
    expect([...pool.groups]).toEqual(["staff"]);
  });
});
