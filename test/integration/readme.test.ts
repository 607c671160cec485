import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, LocalStackProcess, until } from "../support/local-stack-process.ts";
import { sectionOf } from "../support/markdown.ts";
import { addEvent, copyRepository } from "../support/repository-copy.ts";
import { shellIn } from "../support/shell.ts";

// What README.md tells a reader to do, done to the letter in a copy of the repository.

const copy = mkdtempSync(join(tmpdir(), "claimgate-readme-"));
let ports: readonly [api: number, cognito: number, websocket: number];
let stack: LocalStackProcess;

/** README puts its steps aside with git. */
function commitAll(): void {
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: copy, stdio: "pipe" });
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message", "Begin");
}

beforeAll(async () => {
  copyRepository(copy);
  commitAll();
  ports = [await freePort(), await freePort(), await freePort()];
  const [api, cognito, websocket] = ports.map(String) as [string, string, string];
  const args = ["--no-story", "--port", api, "--cognito-port", cognito, "--websocket-port", websocket];
  stack = new LocalStackProcess(args, {}, copy);
  await shell("npm run --silent prepare");
  await stack.ready();
}, 120_000);

afterAll(async () => {
  await stack.end();
  rmSync(copy, { recursive: true, force: true });
}, 40_000);

/** What a shell in the copy prints and ends with; the usual ports are this run's. */
function shell(script: string): Promise<{ code: number; output: string }> {
  const command = script
    .replaceAll("127.0.0.1:3000", `127.0.0.1:${ports[0]}`)
    .replaceAll("127.0.0.1:9229", `127.0.0.1:${ports[1]}`)
    .replaceAll("run --silent connect -- sam", `run --silent connect -- sam --port ${ports[2]}`);
  return shellIn(copy, command);
}

/** The code blocks of a text in this language, without the indentation of the list that they belong to. */
function blocksOf(text: string, language: string): readonly string[] {
  const fence = new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, "gm");
  return Array.from(text.matchAll(fence), ([, indent = "", block = ""]) =>
    block.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );
}

const readme = readFileSync("README.md", "utf8");
const ADD_A_ROUTE = "## Add a route";

test("the WebSocket API answers the command that README gives", async () => {
  const [command = ""] = /npm run --silent connect -- sam/.exec(readme) ?? [];

  expect(await shell(command)).toMatchObject({
    code: 0,
    output: expect.stringContaining('"orders":[') as string,
  });
}, 60_000);

test("Add a route: who may call it gets an answer, who may not is denied, and the tests cover it", async () => {
  const section = sectionOf("README.md", ADD_A_ROUTE);
  const [rows = "", calls = "", tests = "", back = ""] = blocksOf(section, "bash");
  const [event = ""] = blocksOf(section, "yaml");
  const [lines = ""] = blocksOf(section, "text");

  expect(await shell(rows)).toEqual({ code: 0, output: "" });
  await until("the group is there", () => stack.output.includes("the user pool has a new group: auditors"));

  addEvent(copy, event);
  await until("restarted", () => stack.output.includes("\nrestarted: "), 90_000);

  const answers = await shell(calls);
  expect(answers.output.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 403"]);
  expect(answers.output).toContain("src/sample/orders.ts");
  for (const line of lines.trimEnd().split("\n")) {
    await until(line, () => stack.output.includes(`${line}\n`), 10_000);
  }

  const tested = await shell(`set -e\n${tests}`);
  expect(tested).toMatchObject({ code: 0, output: expect.stringContaining("(100 %)") as string });
  expect(tested.output).toContain("0 errors, 0 warnings");

  expect(await shell(back)).toEqual({ code: 0, output: "" });
  expect(await shell("git status --porcelain")).toEqual({ code: 0, output: "" });
}, 270_000);

test("README has no commands but these, and those of the quick start, which CI begins with", () => {
  const blocks = Array.from(
    readme.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm),
    ([, language = "", block = ""]) => ({ language, block }),
  );
  const commands = blocks.filter(({ language }) => !["text", "yaml"].includes(language));
  expect(commands[0]?.block).toMatch(/^npm ci && npm start .*\nnpm ci && npm test .*\n$/);
  expect(commands.slice(1)).toHaveLength(blocksOf(sectionOf("README.md", ADD_A_ROUTE), "bash").length);
});
