import { parse } from "yaml";
import type { Choices } from "../../../../src/tools/adopt/given-today.ts";
import { adoptionPlan } from "../../../../src/tools/adopt/plan.ts";
import { serviceAfter } from "../../../../src/tools/adopt/service-after.ts";
import type { Told } from "../../../../src/tools/adopt/settings.ts";
import { lint } from "../../../../src/tools/lint/lint.ts";
import { parseLintConfiguration } from "../../../../src/tools/registry/switches.ts";
import { readService } from "../../../../src/tools/service/read-service.ts";
import { sourceOf } from "../../../../src/tools/service/service-source.ts";
import { MODEL } from "../../../support/policy.ts";

interface Given {
  readonly files?: Readonly<Record<string, string>>;
  /** What the framework makes of the file, if it has variables. */
  readonly resolved?: unknown;
  readonly runtime?: string;
  readonly choices?: Partial<Choices>;
  readonly told?: Partial<Told>;
  readonly file?: string;
  readonly hasSettings?: boolean;
}

function adopt(
  text: string,
  { files = {}, resolved, runtime, choices, told, file = "serverless.yml", hasSettings = false }: Given = {},
) {
  const read = (path: string) => (path === file ? text : files[path]);
  const configuration: unknown = resolved ?? parse(text);
  const service = readService(configuration, text, file, read);
  const plan = adoptionPlan(
    { source: sourceOf(configuration), service, hasPlugin: hasSettings, hasSettings, runtime, read },
    { guard: [], replace: [], ...choices },
    { appClients: new Map(), triggers: false, policies: "policies", ...told },
    MODEL.text,
  );
  return {
    plan,
    after: serviceAfter(service, plan),
    edited: plan.edits.map(({ path, after }) => [path, after]),
  };
}

const AUTHORIZER = `provider:
  httpApi:
    authorizers:
      jwt:
        type: jwt
        issuerUrl: https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI
        audience: [1h57kf5cpq17m0eml12EXAMPLE]
`;
const SETTINGS = `custom:
  claimgate:
    userPool: eu-west-1_AbCdEfGhI
    appClients:
      app: 1h57kf5cpq17m0eml12EXAMPLE
    authorizers:
      - http
`;

