import type { Location, WorkspaceEdit } from "vscode-languageserver";
import { EditorFolder, LanguageClient } from "../../support/language-client.ts";

const ROWS = "p, role:a, a:read, allow\ng, group:x, role:a\ng2, GET /a, a:read\n";
const SERVICE = `plugins: [claimgate/serverless]
custom: { claimgate: { policies: ../shared/policies } }
functions: { a: { events: [httpApi: GET /a] } }
`;
const GUARD = 'requirePermission("a:read");\n';

let folder: EditorFolder;
let client: LanguageClient;
const open = async (files: Readonly<Record<string, string>>) => {
  folder = new EditorFolder(files);
  client = new LanguageClient();
  await client.open(folder);
};
afterEach(() => {
  client.process.kill();
  folder.remove();
});

/** What is asked about a place of a file, as names of files without repetition. */
async function filesOf(method: string, name: string, line: number, character: number) {
  const answer = await client.request(`textDocument/${method}`, {
    textDocument: { uri: folder.uriOf(name) },
    position: { line, character },
    newName: "a:list",
    context: { includeDeclaration: true },
  });
  const uris = Array.isArray(answer)
    ? (answer as readonly Location[]).map(({ uri }) => uri)
    : Object.keys((answer as WorkspaceEdit).changes ?? {});
  return [...new Set(uris)].map((uri) => uri.slice(folder.uri.length + 1)).sort();
}

test("a rename and the references reach the code of every service that shares the policy", async () => {
  await open({
    "one/serverless.yml": SERVICE,
    "one/src/handler.ts": GUARD,
    "two/serverless.yml": SERVICE,
    "two/src/handler.ts": GUARD,
    "shared/policies/rows.csv": ROWS,
  });
  const all = ["one/src/handler.ts", "shared/policies/rows.csv", "two/src/handler.ts"];
  expect(await filesOf("rename", "shared/policies/rows.csv", 0, 12)).toEqual(all);
  expect(await filesOf("references", "shared/policies/rows.csv", 0, 12)).toEqual(all);
  expect(await filesOf("definition", "shared/policies/rows.csv", 2, 6)).toEqual([
    "one/serverless.yml",
    "two/serverless.yml",
  ]);
});

test("a service is not taken for a part of one whose name its own begins with", async () => {
  await open({
    "app/policies/rows.csv": ROWS,
    "app/src/handler.ts": GUARD,
    "appsrc/policies/rows.csv": ROWS,
  });
  expect(await filesOf("rename", "app/policies/rows.csv", 0, 12)).toEqual([
    "app/policies/rows.csv",
    "app/src/handler.ts",
  ]);
});
