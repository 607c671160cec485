import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, type ScalarTag } from "yaml";
import { type JsonObject, objectOf } from "../../src/json.ts";
import type { BundleManifest } from "../../src/tools/archives/manifest.ts";
import { readTemplate, resourcesOf, type Template } from "../../src/tools/cloudformation/template.ts";
import { printFinding } from "../../src/tools/findings/finding.ts";
import { checkTemplate } from "../../src/tools/template-checks/check-template.ts";
import { type ConsumerProject, consumerProject } from "../support/consumer-project.ts";
import { installed } from "../support/installed-modules.ts";

// The examples of `claimgate bundle`, each with the packed package.

interface PackageFile {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const packageOf = (name: string) =>
  JSON.parse(readFileSync(join("examples", name, "package.json"), "utf8")) as PackageFile;

/** The npm script `bundle` of an example, run in a copy with the packed package. */
function bundled(name: string, modules: readonly string[] = [], from?: string) {
  const project = consumerProject(modules, from);
  cpSync(join("examples", name), project.folder, { recursive: true });
  const [, ...args] = (packageOf(name).scripts["bundle"] ?? "").split(" ");
  expect(project.node("node_modules/claimgate/dist/claimgate.cjs", ...args)).toMatchObject({ status: 0 });
  const manifest = JSON.parse(project.read("build/claimgate/manifest.json")) as BundleManifest;
  return { project, manifest };
}

const groupsOf = (template: Template) =>
  resourcesOf(template, "AWS::Cognito::UserPoolGroup").map(({ properties }) => ({
    name: properties["GroupName"],
    description: properties["Description"] ?? null,
    precedence: properties["Precedence"] ?? null,
  }));

test.each(["sam", "terraform"])(
  "the policy, its tests and the API of examples/%s are those of examples/cdk",
  (name) => {
    for (const folder of ["policies", "policies/tests", "src"]) {
      const files = (of: string) =>
        readdirSync(join("examples", of, folder), { withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "utf8")]);
      expect(files(name)).toEqual(files("cdk"));
    }
  },
);

describe("examples/cdk", () => {
  let project: ConsumerProject;
  let manifest: BundleManifest;
  let template: Template;
  let json: JsonObject;

  beforeAll(() => {
    const modules = installed("cdk", ["aws-cdk-lib", "constructs"]);
    ({ project, manifest } = bundled("cdk", ["aws-cdk-lib", "constructs"], modules));
    const tsx = join(process.cwd(), "node_modules/tsx/dist/cli.mjs");
    expect(project.node(tsx, "app.ts")).toMatchObject({ status: 0 });
    json = objectOf(JSON.parse(project.read("cdk.out/claimgate-notes.template.json")));
    template = readTemplate(json);
  }, 240_000);

  afterAll(() => project.remove());

  it("has tests that cover its policy", () => {
    const run = project.node(
      "node_modules/claimgate/dist/claimgate.cjs",
      "test",
      "--coverage",
      "--threshold",
      "100",
    );
    expect(run).toMatchObject({ status: 0 });
  });

  it("deploys the archives, with the variables that they read", () => {
    const functions = resourcesOf(template, "AWS::Lambda::Function");
    for (const [name, facts] of Object.entries(manifest.functions)) {
      const one = functions.find(({ properties }) => properties["Description"] === facts.description);
      expect(one?.properties).toMatchObject({
        Handler: facts.handler,
        Runtime: facts.runtime,
        Timeout: facts.timeout,
        MemorySize: facts.memorySize,
      });
      const variables = Object.keys(objectOf(objectOf(one?.properties["Environment"])["Variables"]));
      const required = Object.keys(facts.environment).filter(
        (key) => facts.environment[key]?.required === true,
      );
      expect([name, required.filter((key) => !variables.includes(key))]).toEqual([name, []]);
      expect([name, variables.filter((key) => !Object.hasOwn(facts.environment, key))]).toEqual([name, []]);
    }
  });

  it("wires the triggers, which the pool may invoke, and creates the groups", () => {
    const [pool] = resourcesOf(template, "AWS::Cognito::UserPool");
    expect(Object.keys(objectOf(pool?.properties["LambdaConfig"])).sort()).toEqual([
      "PostConfirmation",
      "PreSignUp",
      "PreTokenGenerationConfig",
    ]);
    const permissions = resourcesOf(template, "AWS::Lambda::Permission").filter(
      ({ properties }) => properties["Principal"] === "cognito-idp.amazonaws.com",
    );
    expect(permissions.map(({ properties }) => properties["SourceArn"])).toEqual(
      permissions.map(() => ({ "Fn::GetAtt": [pool?.id, "Arn"] })),
    );
    expect(permissions).toHaveLength(3);
    expect(groupsOf(template)).toEqual(manifest.groups);
  });

  it("guards every route, without a cache", () => {
    const routes = resourcesOf(template, "AWS::ApiGatewayV2::Route");
    expect(routes.map(({ properties }) => properties["AuthorizationType"])).toEqual(["CUSTOM", "CUSTOM"]);
    const [authorizer] = resourcesOf(template, "AWS::ApiGatewayV2::Authorizer");
    expect(authorizer?.properties).toMatchObject({
      AuthorizerResultTtlInSeconds: 0,
      EnableSimpleResponses: true,
      AuthorizerPayloadFormatVersion: "2.0",
    });
  });

  it("has a template without an error of claimgate's own checks", () => {
    const { findings } = checkTemplate(json, { publicRoutes: new Set(), keepsUsers: false });
    expect(findings.filter(({ severity }) => severity === "error").map(printFinding)).toEqual([]);
  });
});

