import { type Given, givenToday } from "../../../../src/tools/adopt/given-today.ts";
import { readService } from "../../../../src/tools/service/read-service.ts";
import { sourceOf } from "../../../../src/tools/service/service-source.ts";

type Json = Readonly<Record<string, unknown>>;

const JWT = {
  type: "jwt",
  identitySource: "$request.header.Authorization",
  issuerUrl: { "Fn::Sub": "https://cognito-idp.${AWS::Region}.amazonaws.com/${Pool}" },
  audience: [{ Ref: "WebClient" }],
};

function client(flows: readonly string[], scopes: readonly string[]): Json {
  return {
    Type: "AWS::Cognito::UserPoolClient",
    Properties: { UserPoolId: { Ref: "Pool" }, AllowedOAuthFlows: flows, AllowedOAuthScopes: scopes },
  };
}

const POOL = {
  Pool: { Type: "AWS::Cognito::UserPool", Properties: {} },
  WebClient: client(["code"], ["openid"]),
};
const WITH_MACHINE: Json = { ...JWT, audience: [{ Ref: "WebClient" }, { Ref: "MachineClient" }] };

function today(
  {
    authorizers = { jwt: JWT },
    events,
    resources = POOL,
    functions = {},
  }: {
    readonly authorizers?: Json;
    readonly events: readonly Json[];
    readonly resources?: Json;
    readonly functions?: Json;
  },
  choices: Partial<Parameters<typeof givenToday>[2]> = {},
  isSetUp = false,
) {
  const resolved = {
    provider: { httpApi: { authorizers } },
    functions: { api: { events }, ...functions },
    resources: { Resources: resources },
  };
  const chosen = { guard: [], replace: [], ...choices };
  const read = givenToday(sourceOf(resolved), readService(resolved, ""), chosen, isSetUp);
  const given: Record<string, Given> = {};
  for (const one of read.routes) given[one.route.route] = one.given;
  return { ...read, given };
}

const containing = (text: string): unknown => expect.stringContaining(text);
const http = (authorizer: unknown, path = "/x") => ({ httpApi: { method: "GET", path, authorizer } });
const rest = (authorizer: unknown, path = "/x") => ({ http: { method: "get", path, authorizer } });
const subjectsOf = (given: Given | undefined) => (given?.to === "subjects" ? given.subjects : given);

