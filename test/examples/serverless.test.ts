import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { objectOf } from "../../src/json.ts";
import { type Claims, createKeyPair, signClaims } from "../../src/tools/cognito/tokens/signing.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { claimsOf, POOL_KEY } from "../support/authorization.ts";
import { type ConsumerProject, consumerProject } from "../support/consumer-project.ts";
import { installed } from "../support/installed-modules.ts";
import { type ClientCall, tryMcpClient } from "../support/mcp-example.ts";

// Each example as somebody gets it: copied to a folder whose name has a space, with the packed package and what its
// package.json names, and nothing else.

interface Sample {
  readonly file: string;
  readonly function: string;
  readonly what: string;
  readonly expected: Readonly<Record<string, unknown>>;
  /** What the decision log says. */
  readonly logged: Readonly<Record<string, unknown>>;
}

/** Of a persona's access token: its app client, whether it is a machine's, and its claims. */
interface Persona {
  readonly client?: string;
  readonly machine?: true;
  readonly [claim: string]: unknown;
}

const jsonOf = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** The ids of app clients, by the names in serverless.yml. */
const CLIENTS: Readonly<Record<string, string>> = {
  web: LOCAL.appClients.web,
  agent: "localagentclient0000000001",
  importer: "localimporterclient0000001",
  reports: "localreportsclient00000001",
};
const ENVIRONMENT = {
  CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
  CLAIMGATE_APP_CLIENTS: JSON.stringify(CLIENTS),
};
/** What the serverless.yml of an example sets, and its samples need. */
const VARIABLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mcp: { CLAIMGATE_AUDIENCE: "https://mcp.example.com/mcp", CLAIMGATE_AUDIENCE_REQUIRED: "all" },
};
const FOREIGN_KEY = createKeyPair(POOL_KEY.kid);

function claimsIn({ client = "web", machine, ...claims }: Persona): Claims {
  const id = CLIENTS[client];
  return machine === true
    ? claimsOf("reporting", { client_id: id, sub: id, ...claims })
    : claimsOf("zoe", { client_id: id, ...claims });
}

/** The event of a sample, with tokens for `{{token:NAME}}`, and for `{{forged:NAME}}` those that another key signed. */
function eventIn(folder: string, file: string): unknown {
  const personas = jsonOf(join(folder, "personas.json")) as Readonly<Record<string, Persona>>;
  const tokens = new Map<string, string>();
  const tokenFor = (placeholder: string, kind: string, name: string): string => {
    const persona = personas[name];
    if (persona === undefined) throw new RangeError(`${folder} has no persona \`${name}\``);
    const token =
      tokens.get(placeholder) ?? signClaims(claimsIn(persona), kind === "forged" ? FOREIGN_KEY : POOL_KEY);
    tokens.set(placeholder, token);
    return token;
  };
  const text = readFileSync(join(folder, file), "utf8");
  return JSON.parse(text.replace(/\{\{(token|forged):([^}]+)\}\}/g, tokenFor));
}

/** The part of an answer that the manifest's expectation speaks of. */
function shapeOf(expected: Sample["expected"]): object {
  if ("unauthorized" in expected) return { error: "Unauthorized" };
  if ("effect" in expected) {
    return { answer: { policyDocument: { Statement: [{ Effect: expected["effect"] }] } } };
  }
  return { answer: expected };
}

const modulesOf = (folder: string): readonly string[] => {
  const { dependencies, devDependencies } = objectOf(jsonOf(join(folder, "package.json")));
  const names = Object.keys({ ...objectOf(dependencies), ...objectOf(devDependencies) });
  expect(names).toContain("claimgate");
  return names.filter((name) => name !== "claimgate");
};

/** What a README shows of a command: its arguments, and its output. */
function shownIn(file: string): { readonly args: readonly string[]; readonly output: string } {
  const text = readFileSync(file, "utf8");
  const [, command = "", output = ""] =
    /^```console\n\$ npx --no-install claimgate (.+)\n([\s\S]*?)^```$/m.exec(text) ?? [];
  const args = Array.from(command.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain = ""]) => quoted ?? plain);
  return { args, output };
}

