import { appClient, foundBy } from "../checking.ts";

const found = (properties: Record<string, unknown>) =>
  foundBy("client-flows", { Web: appClient({ AllowedOAuthFlowsUserPoolClient: true, ...properties }) });

describe("client-flows", () => {
  it("finds people and machines behind one client", () => {
    expect(found({ AllowedOAuthFlows: ["client_credentials", "code"] })).toEqual([
      "Web.AllowedOAuthFlows: has client_credentials and code; client_credentials cannot be combined with other flows",
    ]);
  });

  it("finds flows that nothing switches on", () => {
    expect(found({ AllowedOAuthFlows: ["code"], AllowedOAuthFlowsUserPoolClient: undefined })).toHaveLength(
      1,
    );
  });

  it("finds both spellings of flows at once", () => {
    expect(found({ ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"] })).toHaveLength(1);
  });

  it("lets the rest pass", () => {
    expect(found({ AllowedOAuthFlows: ["code"], ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] })).toEqual([]);
    expect(found({ AllowedOAuthFlows: ["client_credentials"] })).toEqual([]);
    expect(found({ ExplicitAuthFlows: ["USER_PASSWORD_AUTH"] })).toEqual([]);
    expect(found({ AllowedOAuthFlowsUserPoolClient: false })).toEqual([]);
  });
});
