import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { LOCAL_SWITCHES } from "../../src/tools/stack/apis.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";
import { runServerless } from "../support/serverless.ts";
import { copyService } from "../support/service-copy.ts";

// docs/gateways.md, "In your own serverless.yml": every snippet goes into one copy of the service, which is packaged.

const [, page = ""] = readFileSync("docs/gateways.md", "utf8").split("\n## In your own serverless.yml\n");
const snippets = [...page.matchAll(/^### (.*)\n[\s\S]*?^```yaml\n([\s\S]*?)^```$/gm)].map(
  ([, title = "", text = ""]) => ({ title, text }),
);

interface Snippet {
  readonly provider?: { readonly httpApi: { readonly authorizers: object } };
  readonly functions?: { readonly backend: { readonly events: readonly object[] } };
  readonly resources?: { readonly Resources: object };
}

const folder = join(tmpdir(), `claimgate-gateways-${process.pid}`);
let template: { Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }> };

/** What the tags of CloudFormation are for, as JSON. */
const CUSTOM_TAGS = [
  { tag: "!Ref", resolve: (value: string) => ({ Ref: value }) },
  { tag: "!GetAtt", resolve: (value: string) => ({ "Fn::GetAtt": value.split(".") }) },
];

beforeAll(async () => {
  const service = copyService(folder);
  const parts = snippets.map(({ text }) => parse(text, { customTags: CUSTOM_TAGS }) as Snippet);
  const authorizers = Object.assign(
    {},
    ...parts.map(({ provider }) => provider?.httpApi.authorizers ?? {}),
  ) as object;
  const events = parts.flatMap(({ functions }) => functions?.backend.events ?? []);
  const resources = Object.assign({}, ...parts.map((part) => part.resources?.Resources ?? {})) as object;
  // The sample backends go; one function takes all events of the page.
  const yaml = service.read("serverless.yml");
  const [head = "", rest = ""] = yaml.split(/^ {2}# The sample that the authorizers guard.*\n/m);
  const [, tail = ""] = rest.split(/^package:$/m);
  const backend = stringify({ backend: { handler: "src/handlers/orders.handler", events } })
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
  const withAuthorizers = head.replace(
    /^ {4}authorizers:\n(?: {6,}.*\n)+/m,
    `    authorizers: ${JSON.stringify(authorizers)}\n`,
  );
  service.write("serverless.yml", `${withAuthorizers}${backend}\npackage:${tail}`);
  service.write("resources/outputs.yml", `${stringify({ Resources: resources })}`);
  service.write(
    "policies/lint.json",
    JSON.stringify({ off: { "route-not-deployed": "the page shows some routes" } }),
  );
  const run = await runServerless(
    ["package", "--package", "out", ...LOCAL_SWITCHES.flatMap((name) => ["--param", `${name}=true`])],
    service.folder,
  );
  if (run.code !== 0) throw new Error(run.output);
  template = JSON.parse(service.read("out/cloudformation-template-update-stack.json")) as typeof template;
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const ofType = (type: string) => Object.values(template.Resources).filter(({ Type }) => Type === type);

describe("the snippets of docs/gateways.md", () => {
  it("are there for every gateway", () => {
    const titles = snippets.map(({ title }) => title);
    expect(titles.sort()).toEqual(GATEWAYS_UNDER_TEST.map(({ title }) => title).sort());
  });

  it("make an authorizer each, none of which keeps an answer", () => {
    const http = ofType("AWS::ApiGatewayV2::Authorizer").map(({ Properties = {} }) => [
      Properties["AuthorizerPayloadFormatVersion"],
      Properties["EnableSimpleResponses"],
      Properties["AuthorizerResultTtlInSeconds"],
    ]);
    expect(http).toEqual(
      expect.arrayContaining([
        ["2.0", true, 0],
        ["2.0", undefined, 0],
        ["1.0", undefined, 0],
        [undefined, undefined, undefined],
      ]),
    );
    const rest = ofType("AWS::ApiGateway::Authorizer").map(({ Properties = {} }) => [
      Properties["Type"],
      Properties["AuthorizerResultTtlInSeconds"],
    ]);
    expect(rest.sort()).toEqual([
      ["REQUEST", 0],
      ["TOKEN", 0],
    ]);
    expect(ofType("AWS::AppSync::GraphQLApi")[0]?.Properties?.["LambdaAuthorizerConfig"]).toMatchObject({
      AuthorizerResultTtlInSeconds: 0,
    });
  });

  it("leave no route without an authorizer but those of messages", () => {
    const open = [
      ...ofType("AWS::ApiGatewayV2::Route"),
      ...ofType("AWS::ApiGateway::Method").filter(
        ({ Properties }) => Properties?.["HttpMethod"] !== "OPTIONS",
      ),
    ].filter(({ Properties }) => Properties?.["AuthorizationType"] !== "CUSTOM");
    expect(open.map(({ Properties }) => Properties?.["RouteKey"]).sort()).toEqual([
      "$default",
      "$disconnect",
    ]);
  });
});