/** The server of docs/mcp.md, which is compiled with the example. */
function serverOfThePage(): string {
  const [, code] =
    /^```ts\n(import \{ McpServer \}[\s\S]*?)^```$/m.exec(readFileSync("docs/mcp.md", "utf8")) ?? [];
  if (code === undefined) throw new RangeError("docs/mcp.md has no server");
  return code;
}

const EXAMPLES = ["multi-tenant", "machines", "appsync", "websocket", "mcp"];
/** What the root does not install, by example. */
const INSTALLED: Readonly<Record<string, readonly string[]>> = {
  mcp: ["@modelcontextprotocol/sdk", "zod"],
};
const projects = new Map<string, ConsumerProject>();

beforeAll(() => {
  for (const name of EXAMPLES) {
    const folder = join("examples", name);
    const own = INSTALLED[name] ?? [];
    const project = consumerProject(modulesOf(folder).filter((module) => !own.includes(module)));
    const modules = own.length === 0 ? "" : installed(name, own);
    for (const module of own) project.link(module, modules);
    cpSync(folder, project.folder, { recursive: true });
    if (name === "mcp") project.write("src/of-the-page.ts", serverOfThePage());
    projects.set(name, project);
  }
}, 240_000);

afterAll(() => {
  for (const project of projects.values()) project.remove();
});

function projectOf(name: string): ConsumerProject {
  const project = projects.get(name);
  if (project === undefined) throw new RangeError(`no example \`${name}\``);
  return project;
}

const claimgate = (name: string, ...args: readonly string[]) =>
  projectOf(name).node("node_modules/claimgate/dist/claimgate.cjs", ...args);

describe.each(EXAMPLES)("examples/%s", (name) => {
  const folder = join("examples", name);
  const samples = jsonOf(join(folder, "events/manifest.json")) as readonly Sample[];

  it("has a policy that fits its routes, and that its tests cover", () => {
    expect(claimgate(name, "check", "--service", "--max-warnings", "0")).toMatchObject({ status: 0 });
    const { status, output } = claimgate(name, "test", "--coverage", "--threshold", "100");
    expect(output).toContain("(100 %)");
    expect(status).toBe(0);
  });

  it("denies the call of its README, for the reason that is shown there", () => {
    const { args, output } = shownIn(join(folder, "README.md"));
    expect(claimgate(name, ...args)).toEqual({ status: 2, output });
  });

  it("compiles", () => {
    expect(projectOf(name).node("node_modules/typescript/bin/tsc")).toEqual({ status: 0, output: "" });
  });

  it("packages, into a template without a finding", () => {
    expect(projectOf(name).sls("package")).toMatchObject({ status: 0 });
    const { status, output } = claimgate(name, "check", "--packaged", "--max-warnings", "0");
    expect(output).toContain("0 errors, 0 warnings");
    expect(status).toBe(0);
  });

  it.each(samples.map((sample) => [sample.file, sample.what, sample] as const))(
    "answers %s: %s",
    (file, _, sample) => {
      const event = eventIn(join(folder, "events"), file);
      const answer = projectOf(name).invoke(sample.function, event, { ...ENVIRONMENT, ...VARIABLES[name] });
      expect(answer).toMatchObject(shapeOf(sample.expected));
      expect(projectOf(name).logged().at(-1)).toMatchObject(sample.logged);
    },
  );
});

