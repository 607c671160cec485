import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Screen } from "../../src/tools/machine/screen.ts";
import { code } from "../../src/tools/text/markdown.ts";
import { printable, printableLines } from "../../src/tools/text/printable.ts";
import { xml } from "../../src/tools/text/xml.ts";
import { runClaimgate } from "../support/claimgate-command.ts";

/** Clears a terminal, turns the text around, and ends the workflow commands of GitHub Actions. */
const EVIL =
  "\u001b[2J\u202e\u009b31m\n::stop-commands::token\n##[error]x\n\u00a0::stop-commands::t\n##vso[task.complete]x\n##TeamCity[buildStop]x";

/** What must not be in anything that a terminal or a log of CI shows. */
const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|^\s*::stop|##(?:vso|teamcity)?\[/im;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const ROWS =
  "p, role:clerk, orders:read, allow\ng, group:`a|<img>b`, role:clerk\ng2, GET /orders, orders:read\n";

function directory(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "claimgate-output-"));
  folders.push(folder);
  mkdirSync(join(folder, "policies/tests"), { recursive: true });
  copyFileSync("policies/model.conf", join(folder, "policies/model.conf"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "policies", name), text);
  return folder;
}

async function saidBy(cwd: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runClaimgate(args, { cwd });
  return stdout.replaceAll("\r\n", "\n") + stderr;
}

const NAME = `${EVIL.replaceAll("/", "")}.csv`;

describe("names of files, tests and arguments do not steer a terminal or a workflow", () => {
  const broken = () => directory({ [NAME]: `${ROWS}p, role:clerk\u001b, x, alow ${EVIL}\n` });
  const right = () =>
    directory({
      [NAME]: ROWS,
      "tests/a.test.yaml": `principals: { ${JSON.stringify(EVIL)}: { roles: [clerk] } }\nsuites: [{ name: ${JSON.stringify(EVIL)}, routes: [GET /orders] }]\n`,
    });

  test.each(["pretty", "json", "sarif", "github", "junit"])("check --format %s", async (format) => {
    const said = await saidBy(broken(), "check", "--format", format);
    expect(said).not.toMatch(STEERING);
    expect(said).toContain("stop-commands");
  });

  test.each([
    [["test"]],
    [["test", "--format", "json"]],
    [["test", "--format", "junit"]],
    [["can", "role:clerk", "GET /orders"]],
    [["explain", "role:clerk", "GET /orders"]],
    [["diff", "policies", "--format", "markdown"]],
    [["fmt", "--check"]],
  ])("%j", async (args) => {
    expect(await saidBy(right(), ...args)).not.toMatch(STEERING);
  });

  test.each([
    [[EVIL]],
    [["check", `--${EVIL}`]],
    [["check", "--policies", EVIL]],
    [["can", EVIL, "GET /orders"]],
    [["can", "role:clerk", EVIL]],
    [["who-can", EVIL]],
    [["diff", EVIL]],
    [["test", EVIL]],
    [["test", "--suite", EVIL]],
    [["replay", EVIL]],
    [["report", "-o", `none/${EVIL}`]],
    [["matrix", "--format", EVIL]],
  ])("an argument: %j", async (args) => {
    expect(await saidBy(right(), ...args)).not.toMatch(STEERING);
  });

  test("a pull request gets no markup of a group's name", async () => {
    const said = await saidBy(right(), "matrix", "--columns", "groups", "--format", "markdown");
    expect(said).toContain("| `` group:`a\\|<img>b` `` |");
  });
});

describe("one layer escapes", () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        ..."`|<>[]()*_\\\n\r\t :#@x",
        "::",
        "##[",
        "##vso[",
        "##teamcity[",
        "\u00a0",
        "\u3000",
        "\u001b[2J",
        "\u001b[31m",
        "\u009b",
        "\u202e",
        "\u2028",
      ),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    ),
  });

  test("a line of a screen holds no more than the styles of the screen", () => {
    fc.assert(
      fc.property(text, text, fc.boolean(), (a, b, colour) => {
        let written = "";
        const screen = new Screen((more) => {
          written += more;
        }, colour);
        screen.line(`${a}${screen.style("red", b)}`);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal knows styles by the escape character
        const plain = colour ? written.replaceAll(/\u001b\[(?:1|2|22|31|32|33|39)m/g, "") : written;
        expect(plain.replaceAll("\n", "")).toBe(printable(plain.replaceAll("\n", "")));
        if (!colour) expect(written).not.toMatch(/^\s*::|##(?:vso|teamcity)?\[/im);
      }),
    );
  });

  test("so does a name in XML, on one line", () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(xml(name)).toBe(printable(xml(name)).replaceAll("\\u0009", "\t"));
      }),
    );
  });

  test("a code span of Markdown ends where it should", () => {
    fc.assert(
      fc.property(text, (name) => {
        const span = code(name);
        if (name === "") return expect(span).toBe("");
        const [fence = ""] = /^`+/.exec(span) ?? [];
        const body = span.slice(fence.length, -fence.length);
        const runs = Array.from(body.matchAll(/`+/g), ([run]) => run.length);
        expect(runs).not.toContain(fence.length);
        expect(body).not.toMatch(/^`|`$|(?<!\\)\||\n/);
      }),
    );
  });

  test("lines are escaped once: a second time changes nothing", () => {
    fc.assert(
      fc.property(text, (name) => expect(printableLines(printableLines(name))).toBe(printableLines(name))),
    );
  });
});