describe("the edits of serverless.yml", () => {
  test("add the plugin, its settings, and the authorizer of each event, whatever the style of the event", () => {
    const text = `service: shop
${AUTHORIZER}functions:
  api:
    handler: a.b
    events:
      - httpApi: "*"
      - httpApi: GET /health
      - httpApi: { path: "/a", method: get, authorizer: jwt } # kept
      - httpApi:
          path: /b
          method: POST
          authorizer:
            name: jwt
      - { httpApi: { path: /c, method: "*", authorizer: { name: jwt } } }
`;
    const { plan, edited, after } = adopt(text);
    expect(plan.byHand).toEqual([]);
    expect(edited).toEqual([
      [
        "serverless.yml",
        text
          .replace("service: shop\n", `service: shop\n\nplugins:\n  - claimgate/serverless\n\n${SETTINGS}\n`)
          .replace("authorizer: jwt }", "authorizer: claimgate }")
          .replace("authorizer:\n            name: jwt\n", "authorizer: claimgate\n")
          .replace("authorizer: { name: jwt }", "authorizer: claimgate"),
      ],
    ]);
    expect(plan.policy).toMatchObject({
      guarded: ["GET /a", "POST /b", "ANY /c"],
      open: ["$default", "GET /health"],
    });
    expect(after.routes.map(({ route, authorizer }) => [route, authorizer?.name])).toEqual([
      ["$default", undefined],
      ["GET /health", undefined],
      ["GET /a", "claimgate"],
      ["POST /b", "claimgate"],
      ["ANY /c", "claimgate"],
    ]);
  });

  test("follow aliases, functions as a list, and a file that events are included from", () => {
    const text = `service: shop
${AUTHORIZER}plugins: [serverless-esbuild]
custom: { a: 1 }
functions:
  - api:
      handler: a.b
      events:
        - httpApi: { path: /a, method: get, authorizer: &jwt { name: jwt } }
        - httpApi: { path: /b, method: get, authorizer: *jwt }
  - other:
      handler: a.b
      events: \${file(events.yml)}
`;
    const events = "- httpApi:\n    path: /c\n    method: get\n    authorizer: jwt\n";
    const parsed = parse(text) as { functions: Record<string, object>[] };
    const resolved = {
      ...parsed,
      functions: [parsed.functions[0], { other: { handler: "a.b", events: parse(events) as unknown } }],
    };
    const { plan, edited } = adopt(text, { files: { "events.yml": events }, resolved });
    expect(plan.byHand).toEqual([]);
    expect(edited).toEqual([
      [
        "serverless.yml",
        text
          .replace("[serverless-esbuild]", "[serverless-esbuild, claimgate/serverless]")
          .replace(
            "{ a: 1 }",
            "{ a: 1, claimgate: { userPool: eu-west-1_AbCdEfGhI, appClients: { app: 1h57kf5cpq17m0eml12EXAMPLE }, authorizers: [ http ] } }",
          )
          .replace("&jwt { name: jwt }", "&jwt claimgate")
          .replace("authorizer: *jwt", "authorizer: claimgate"),
      ],
      ["events.yml", events.replace("authorizer: jwt", "authorizer: claimgate")],
    ]);
  });

  test("are described where the file is not as usual, and nothing else of it changes", () => {
    const text = `service: shop
plugins: { modules: [serverless-esbuild] }
custom: \${file(custom.yml)}
${AUTHORIZER}functions:
  api:
    handler: a.b
    events:
      - httpApi:
          path: /a
          method: get
          authorizer:
            # why
            name: jwt
`;
    const { plan, edited } = adopt(text);
    expect(edited).toEqual([]);
    expect(plan.byHand).toEqual([
      {
        at: "serverless.yml",
        why: "`plugins` is not a list of this file",
        lines: ["plugins:", "  - claimgate/serverless"],
      },
      {
        at: "serverless.yml",
        why: "`custom` is not a map of this file",
        lines: SETTINGS.trimEnd().split("\n"),
      },
      {
        at: "serverless.yml:18:11",
        why: "`authorizer` has comments inside its value",
        lines: ["- httpApi: { method: GET, path: /a, authorizer: claimgate }"],
      },
    ]);
  });

  test.each([
    ["that keeps its authorizer", "other"],
    ["with the same one", "jwt"],
  ])("leave an event whose route is a variable, if it may be that of another route %s", (_, authorizer) => {
    const text = `service: shop
${AUTHORIZER}      other: { type: jwt, issuerUrl: "https://example.org/", audience: [a] }
functions:
  api:
    handler: a.b
    events:
      - httpApi: { path: "\${self:custom.a}", method: get, authorizer: ${authorizer} }
      - httpApi: { path: "\${self:custom.b}", method: get, authorizer: jwt }
      - httpApi: { path: "/c/\${self:custom.c}", method: post, authorizer: jwt }
`;
    const resolved: unknown = parse(
      text
        .replace("${self:custom.a}", "/a")
        .replace("${self:custom.b}", "/b")
        .replace("${self:custom.c}", "c"),
    );
    const { plan, edited } = adopt(text, { resolved });
    expect(plan.byHand.map(({ why }) => why)).toEqual([
      ...(authorizer === "jwt" ? ["it is not clear whether this event is that of `GET /b`"] : []),
      "it is not clear whether this event is that of `GET /a`",
    ]);
    expect(edited[0]?.[1]).toContain(
      text.slice(text.indexOf("functions:"), text.indexOf('- httpApi: { path: "/c')),
    );
    expect(edited[0]?.[1]).toContain("method: post, authorizer: claimgate }");
  });

  test("leave an authorizer of an anchor, if a route keeps it", () => {
    const text = `service: shop
${AUTHORIZER}functions:
  api:
    handler: a.b
    events:
      - httpApi: { path: /a, method: get, authorizer: &jwt { name: jwt } }
      - httpApi: { path: /b, method: get, authorizer: *jwt }
      - http: GET /b
`;
    const { plan, edited } = adopt(text);
    expect(plan.policy.elsewhere.map(({ route }) => route)).toEqual(["GET /b", "GET /b"]);
    expect(plan.byHand.map(({ why }) => why)).toEqual([
      "`authorizer` is part of an anchor, which others may use",
    ]);
    expect(edited[0]?.[1]).toContain(text.slice(text.indexOf("functions:")));
  });

  test.each([
    [
      "outside the directory of the service",
      "../events.yml",
      "",
      "the file is outside the directory of the service",
    ],
    ["in another encoding", "events.yml", " # caf\uFFFD", "the file is not UTF-8"],
  ])("leave a file %s", (_, path, comment, why) => {
    const events = `- httpApi: { path: /a, method: get, authorizer: jwt }${comment}\n`;
    const text = `service: shop\n${AUTHORIZER}functions: { api: { handler: a.b, events: "\${file(${path})}" } }\n`;
    const resolved = {
      ...(parse(AUTHORIZER) as object),
      functions: { api: { events: parse(events) as unknown } },
    };
    const { plan, edited } = adopt(text, { files: { [path]: events }, resolved });
    expect(edited.map(([file]) => file)).toEqual(["serverless.yml"]);
    expect(plan.byHand).toEqual([
      {
        at: `${path}:1:37`,
        why,
        lines: ["- httpApi: { method: GET, path: /a, authorizer: claimgate }"],
      },
    ]);
  });

  test("are described as a whole for a service that is not YAML", () => {
    const resolved: unknown = parse(
      `${AUTHORIZER}functions: { api: { events: [{ httpApi: { path: /a, method: get, authorizer: jwt } }] } }`,
    );
    const { plan, edited } = adopt("export default {};", { resolved, file: "serverless.ts" });
    expect(edited).toEqual([]);
    expect(plan.byHand.map(({ why }) => why)).toEqual(Array(3).fill("`init` does not edit TypeScript"));
    expect(plan.byHand[0]?.lines).toEqual(["plugins: [", '  "claimgate/serverless"', "],"]);
    expect(plan.byHand[2]?.lines.join("")).toContain('httpApi: {    method: "GET",    path: "/a",');
  });

  test("give routes an authorizer that have none, if the choices say so", () => {
    const text = `service: shop
functions:
  api:
    events:
      - httpApi: GET /a
      - http: post b
      - http: { path: c, method: get }
      - httpApi: "*"
      - http:
          path: d
          method: any
resources: { Resources: { Pool: { Type: "AWS::Cognito::UserPool" } } }
`;
    const { plan, edited } = adopt(text, { choices: { guard: ["GET /a", "POST /b", "ANY /d", "$default"] } });
    expect(edited[0]?.[1]).toContain(`      - httpApi: { method: GET, path: /a, authorizer: claimgate }
      - http: { method: POST, path: /b, authorizer: claimgate }
      - http: { path: c, method: get }
      - httpApi: { path: "*", authorizer: claimgate }
      - http:
          path: d
          method: any
          authorizer: claimgate
`);
    expect(edited[0]?.[1]).toContain(
      "    userPool: Pool\n    appClients: {}\n    authorizers:\n      - http\n      - rest\n",
    );
    expect(plan.notes).toEqual([
      "`custom.claimgate` still lacks `appClients`: the app clients whose tokens count, `NAME: ID` each",
    ]);
    expect(plan.clients).toEqual([
      "send an access token of the user pool where the authorizer is new",
      "send it as `Authorization: Bearer TOKEN`: a token without `Bearer` is refused",
    ]);
  });
});

