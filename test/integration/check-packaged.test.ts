import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runClaimgate } from "../support/claimgate-command.ts";
import { inScenario } from "../support/cli-scenarios.ts";

const folder = mkdtempSync(join(tmpdir(), "claimgate-packaged-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A template whose one client may use the implicit flow, with or without a note that it is meant so. */
function writeTemplate(metadata: object): void {
  const Web = {
    Type: "AWS::Cognito::UserPoolClient",
    Metadata: metadata,
    Properties: {
      UserPoolId: "us-east-1_EXAMPLE",
      AllowedOAuthFlows: ["implicit"],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ["openid"],
      CallbackURLs: ["https://app.example/callback"],
      WriteAttributes: ["email"],
    },
  };
  writeFileSync(
    join(folder, "cloudformation-template-update-stack.json"),
    JSON.stringify({ Resources: { Web } }),
  );
}

const check = (...args: readonly string[]) =>
  inScenario("sample", (cwd) => runClaimgate(["check", "--packaged", folder, ...args], { cwd }));

test("an error in the packaged template is a finding in every format, and a no", async () => {
  writeTemplate({});
  const pretty = await check();
  expect(pretty.stdout).toMatch(/^Web\.AllowedOAuthFlows: error: .* \[implicit-flow\]$/m);
  expect(pretty.code).toBe(2);
  const json = JSON.parse((await check("--format", "json")).stdout) as { findings: unknown[] };
  expect(json.findings).toContainEqual(
    expect.objectContaining({ rule: "implicit-flow", resource: "Web", property: "AllowedOAuthFlows" }),
  );
  expect((await check("--format", "github")).stdout).toMatch(
    /^::error title=implicit-flow::Web\.AllowedOAuthFlows: /m,
  );
  expect((await check("--format", "sarif")).stdout).toContain(
    '"fullyQualifiedName": "Web.AllowedOAuthFlows"',
  );
  expect((await check("--format", "junit")).stdout).toContain('name="implicit-flow"');
});

test("a note at the resource hides it, and is told", async () => {
  writeTemplate({ "claimgate-ignore": { "implicit-flow": "an old app until March" } });
  const { stdout, code } = await check();
  expect(stdout).toContain(
    "Web.AllowedOAuthFlows: implicit-flow is switched off here: an old app until March",
  );
  expect(code).toBe(0);
});

test("a folder without a package is not accepted", async () => {
  const { code, stderr } = await inScenario("sample", (cwd) =>
    runClaimgate(["check", "--packaged", "nowhere"], { cwd }),
  );
  expect(stderr).toContain("contains no package of the service");
  expect(code).toBe(1);
});
