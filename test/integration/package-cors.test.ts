import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runServerless } from "../support/serverless.ts";
import { copyService } from "../support/service-copy.ts";

// README, "Add a route", followed to the letter, with a method that no route had before.

const folder = mkdtempSync(join(tmpdir(), "claimgate-cors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>
  >;
}

test("a new route with PUT and one with ANY package with preflights that allow their methods", async () => {
  const service = copyService(join(folder, "service"));
  const before = "      - httpApi: { method: POST, path: /orders, authorizer: *http }\n";
  const added = [
    '- httpApi: { method: PUT, path: "/orders/{orderId}", authorizer: *http }',
    '- httpApi: { method: "*", path: "/admin/{proxy+}", authorizer: *http }',
    '- httpApi: { method: OPTIONS, path: "/admin/{proxy+}" }',
    "- http: { method: patch, path: 'orders/{orderId}', authorizer: *rest, cors: true }",
  ];
  const yaml = service.read("serverless.yml");
  expect(yaml).toContain(before);
  const [rest = "", restToken = ""] = yaml.split("      # Only with parameter restTokenAuthorizer.\n");
  const events = (lines: readonly string[]) => lines.map((line) => `      ${line}\n`).join("");
  service.write(
    "serverless.yml",
    rest.replace(before, before + events(added.slice(0, 3))) + events(added.slice(3)) + restToken,
  );
  service.append(
    "policies/routes.csv",
    [
      "g2, PUT /orders/{orderId}, orders:create",
      "g2, ANY /admin/{proxy+}, orders:delete",
      "g2, OPTIONS /admin/{proxy+}, public",
      "g2, PATCH /orders/{orderId}, orders:create",
      "",
    ].join("\n"),
  );
  const run = await runServerless(["package", "--package", join(folder, "out")], service.folder);
  expect(run.output).not.toMatch(/\[(cors-method-missing|preflight-unauthorized|route-[a-z-]+)\]/);
  expect(run.code).toBe(0);
  const text = readFileSync(join(folder, "out", "cloudformation-template-update-stack.json"), "utf8");
  const { Resources } = JSON.parse(text) as Template;
  expect(Resources["HttpApi"]?.Properties["CorsConfiguration"]).toMatchObject({
    AllowMethods: ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"],
  });
  const preflight = Resources["ApiGatewayMethodOrdersOrderidVarOptions"]?.Properties;
  expect(preflight).toMatchObject({ AuthorizationType: "NONE" });
  expect(JSON.stringify(preflight)).toMatch(/'(?=[A-Z,]*GET)[A-Z,]*PATCH[A-Z,]*'/);
}, 120_000);
