import { rmSync } from "node:fs";
import { join } from "node:path";
import { EditorFolder, LanguageClient } from "../../support/language-client.ts";

const ROWS = "p, role:a, a:read, allow\ng, group:x, role:a\n";
const ROUTES = "g2, GET /a, a:read\n";

describe("the language server", () => {
  let folder: EditorFolder;
  let client: LanguageClient;
  const uri = (name: string) => folder.uriOf(name);
  const found = (name: string) => (client.diagnostics().get(uri(name)) ?? []).map(({ code }) => code);

  beforeEach(async () => {
    folder = new EditorFolder({
      "one/policies/roles.csv": ROWS,
      "one/policies/routes.csv": ROUTES,
      "two/serverless.yml": "plugins: [claimgate/serverless]\ncustom: { claimgate: { policies: access } }\n",
      "two/access/roles.csv": ROWS.replace("a:read", "a:raed"),
      "two/access/routes.csv": ROUTES,
    });
    client = new LanguageClient();
    await client.open(folder);
    await client.settled(uri("one/policies/roles.csv"));
    await client.settled(uri("two/access/roles.csv"));
  });
  afterEach(() => {
    client.process.kill();
    folder.remove();
  });

  test("finds every policy of a workspace, also where serverless.yml names its directory", () => {
    expect(found("one/policies/roles.csv")).toEqual([]);
    expect(found("two/access/roles.csv")).toContain("permission-without-route");
  });

  test("answers an error to a request that fails, and goes on", async () => {
    const answer = await client.ask({ method: "textDocument/formatting", params: {} });
    expect(answer.error?.message).toMatch(/^textDocument\/formatting: /);
    expect(client.received.some(({ method }) => method === "window/logMessage")).toBe(true);
    await client.settled(uri("one/policies/roles.csv"));
    expect(await client.close()).toBe(0);
  });

  test("takes back the findings of a policy whose directory was deleted", async () => {
    rmSync(join(folder.path, "two/access"), { recursive: true });
    const changes = [{ uri: uri("two/access/roles.csv"), type: 3 }];
    client.notify("workspace/didChangeWatchedFiles", { changes });
    await client.until(() => found("two/access/roles.csv").length === 0);
  });

  test("knows the names in the files that serverless.yml includes, as they are in the editor", async () => {
    folder.write("two/parts/functions.yml", "a: { events: ${file(parts/events.yml)} }\n");
    folder.write("two/parts/events.yml", "[]\n");
    const service = uri("two/serverless.yml");
    client.openFile(service, "functions: ${file(parts/functions.yml)}\n");
    client.openFile(uri("two/parts/events.yml"), "events: [httpApi: GET /unsaved]\n");
    const rows = uri("two/access/roles.csv");
    client.openFile(rows, "g2, ");
    const answer = await client.request("textDocument/completion", {
      textDocument: { uri: rows },
      position: { line: 0, character: 4 },
    });
    expect(answer).toMatchObject({ items: [{ label: "GET /unsaved" }, { label: "GET /a" }] });
  });

  test("shows what a rename leaves to do, where the editor cannot ask for confirmation", async () => {
    await client.request("textDocument/rename", {
      textDocument: { uri: uri("one/policies/roles.csv") },
      position: { line: 1, character: 10 },
      newName: "y",
    });
    const shown = client.received.find(({ method }) => method === "window/showMessage");
    expect(JSON.stringify(shown?.params)).toContain("create `y`, and move the members");
  });

  test("answers nothing for files that are of no policy, and for no files", async () => {
    for (const other of ["untitled:Untitled-1", "file:///nowhere/roles.csv", uri("readme.md")]) {
      expect(
        await client.request("textDocument/documentSymbol", { textDocument: { uri: other } }),
      ).toBeNull();
    }
  });

  test("formats lines up to one far behind the end of the file, as editors ask for the whole file", async () => {
    const file = uri("one/policies/roles.csv");
    client.openFile(file, "p,role:a, a:read, allow\n");
    const range = { start: { line: 0, character: 0 }, end: { line: 2 ** 31 - 1, character: 0 } };
    const edits = await client.request("textDocument/rangeFormatting", {
      textDocument: { uri: file },
      range,
      options: {},
    });
    expect(edits).toMatchObject([{ range: { start: { line: 0 } }, newText: "p, role:a, a:read, allow" }]);
  });

  test("answers nothing before it is initialized, and nothing after it was shut down", async () => {
    const ask = (one: LanguageClient) =>
      one.ask({
        method: "textDocument/hover",
        params: { textDocument: { uri: uri("one/policies/roles.csv") } },
      });
    const other = new LanguageClient();
    expect((await ask(other)).error?.code).toBe(-32_002);
    other.process.kill();
    expect(
      (await client.ask({ method: "initialize", params: { processId: null, capabilities: {} } })).error?.code,
    ).toBe(-32_600);
    await client.request("shutdown", undefined);
    expect((await ask(client)).error?.code).toBe(-32_600);
    client.notify("exit", undefined);
    expect(await client.ended).toBe(0);
  });

  test("ends when its standard input is closed", async () => {
    client.process.stdin?.end();
    expect(await client.ended).toBe(1);
  });
});
