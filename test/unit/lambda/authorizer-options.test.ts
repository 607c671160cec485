import { authorizerOptions } from "../../../src/lambda/authorizer-options.ts";
import { thrownBy } from "../../support/thrown.ts";

describe("the audience", () => {
  const audienceOf = (env: Readonly<Record<string, string>>) => authorizerOptions(env).audience;

  test("is read, and there is none by default", () => {
    expect(audienceOf({})).toBeUndefined();
    expect(audienceOf({ CLAIMGATE_AUDIENCE: "https://a.example.com,b" })).toEqual({
      names: ["https://a.example.com", "b"],
      requiredOf: "nobody",
    });
    expect(audienceOf({ CLAIMGATE_AUDIENCE: "b", CLAIMGATE_AUDIENCE_REQUIRED: "users" })).toEqual({
      names: ["b"],
      requiredOf: "users",
    });
  });

  test.each<[Readonly<Record<string, string>>, RegExp]>([
    [{ CLAIMGATE_AUDIENCE_REQUIRED: "all" }, /`CLAIMGATE_AUDIENCE` is missing/],
    [
      { CLAIMGATE_AUDIENCE: "a", CLAIMGATE_AUDIENCE_REQUIRED: "true" },
      /AUDIENCE_REQUIRED` is `true`; expected/,
    ],
    [{ CLAIMGATE_AUDIENCE: "a, b" }, /`CLAIMGATE_AUDIENCE`: ` b` is not the name of an API; expected/],
  ])("%j is refused at the start", (env, message) => {
    expect(thrownBy(() => audienceOf(env))).toMatchObject({
      code: "configuration_invalid",
      message: expect.stringMatching(message) as string,
    });
  });
});
