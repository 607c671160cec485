import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// `npm run check:english` over pages of one paragraph each.

const REFUSED = {
  "The header stands in the event.": "is, appears, belongs",
  "`check --fix` mends it.": "fix, correct",
  "Whoever signs in gets a token.": "anyone who, users who",
  "A defect lets somebody in.": "someone, anyone",
  "A deny denies nobody.": "has no effect",
  "A role that nobody has.": "no subject has it",
  "The deny list is read first.": "revocation list",
  "A test holds it against the template.": "check against",
  "The value is no token.": "is not a, is missing",
  "It is a text, beside others.": "string",
  [`A sentence ${"that goes on and on ".repeat(12)}ends.`]: "a sentence of",
};

const ACCEPTED = [
  "Understand what a stand-in does.",
  "There is no token, and no mention of a mendicant.",
  "The option `--mends whoever stands` is code.",
  "```\na deny list stands here\n```",
  "The path ends with a slash.",
  "A text file, held for an hour.",
  "The trigger failed, so nobody can sign up.",
];

const folder = mkdtempSync(join(tmpdir(), "claimgate-english-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(name: string, text: string) {
  const page = join(folder, name);
  writeFileSync(page, text);
  const { status, stdout } = spawnSync("node", ["--import", "tsx", "test/docs/english.ts", page], {
    encoding: "utf8",
  });
  const lines = stdout.split("\n").filter((line) => line.startsWith(`${page}:`));
  return { status, findings: lines.map((line) => line.slice(page.length + 1)) };
}

test("what english would not say is a finding with its place and what to say", () => {
  const { status, findings } = check("refused.md", Object.keys(REFUSED).join("\n\n"));

  expect(status).toBe(1);
  for (const [index, say] of Object.values(REFUSED).entries()) {
    expect(findings).toContainEqual(
      expect.stringMatching(new RegExp(`^${2 * index + 1}:\\d+: .*${say}`, "i")),
    );
  }
}, 60_000);

test("code and words that only look alike are not", () => {
  expect(check("accepted.md", ACCEPTED.join("\n\n"))).toEqual({ status: 0, findings: [] });
}, 60_000);

test("the titles of tests are read too, also below a table", () => {
  const text = [
    'it("stands for one label", () => {});',
    "test.each([",
    '  ["somebody"],',
    '])("%s is no role", async (_who) => {',
    '  say("everybody", { stands: true });',
    "});",
  ];
  const { status, findings } = check("some.test.ts", text.join("\n"));

  expect(status).toBe(1);
  expect(findings).toEqual([
    expect.stringMatching(/^1: .*is, appears/),
    expect.stringMatching(/^4: .*is not a/),
  ]);
}, 60_000);