describe("what a JWT authorizer gives", () => {
  test("without scopes every user, and every machine where an app client is for machines", () => {
    const { given, trust } = today({ events: [http("jwt")] });
    expect(subjectsOf(given["GET /x"])).toEqual(["role:authenticated"]);
    expect(trust).toMatchObject({ pool: { kind: "resource", id: "Pool" }, audience: [{ Ref: "WebClient" }] });
    const resources = { ...POOL, MachineClient: client(["client_credentials"], ["shop/read"]) };
    const authorizers = { jwt: WITH_MACHINE };
    const both = today({ events: [http("jwt")], resources, authorizers });
    expect(subjectsOf(both.given["GET /x"])).toEqual(["role:authenticated", "role:machine"]);
  });

  test("nothing to machines of an app client that it does not accept", () => {
    const resources = { ...POOL, MachineClient: client(["client_credentials"], ["shop/read"]) };
    const events = [http("jwt"), http({ name: "jwt", scopes: ["shop/read"] }, "/y")];
    const { given } = today({ events, resources });
    expect(subjectsOf(given["GET /x"])).toEqual(["role:authenticated"]);
    expect(given["GET /y"]).toMatchObject({ to: "others", why: containing("no token") });
  });

  test("with a scope the machines that have it", () => {
    const resources = { ...POOL, MachineClient: client(["client_credentials"], ["shop/read"]) };
    const { given, notes } = today({
      events: [http({ name: "jwt", scopes: ["shop/read"] })],
      resources,
      authorizers: { jwt: WITH_MACHINE },
    });
    expect(subjectsOf(given["GET /x"])).toEqual(["scope:shop/read"]);
    expect(notes).toEqual([]);
  });

  test("with a scope every user, if users can ask for it, and says that", () => {
    const resources = { ...POOL, WebClient: client(["code"], ["openid", "shop/read"]) };
    const { given, notes } = today({ events: [http({ name: "jwt", scopes: ["shop/read"] })], resources });
    expect(subjectsOf(given["GET /x"])).toEqual(["role:authenticated"]);
    expect(notes).toEqual([
      expect.stringContaining("any user can sign in with an app client that asks for it"),
    ]);
  });

  test("with a scope that no app client has nothing, so the authorizer stays", () => {
    const { given } = today({ events: [http({ name: "jwt", scopes: ["shop/read"] })] });
    expect(given["GET /x"]).toMatchObject({ to: "others", why: containing("no token") });
  });

  test("of a pool elsewhere with a scope that only the deployment knows stays, without a row to add", () => {
    const jwt = {
      ...JWT,
      issuerUrl: { "Fn::ImportValue": "issuer" },
      audience: ["1h57kf5cpq17m0eml12EXAMPLE"],
    };
    const scopes = [{ "Fn::ImportValue": "scope" }];
    const { given, notes } = today({ authorizers: { jwt }, events: [http({ name: "jwt", scopes })] });
    expect(given["GET /x"]).toMatchObject({ to: "others" });
    expect(notes).toEqual([]);
  });

  test("of a pool elsewhere with a scope: machines only, and says what to add for users", () => {
    const issuerUrl = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI";
    const jwt = { ...JWT, issuerUrl, audience: ["1h57kf5cpq17m0eml12EXAMPLE"] };
    const { given, notes, trust } = today({
      authorizers: { jwt },
      resources: {},
      events: [http({ name: "jwt", scopes: ["shop/read"] }), http({ name: "jwt", scopes: ["openid"] }, "/y")],
    });
    expect(subjectsOf(given["GET /x"])).toEqual(["scope:shop/read"]);
    expect(subjectsOf(given["GET /y"])).toEqual(["role:authenticated"]);
    expect(notes[0]).toContain("if users call it too, add `p, role:authenticated, PERMISSION, allow`");
    expect(trust?.pool).toEqual({ kind: "id", id: "eu-west-1_AbCdEfGhI" });
  });

  test.each([
    ["another issuer", { ...JWT, issuerUrl: "https://example.auth0.com/" }, "is not a Cognito user pool"],
    [
      "a token from the query",
      { ...JWT, identitySource: "$request.querystring.t" },
      "does not read the token from",
    ],
  ])("with %s is not for claimgate", (_, jwt, why) => {
    const { given } = today({ authorizers: { jwt }, events: [http("jwt")] });
    expect(given["GET /x"]).toEqual({ to: "others", authorizer: "jwt", why: containing(why) });
  });
});

describe("what a COGNITO_USER_POOLS authorizer gives", () => {
  const arn = { "Fn::GetAtt": ["Pool", "Arn"] };

  test("without scopes users, never machines, which have no ID token; and accepts every app client", () => {
    const resources = { ...POOL, MachineClient: client(["client_credentials"], ["shop/read"]) };
    const authorizer = { name: "pool", type: "COGNITO_USER_POOLS", arn };
    const { given, trust } = today({ events: [rest(authorizer)], resources });
    expect(subjectsOf(given["GET /x"])).toEqual(["role:authenticated"]);
    expect(trust).toMatchObject({ pool: { kind: "resource", id: "Pool" }, audience: undefined });
  });

  test("is found through a resource, and by an ARN in text", () => {
    const resources = {
      ...POOL,
      Auth: {
        Type: "AWS::ApiGateway::Authorizer",
        Properties: { Type: "COGNITO_USER_POOLS", ProviderARNs: [arn] },
      },
    };
    const byId = { type: "COGNITO_USER_POOLS", authorizerId: { Ref: "Auth" } };
    expect(today({ events: [rest(byId)], resources }).trust?.pool).toEqual({ kind: "resource", id: "Pool" });
    const text = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbCdEfGhI";
    expect(today({ events: [rest(text)] }).trust?.pool).toEqual({ kind: "id", id: "eu-west-1_AbCdEfGhI" });
  });

  test("of a second pool is not for claimgate", () => {
    const other = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbCdEfGhI";
    const { given } = today({
      events: [rest({ name: "a", arn, type: "COGNITO_USER_POOLS" }), rest(other, "/y")],
    });
    expect(given["GET /y"]).toMatchObject({
      to: "others",
      why: containing("another user pool"),
    });
  });
});

