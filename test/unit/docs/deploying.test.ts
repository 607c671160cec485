import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { objectOf } from "../../../src/json.ts";
import { sectionOf, tableRowsOf } from "../../support/markdown.ts";

const PAGE = "docs/deploying.md";
const QUIET = { logLevel: "silent" } as const;

/** Outputs that the framework adds by itself. */
const OF_THE_FRAMEWORK = new Set([
  "HttpApiId",
  "HttpApiUrl",
  "ServiceEndpoint",
  "ServerlessDeploymentBucketName",
]);

describe("the guide to deploying", () => {
  const params = objectOf(objectOf(parse(readFileSync("serverless.yml", "utf8"), QUIET))["params"]);
  const defaults = Object.entries(objectOf(params["default"]));
  const rows = new Map(
    tableRowsOf(sectionOf(PAGE, "## Parameters")).map(([name = "", ...rest]) => [unquoted(name), rest]),
  );

  it("has a row for every parameter of serverless.yml, and none for one that is gone", () => {
    expect(defaults.length).toBeGreaterThan(10);
    expect([...rows.keys()].sort()).toEqual(defaults.map(([name]) => name).sort());
  });

  it("says the default of every parameter, and what prod has instead", () => {
    const said = defaults.map(([name]) => `${name}: ${rows.get(name)?.[0] ?? "missing"}`);
    const prod = objectOf(params["prod"]);
    const meant = defaults.map(([name, value]) => {
      const instead = name in prod ? `; prod: ${shown(prod[name])}` : "";
      return `${name}: ${shown(value)}${instead}`;
    });
    expect(said).toEqual(meant);
  });

  it("says what every parameter is for", () => {
    const silent = [...rows]
      .filter(([, [, values = "", meaning = ""]]) => values === "" || meaning.length < 10)
      .map(([name]) => name);
    expect(silent).toEqual([]);
  });

  it("names every output of the stack", () => {
    const files = readdirSync("resources").filter((file) => file.endsWith(".yml"));
    const outputs = files.flatMap((file) => {
      const fragment: unknown = parse(readFileSync(join("resources", file), "utf8"), QUIET);
      return Object.keys(objectOf(objectOf(fragment)["Outputs"]));
    });
    const named = tableRowsOf(sectionOf(PAGE, "### Outputs")).flatMap(([cell = ""]) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    );
    expect(outputs.length).toBeGreaterThan(5);
    expect(outputs.filter((output) => !named.includes(output))).toEqual([]);
    expect(
      named.filter((name) => !outputs.includes(name ?? "") && !OF_THE_FRAMEWORK.has(name ?? "")),
    ).toEqual([]);
  });

  it("makes a code challenge that belongs to its verifier", () => {
    const [, block = ""] = /<!-- pkce -->\s*```bash\n([\s\S]*?)```/.exec(readFileSync(PAGE, "utf8")) ?? [];
    const script = `${block}\nprintf '%s %s %s' "$VERIFIER" "$CHALLENGE" "$STATE"`;
    const [verifier = "", challenge, state = ""] = execFileSync("sh", ["-c", script], {
      encoding: "utf8",
    }).split(" ");
    // RFC 7636, section 4.1: 43 to 128 unreserved characters.
    expect(verifier).toMatch(/^[A-Za-z0-9._~-]{43,128}$/);
    expect(challenge).toBe(challengeOf(verifier));
    expect(state.length).toBeGreaterThan(20);
  });

  it("does so for a verifier that begins with a dash", () => {
    const [, block = ""] = /<!-- pkce -->\s*```bash\n([\s\S]*?)```/.exec(readFileSync(PAGE, "utf8")) ?? [];
    const verifier = `-${"a".repeat(42)}`;
    const script = `${block.replace(/^VERIFIER=.*$/m, `VERIFIER=${verifier}`)}\nprintf '%s' "$CHALLENGE"`;
    expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(challengeOf(verifier));
  });

  it("gives the example of RFC 7636, appendix B, and it is right", () => {
    const text = readFileSync(PAGE, "utf8");
    const example = /verifier `([^`]+)` gives the challenge\s+`([^`]+)`/.exec(text);
    expect(example?.[1]).toBe("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    expect(example?.[2]).toBe(challengeOf(example?.[1] ?? ""));
  });

  it("reads in its examples only outputs that there are", () => {
    const read = [...readFileSync(PAGE, "utf8").matchAll(/\$\(output (\w+)\)/g)].map(
      ([, name]) => name ?? "",
    );
    expect(read.length).toBeGreaterThan(3);
    const table = sectionOf(PAGE, "### Outputs");
    expect(read.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
  });
});

/** A default as the tables spell it. */
function shown(value: unknown): string {
  if (value === "") return "none";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  return `\`${String(value)}\``;
}

function unquoted(cell: string): string {
  return cell.replace(/^`|`$/g, "");
}

/** RFC 7636, section 4.2. */
function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier, "ascii").digest("base64url");
}
