import { type Finding, findingAt, printFinding } from "../../../../src/tools/findings/finding.ts";
import { githubOf } from "../../../../src/tools/findings/formats/github.ts";
import { junitOf } from "../../../../src/tools/findings/formats/junit.ts";
import { sarifOf, type ToolFacts } from "../../../../src/tools/findings/formats/sarif.ts";
import { KINDS } from "../../../../src/tools/registry/kinds.ts";
import { sarifProblems } from "../../../support/sarif-schema.ts";

const found = { severity: "error", message: "is wrong", fix: "correct it" } as const;

/** One of each sort of place. */
const FINDINGS: readonly Finding[] = [
  findingAt({ rule: "user-row", file: "policies/a.csv", line: 2, column: 4, ...found }),
  {
    id: "iam-breadth",
    place: { kind: "resource", resource: "SmsRole", property: "Policies.0" },
    ...found,
  },
  { id: "quota-exceeded", place: { kind: "resource", resource: "Resources", property: "" }, ...found },
  { id: "parameter-value", place: { kind: "parameter", parameter: "mfa" }, ...found },
  { id: "client-setting", place: { kind: "deployed", area: "clients", subject: "Web" }, ...found },
  { id: "pool-missing", place: { kind: "deployed", area: "pool", subject: "" }, ...found },
];

const PLACES = [
  "repo/policies/a.csv:2:4",
  "SmsRole.Policies.0",
  "Resources",
  "--param mfa",
  "clients Web",
  "pool",
];

const inRepository = (file: string) => `repo/${file}`;

describe("a finding of any place", () => {
  it("is a line of text", () => {
    expect(FINDINGS.map(printFinding)).toEqual([
      "policies/a.csv:2:4: is wrong; correct it [user-row]",
      "SmsRole.Policies.0: is wrong; correct it [iam-breadth]",
      "Resources: is wrong; correct it [quota-exceeded]",
      "--param mfa: is wrong; correct it [parameter-value]",
      "clients Web: is wrong; correct it [client-setting]",
      "pool: is wrong; correct it [pool-missing]",
    ]);
  });

  it("is an annotation of GitHub: at its line, or of the run", () => {
    expect(githubOf(FINDINGS, inRepository).trimEnd().split("\n")).toEqual([
      "::error file=repo/policies/a.csv,line=2,col=4,title=user-row::is wrong; correct it",
      "::error title=iam-breadth::SmsRole.Policies.0: is wrong; correct it",
      "::error title=quota-exceeded::Resources: is wrong; correct it",
      "::error title=parameter-value::--param mfa: is wrong; correct it",
      "::error title=client-setting::clients Web: is wrong; correct it",
      "::error title=pool-missing::pool: is wrong; correct it",
    ]);
  });

  it("is a failure of JUnit", () => {
    const texts = Array.from(
      junitOf(FINDINGS, inRepository).matchAll(/">([^<]*): is wrong&#10;/g),
      ([, place]) => place,
    );
    expect(texts.sort()).toEqual([...PLACES].sort());
  });

  it("is a result of SARIF: in its file, or at the top of serverless.yml with the name of its place", () => {
    const { runs } = sarifOf(FINDINGS, [], new Map(), inRepository, { version: "1.2.3" }) as {
      runs: [
        {
          results: {
            ruleId: string;
            locations: [
              {
                physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
                logicalLocations?: [{ fullyQualifiedName: string; kind: string }];
              },
            ];
          }[];
        },
      ];
    };
    const shown = runs[0].results.map(({ ruleId, locations: [{ physicalLocation, logicalLocations }] }) => [
      ruleId,
      `${physicalLocation.artifactLocation.uri}:${physicalLocation.region.startLine}`,
      logicalLocations?.[0].fullyQualifiedName,
      logicalLocations?.[0].kind,
    ]);
    expect(shown).toEqual([
      ["user-row", "repo/policies/a.csv:2", undefined, undefined],
      ["iam-breadth", "repo/serverless.yml:1", "SmsRole.Policies.0", "resource"],
      ["quota-exceeded", "repo/serverless.yml:1", "Resources", "resource"],
      ["parameter-value", "repo/serverless.yml:1", "--param mfa", "parameter"],
      ["client-setting", "repo/serverless.yml:1", "clients Web", "deployed"],
      ["pool-missing", "repo/serverless.yml:1", "pool", "deployed"],
    ]);
  });

  describe("in SARIF", () => {
    it.each([{ version: "1.2.3" }, { version: "1.2.3", repository: "https://example.com/o/claimgate" }])(
      "is what the format demands, wherever it is and whatever its file is called: %j",
      (tool) => {
        const names = ["a b.csv", "a#b.csv", "a?b.csv", "a:b.csv", "é[1].csv", "a%b.csv"];
        const named = names.map((file) =>
          findingAt({ rule: "user-row", file, line: 1, column: 1, ...found, severity: "info" }),
        );
        const fixes = new Map(named.map((one) => [one, { before: "a", after: [] }]));
        const written = sarifOf([...FINDINGS, ...named], KINDS, fixes, (file) => file, tool);
        expect(sarifProblems(written)).toEqual([]);
        const uris = JSON.stringify(written).match(/(?<="uri":")[^"]+/g) ?? [];
        expect(uris.map(decodeURIComponent)).toEqual(expect.arrayContaining(names));
      },
    );

    /** The tool and its first rule. */
    const driverOf = (tool: ToolFacts) => {
      const kind = KINDS.find(({ id }) => id === "user-row");
      const written = sarifOf([], kind === undefined ? [] : [kind], new Map(), inRepository, tool);
      const { runs } = written as { runs: [{ tool: { driver: { rules: [Record<string, unknown>] } } }] };
      const { rules, ...driver } = runs[0].tool.driver;
      return { driver, rule: rules[0] };
    };

    it("names the version of the tool, and the page of the rule in words", () => {
      const { driver, rule } = driverOf({ version: "1.2.3" });
      // Without a repository there is no absolute URI, and the format allows no other.
      expect(driver).toEqual({ name: "claimgate", version: "1.2.3", semanticVersion: "1.2.3" });
      expect(rule).not.toHaveProperty("helpUri");
      expect(rule["help"]).toEqual({
        text: expect.stringMatching(/; see docs\/rules\/user-row\.md$/) as string,
      });
    });

    it("links tool and rule where package.json names a repository", () => {
      const { driver, rule } = driverOf({ version: "1.2.3", repository: "https://example.com/o/claimgate" });
      expect(driver).toMatchObject({ informationUri: "https://example.com/o/claimgate" });
      expect(rule["helpUri"]).toBe("https://example.com/o/claimgate/blob/v1.2.3/docs/rules/user-row.md");
    });
  });
});
