import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, LocalStackProcess, until } from "../support/local-stack-process.ts";
import { runServerless } from "../support/serverless.ts";

// `UPDATE_README=1 npm run test:samples` writes what the commands print now into the pages.

const PAGE = "docs/invoke-local.md";

const COMMAND = /```console\n\$ npx (sls [^\n]+)\n([\s\S]*?)```/g;
const TRANSCRIPT = /(<!-- transcript -->\n)(?:```text\n[^`]*```\n)?/;

/** What differs from run to run, and paths of this machine, made the same. */
function steady(output: string): string {
  return output
    .replace(/"durationMs":[0-9.]+/g, '"durationMs":1.5')
    .replace(/"requestId":"[0-9a-f-]{36}"/g, '"requestId":"5f0d7a52-5b0c-4b4c-9a51-0123456789ab"')
    .replace(/"expiresAt": "\d+"/g, '"expiresAt": "1795710705"')
    .replace(/"time":"[^"]+"/g, '"time":"2026-11-21T12:00:00.000Z"')
    .replace(/"stackTrace": \[[^\]]*\]/g, '"stackTrace": [ ... ]')
    .trim();
}

function steadyTranscript(output: string): string {
  return output
    .replace(/Port \d+ is taken.*\n/g, "")
    .replace(/Started in [\d.]+ s/, "Started in 6.2 s")
    .replace(/mailed code \d{6}/, "mailed code 382916")
    .replace(/"[0-9a-f]{8}-[0-9a-f-]{27}"/g, '"5b6e2f0a-3c1d-4e8f-9a7b-0c1d2e3f4a5b"')
    .replace(/\/orders\/[0-9a-f]{4}\.\.\./g, "/orders/9f4c...")
    .trim();
}

async function transcript(): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), "claimgate-readme-"));
  const [api, cognito, websocket, own] = await Promise.all(Array.from({ length: 4 }, freePort));
  const ports = ["--port", `${api}`, "--cognito-port", `${cognito}`, "--websocket-port", `${websocket}`];
  ports.push("--console-port", `${own}`);
  const stack = new LocalStackProcess(["--data", data, ...ports]);
  try {
    await until("the story is told", () => stack.output.includes("Ctrl-C stops it."));
    return stack.output
      .replaceAll(String(api), "3000")
      .replaceAll(String(cognito), "9229")
      .replaceAll(String(websocket), "3001")
      .replaceAll(String(own), "4000")
      .replace(/ --port 3001 --data \S+/, "")
      .replace(/functions log to \S+;/, "functions log to .local/functions.log;");
  } finally {
    await stack.end();
    rmSync(data, { recursive: true, force: true });
  }
}

if (process.env["UPDATE_README"] === "1") {
  test("the pages are written again", async () => {
    let page = readFileSync(PAGE, "utf8");
    for (const [block, command] of page.matchAll(COMMAND)) {
      const { stdout } = await runServerless((command ?? "").split(" ").slice(1));
      page = page.replace(block, () => `\`\`\`console\n$ npx ${command}\n${steady(stdout)}\n\`\`\``);
    }
    writeFileSync(PAGE, page);
    const text = steadyTranscript(await transcript());
    const readme = readFileSync("README.md", "utf8");
    const anew = (_whole: string, mark: string) => `${mark}\`\`\`text\n${text}\n\`\`\`\n`;
    writeFileSync("README.md", readme.replace(TRANSCRIPT, anew));
  }, 120_000);
} else {
  describe(`${PAGE} shows what is printed`, () => {
    const blocks = [...readFileSync(PAGE, "utf8").matchAll(COMMAND)].map(
      ([, command, output]) => [command ?? "", output ?? ""] as const,
    );

    it("by at least five commands", () => {
      expect(blocks.length).toBeGreaterThanOrEqual(5);
    });

    it.each(blocks)(
      "by npx %s",
      async (command, output) => {
        const { stdout } = await runServerless(command.split(" ").slice(1));
        expect(steady(stdout)).toBe(output.trim());
      },
      60_000,
    );
  });

  it("README.md shows what npm start prints", async () => {
    const readme = readFileSync("README.md", "utf8");
    const shown = /<!-- transcript -->\n```text\n([^`]*)```/.exec(readme)?.[1];
    expect(steadyTranscript(await transcript())).toBe(shown?.trim());
  }, 120_000);
}
