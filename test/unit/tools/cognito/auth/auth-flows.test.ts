import { permittedFlow } from "../../../../../src/tools/cognito/auth/auth-flows.ts";
import { testClient } from "../../../../support/user-pool.ts";

const FLOWS = [
  "USER_SRP_AUTH",
  "USER_PASSWORD_AUTH",
  "ADMIN_USER_PASSWORD_AUTH",
  "ADMIN_NO_SRP_AUTH",
  "CUSTOM_AUTH",
  "USER_AUTH",
  "REFRESH_TOKEN_AUTH",
  "REFRESH_TOKEN",
];

/** The flows that a client takes from an administrator; everybody may have those without `ADMIN_`. */
const allowed = (flows: readonly string[] | undefined) =>
  FLOWS.filter((flow) => refusalOf(flow, { ExplicitAuthFlows: flows }, true) === undefined);

function refusalOf(flow: string, properties: object, byAdmin: boolean): string | undefined {
  try {
    permittedFlow({ tier: "ESSENTIALS" }, testClient({ ...properties }), flow, byAdmin);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("the flows of an app client", () => {
  it("are SRP, custom and refresh where it names none", () => {
    const usual = ["USER_SRP_AUTH", "CUSTOM_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"];
    expect(allowed(undefined)).toEqual(usual);
    expect(allowed([])).toEqual(usual);
  });

  it.each([
    [["ALLOW_USER_PASSWORD_AUTH"], ["USER_PASSWORD_AUTH"]],
    [["ALLOW_ADMIN_USER_PASSWORD_AUTH"], ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"]],
    [["ALLOW_USER_AUTH"], ["USER_AUTH"]],
    [["ALLOW_REFRESH_TOKEN_AUTH"], ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"]],
  ])("with %j are %j", (names, flows) => {
    expect(allowed(names)).toEqual(flows);
  });

  it.each([
    ["USER_PASSWORD_AUTH", ["USER_SRP_AUTH", "USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"]],
    [
      "ADMIN_NO_SRP_AUTH",
      [
        "USER_SRP_AUTH",
        "ADMIN_USER_PASSWORD_AUTH",
        "ADMIN_NO_SRP_AUTH",
        "REFRESH_TOKEN_AUTH",
        "REFRESH_TOKEN",
      ],
    ],
    ["CUSTOM_AUTH_FLOW_ONLY", ["CUSTOM_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"]],
  ])("under the former name %s include refresh", (name, flows) => {
    expect(allowed([name])).toEqual(flows);
  });

  it("are refused in AWS's words where they are not among them", () => {
    const none = { ExplicitAuthFlows: ["ALLOW_USER_AUTH"] };
    expect(refusalOf("USER_PASSWORD_AUTH", none, false)).toBe(
      "USER_PASSWORD_AUTH flow not enabled for this client",
    );
    expect(refusalOf("USER_SRP_AUTH", none, false)).toBe("USER_SRP_AUTH is not enabled for the client.");
    expect(refusalOf("CUSTOM_AUTH", none, false)).toBe("CUSTOM_AUTH is not enabled for the client.");
    expect(refusalOf("ADMIN_USER_PASSWORD_AUTH", none, true)).toBe("Auth flow not enabled for this client");
  });

  it("with ADMIN_ are for administrators", () => {
    for (const flow of ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"]) {
      expect(refusalOf(flow, {}, false)).toBe("Initiate Auth method not supported.");
    }
  });

  it("that AWS does not have are refused by their name", () => {
    expect(refusalOf("constructor", {}, false)).toContain("'constructor' at 'authFlow'");
  });

  it("leave the refresh to GetTokensFromRefreshToken where refresh tokens rotate", () => {
    const rotating = { RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 } };
    expect(refusalOf("REFRESH_TOKEN_AUTH", rotating, false)).toBe(
      "REFRESH_TOKEN_AUTH is not enabled for the client.",
    );
  });

  it("have no USER_AUTH in the smallest plan", () => {
    const call = () => permittedFlow({ tier: "LITE" }, testClient(), "USER_AUTH", false);
    expect(call).toThrow(expect.objectContaining({ code: "FeatureUnavailableInTierException" }) as Error);
  });
});