describe("examples/sam", () => {
  const text = readFileSync("examples/sam/template.yaml", "utf8");
  const template = readTemplate(parseDocument(text, { customTags: shortForms() }).toJS());
  const { project, manifest } = bundledOnce("sam");

  afterAll(() => project().remove());

  it("deploys the archives of the manifest, with the variables that they read", () => {
    const functions = new Map(
      resourcesOf(template, "AWS::Serverless::Function").map(({ properties }) => [
        properties["CodeUri"],
        properties,
      ]),
    );
    for (const [name, facts] of Object.entries(manifest().functions)) {
      const properties = functions.get(`build/claimgate/${facts.archive}`);
      expect([name, properties?.["Timeout"]]).toEqual([name, facts.timeout]);
      const variables = Object.keys(objectOf(objectOf(properties?.["Environment"])["Variables"]));
      const required = Object.keys(facts.environment).filter(
        (key) => facts.environment[key]?.required === true,
      );
      expect([name, required.filter((key) => !variables.includes(key))]).toEqual([name, []]);
      expect([name, variables.filter((key) => !Object.hasOwn(facts.environment, key))]).toEqual([name, []]);
    }
    expect(functions.size).toBe(Object.keys(manifest().functions).length + 1);
    expect(text).toContain("Handler: index.handler");
  });

  it("names nothing that it does not have", () => {
    const own = new Set([...text.matchAll(/^ {2}(\w+):$/gm)].map(([, id]) => id));
    const named = [...text.matchAll(/!(?:Ref|GetAtt) (\w+)|\$\{(\w+)\}/g)].map(
      ([, one, other]) => one ?? other,
    );
    expect(named.length).toBeGreaterThan(15);
    // SAM makes a role for each function.
    expect(named.filter((id) => !own.has(id) && !own.has(id?.replace(/Role$/, "")))).toEqual([]);
  });

  it("gives the triggers their actions, and the pool its groups", () => {
    for (const { permissions, kind } of Object.values(manifest().functions)) {
      if (kind !== "trigger") continue;
      const needed = permissions.filter(
        ({ resource, when }) => resource === "userPool" && !("CLAIMGATE_LINK_FEDERATED_USERS" in when),
      );
      for (const action of needed.flatMap(({ actions }) => actions)) expect(text).toContain(action);
    }
    expect(groupsOf(template)).toEqual(manifest().groups);
  });
});

describe("examples/terraform", () => {
  const text = readFileSync("examples/terraform/main.tf", "utf8");
  const { project, manifest } = bundledOnce("terraform");

  afterAll(() => project().remove());

  it("reads only members that the manifest has", () => {
    const { functions, ...others } = manifest();
    const { httpAuthorizer, ...triggers } = functions;
    const named = [...text.matchAll(/local\.manifest\.(\w+)/g)].map(([, member]) => member ?? "");
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((member) => !Object.hasOwn({ functions, ...others }, member))).toEqual([]);
    const ofAuthorizer = [...text.matchAll(/functions\.httpAuthorizer\.(?:gateway\.)?(\w+)/g)].map(
      ([, one]) => one ?? "",
    );
    const authorizer = { ...httpAuthorizer, ...httpAuthorizer?.gateway };
    expect(ofAuthorizer.filter((member) => !Object.hasOwn(authorizer, member))).toEqual([]);
    const declared = [...text.matchAll(/^ {4}(\w+) += \{\}$/gm)].map(([, name]) => name);
    expect(declared.sort()).toEqual(Object.keys(triggers).sort());
  });

  it("sets the variables that the authorizer needs, and none that it does not read", () => {
    const variables = new Set(text.match(/CLAIMGATE_\w+/g));
    const { environment = {} } = manifest().functions.httpAuthorizer ?? {};
    expect([...variables].filter((name) => !Object.hasOwn(environment, name))).toEqual([]);
    expect(
      Object.keys(environment).filter((name) => environment[name]?.required === true && !variables.has(name)),
    ).toEqual([]);
  });

  it("refers to resources that it declares", () => {
    const declared = new Set(
      [...text.matchAll(/^(?:resource|data) "(\w+)" "(\w+)"/gm)].map(([, type, name]) => `${type}.${name}`),
    );
    const named = [...text.matchAll(/\b((?:aws|archive)_\w+\.\w+)/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !declared.has(name))).toEqual([]);
  });
});

function bundledOnce(name: string) {
  let made: ReturnType<typeof bundled> | undefined;
  const get = () => (made ??= bundled(name));
  return { project: () => get().project, manifest: () => get().manifest };
}

/** The short forms of CloudFormation's functions, which a check of names needs no more of than that they parse. */
function shortForms(): ScalarTag[] {
  return ["!Ref", "!GetAtt", "!Sub"].map((tag) => ({ tag, resolve: (value: string) => value }));
}