describe("the tenant of examples/multi-tenant", () => {
  it("is copied to the access token by the trigger", () => {
    const answer = projectOf("multi-tenant").invoke(
      "preTokenGeneration",
      {
        version: "3",
        triggerSource: "TokenGeneration_HostedAuth",
        region: "eu-west-1",
        userPoolId: LOCAL.userPoolId,
        userName: "ann",
        request: {
          userAttributes: { sub: "17", "custom:tenant_id": "acme" },
          groupConfiguration: { groupsToOverride: ["admins"], iamRolesToOverride: [], preferredRole: null },
          scopes: ["openid"],
        },
        response: { claimsAndScopeOverrideDetails: null },
      },
      { CLAIMGATE_COPIED_CLAIMS: '{"tenant_id":"custom:tenant_id"}', CLAIMGATE_HEAL_GROUPS: "false" },
    );
    const claims = { tenant_id: "acme", roles: ["member", "tenant-admin"] };
    expect(answer).toMatchObject({
      answer: {
        response: {
          claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: claims } },
        },
      },
    });
  });

  it("keeps the service from being packaged if users may write it", () => {
    const project = projectOf("multi-tenant");
    const file = "resources/user-pool.yml";
    const text = project.read(file);
    project.write(
      file,
      text.replace("WriteAttributes: [email]", 'WriteAttributes: [email, "custom:tenant_id"]'),
    );
    const { status, output } = project.sls("package");
    project.write(file, text);
    expect(output).toContain("[condition-claim-writable]");
    expect(status).toBe(1);
  });
});

describe("the messages of examples/websocket", () => {
  const say = (persona: string, routeKey: string) => {
    const project = projectOf("websocket");
    const connect = eventIn("examples/websocket/events", `${persona}-connects.json`);
    const connected = objectOf(project.invoke("websocketAuthorizer", connect, ENVIRONMENT));
    const authorizer = objectOf(connected["answer"])["context"];
    const event = { requestContext: { routeKey, authorizer }, body: "{}" };
    return project.invoke("chat", event, {}, "src/chat.js");
  };

  it.each([
    ["member", "say", 200],
    ["member", "remove", 403],
    ["muted-member", "say", 403],
    ["visitor", "say", 403],
    ["member", "$default", 400],
  ])("of a %s, to %s, are answered with %i", (persona, route, statusCode) => {
    expect(say(persona, route)).toMatchObject({ answer: { statusCode } });
  });
});

describe("the official client, at examples/mcp behind its gateway", () => {
  const tokenFor =
    (name: string, changes: Persona = {}) =>
    (url: string) =>
      signClaims(claimsIn({ sub: name, "cognito:groups": ["clerks"], aud: url, ...changes }), POOL_KEY);
  const asked = (call?: ClientCall) => tryMcpClient(projectOf("mcp"), ENVIRONMENT, call);
  const agent = { client: "agent", scope: "openid orders-api/orders.read" };

  it("finds the user pool, without a token", async () => {
    const { url, issuer, said } = await asked();
    expect(said).toEqual({
      status: 401,
      resourceMetadataUrl: url.replace("/mcp", "/.well-known/oauth-protected-resource/mcp"),
      resource: {
        resource: url,
        authorization_servers: [issuer],
        scopes_supported: ["orders-api/orders.read"],
        bearer_methods_supported: ["header"],
        resource_name: "Orders",
      },
      signIn: expect.stringContaining("/oauth2/authorize") as string,
    });
  });

  it("is told to sign in with the token of another server", async () => {
    const { said } = await asked({ token: tokenFor("ann", { aud: "https://other.example.com/mcp" }) });
    expect(said).toMatchObject({ error: 401 });
  });

  it("lists the tools that the user may call through the app", async () => {
    expect((await asked({ token: tokenFor("ann") })).said).toEqual({ tools: ["getOrder", "refundOrder"] });
    expect((await asked({ token: tokenFor("ann", agent) })).said).toEqual({ tools: ["getOrder"] });
    expect((await asked({ token: tokenFor("vic", { "cognito:groups": [] }) })).said).toEqual({ tools: [] });
  });

  it("calls what the policy grants for these arguments, and nothing else", async () => {
    const refund = (orderOwner: string) => ({ tool: "refundOrder", given: { orderId: "17", orderOwner } });
    expect((await asked({ token: tokenFor("ann"), ...refund("bob") })).said).toEqual({
      content: [{ type: "text", text: "ann refunded order 17 of bob" }],
    });
    expect((await asked({ token: tokenFor("ann"), ...refund("ann") })).said).toMatchObject({ error: 403 });
    expect((await asked({ token: tokenFor("ann", agent), ...refund("bob") })).said).toMatchObject({
      error: 403,
    });
  });
});