describe("authorizers that stay", () => {
  const text = `provider:
  httpApi:
    authorizers:
      web: { type: jwt, issuerUrl: &pool !GetAtt Pool.ProviderURL, audience: [!Ref Web] }
      reports: { type: jwt, issuerUrl: *pool, audience: [!Ref Reports] }
functions:
  api:
    events:
      - httpApi: { path: /a, method: get, authorizer: web }
      - httpApi: { path: /b, method: get, authorizer: web }
      - httpApi: { path: /reports, method: get, authorizer: reports }
      - http: { path: c, method: get, authorizer: { name: pool, arn: !GetAtt Pool.Arn } }
resources:
  Resources:
    Pool: { Type: AWS::Cognito::UserPool }
    Web: { Type: AWS::Cognito::UserPoolClient, Properties: { UserPoolId: !Ref Pool } }
    Reports: { Type: AWS::Cognito::UserPoolClient, Properties: { UserPoolId: !Ref Pool } }
`
    .replaceAll(/!GetAtt (\w+)\.(\w+)/g, "{ Fn::GetAtt: [$1, $2] }")
    .replaceAll(/!Ref (\w+)/g, "{ Ref: $1 }");

  test("do not stop packaging: lint.json names them alone, with the reason why they stay", () => {
    const { plan, after } = adopt(text);
    const file = plan.files.find(({ path }) => path === "policies/lint.json");
    const { switchedOffFor, findings } = parseLintConfiguration("policies/lint.json", file?.text ?? "");
    expect(findings).toEqual([]);
    expect([...switchedOffFor].map(([rule, names]) => [rule, ...names])).toEqual([
      ["cache-left-to-default", ["pool", expect.stringContaining("it lacks `type: COGNITO_USER_POOLS`")]],
      ["native-authorizer-without-scopes", ["reports", expect.stringContaining("other app clients")]],
    ]);
    expect(plan.notes).toContainEqual(
      expect.stringMatching(/^the authorizer `pool` stays .* `cache-left-to-default`; `lint.json` switches/),
    );
    const sources = { model: MODEL, rows: plan.files.filter(({ path }) => path.endsWith(".csv")) };
    const errors = (switches: typeof switchedOffFor) =>
      lint(sources, { service: after, switchedOff: new Map(), switchedOffFor: switches })
        .findings.filter(({ severity }) => severity === "error")
        .map(({ rule }) => rule);
    expect(errors(switchedOffFor)).toEqual([]);
    expect(errors(new Map()).sort()).toEqual(["cache-left-to-default", "native-authorizer-without-scopes"]);
  });

  test("have no lint.json where packaging says nothing of them", () => {
    const { plan } = adopt(text.replace(/ {6}- httpApi: .*reports \}\n {6}- http: .*\n/, ""));
    expect(plan.files.map(({ path }) => path)).not.toContain("policies/lint.json");
  });

  test("are in the settings already when the events are written first", () => {
    const { plan } = adopt(text.replaceAll("authorizer: web", "authorizer: claimgate"));
    expect(plan.byHand).toEqual([]);
    expect(plan.settings).toMatchObject({ userPool: "Pool", authorizers: ["http"] });
  });
});

