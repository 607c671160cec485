import { conditionClaim } from "../../../../../src/tools/lint/rules/condition-claim.ts";
import type { Service } from "../../../../../src/tools/service/service.ts";
import { found, serviceWith } from "../linting.ts";

const SERVICE = serviceWith({ copiedClaims: new Map([["tenant_id", "custom:tenant_id"]]) });

function claims(condition: string, known: Service | undefined): string[] {
  return found(conditionClaim, ["g2, GET /x/{a}/{b}, x:y", `p, role:a, x:y, allow, ${condition}`], known);
}

describe("condition-claim", () => {
  it("knows the claims of an access token and those that are copied", () => {
    expect(claims("{a}=sub&{b}=username", SERVICE)).toEqual([]);
    expect(claims("{a}=tenant_id&{b}!=client_id", SERVICE)).toEqual([]);
  });

  it("finds a claim that no token has", () => {
    expect(claims("{a}=sub&{b}=tenantid", SERVICE)).toEqual([
      "2:36: access tokens have no claim `tenantid`, so the comparison is never true; did you mean `tenant_id`?",
    ]);
    expect(claims("{a}!=email", SERVICE)).toEqual([
      "2:29: access tokens have no claim `email`, so the comparison is never true; copy it from a user attribute: add it to `copiedClaims` in serverless.yml",
    ]);
  });

  it.each(["cognito:groups", "roles"])("finds the list %s", (claim) => {
    expect(claims(`{a}=${claim}`, undefined)).toEqual([
      `2:28: the claim \`${claim}\` is never a string, so the comparison is never true; name a group or a role in the first column, as \`group:NAME\` or \`role:NAME\``,
    ]);
  });

  it.each(["exp", "iat", "nbf", "auth_time", "version"])("finds the number %s", (claim) => {
    expect(claims(`{a}=${claim}`, SERVICE)).toHaveLength(1);
  });

  it("does not judge what it cannot know", () => {
    expect(claims("{a}=email", undefined)).toEqual([]);
    expect(claims("{a}=email", serviceWith({ groups: undefined }))).toEqual([]);
  });
});
