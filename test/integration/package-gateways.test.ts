import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runServerless } from "../support/serverless.ts";
import { copyService } from "../support/service-copy.ts";

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}
type Resources = Readonly<Record<string, Resource>>;

interface Template {
  readonly Resources: Resources;
  readonly Outputs: Readonly<Record<string, unknown>>;
}

const home = mkdtempSync(join(tmpdir(), "claimgate-gateways-"));
const folder = join(home, "out");
const service = copyService(join(home, "service"));
let resources: Resources;

/** The template of a stage with these parameters. */
async function packaged(parameters: readonly string[] = []): Promise<Template> {
  const options = parameters.flatMap((parameter) => ["--param", parameter]);
  const run = await runServerless(["package", "--package", folder, ...options], service.folder);
  expect(run).toMatchObject({ code: 0 });
  const text = readFileSync(join(folder, "cloudformation-template-update-stack.json"), "utf8");
  return JSON.parse(text) as Template;
}

beforeAll(async () => {
  resources = (await packaged()).Resources;
}, 60_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

const ofType = (type: string, all = resources) =>
  Object.entries(all).filter(([, resource]) => resource.Type === type);
const property = (name: string, key: string) => resources[name]?.Properties[key];

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: unknown;
}

/** What a role allows by itself. */
function statementsOf(role: Resource | undefined): readonly Statement[] {
  const policies = (role?.Properties["Policies"] ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** What a client sends is in a header, the path or the query; an error message repeats headers. */
function expectNoSecrets(accessLog: unknown): void {
  const { Format } = accessLog as { Format: string };
  const fields = Object.values(JSON.parse(Format) as Record<string, string>);
  expect(fields).toEqual(
    expect.arrayContaining(["$context.requestId", "$context.status", "$context.authorizer.error"]),
  );
  expect(fields.filter((field) => /header|\.path\b|query|message|userAgent/i.test(field))).toEqual([]);
}

describe("the gateways and functions of a stage", () => {
  it("gives every function a role of its own, which writes to the function's log group and no other", () => {
    const functions = ofType("AWS::Lambda::Function").map(([name]) => name.replace("LambdaFunction", ""));
    for (const name of functions) {
      expect(property(`${name}LambdaFunction`, "Role")).toEqual({ "Fn::GetAtt": [`${name}Role`, "Arn"] });
      const logs = statementsOf(resources[`${name}Role`]);
      expect(logs.map(({ Resource }) => Resource)).toEqual([{ "Fn::GetAtt": [`${name}LogGroup`, "Arn"] }]);
    }
    expect(
      // The identity pool has roles too, which people assume.
      ofType("AWS::IAM::Role")
        .filter(([, role]) => JSON.stringify(role).includes('"lambda.amazonaws.com"'))
        .map(([name]) => name)
        .sort(),
    ).toEqual(functions.map((name) => `${name}Role`).sort());
  });

  it("keeps every log for the days of the stage", () => {
    const groups = ofType("AWS::Logs::LogGroup");
    expect(groups.map(([name]) => name)).toContain("HttpApiAccessLogs");
    for (const [, { Properties }] of groups) expect(Properties["RetentionInDays"]).toBe(90);
  });

  it("leaves the functions' lines as they write them, for the metric filters", () => {
    for (const [, { Properties }] of ofType("AWS::Lambda::Function")) {
      expect(Properties["LoggingConfig"]).toEqual({ LogFormat: "Text" });
    }
  });

  it("limits what both APIs let through", () => {
    const limits = { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 };
    expect(property("HttpApiStage", "DefaultRouteSettings")).toMatchObject(limits);
    expect(property("RestApiStage", "MethodSettings")).toEqual([
      { ResourcePath: "/*", HttpMethod: "*", LoggingLevel: "OFF", DataTraceEnabled: false, ...limits },
    ]);
  });

  it("logs of a call who and what, and nothing that can hold a token", () => {
    expectNoSecrets(property("HttpApiStage", "AccessLogSettings"));
  });

  it("makes the REST deployment wait for all that it deploys, and the stage refer to it", () => {
    const [name = "", deployment] = ofType("AWS::ApiGateway::Deployment")[0] ?? [];
    const responses = ofType("AWS::ApiGateway::GatewayResponse").map(([id]) => id);
    expect(deployment?.DependsOn).toEqual(
      expect.arrayContaining([...responses, "RestAuthorizerApiGatewayAuthorizer"]),
    );
    expect(deployment?.Properties).not.toHaveProperty("StageName");
    expect(property("RestApiStage", "DeploymentId")).toEqual({ Ref: name });
  });

  it("answers 401 and 403 of the REST API as RFC 6750 wants it, and says one word in each answer", () => {
    const responses = new Map(
      ofType("AWS::ApiGateway::GatewayResponse").map(([, { Properties }]) => [
        Properties["ResponseType"],
        Properties,
      ]),
    );
    const answer = (type: string) => {
      const { StatusCode, ResponseParameters, ResponseTemplates } = responses.get(type) ?? {};
      const headers = ResponseParameters as Record<string, string>;
      const body = (ResponseTemplates as Record<string, string>)["application/json"] ?? "";
      const { message } = JSON.parse(body) as { message: string };
      return [StatusCode, headers["gatewayresponse.header.WWW-Authenticate"], message];
    };
    expect(answer("UNAUTHORIZED")).toEqual(["401", "'Bearer realm=\"claimgate\"'", "Unauthorized"]);
    expect(answer("ACCESS_DENIED")).toEqual([
      "403",
      '\'Bearer realm="claimgate", error="insufficient_scope"\'',
      "Forbidden",
    ]);
    expect(answer("AUTHORIZER_FAILURE")).toEqual(["500", undefined, "Internal Server Error"]);
    expect(answer("AUTHORIZER_CONFIGURATION_ERROR")).toEqual(["500", undefined, "Internal Server Error"]);
    expect(answer("MISSING_AUTHENTICATION_TOKEN")).toEqual(["404", undefined, "Not Found"]);
    expect(answer("DEFAULT_5XX")).toEqual([undefined, undefined, "Internal Server Error"]);
    // The type is a fixed word; `$context.error.message` repeats what the client sent.
    expect(answer("DEFAULT_4XX")).toEqual([undefined, undefined, "$context.error.responseType"]);
  });

  it("lets the app's origin read every answer of both APIs", () => {
    const origin = "http://localhost:5173";
    expect(property("HttpApi", "CorsConfiguration")).toMatchObject({ AllowOrigins: [origin] });
    for (const [, { Properties }] of ofType("AWS::ApiGateway::GatewayResponse")) {
      const headers = Properties["ResponseParameters"] as Record<string, string>;
      expect(headers["gatewayresponse.header.Access-Control-Allow-Origin"]).toBe(`'${origin}'`);
    }
    expect(property("OrdersLambdaFunction", "Environment")).toEqual({
      Variables: { CLAIMGATE_CORS_ORIGINS: origin },
    });
  });

  it("authenticates no preflight of a browser, and calls no function for it", () => {
    const [options] = ofType("AWS::ApiGateway::Method").filter(
      ([, { Properties }]) => Properties["HttpMethod"] === "OPTIONS",
    );
    expect(options?.[1].Properties).toMatchObject({
      AuthorizationType: "NONE",
      Integration: { Type: "MOCK" },
    });
  });
});

describe("the template of a stage that chooses otherwise", () => {
  it("has nothing of an API that is off, and no alarm about it", async () => {
    const { Resources, Outputs } = await packaged(["restApi=false", "alarms=true"]);
    expect(Object.keys(Resources).filter((name) => /Rest|ApiGateway/.test(name))).toEqual([]);
    expect(JSON.stringify(Resources)).not.toMatch(/RestA|ApiGatewayRest/);
    expect(ofType("AWS::ApiGatewayV2::Route", Resources)).toHaveLength(
      ofType("AWS::ApiGatewayV2::Route").length,
    );
    expect(Object.keys(Outputs)).toEqual(expect.arrayContaining(["HttpApiUrl", "HttpAuthorizerArn"]));
    expect(Object.keys(Outputs).filter((name) => name.startsWith("Rest"))).toEqual([]);
  }, 60_000);

  it("has two authorizers and no API where others use them", async () => {
    const off = ["httpApi=false", "restApi=false", "sharedAuthorizers=true"];
    const { Resources, Outputs } = await packaged(off);
    expect(Object.values(Resources).filter(({ Type }) => Type.startsWith("AWS::ApiGateway"))).toEqual([]);
    expect(Outputs).toMatchObject({
      HttpAuthorizerArn: { Value: { "Fn::GetAtt": ["HttpAuthorizerLambdaFunction", "Arn"] } },
      RestAuthorizerArn: { Value: { "Fn::GetAtt": ["RestAuthorizerLambdaFunction", "Arn"] } },
    });
    expect(Resources).not.toHaveProperty("OrdersLambdaFunction");
  }, 60_000);

  it("has everything that can be switched on", async () => {
    const everything = [
      ...["alarms=true", "alarmEmail=ops@example.com", "tracing=true", "reservedConcurrency=10"],
      ...["provisionedConcurrency=2", "restAccessLogs=create", "sharedAuthorizers=true"],
      "corsOrigins=https://app.example.com,https://admin.example.com",
    ];
    const { Resources, Outputs } = await packaged(everything);

    // Both gateways call the version that is kept warm, and may.
    for (const id of ["HttpApiAuthorizerClaimgate", "RestAuthorizerApiGatewayAuthorizer"]) {
      expect(JSON.stringify(Resources[id]?.Properties["AuthorizerUri"])).toContain('"provisioned"');
    }
    expect(Resources["RestAuthorizerLambdaPermissionApiGateway"]?.Properties["FunctionName"]).toEqual({
      Ref: "RestAuthorizerProvConcLambdaAlias",
    });
    expect(JSON.stringify(Resources["ClaimgateLambdaAuthorizerPermissionHttpApi"])).toContain(
      '"provisioned"',
    );
    expect(Outputs["HttpAuthorizerArn"]).toEqual({ Value: { Ref: "HttpAuthorizerProvConcLambdaAlias" } });

    // What traces may send traces, and nothing else has a right on `*`.
    const broad = ofType("AWS::IAM::Role", Resources).flatMap(([name, role]) =>
      statementsOf(role)
        .filter(({ Resource }) => Resource === "*")
        .map(({ Action }) => [name, Action]),
    );
    expect(broad.map(([name]) => name)).toHaveLength(6);
    expect(new Set(broad.map(([, action]) => JSON.stringify(action)))).toEqual(
      new Set(['["xray:PutTraceSegments","xray:PutTelemetryRecords"]']),
    );
    expect(Resources["RestApiStage"]?.Properties["TracingEnabled"]).toBe(true);

    for (const name of ["PreSignUp", "PostConfirmation", "PreTokenGeneration"]) {
      expect(Number(Resources[`${name}LambdaFunction`]?.Properties["ReservedConcurrentExecutions"])).toBe(10);
    }
    expect(Resources["HttpAuthorizerLambdaFunction"]?.Properties).not.toHaveProperty(
      "ReservedConcurrentExecutions",
    );
    expect(JSON.stringify(Resources["ApiGatewayMethodOrdersOrderidVarOptions"])).toContain(
      "admin[.]example[.]com",
    );
    // The account's setting outlives this stack: other APIs may need it by then.
    for (const id of ["RestApiLogRole", "RestApiLogAccount"]) {
      expect(Resources[id]).toMatchObject({
        DeletionPolicy: "RetainExceptOnCreate",
        UpdateReplacePolicy: "Retain",
      });
    }
    expectNoSecrets(Resources["RestApiStage"]?.Properties["AccessLogSetting"]);
    expect(ofType("AWS::CloudWatch::Alarm", Resources).length).toBeGreaterThan(20);
  }, 60_000);
});