test("a service of another language gets a runtime for the functions that the plugin declares", () => {
  const text = `service: shop
${AUTHORIZER}functions:
  api: { handler: a.b, events: [{ httpApi: { path: /a, method: get, authorizer: jwt } }] }
`;
  expect(adopt(text, { runtime: "nodejs22.x" }).edited[0]?.[1]).toContain(
    "  httpAuthorizer:\n    runtime: nodejs22.x\n",
  );
});

test("the triggers that the pool does not have are declared, and heal no users of a pool that has some", () => {
  const text = `service: shop
${AUTHORIZER.replace(/issuerUrl: .*/, 'issuerUrl: { "Fn::GetAtt": [Pool, ProviderURL] }')}functions:
  api: { handler: a.b, events: [{ httpApi: { path: /a, method: get, authorizer: jwt } }] }
resources:
  Resources:
    Pool: { Type: "AWS::Cognito::UserPool", Properties: { LambdaConfig: { PreSignUp: "arn:x" } } }
`;
  const { plan, edited } = adopt(text, { told: { triggers: true } });
  expect(plan.triggers).toEqual(["postConfirmation", "preTokenGeneration"]);
  expect(plan.notes).toContainEqual(
    expect.stringContaining("`custom:claimgate_assigned` of the pool `Pool`"),
  );
  const both = adopt(text.replace("PreSignUp:", "PreAuthentication:"), { told: { triggers: true } }).plan
    .notes;
  expect(both).toContainEqual(expect.stringContaining("sign-up requires an e-mail address now"));
  expect(edited[0]?.[1]).toContain(
    "    triggers:\n      - postConfirmation\n      - preTokenGeneration\n    groups: true\n",
  );
  expect(edited[0]?.[1]).toContain(
    '  preTokenGeneration:\n    environment:\n      CLAIMGATE_HEAL_GROUPS: "false"\n',
  );
});

