import { foundBy, resource } from "../checking.ts";

const found = (properties: Record<string, unknown>) =>
  foundBy("identity-pool-open", { I: resource("Cognito::IdentityPool", properties) });

describe("identity-pool-open", () => {
  it("finds the classic flow", () => {
    expect(found({ AllowClassicFlow: true })).toHaveLength(1);
    expect(found({ AllowClassicFlow: false })).toEqual([]);
    expect(found({})).toEqual([]);
  });

  it("finds a provider that does not ask the pool about a token", () => {
    const provider = { ClientId: "c", ProviderName: "p" };
    expect(
      found({ CognitoIdentityProviders: [provider, { ...provider, ServerSideTokenCheck: false }] }),
    ).toHaveLength(2);
    expect(found({ CognitoIdentityProviders: [{ ...provider, ServerSideTokenCheck: true }] })).toEqual([]);
  });
});
