import { loadPolicy } from "../../../../../src/policy/load.ts";
import { cedarFiles, isCedarFile, policyFiles } from "../../../../../src/tools/export/cedar/cedar-files.ts";
import { exportCedar } from "../../../../../src/tools/export/cedar/export-cedar.ts";
import { MODEL, policyFrom } from "../../../../support/policy.ts";

const EVERYTHING = `g2, GET /t/{tenantId}/{userId}, orders:read
g2, GET /health, public
g, group:{tenantId}.editors, role:editor
p, role:editor, orders:read, allow, {userId}=sub&max_age=300
p, role:nobody, *, deny
p2, *@example.com, allow
p3, client:web, *, openid`;

describe("the files of an export", () => {
  it("explain every attribute that the schema has", () => {
    const exported = exportCedar(policyFrom(EVERYTHING), "N");
    const readme = cedarFiles(exported).get("README.md") ?? "";
    const attributes = Object.keys(exported.schema["N"]?.commonTypes.Request.attributes ?? {});
    expect(attributes).toHaveLength(7);
    const missing = attributes.filter(
      (name) => !readme.includes(`context["${name}"]`) && !readme.includes(`context.${name}\``),
    );
    expect(missing).toEqual([]);
  });

  it("have an example of a request, and say what is left out", () => {
    const readme = cedarFiles(exportCedar(policyFrom(EVERYTHING), "N")).get("README.md") ?? "";
    expect(readme).toContain('"id": "GET /t/{tenantId}/{userId}"');
    expect(readme).toContain('"group:{tenantId}.editors": [\n      "a"\n    ]');
    expect(readme).toContain("- `GET /health` is public");
    expect(readme).toContain(
      "- `p, role:nobody, *, deny` (`policies/test.csv:5`): no token has `role:nobody`.",
    );
    expect(readme).toContain("- 1 row about sign-up and directories");
  });

  it("have an example where the policy has no route", () => {
    const readme = cedarFiles(exportCedar(policyFrom("p, group:a, *, allow"), "N")).get("README.md");
    expect(readme).toContain('"id": "*"');
  });

  it("are the same whatever the order of the rows", () => {
    const reversed = EVERYTHING.split("\n").map((row, index) => ({
      path: `policies/${index}.csv`,
      text: row,
    }));
    const [one, other] = [reversed, reversed.toReversed()].map((rows) =>
      Array.from(cedarFiles(exportCedar(loadPolicy({ model: MODEL, rows }), "N"))),
    );
    expect(one).toEqual(other);
  });

  it("have names that no file system takes for one another", () => {
    const text = "p, group:a, orders:read, allow";
    const rows = [
      "policies/Ä b.csv",
      "policies/../../etc/passwd",
      "policies/a/ROLES.csv",
      "policies/b/roles.csv",
    ].map((path, index) => ({ path, text: text.replace("group:a", `group:a${index}`) }));
    const { policies } = exportCedar(loadPolicy({ model: MODEL, rows }), "N");
    const names = [...policyFiles(policies).values()];
    expect(names).toEqual([
      "policies/__b.csv-1.cedar",
      "policies/passwd-1.cedar",
      "policies/ROLES.csv-1.cedar",
      "policies/roles.csv-1~2.cedar",
    ]);
    expect(names.every(isCedarFile)).toBe(true);
  });

  it.each(["policies/model.conf", "policies/a/b.cedar", "a.cedar", "policies/.cedar/x", "package.json"])(
    "never have the name %s",
    (name) => {
      expect(isCedarFile(name)).toBe(false);
    },
  );
});