describe("sign-up of a pool", () => {
  const adoptPool = (properties: string) => {
    const { plan } = adopt(
      `service: shop
${AUTHORIZER.replace(/issuerUrl: .*/, 'issuerUrl: { "Fn::GetAtt": [Pool, ProviderURL] }')}functions:
  api: { handler: a.b, events: [{ httpApi: { path: /a, method: get, authorizer: jwt } }] }
resources:
  Resources:
    Pool: { Type: "AWS::Cognito::UserPool", Properties: { ${properties} } }
`,
      { told: { triggers: true } },
    );
    const text = plan.files.find(({ path }) => path === "policies/sign-up.csv")?.text ?? "";
    return {
      rows: text.split("\n").filter((line) => line !== "" && !line.startsWith("#")),
      notes: plan.notes.filter((note) => /sign-up requires|sign up with/.test(note)),
    };
  };

  test.each(["UsernameAttributes", "AliasAttributes"])(
    "stays open to the numbers that users sign in with, by %s, and says how to name countries",
    (property) => {
      for (const attributes of ["[phone_number]", "[email, phone_number]"]) {
        const { rows, notes } = adoptPool(`${property}: ${attributes}`);
        expect(rows).toEqual(["p2, *, allow", "p2, +*, allow"]);
        expect(notes).toEqual([expect.stringContaining("`p2, +49*, allow`")]);
      }
    },
  );

  test("admits addresses alone where users sign in with them", () => {
    for (const properties of ["UsernameAttributes: [email]", "Schema: [{ Name: email, Required: true }]"]) {
      const { rows, notes } = adoptPool(properties);
      expect(rows).toEqual(["p2, *, allow"]);
      expect(notes).toEqual([expect.stringContaining("sign-up requires an e-mail address now")]);
    }
  });

  test("cannot stay open to users who have a user name alone, and says so", () => {
    const { rows, notes } = adoptPool("MfaConfiguration: 'OFF'");
    expect(rows).toEqual(["p2, *, allow"]);
    expect(notes).toContainEqual(expect.stringContaining("which no row can admit"));
  });
});

test("settings of before that lack the gateway of a replaced function are named", () => {
  const text = `service: shop
custom: { claimgate: { authorizers: [http] } }
functions:
  auth: { handler: auth.handler }
  api: { handler: a.b, events: [{ http: { path: a, method: get, authorizer: auth } }] }
`;
  const { plan } = adopt(text, { hasSettings: true, choices: { replace: ["auth"] } });
  expect(plan.notes).toContain(
    "`custom.claimgate.authorizers` lacks `rest`, which its routes need now; add it",
  );
});

