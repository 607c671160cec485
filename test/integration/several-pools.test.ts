import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runServerless } from "../support/serverless.ts";
import { copyService } from "../support/service-copy.ts";

// A stage whose policy speaks of two pools: every group and scope has the prefix of its pool.

const folder = join(tmpdir(), `claimgate-pools-${process.pid}`);
const OTHERS = [{ userPoolId: "us-east-1_Legacy", appClients: { "old-web": "abc123" }, prefix: "legacy" }];
const PARAMETERS = ["subjectPrefix=main", `additionalIssuers=${JSON.stringify(OTHERS)}`].flatMap((one) => [
  "--param",
  one,
]);

const service = copyService(folder);
const packaged = () => runServerless(["package", "--package", "out", ...PARAMETERS], service.folder);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Template {
  readonly Resources: Readonly<Record<string, { Type: string; Properties?: Record<string, unknown> }>>;
}

describe("a stage with a second pool", () => {
  it("is refused while rows name no pool: they would match nobody", async () => {
    const run = await packaged();
    expect(run.code).not.toBe(0);
    expect(run.output).toContain("[subject-of-no-pool]");
  }, 60_000);

  it("makes the groups and scopes of its own pool, and tells the authorizers of both", async () => {
    for (const file of ["roles", "groups", "sign-up", "other-gateways"]) {
      const path = `policies/${file}.csv`;
      const rows = service.read(path).replace(/^([^#\n]*?)\b(group|scope):(?=[a-z])/gm, "$1$2:main/");
      service.write(path, rows);
    }
    service.append("policies/groups.csv", "g, group:legacy/administrators, role:admin\n");
    service.write(
      "policies/groups.yaml",
      service.read("policies/groups.yaml").replace(/^([a-z]+):/gm, "main/$1:"),
    );
    const run = await packaged();
    expect(run).toMatchObject({ code: 0 });

    const { Resources } = JSON.parse(
      service.read("out/cloudformation-template-update-stack.json"),
    ) as Template;
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
    expect(environment).toMatchObject({
      Variables: {
        CLAIMGATE_SUBJECT_PREFIX: "main",
        CLAIMGATE_ADDITIONAL_ISSUERS: JSON.stringify(OTHERS),
      },
    });
  }, 60_000);
});
