import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runServerless } from "../support/serverless.ts";
import { copyService } from "../support/service-copy.ts";
import { unzip } from "../support/unzip.ts";

// A stage whose policy speaks of two pools: every group and scope has the prefix of its pool.

const folder = join(tmpdir(), `claimgate-pools-${process.pid}`);
const OTHERS = [{ userPoolId: "us-east-1_Legacy", appClients: { "old-web": "abc123" }, poolAlias: "legacy" }];
const PARAMETERS = ["poolAlias=main", `additionalIssuers=${JSON.stringify(OTHERS)}`].flatMap((one) => [
  "--param",
  one,
]);

const service = copyService(folder);
const packaged = () => runServerless(["package", "--package", "out", ...PARAMETERS], service.folder);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const TEMPLATE = "out/cloudformation-template-update-stack.json";

/** The code of a packaged function. */
function bundled(name: string): string {
  const files = unzip(readFileSync(join(folder, "out", `${name}.zip`)));
  return [...files].flatMap(([path, text]) => (path.endsWith(".cjs") ? [text] : [])).join();
}

interface Template {
  readonly Resources: Readonly<Record<string, { Type: string; Properties?: Record<string, unknown> }>>;
}

describe("a stage with a second pool", () => {
  it("is refused while rows name no pool: they would match no token", async () => {
    const run = await packaged();
    expect(run.code).not.toBe(0);
    expect(run.output).toContain("[subject-of-no-pool]");
  }, 60_000);

  it("makes the groups and scopes of its own pool, and tells the authorizers of both", async () => {
    for (const file of ["roles", "groups", "sign-up", "other-gateways"]) {
      const path = `policies/${file}.csv`;
      const rows = service.read(path).replace(/^([^#\n]*?)\b(group|scope):(?=[a-z])/gm, "$1$2:main/");
      service.write(path, rows.replace(/^g4, /gm, "g4, main/"));
    }
    service.append("policies/groups.csv", "g, group:legacy/administrators, role:admin\n");
    service.write(
      "policies/groups.yaml",
      service.read("policies/groups.yaml").replace(/^([a-z]+):/gm, "main/$1:"),
    );
    const run = await packaged();
    expect(run).toMatchObject({ code: 0 });

    const { Resources } = JSON.parse(service.read(TEMPLATE)) as Template;
    const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type);
    const groups = ofType("AWS::Cognito::UserPoolGroup").map(({ Properties }) => Properties?.["GroupName"]);
    expect(groups.sort()).toEqual([
      "admins",
      "customers",
      "finance",
      "partners",
      "support",
      "suspended",
      "trainees",
    ]);
    const [server] = ofType("AWS::Cognito::UserPoolResourceServer");
    expect(server?.Properties?.["Scopes"]).toEqual([
      { ScopeName: "reports.export", ScopeDescription: "reports.export" },
      { ScopeName: "reports.read", ScopeDescription: "reports.read" },
    ]);
    const environment = Resources["HttpAuthorizerLambdaFunction"]?.Properties?.["Environment"];
    expect(environment).toMatchObject({ Variables: { CLAIMGATE_POOL_ALIAS: "main" } });
    expect(environment).not.toHaveProperty("Variables.CLAIMGATE_ADDITIONAL_ISSUERS");
    expect(bundled("httpAuthorizer").replaceAll("\\", "")).toContain(JSON.stringify(OTHERS));
  }, 60_000);

  it("packages with a thousand further pools, in environments that Lambda takes", async () => {
    const thousand = Array.from({ length: 1000 }, (_, index) => ({
      userPoolId: `us-east-1_Tenant${index}`,
      appClients: { [`web-${index}`]: `client${String(index).padStart(20, "0")}` },
      poolAlias: index === 0 ? "legacy" : `t${index}`,
    }));
    const yaml = service.read("serverless.yml");
    service.write(
      "serverless.yml",
      yaml.replace('additionalIssuers: "[]"', `additionalIssuers: '${JSON.stringify(thousand)}'`),
    );
    const run = await runServerless(
      ["package", "--package", "out", "--param", "poolAlias=main"],
      service.folder,
    );
    service.write("serverless.yml", yaml);
    expect(run).toMatchObject({ code: 0 });
    expect(bundled("restAuthorizer").replaceAll("\\", "")).toContain(JSON.stringify(thousand.at(-1)));
    const functions = Object.values((JSON.parse(service.read(TEMPLATE)) as Template).Resources).filter(
      ({ Type }) => Type === "AWS::Lambda::Function",
    );
    for (const { Properties } of functions) {
      expect(JSON.stringify(Properties?.["Environment"] ?? {}).length).toBeLessThan(3000);
    }
  }, 60_000);

  it("refuses an environment that has outgrown Lambda, before anything is deployed", async () => {
    const yaml = service.read("serverless.yml");
    const variable = "      CLAIMGATE_AUTO_CONFIRM:";
    expect(yaml).toContain(variable);
    service.write("serverless.yml", yaml.replace(variable, `      NOTES: ${"x".repeat(4100)}\n${variable}`));
    const run = await packaged();
    service.write("serverless.yml", yaml);
    expect(run.code).not.toBe(0);
    expect(run.output).toMatch(
      /PreSignUpLambdaFunction\.Environment\.Variables: has about 4\d+ bytes, and Lambda accepts 4096; the largest are `NOTES`/,
    );
  }, 60_000);
});