describe("the attribute that triggers write", () => {
  const MARKER = "{ Name: claimgate_assigned, AttributeDataType: String, Mutable: true }";
  const service = (pool: string) => `service: shop
${AUTHORIZER.replace(/issuerUrl: .*/, 'issuerUrl: { "Fn::GetAtt": [Pool, ProviderURL] }')}functions:
  api: { handler: a.b, events: [{ httpApi: { path: /a, method: get, authorizer: jwt } }] }
${pool}`;
  const inService = (pool: string) => service(`resources:\n  Resources:\n    Pool:\n${pool}`);
  const TYPE = "      Type: AWS::Cognito::UserPool\n";

  test.each([
    [
      "no properties",
      TYPE,
      `${TYPE}      Properties:\n        Schema:\n          - Name: claimgate_assigned\n`,
    ],
    [
      "no schema",
      `${TYPE}      Properties:\n        # mine\n        UserPoolName: p # x\n      DeletionPolicy: Retain\n`,
      `${TYPE}      Properties:\n        # mine\n        UserPoolName: p # x\n        Schema:\n          - Name: claimgate_assigned\n            AttributeDataType: String\n            Mutable: true\n      DeletionPolicy: Retain\n`,
    ],
    [
      "a schema",
      `${TYPE}      Properties:\n        Schema:\n        - { Name: tenant, AttributeDataType: String } # t\n        # end\n`,
      `${TYPE}      Properties:\n        Schema:\n        - { Name: tenant, AttributeDataType: String } # t\n        - ${MARKER}\n        # end\n`,
    ],
    [
      "a schema in flow style",
      `${TYPE}      Properties: { Schema: [{ Name: tenant }] }\n`,
      `${TYPE}      Properties: { Schema: [{ Name: tenant }, ${MARKER}] }\n`,
    ],
  ])("is added to a pool with %s", (_, pool, after) => {
    const { plan, edited } = adopt(inService(pool), { told: { triggers: true } });
    expect(plan.byHand).toEqual([]);
    expect(edited[0]?.[1]).toContain(inService(after).slice(inService("").length));
    expect(plan.notes).toContainEqual(expect.stringContaining("which Cognito never removes again"));
  });

  test("is added in the file that has the pool, with its line endings, and app clients are named", () => {
    const file = `Pool:\r\n  Type: AWS::Cognito::UserPool\r\n  Properties:\r\n    UserPoolName: p\r\nClient:\r\n  Type: AWS::Cognito::UserPoolClient\r\n  Properties: { UserPoolId: { Ref: Pool } }\r\n`;
    const text = service('resources: { Resources: "${file(pool.yml)}" }\n');
    const resolved = { ...(parse(text) as object), resources: { Resources: parse(file) as unknown } };
    const { plan, edited } = adopt(text, { files: { "pool.yml": file }, resolved, told: { triggers: true } });
    expect(edited[1]).toEqual([
      "pool.yml",
      file.replace(
        "UserPoolName: p\r\n",
        "UserPoolName: p\r\n    Schema:\r\n      - Name: claimgate_assigned\r\n        AttributeDataType: String\r\n        Mutable: true\r\n",
      ),
    ]);
    expect(plan.notes).toContainEqual(
      expect.stringContaining("the app client `Client` has no `WriteAttributes`"),
    );
  });

  test("is described where the pool is not written as usual", () => {
    const shared = "custom: { p: &p { UserPoolName: a } }\n";
    const text = `${shared}${inService(`${TYPE}      Properties: *p\n`)}`;
    const { plan } = adopt(text, { told: { triggers: true } });
    const line = text.split("\n").indexOf("    Pool:") + 1;
    expect(plan.byHand).toEqual([
      {
        at: `serverless.yml:${line}:5`,
        why: "`Pool.Properties` is not a map of this file",
        lines: ["Schema:", `  - ${MARKER}`],
      },
    ]);
    const anchored = inService(`      &pool\n${TYPE}      Properties: {}\n    Other: *pool\n`);
    expect(adopt(anchored, { told: { triggers: true } }).plan.byHand[0]?.why).toBe(
      "`Schema` is part of an anchor, which others may use",
    );
  });

  test("is not added twice, nor for the sign-up trigger alone, nor to a pool of another stack", () => {
    const marked = inService(`${TYPE}      Properties: { Schema: [${MARKER}] }\n`);
    const hasOthers = inService(
      `${TYPE}      Properties: { LambdaConfig: { PostConfirmation: a, PreTokenGenerationConfig: {} } }\n`,
    );
    for (const text of [marked, hasOthers]) {
      const { edited, plan } = adopt(text, { told: { triggers: true } });
      expect(edited[0]?.[1]?.match(/claimgate_assigned/g) ?? []).toHaveLength(text === marked ? 1 : 0);
      expect(plan).toMatchObject({ byHand: [], attachTo: undefined });
      expect(plan.notes.join()).not.toContain("never removes");
    }
    const userPoolId = "eu-west-1_AbCdEfGhI";
    const { plan, edited } = adopt(hasOthers, { told: { triggers: true, userPoolId } });
    expect(plan).toMatchObject({ attachTo: userPoolId, byHand: [] });
    expect(edited[0]?.[1]).not.toContain("claimgate_assigned");
  });
});

test("a replaced function leaves roles that no one has, an authorizer without routes, and clients with a new token", () => {
  const text = `service: shop
functions:
  auth: { handler: auth.handler }
  connect:
    handler: a.b
    events: [{ websocket: { route: $connect, authorizer: { name: auth } } }]
`;
  const { plan, edited } = adopt(text, {
    choices: { replace: ["auth"] },
    told: { userPoolId: "eu-west-1_AbCdEfGhI" },
  });
  expect(edited[0]?.[1]).toContain("{ route: $connect, authorizer: claimgate }");
  expect(plan.notes.slice(0, 2)).toEqual([
    expect.stringContaining("`$connect`: for users in the groups `admins` and `readers` only"),
    expect.stringContaining("no route uses the authorizer `auth` any more"),
  ]);
  expect(plan.clients).toEqual([
    "send an access token of the user pool where the authorizer is new",
    expect.stringContaining('new WebSocket(url, ["claimgate", token])'),
  ]);
});

