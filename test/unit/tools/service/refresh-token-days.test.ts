import { refreshTokenDays } from "../../../../src/tools/service/refresh-token-days.ts";
import { sourceOf } from "../../../../src/tools/service/service-source.ts";

const days = (...clients: readonly object[]) =>
  refreshTokenDays(
    sourceOf({
      resources: {
        Resources: Object.fromEntries(
          clients.map((Properties, index) => [
            `Client${index}`,
            { Type: "AWS::Cognito::UserPoolClient", Properties },
          ]),
        ),
      },
    }),
  );

describe("how long refresh tokens live", () => {
  it.each([
    [{ RefreshTokenValidity: 7 }, 7],
    [{ RefreshTokenValidity: "7", TokenValidityUnits: { RefreshToken: "days" } }, 7],
    [{ RefreshTokenValidity: 36, TokenValidityUnits: { RefreshToken: "hours" } }, 2],
    [{}, 30],
    [{ RefreshTokenValidity: 0 }, 30],
  ])("is said by the app client: %j", (client, expected) => {
    expect(days(client)).toBe(expected);
  });

  it("is that of the client whose tokens live longest, machines aside", () => {
    const machine = {
      AllowedOAuthFlows: ["client_credentials"],
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    };
    expect(days({ RefreshTokenValidity: 7 }, { RefreshTokenValidity: 9 }, machine)).toBe(9);
    expect(days({ RefreshTokenValidity: 7 }, { ...machine, ExplicitAuthFlows: undefined })).toBe(30);
  });

  it("is not known without a client, or where one does not say it plainly", () => {
    expect(days()).toBeUndefined();
    expect(days({ RefreshTokenValidity: 7 }, { RefreshTokenValidity: { Ref: "Days" } })).toBeUndefined();
  });
});
