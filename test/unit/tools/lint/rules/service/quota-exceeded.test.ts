import { quotaExceeded } from "../../../../../../src/tools/lint/rules/service/quota-exceeded.ts";
import { atLine, found } from "./support.ts";

const many = <T>(length: number, item: (index: number) => T) => Array.from({ length }, (_, i) => item(i));
const pool = (rules: number) => ({
  roles: [],
  principalTags: [],
  rules: many(rules, (index) => ({
    at: atLine(4),
    claim: "cognito:groups",
    matchType: "Contains",
    value: `${index}`,
  })),
});
const client = (scopes: number) => ({
  name: "m",
  writeAttributes: [],
  scopes: many(scopes, (index) => `s/${index}`),
});

describe("quota-exceeded", () => {
  it("finds the group that is one too many, where it is named", () => {
    const rows = many(10_001, (index) => `g, group:g${index}, role:r`).join("\n");
    const [finding, ...others] = found(quotaExceeded, rows, { groups: [] });
    expect(others).toEqual([]);
    expect(finding).toMatch(
      /^policies\/test\.csv:\d+:4: the policy names more than 10000 groups, the limit of a user pool; /,
    );
    expect(found(quotaExceeded, rows.slice(0, rows.lastIndexOf("\n")), { groups: [] })).toEqual([]);
    expect(found(quotaExceeded, rows, { groups: undefined })).toEqual([]);
  });

  it.each([
    [
      { scopes: many(101, (index) => `https://api.example.com/${index}`) },
      "the resource server `https://api.example.com` has 101 scopes; AWS allows at most 100; use a second resource server",
    ],
    [
      { clients: [client(51)] },
      "the app client `m` has 51 scopes; AWS allows at most 50; list `AllowedOAuthScopes`",
    ],
    [
      { identityPool: pool(26) },
      "the identity pool has 26 mapping rules; AWS allows at most 25; set `roleMapping` to `token`",
    ],
    [
      { resourceCount: 501 },
      "the stack has 501 resources; AWS allows at most 500; use fewer groups, or set `groupsFromPolicy` to `false` and create them elsewhere",
    ],
  ])("finds what is too much (%#)", (service, message) => {
    expect(found(quotaExceeded, "", service)).toEqual([`serverless.yml:1:1: ${message}`]);
  });

  it("accepts as much as there may be", () => {
    const scopes = [...many(100, (index) => `a/${index}`), ...many(100, (index) => `b/${index}`)];
    const service = { scopes, clients: [client(50)], identityPool: pool(25), resourceCount: 500 };
    expect(found(quotaExceeded, "", service)).toEqual([]);
  });
});
