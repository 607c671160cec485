// The time from an edit to its lenses, by the real server: npm run prepare && npm run bench:lens
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createProtocolConnection } from "vscode-languageserver/node";
import { createWorkload } from "./decision-workload.ts";
import { median } from "./measure.ts";

const ROUNDS = 7;

/** Each edit begins from the text of HEAD. */
const EDITS = [
  ["a `p` row", "p, group:lens, orders:read, allow"],
  ["a `g` row", "g, group:lens, role:r0"],
  ["a `g2` row", "g2, GET /lens/{id}, res0:read"],
] as const;

for (const rows of ["sample", 1_000, 10_000] as const) {
  const folder = mkdtempSync(join(tmpdir(), "claimgate-lens-"));
  try {
    await measure(rows === "sample" ? "sample policy" : `${rows} rows`, folder, filesOf(rows, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The name of the file to edit. */
function filesOf(rows: "sample" | number, folder: string): string {
  mkdirSync(join(folder, "policies"));
  if (rows === "sample") {
    cpSync("policies", join(folder, "policies"), { recursive: true });
    return "policies/roles.csv";
  }
  writeFileSync(
    join(folder, "policies/rows.csv"),
    `${createWorkload(rows, 3).csv}\ng, group:staff, role:r0\n`,
  );
  return "policies/rows.csv";
}

async function measure(what: string, folder: string, name: string): Promise<void> {
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder });
  git("init", "--quiet");
  git("add", "--all");
  git("-c", "user.name=b", "-c", "user.email=b@example.com", "commit", "--quiet", "-m", "Begin");
  const server = spawn(process.execPath, [resolve("dist/claimgate.cjs"), "lsp", "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createProtocolConnection(server.stdout, server.stdin);
  connection.listen();
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "bench" }];
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders,
    capabilities: {},
  });
  await connection.sendNotification("initialized", {});
  const uri = pathToFileURL(join(folder, name)).href;
  const text = readFileSync(join(folder, name), "utf8");
  const textDocument = { uri, languageId: "claimgate-policy", version: 1, text };
  await connection.sendNotification("textDocument/didOpen", { textDocument });
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const resolveLens = (line?: number) =>
    connection.sendRequest("codeLens/resolve", { range, data: { uri, line } });
  await resolveLens();
  let version = 1;
  for (const [label, row] of EDITS) {
    const times: { readonly edit: number; readonly row: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      version += 1;
      const begun = performance.now();
      await connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text: `${text}\n${row.replace("lens", `lens${round}`)}\n` }],
      });
      await resolveLens();
      const edit = performance.now() - begun;
      await resolveLens(1);
      times.push({ edit, row: performance.now() - begun });
    }
    const [edit, all] = [median(times.map((time) => time.edit)), median(times.map((time) => time.row))];
    console.log(`${what}, ${label}: this edit ${edit.toFixed(0)} ms, and a row ${all.toFixed(0)} ms`);
  }
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
}
