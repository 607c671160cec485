import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { EditorFolder, LanguageClient } from "../test/support/language-client.ts";
import { createWorkload } from "./decision-workload.ts";
import { median } from "./measure.ts";

// The language server as an editor meets it, over standard input and output: the time from a keystroke to the
// diagnostics, and the longest that a request waits while a large policy is checked. `npm run bench:editor`,
// with the command that `npm run prepare` built.

const KEYSTROKES = 12;
const HEAD = "# every role\n";

for (const rows of [1_000, 10_000, 100_000]) {
  const text = HEAD + createWorkload(rows, 3).csv;
  const folder = new EditorFolder({
    "policies/roles.csv": text,
    "policies/model.conf": readFileSync("policies/model.conf"),
  });
  const uri = folder.uriOf("policies/roles.csv");
  const client = new LanguageClient([], resolve("dist/claimgate.cjs"));
  await client.open(folder);
  client.openFile(uri, text);
  const opened = performance.now();
  await client.settled(uri);
  const first = performance.now() - opened;
  if ((client.diagnostics().get(uri)?.length ?? 0) === 0) throw new Error("the policy has no finding");
  const answers: number[] = [];
  const checks: number[] = [];
  let longest = 0;
  for (let version = 2; version < (rows > 10_000 ? 4 : KEYSTROKES); version += 1) {
    const start = performance.now();
    const position = { line: 1, character: 0 };
    // Each keystroke makes one more row, and another finding.
    const change = {
      range: { start: position, end: position },
      text: `p, role:r1, typed:k${version}, allow\n`,
    };
    client.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [change] });
    const settled = client.settled(uri).then(() => true);
    let done = false;
    while (!done) {
      const asked = performance.now();
      const symbols = await client.request("textDocument/semanticTokens/range", {
        textDocument: { uri },
        range: { start: position, end: { line: 40, character: 0 } },
      });
      const waited = performance.now() - asked;
      if (asked - start < 5) answers.push(waited);
      longest = Math.max(longest, waited);
      if (JSON.stringify(symbols).length < 100) throw new Error("no tokens");
      done = await Promise.race([
        settled,
        new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
      ]);
    }
    checks.push(performance.now() - start);
    const shown = client.diagnostics().get(uri) ?? [];
    if (!shown.some(({ message }) => String(message).includes(`typed:k${version}`)))
      throw new Error("not found");
  }
  const [answer, check] = [median(answers), median(checks)].map((time) => time.toFixed(0));
  console.log(
    `${rows} rows: first check ${first.toFixed(0)} ms; a keystroke: a request is answered in ${answer} ms, ` +
      `the findings are there in ${check} ms; longest wait of a request meanwhile ${longest.toFixed(0)} ms`,
  );
  await client.close();
  folder.remove();
}
