import { GATEWAY_COMBINATIONS } from "../../../../../src/tools/stack/parameter-rules/gateway-combinations.ts";
import { checkCombinations } from "../../../../../src/tools/stack/parameter-rules/parameter-combinations.ts";

const DEFAULTS = {
  httpApi: "true",
  restApi: "true",
  sharedAuthorizers: "false",
  websocketApi: "false",
  tokenPlace: "subprotocol",
  appSyncAuthorizer: "false",
  wholeApiAnswer: "false",
  restCacheSeconds: "0",
  corsOrigins: '["http://localhost:5173"]',
  alarms: "false",
  alarmEmail: "",
  alarmTopicArn: "",
  alarmDenies: "100",
  alarmRefusedTokens: "100",
  alarmRefusedSignUps: "50",
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
    { wholeApiAnswer: "true", restCacheSeconds: "300" },
    { wholeApiAnswer: "true" },
    { websocketApi: "true", tokenPlace: "query" },
    { apiDomains: '{"api.example.com":["shop","v1/shop"],"*.example.org":""}' },
    { alarms: "true" },
    { alarms: "true", alarmEmail: "ops@example.com", alarmDenies: "anomaly" },
    { alarms: "true", alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:ops" },
    { corsOrigins: "*" },
    { corsOrigins: "https://a.example.com,https://b.example.com" },
  ])("may be %j", (changes) => {
    expect(messages(changes)).toEqual([]);
  });

  it.each<[Partial<typeof DEFAULTS>, RegExp]>([
    [{ httpApi: "false", restApi: "false" }, /^nothing would ask the policy: expected one of `httpApi`/],
    [{ restCacheSeconds: "60" }, /^`restCacheSeconds` keeps answers that are for one request each/],
    [{ tokenPlace: "query" }, /^`tokenPlace` is set without `websocketApi`/],
    [{ corsOrigins: "*,https://a.example.com" }, /`\*`, which is every origin, beside others/],
    [{ alarmEmail: "ops@example.com" }, /^`alarmEmail` is set without `alarms`/],
    [{ alarmTopicArn: "arn" }, /^`alarmTopicArn` is set without `alarms`/],
    [{ alarms: "true", alarmEmail: "a@example.com", alarmTopicArn: "arn" }, /both set: expected one/],
    [{ apiDomains: '{"api.example.com":"/shop"}' }, /^parameter `apiDomains`: .*without slashes/],
    [
      { apiDomains: '{"api.example.com":"shop","api.example.com":"v1"}' },
      /^parameter `apiDomains`: duplicate key `api\.example\.com`; list its base paths in one array/,
    ],
    [{ alarms: "true", alarmRefusedTokens: "" }, /^`alarmRefusedTokens` is empty/],
  ])("are refused as %j", (changes, message) => {
    expect(messages(changes)).toEqual([expect.stringMatching(message)]);
  });
});
