import { type Audience, checkAudience, createAudience } from "../../../src/token/audience.ts";
import { thrownBy } from "../../support/thrown.ts";

const USER = { audience: [], username: "alice" };
const MACHINE = { audience: [], username: undefined };
const at = (requiredOf: Audience["requiredOf"]): Audience => ({
  names: ["https://a.example.com"],
  requiredOf,
});

test("a machine's token cannot name an API, so only `all` demands one of it", () => {
  const refused = { code: "token_audience_invalid", message: "claim `aud` is missing and required" };
  expect(thrownBy(() => checkAudience(MACHINE, at("users")))).toBeUndefined();
  expect(thrownBy(() => checkAudience(MACHINE, at("all")))).toMatchObject(refused);
  expect(thrownBy(() => checkAudience(USER, at("users")))).toMatchObject(refused);
});

test.each<[readonly string[], RegExp]>([
  [[], /no name/],
  [["https://a.example.com", ""], /`` is not the name of an API/],
  [["https://a.example.com", " https://b.example.com"], /is not the name/],
])("%j is refused at the start", (names, message) => {
  expect(thrownBy(() => createAudience({ names, requiredOf: "nobody" }))).toMatchObject({
    code: "configuration_invalid",
    message: expect.stringMatching(message) as string,
  });
});
