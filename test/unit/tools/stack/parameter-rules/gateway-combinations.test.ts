import { GATEWAY_COMBINATIONS } from "../../../../../src/tools/stack/parameter-rules/gateway-combinations.ts";
import { checkCombinations } from "../../../../../src/tools/stack/parameter-rules/parameter-combinations.ts";

const DEFAULTS = {
  httpApi: "true",
  restApi: "true",
  sharedAuthorizers: "false",
  websocketApi: "false",
  appSyncAuthorizer: "false",
  corsOrigins: '["http://localhost:5173"]',
  alarms: "false",
  alarmEmail: "",
  alarmTopicArn: "",
  apiDomains: "{}",
};

function messages(changes: Partial<typeof DEFAULTS>): string[] {
  const values = new Map(Object.entries({ ...DEFAULTS, ...changes }));
  const stage = { values, given: new Set(Object.keys(changes)), region: "eu-west-1" };
  return checkCombinations(GATEWAY_COMBINATIONS, stage).map(({ message }) => message);
}

describe("the parameters of APIs and alarms together", () => {
  it.each([
    {},
    { httpApi: "false" },
    { httpApi: "false", restApi: "false", sharedAuthorizers: "true" },
    { httpApi: "false", restApi: "false", appSyncAuthorizer: "true" },
    { apiDomains: '{"api.example.com":["shop","v1/shop"],"*.example.org":""}' },
    { alarms: "true" },
    { alarms: "true", alarmEmail: "ops@example.com" },
    { alarms: "true", alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:ops" },
    { corsOrigins: "*" },
    { corsOrigins: "https://a.example.com,https://b.example.com" },
  ])("may be %j", (changes) => {
    expect(messages(changes)).toEqual([]);
  });

  it.each<[Partial<typeof DEFAULTS>, RegExp]>([
    [{ httpApi: "false", restApi: "false" }, /^nothing would ask the policy; set one of `httpApi`/],
    [{ corsOrigins: "*,https://a.example.com" }, /both `\*`, which allows every origin, and other origins/],
    [{ alarmEmail: "ops@example.com" }, /^parameter `alarmEmail` is set without `alarms`/],
    [{ alarmTopicArn: "arn" }, /^parameter `alarmTopicArn` is set without `alarms`/],
    [{ alarms: "true", alarmEmail: "a@example.com", alarmTopicArn: "arn" }, /both set; set one/],
    [
      { apiDomains: '{"api.example.com":"/shop"}' },
      /^parameter `apiDomains`: .*without leading and trailing slashes/,
    ],
    [
      { apiDomains: '{"api.example.com":"shop","api.example.com":"v1"}' },
      /^parameter `apiDomains` has the duplicate key `api\.example\.com`; list its base paths in one array/,
    ],
  ])("are refused as %j", (changes, message) => {
    expect(messages(changes)).toEqual([expect.stringMatching(message)]);
  });
});