test("an authorizer that no route uses any more is named only where it is still written", () => {
  const cognito = 'type: COGNITO_USER_POOLS, arn: { "Fn::GetAtt": [Pool, Arn] }';
  const text = `service: shop
${AUTHORIZER.replace(/issuerUrl: .*/, 'issuerUrl: { "Fn::GetAtt": [Pool, ProviderURL] }').replace(/audience: .*/, "audience: [{ Ref: Web }]")}functions:
  api:
    handler: a.b
    events:
      - httpApi: { path: /a, method: get, authorizer: jwt }
      - http: { path: b, method: get, authorizer: { ${cognito} } }
      - http: { path: c, method: get, authorizer: { name: pool, ${cognito} } }
      - http: { path: d, method: get, authorizer: { type: COGNITO_USER_POOLS, authorizerId: { Ref: Auth } } }
resources:
  Resources:
    Pool: { Type: "AWS::Cognito::UserPool" }
    Web: { Type: "AWS::Cognito::UserPoolClient", Properties: { UserPoolId: { Ref: Pool } } }
    Auth: { Type: "AWS::ApiGateway::Authorizer", Properties: { Type: COGNITO_USER_POOLS, ProviderARNs: [{ "Fn::GetAtt": [Pool, Arn] }] } }
`;
  const { plan } = adopt(text);
  expect(plan.policy.elsewhere).toEqual([]);
  expect(plan.notes).toEqual(
    ["jwt", "Auth"].map(
      (name) => `no route uses the authorizer \`${name}\` any more; remove it once you need no way back`,
    ),
  );
});

test("a pool that only the deployment knows is the end of its issuer, or of its ARN", () => {
  const event = "functions: { api: { events: [{ httpApi: { path: /a, method: get, authorizer: jwt } }] } }\n";
  const imported = AUTHORIZER.replace(/issuerUrl: .*/, 'issuerUrl: { "Fn::ImportValue": issuer }');
  expect(adopt(`${imported}${event}`).plan.settings["userPool"]).toEqual({
    "Fn::Select": [3, { "Fn::Split": ["/", { "Fn::ImportValue": "issuer" }] }],
  });
  const arn = '{ name: c, type: COGNITO_USER_POOLS, arn: { "Fn::ImportValue": arn } }';
  const rest = `functions: { api: { events: [{ http: { path: a, method: get, authorizer: ${arn} } }] } }\n`;
  expect(adopt(rest).plan.settings["userPool"]).toEqual({
    "Fn::Select": [1, { "Fn::Split": ["/", { "Fn::ImportValue": "arn" }] }],
  });
});

test("app clients of a stack have different names, whatever their logical ids", () => {
  const client = "{ Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: Pool } } }";
  const text = `service: shop
functions:
  api:
    events: [{ http: { path: a, method: get, authorizer: { name: c, type: COGNITO_USER_POOLS, arn: { "Fn::GetAtt": [Pool, Arn] } } } }]
resources: { Resources: { Pool: { Type: "AWS::Cognito::UserPool" }, Client: ${client}, WebClient: ${client}, Web: ${client} } }
`;
  expect(adopt(text).plan.settings["appClients"]).toEqual({ client: "Client", web: "WebClient", Web: "Web" });
});

test("clients learn what they have to send", () => {
  const event = (scopes: string) =>
    `${AUTHORIZER}functions: { api: { events: [{ httpApi: { path: /a, method: get, authorizer: { name: jwt${scopes} } } }] } }\n`;
  expect(adopt(event("")).plan.clients).toEqual([
    "send the access token: an ID token is refused",
    "send it as `Authorization: Bearer TOKEN`: a token without `Bearer` is refused",
    expect.stringContaining("after 403 too"),
  ]);
  expect(adopt(event(", scopes: [openid]")).plan.clients).toHaveLength(2);
});