describe("the app clients of a service", () => {
  const other = { ...JWT, audience: [{ Ref: "WebClient" }, { Ref: "AppClient" }] };

  test("are those of its authorizers, and a route that is newly guarded adds none", () => {
    const events = [http("jwt"), http(undefined, "/y")];
    const { trust, notes } = today({ events }, { guard: "all" });
    expect(trust?.audience).toEqual([{ Ref: "WebClient" }]);
    expect(notes).toEqual([]);
  });

  test("are none where every authorizer stays, and only routes without one are guarded", () => {
    const events = [http({ name: "jwt", scopes: ["shop/read"] }), http(undefined, "/y")];
    const { given, trust } = today({ events }, { guard: "all" });
    expect(given["GET /x"]).toMatchObject({ to: "others", authorizer: "jwt" });
    expect(subjectsOf(given["GET /y"])).toEqual(["role:authenticated"]);
    expect(trust).toMatchObject({ pool: { kind: "resource", id: "Pool" }, audience: [] });
  });

  test("are spelled as the first of the replaced authorizers spells them", () => {
    const spelled = { ...JWT, audience: [{ "Fn::Sub": "${WebClient}" }] };
    const { trust } = today({
      authorizers: { jwt: JWT, spelled },
      events: [http("jwt"), http("spelled", "/y")],
    });
    expect(trust?.audience).toEqual([{ Ref: "WebClient" }]);
  });

  test.each([
    ["a machine", ["client_credentials"]],
    ["users", ["code"]],
  ])("with another list, of %s, keep their authorizer, and the note says what to write", (_, flows) => {
    const job = { ...JWT, audience: [{ Ref: "Job" }] };
    const { given, trust, notes } = today({
      authorizers: { job, jwt: JWT },
      resources: { ...POOL, Job: client(flows, []) },
      events: [http("job"), http("jwt", "/y"), http("jwt", "/z")],
    });
    expect(given["GET /x"]).toMatchObject({ to: "others", authorizer: "job", why: containing("other app") });
    expect(subjectsOf(given["GET /y"])).toEqual(["role:authenticated"]);
    expect(trust?.audience).toEqual([{ Ref: "WebClient" }]);
    expect(notes).toEqual([containing("`p, client:NAME, PERMISSION, allow` for machines")]);
    expect(notes).toEqual([containing("`job` accepts other app clients (`Job`)")]);
  });

  test("are those of the first authorizer where no list has more routes", () => {
    const { given, trust } = today({
      authorizers: { jwt: JWT, other },
      events: [http("jwt"), http("other", "/y")],
    });
    expect(trust?.audience).toEqual([{ Ref: "WebClient" }]);
    expect(given["GET /y"]).toMatchObject({ to: "others", authorizer: "other" });
  });

  test("are the same in another order, in another spelling, and as all those of the pool", () => {
    const spelled = { ...JWT, audience: [{ Ref: "MachineClient" }, { "Fn::Sub": "${WebClient}" }] };
    const arn = { "Fn::GetAtt": ["Pool", "Arn"] };
    const { given, notes } = today({
      authorizers: { jwt: WITH_MACHINE, spelled },
      resources: { ...POOL, MachineClient: client(["client_credentials"], []) },
      events: [
        http("jwt"),
        http("spelled", "/y"),
        rest({ name: "a", type: "COGNITO_USER_POOLS", arn }, "/z"),
      ],
    });
    expect(Object.values(given).map(({ to }) => to)).toEqual(["subjects", "subjects", "subjects"]);
    expect(notes).toEqual([]);
  });

  test("differ from all those of the pool where a list lacks one", () => {
    const arn = { "Fn::GetAtt": ["Pool", "Arn"] };
    const { given, notes } = today({
      resources: { ...POOL, MachineClient: client(["client_credentials"], []) },
      events: [http("jwt"), rest({ name: "a", type: "COGNITO_USER_POOLS", arn }, "/z")],
    });
    expect(given["GET /z"]).toMatchObject({ to: "others", authorizer: "a" });
    expect(notes).toHaveLength(1);
  });
});

