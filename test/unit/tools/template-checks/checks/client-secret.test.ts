import { appClient, foundBy } from "../checking.ts";

const found = (properties: Record<string, unknown>) =>
  foundBy("client-secret", { Web: appClient(properties) });

describe("client-secret", () => {
  it("finds a secret where nobody keeps it, and none where it is the only proof", () => {
    expect(found({ AllowedOAuthFlows: ["code"], GenerateSecret: true })).toHaveLength(1);
    expect(found({ GenerateSecret: "true" })).toHaveLength(1);
    expect(found({ AllowedOAuthFlows: ["client_credentials"] })).toHaveLength(1);
  });

  it("lets the others pass", () => {
    expect(found({ AllowedOAuthFlows: ["code"] })).toEqual([]);
    expect(found({ AllowedOAuthFlows: ["code"], GenerateSecret: false })).toEqual([]);
    expect(found({ AllowedOAuthFlows: ["client_credentials"], GenerateSecret: true })).toEqual([]);
  });
});
