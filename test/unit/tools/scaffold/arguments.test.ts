import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseRequest, USAGE } from "../../../../src/tools/scaffold/arguments.ts";
import { ScaffoldError } from "../../../../src/tools/scaffold/name.ts";
import { filled } from "../../../../src/tools/scaffold/plan.ts";

const TEMPLATES = "src/tools/scaffold/templates";
const KINDS = ["rule", "command", "gateway"];
const PLANS: readonly (readonly [kind: string, ...options: string[]])[] = [
  ["rule"],
  ["rule", "--service"],
  ["command"],
  ["gateway"],
];

const planOf = (...args: readonly string[]) => {
  const request = parseRequest(args);
  if (request === undefined) throw new Error("no request");
  return request;
};

describe("the arguments of npm run scaffold", () => {
  it.each([
    [[], "expected `rule`, `command` or `gateway` and one name"],
    [["rule"], "expected `rule`, `command` or `gateway` and one name"],
    [["rule", "a", "b"], "and one name; see --help"],
    [["trigger", "a"], "there is no scaffold for `trigger`"],
    [["rule", "a-b", "--family", "ask"], "--family is for commands, not for a rule"],
    [["gateway", "a-b", "--service"], "--service is for rules, not for a gateway"],
    [["command", "a-b", "--family", "../x"], "cannot be the name of a family"],
    [["rule", "a-b", "--force"], "see --help"],
  ])("%j is refused: %s", (args, because) => {
    expect(() => parseRequest(args)).toThrow(ScaffoldError);
    expect(() => parseRequest(args)).toThrow(because);
  });

  it("with --help ask for nothing else", () => {
    expect(parseRequest(["--help"])).toBeUndefined();
    expect(parseRequest(["rule", "x", "-h"])).toBeUndefined();
  });

  it("are explained with an example of every kind", () => {
    for (const kind of KINDS) expect(USAGE).toContain(`npm run scaffold -- ${kind} `);
  });
});

describe.each(PLANS)("the plan of a %s %s", (kind, ...options) => {
  const { plan, words } = planOf(kind, "quite-new", ...options);

  it("writes a test, and says what is left to do", () => {
    expect(plan.files.some(({ path }) => /^test\/unit\/.*quite-new\.test\.ts$/.test(path))).toBe(true);
    expect(plan.next.length).toBeGreaterThan(3);
  });

  it("leaves no placeholder in its files", () => {
    for (const { template } of plan.files) {
      expect(filled(readFileSync(join(TEMPLATES, template), "utf8"), words)).not.toMatch(/__[A-Z]+__/);
    }
  });

  it("imports in its templates only what is there, or what it writes", () => {
    const own = plan.files.map(({ path }) => path);
    for (const { path, template } of plan.files) {
      const text = filled(readFileSync(join(TEMPLATES, template), "utf8"), words);
      const imported = Array.from(text.matchAll(/from "(\.[^"]+)"/g), ([, from = ""]) =>
        join(dirname(path), from),
      );
      expect(imported.filter((file) => !own.includes(file) && !existsSync(file))).toEqual([]);
    }
  });

  it("finds the place of each of its lines", () => {
    for (const { path, before } of plan.insertions) {
      expect([path, before, readFileSync(path, "utf8").split(before).length]).toEqual([path, before, 2]);
    }
  });

  it("has a page for it", () => {
    const pages = [...plan.files, ...plan.insertions].filter(({ path }) => path.startsWith("docs/"));
    expect(pages.length).toBeGreaterThan(0);
  });
});

test("every template is used", () => {
  const used = PLANS.flatMap(([kind, ...options]) =>
    planOf(kind, "quite-new", ...options).plan.files.map(({ template }) => template),
  );
  const there = readdirSync(TEMPLATES, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".txt"),
  );
  expect(there.sort()).toEqual(used.sort());
});

test("a rule about serverless.yml goes to the folder of those", () => {
  const paths = planOf("rule", "too-open", "--service").plan.files.map(({ path }) => path);
  expect(paths).toEqual([
    "src/tools/lint/rules/service/too-open.ts",
    "test/unit/tools/lint/rules/service/too-open.test.ts",
    "docs/rules/too-open.md",
  ]);
});

test("a command goes to the folder of its family", () => {
  const { plan } = planOf("command", "who-was", "--family", "ask");
  expect(plan.files[0]?.path).toBe("src/tools/cli/ask/who-was-command.ts");
  expect(existsSync("src/tools/cli/ask")).toBe(true);
});