test("a native authorizer stays in a service that names its app clients already, which may be others", () => {
  const { given, trust } = today({ events: [http("jwt")] }, {}, true);
  expect(given["GET /x"]).toMatchObject({ to: "others", why: containing("set up without it") });
  expect(trust).toBeUndefined();
});

describe("what other authorizers give", () => {
  const events = [http({ name: "own" }), http({ type: "aws_iam" }, "/y"), http(undefined, "/z")];
  const authorizers = { own: { type: "request", functionName: "auth" } };

  test("is theirs, unless claimgate replaces the function", () => {
    const { given } = today({ events, authorizers });
    expect(given["GET /x"]).toMatchObject({ to: "others", why: "it is a function of this service" });
    expect(given["GET /y"]).toMatchObject({ to: "others", authorizer: "AWS_IAM" });
    expect(given["GET /z"]).toEqual({ to: "everyone" });
    expect(today({ events, authorizers }, { replace: ["own"] }).given["GET /x"]).toEqual({
      to: "roles",
      replaces: true,
    });
  });

  test("does not decide which pool counts, even if they come first", () => {
    const own = { type: "request", functionName: "auth" };
    const byArn = { arn: { "Fn::GetAtt": ["AuthFunction", "Arn"] } };
    const { given, trust } = today({
      authorizers: { own, jwt: JWT },
      events: [http("own"), rest(byArn, "/y"), http("jwt", "/z")],
    });
    expect(subjectsOf(given["GET /z"])).toEqual(["role:authenticated"]);
    expect(trust?.pool).toEqual({ kind: "resource", id: "Pool" });
  });

  test("a route that no policy can name keeps what it has, and is named", () => {
    const { given } = today({ events: [http("jwt", "/a b"), http(undefined, "/c d"), http("jwt")] });
    const why = "a policy cannot name its path";
    expect(given["GET /a b"]).toEqual({ to: "others", authorizer: "jwt", why });
    expect(given["GET /c d"]).toEqual({ to: "others", authorizer: "none", why });
  });

  test("a function with the configuration of claimgate is claimgate's", () => {
    const functions = { auth: { environment: { CLAIMGATE_USER_POOL_ID: "p" } } };
    expect(today({ events, authorizers, functions }).given["GET /x"]).toEqual({
      to: "roles",
      replaces: false,
    });
  });

  test("a route that gets an authorizer is for every signed-in user", () => {
    expect(subjectsOf(today({ events, authorizers }, { guard: "all" }).given["GET /z"])).toEqual([
      "role:authenticated",
    ]);
  });

  test("a route of one name in two APIs is for the callers of both, if they are the same", () => {
    const arn = { "Fn::GetAtt": ["Pool", "Arn"] };
    const { routes } = today({ events: [http("jwt"), rest({ name: "a", type: "COGNITO_USER_POOLS", arn })] });
    expect(routes.map(({ route: { gateway }, given }) => [gateway, subjectsOf(given)])).toEqual([
      ["http", ["role:authenticated"]],
      ["rest", ["role:authenticated"]],
    ]);
  });

  test("two APIs that give a route of one name to different callers keep what they have", () => {
    const { given } = today({ events: [http("jwt"), rest(undefined)] });
    expect(given["GET /x"]).toMatchObject({ to: "others", why: containing("two APIs") });
  });
});
