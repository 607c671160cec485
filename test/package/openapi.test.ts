import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apiOperations } from "../../src/tools/export/openapi/api-operations.ts";
import { newDocument } from "../../src/tools/export/openapi/new-document.ts";
import { securedDocument } from "../../src/tools/export/openapi/secured-document.ts";
import { readOpenApi } from "../../src/tools/openapi/read-document.ts";
import { yamlOf } from "../../src/tools/text/yaml-nodes.ts";
import { samplePolicy } from "../support/policy.ts";

// The official JSON schemas of OpenAPI, by the validator that test/package installs.
const VALIDATOR = "test/package/node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js";

const folder = mkdtempSync(join(tmpdir(), "claimgate-openapi-"));
afterAll(() => rmSync(folder, { recursive: true }));

function expectValid(text: string): void {
  const file = join(folder, "openapi.yaml");
  writeFileSync(file, text);
  expect(JSON.parse(execFileSync(process.execPath, [VALIDATOR, file], { encoding: "utf8" }))).toEqual({
    valid: true,
  });
}

const { operations } = apiOperations(samplePolicy());
const LOGINS = [undefined, "https://auth.example.com"];

describe("an exported OpenAPI document follows the official schema", () => {
  test.each(
    (["3.0", "3.1"] as const).flatMap((version) => LOGINS.map((loginUrl) => [version, loginUrl] as const)),
  )("of version %s, with the login %s", (version, loginUrl) => {
    const described = { scheme: "claimgate", loginUrl, gateways: new Set(["rest", "http"] as const) };
    expectValid(yamlOf(newDocument(operations.values(), described, { version, title: "Orders" })));
  });

  test.each(["3.0.3", "3.1.0", "3.2.0"])("with the policy in a document of version %s", (version) => {
    const text = `openapi: ${version}
info: { title: Orders, version: "1" }
paths:
  /health: { get: { responses: { "200": { description: fine } } } }
  /orders:
    get:
      responses: { "200": { description: the list } }
`;
    const described = { scheme: "claimgate", loginUrl: undefined, gateways: new Set(["http"] as const) };
    const made = securedDocument(
      { text, document: readOpenApi("a", text), basePath: "" },
      operations,
      described,
    );
    expect(made.changed).toEqual(["GET /health", "GET /orders"]);
    expectValid(made.text);
  });

  test("and the validator finds a mistake", () => {
    expect(() => expectValid("openapi: 3.1.0\ninfo: { title: a }\npaths: {}\n")).toThrow();
  });
});
