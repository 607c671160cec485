import { type RevokeArguments, revocationTarget } from "../../../../../src/tools/cli/revoke/revoke-target.ts";
import { revocationListEntry } from "../../../../../src/tools/deployment/aws/revocation-list.ts";
import { thrownBy } from "../../../../support/thrown.ts";

const OUTPUTS = new Map([
  ["UserPoolId", "us-east-1_Main"],
  ["WebClientId", "id-web"],
  ["ReportingClientId", "id-reporting"],
]);
const OTHER = {
  poolAlias: "main",
  additionalIssuers: JSON.stringify([
    { userPoolId: "eu-west-1_Old", appClients: { "old-web": "id-old" }, poolAlias: "legacy" },
  ]),
};

function target(options: Partial<RevokeArguments>, params: Readonly<Record<string, unknown>> = {}) {
  const stack = { name: "claimgate-dev", id: "", status: "", statusReason: undefined, outputs: OUTPUTS };
  return revocationTarget(
    { stage: "dev", format: "pretty", ...options },
    { params: new Map(Object.entries(params)), stack },
  );
}

test.each([
  [{ sub: "user-1" }, {}, { by: "sub", userPoolId: "us-east-1_Main", sub: "user-1" }],
  [{ tokenId: "jti-1" }, {}, { by: "sign-in", userPoolId: "us-east-1_Main", originJti: "jti-1" }],
  [{ client: "web" }, {}, { by: "client", userPoolId: "us-east-1_Main", clientId: "id-web" }],
  [{ client: "old-web" }, OTHER, { by: "client", userPoolId: "eu-west-1_Old", clientId: "id-old" }],
  [{ sub: "user-1", poolAlias: "legacy" }, OTHER, { by: "sub", userPoolId: "eu-west-1_Old", sub: "user-1" }],
  [{ sub: "user-1", poolAlias: "main" }, OTHER, { by: "sub", userPoolId: "us-east-1_Main", sub: "user-1" }],
  [
    { client: "app" },
    { existingAppClients: '{"app":"id-app"}' },
    { by: "client", userPoolId: "us-east-1_Main", clientId: "id-app" },
  ],
])("%j of a stage with %j is %j", (options, params, expected) => {
  expect(target(options, params)).toEqual(expected);
});

test.each<[Partial<RevokeArguments>, RegExp]>([
  [{}, /nothing to revoke/],
  [{ sub: "a", client: "web" }, /more than one thing/],
  [{ client: "nobody" }, /no app client `nobody`/],
  [{ client: "constructor" }, /no app client `constructor`/],
  [{ sub: "a", poolAlias: "legacy" }, /no user pool .* alias `legacy`/],
  [{ sub: 'a" or sub = "b' }, /--sub is/],
  [{ tokenId: "" }, /--token-id is/],
])("%j is refused", (options, message) => {
  expect(thrownBy(() => target(options))).toMatchObject({
    code: "command_usage",
    message: expect.stringMatching(message) as string,
  });
});

test.each([
  ["[", /is not JSON/],
  ["{}", /expected a JSON list of issuers/],
  [
    '[{"userPoolId":"eu-west-1_Old","appClients":["x"],"poolAlias":"legacy"}]',
    /issuer 1 has no `appClients`/,
  ],
  ['[{"userPoolId":"eu-west-1_Old","clients":{"a":"b"},"poolAlias":"legacy"}]', /issuer 1 has `clients`/],
])("further pools that the authorizers would refuse are refused: %s", (additionalIssuers, message) => {
  expect(thrownBy(() => target({ sub: "u", poolAlias: "legacy" }, { additionalIssuers }))).toMatchObject({
    code: "service_unresolved",
    message: expect.stringMatching(message) as string,
  });
});

test("further pools that are a list in YAML are read as such", () => {
  const additionalIssuers = JSON.parse(OTHER.additionalIssuers) as unknown;
  expect(target({ client: "old-web" }, { additionalIssuers })).toMatchObject({ clientId: "id-old" });
});

test("an entry about a user is forgotten when the last token of its time has expired; one about a sign-in outlives its refresh token", () => {
  const now = 1_700_000_000;
  const user = revocationListEntry({ by: "sub", userPoolId: "us-east-1_Main", sub: "user-1" }, now, 30);
  expect(user).toMatchObject({ key: "sub#us-east-1_Main#user-1", before: now + 5 });
  expect(user.forgottenAt).toBeGreaterThan(now + 86_400);
  expect(user.forgottenAt).toBeLessThan(now + 2 * 86_400);
  const signIn = revocationListEntry(
    { by: "sign-in", userPoolId: "us-east-1_Main", originJti: "j" },
    now,
    30,
  );
  expect(signIn.before).toBeUndefined();
  expect(signIn.forgottenAt).toBeGreaterThan(now + 31 * 86_400);
});
