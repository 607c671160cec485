import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { printFinding } from "../../../../../src/tools/findings/finding.ts";
import { serviceFindings } from "../../../../../src/tools/packaging/plugin/service-findings.ts";
import { readSettings } from "../../../../../src/tools/packaging/plugin/settings.ts";
import { sourceOf } from "../../../../../src/tools/service/service-source.ts";

const serviceDir = mkdtempSync(join(tmpdir(), "claimgate-service-"));
afterAll(() => rmSync(serviceDir, { recursive: true }));
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(serviceDir, file)), { recursive: true });
  writeFileSync(join(serviceDir, file), text);
};
write("src/gate.js", '// require("claimgate/lambda")\nexports.handler = require("./inner").handler;\n');
write("src/inner/index.js", 'exports.handler = require("claimgate/lambda").httpAuthorizer();\n');
write("src/typed.ts", 'import type { Caller } from "claimgate/caller";\nimport { x } from "./other.js";\n');
write("src/other.ts", 'import { readCaller } from "claimgate/caller";\n');
write("src/types.ts", 'import type { Caller } from "claimgate/caller";\nexport const handler = 1;\n');
write("src/plain.js", "exports.handler = 1;\n");
write("package.json", '{"devDependencies":{"claimgate":"1"}}');

const placeOf = (path: readonly string[]) => ({ file: path.join("."), line: 1, column: 1 });

/** The findings of a resolved service; the place is its path. */
function found(
  functions: unknown,
  changes: Readonly<Record<string, unknown>> = {},
  authorizers: unknown = {},
) {
  const source = sourceOf({ functions, ...changes });
  const settings = readSettings({ claimgate: { authorizers } }, placeOf);
  return serviceFindings(source, settings, { serviceDir, placeOf }).map(printFinding);
}

const LACKS = "but package.json has it in `devDependencies`, which the archive does not contain";

describe("a handler", () => {
  it("lacks the package where nothing bundles it and package.json has it for development only", () => {
    expect(found({ gate: { handler: "src/gate.handler" }, plain: { handler: "src/plain.handler" } })).toEqual(
      [
        `functions.gate.handler:1:1: \`functions.gate.handler\` is \`src/gate.handler\`, which imports claimgate (src/inner/index.js:1), ${LACKS}; nothing bundles this function, so run \`npm install --save-prod claimgate\` [function-handler]`,
      ],
    );
    const compiled = { plugins: ["serverless-plugin-typescript"] };
    expect(found({ a: { handler: "src/typed.handler" } }, compiled)).toEqual([
      expect.stringContaining("(src/other.ts:1)"),
    ]);
    expect(found({ a: { handler: "src/types.handler" } }, compiled)).toEqual([]);
    expect(found({ a: { handler: "src/typed.handler" } })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["a bundler", {}, { plugins: { modules: ["serverless-webpack"] } }],
    ["the build of Serverless 4", {}, { build: { esbuild: { minify: true } } }],
    ["archives with all packages", {}, { package: { excludeDevDependencies: false } }],
    ["a pattern for packages", { package: { patterns: ["node_modules/**"] } }, {}],
    ["a layer", { layers: ["arn:aws:lambda:eu-west-1:111122223333:layer:all:1"] }, {}],
    ["an artifact", { package: { artifact: "gate.zip" } }, {}],
  ])("has the package with %s", (_, definition, changes) => {
    expect(found({ gate: { handler: "src/gate.handler", ...definition } }, changes)).toEqual([]);
  });

  it("has the package in dependencies", () => {
    write("package.json", '{"dependencies":{"claimgate":"1"}}');
    expect(found({ gate: { handler: "src/gate.handler" } })).toEqual([]);
    write("package.json", '{"devDependencies":{"claimgate":"1"}}');
  });

  it("of the settings has a file, which something builds if it is TypeScript", () => {
    const gate = (handler: string, changes = {}) => found({ gate: { handler } }, changes, { http: "gate" });
    expect(gate("src/plan.handler")).toEqual([
      "functions.gate.handler:1:1: `functions.gate.handler` is `src/plan.handler`, but there is no file `src/plan.js` or `src/plan.ts`; did you mean `src/plain.handler`? [function-handler]",
    ]);
    expect(gate("src/types.handler")).toEqual([
      expect.stringContaining("a file of TypeScript, and no plugin builds it"),
    ]);
    expect(gate("src/types.handler", { plugins: ["serverless-esbuild"] })).toEqual([]);
    expect(gate("dist/gate.handler")).toEqual([]);
    expect(gate("elsewhere/gate.handler")).toEqual([]);
  });
});

describe("an event", () => {
  const event = (...events: readonly unknown[]) => found({ orders: { events }, gate: {} });

  it("has an authorizer of the service", () => {
    const provider = { httpApi: { authorizers: { claimgate: {} } } };
    const http = (authorizer: unknown) => ({ httpApi: { method: "GET", path: "/orders", authorizer } });
    expect(
      found({ orders: { events: [http("claimgate"), http({ name: "claimgat" })] } }, { provider }),
    ).toEqual([
      "functions.orders.events.1.httpApi.authorizer:1:1: `GET /orders` has the authorizer `claimgat`, which does not exist; did you mean `claimgate`? [event-authorizer]",
    ]);
    expect(event({ http: { method: "get", path: "x", authorizer: "gates" } })).toEqual([
      expect.stringContaining(
        "`GET /x` has the authorizer `gates`, which does not exist; did you mean `gate`?",
      ),
    ]);
    expect(event({ websocket: { route: "$connect", authorizer: "other" } })).toHaveLength(1);
  });

  it.each([
    "gate",
    "aws_iam",
    "AWS_IAM",
    "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEfGhI",
    { name: "pool", arn: { "Fn::GetAtt": ["Pool", "Arn"] } },
    { type: "COGNITO_USER_POOLS", authorizerId: { Ref: "Own" } },
    { type: "aws_iam" },
    undefined,
  ])("may have %j", (authorizer) => {
    expect(event({ http: { method: "get", path: "x", authorizer } })).toEqual([]);
  });
});

it("a key that is nearly that of another function is named", () => {
  const functions = {
    authorizer: { memorySize: 512 },
    authorizr: { handler: ".claimgate/authorizr.handler" },
  };
  expect(found(functions, {}, { http: "authorizr" })).toEqual([
    "custom.claimgate.authorizers.http:1:1: `custom.claimgate.authorizers` declares the function `authorizr` beside `authorizer`; did you mean `http: authorizer`? [function-name]",
  ]);
});
