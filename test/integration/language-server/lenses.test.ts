import { execFileSync } from "node:child_process";
import type { CodeLens } from "vscode-languageserver";
import { objectOf } from "../../../src/json.ts";
import { rowDigest } from "../../../src/policy/row-description.ts";
import { EditorFolder, LanguageClient } from "../../support/language-client.ts";

const REFUND = "POST /orders/{orderId}/refund";
const ROLES = `p, role:clerk, orders:refund, allow
g, group:staff, role:clerk
g2, ${REFUND}, orders:refund
`;

let folder: EditorFolder;
let client: LanguageClient;
beforeEach(() => {
  folder = new EditorFolder({ "policies/roles.csv": ROLES });
  client = new LanguageClient();
});
afterEach(() => {
  client.process.kill();
  folder.remove();
});

const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder.path });
const commit = () => {
  git("init", "--quiet");
  git("add", "--all");
  git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "Step");
};

let version = 1;
const uri = () => folder.uriOf("policies/roles.csv");
function edit(text: string): void {
  version += 1;
  client.notify("textDocument/didChange", {
    textDocument: { uri: uri(), version },
    contentChanges: [{ text }],
  });
}

/** The title of the lens on a line, counted from 0; of the one at the top by default. */
async function title(line?: number): Promise<unknown> {
  const lenses = (await client.request("textDocument/codeLens", {
    textDocument: { uri: uri() },
  })) as readonly CodeLens[];
  const lens =
    line === undefined ? lenses[0] : lenses.slice(1).find(({ range }) => range.start.line === line);
  const resolved = (await client.request("codeLens/resolve", lens)) as CodeLens;
  return resolved.command?.title;
}

describe("the lens at the top of a policy file", () => {
  test("says what the unsaved edit changes, from the last commit on", async () => {
    commit();
    await client.open(folder);
    client.openFile(uri(), ROLES);
    expect(await title()).toBe("this edit: no row differs from HEAD");
    edit(`${ROLES}g, group:trainees, role:clerk\n`);
    expect(await title()).toBe(`this edit: group:trainees gains ${REFUND}`);
    edit(`${ROLES}g, group:trainees, ro`);
    expect(await title()).toContain("this edit: the policy does not load: policies/roles.csv:4: ");
    edit(`${ROLES}p, group:staff, orders:refund, allow\n`);
    expect(await title()).toBe("this edit: no access changes, proven");
    // Committed outside the editor: the same text is no edit any more.
    folder.write("policies/roles.csv", `${ROLES}p, group:staff, orders:refund, allow\n`);
    commit();
    edit(`${ROLES}p, group:staff, orders:refund, allow\n# saved\n`);
    expect(await title()).toBe("this edit: no row differs from HEAD");
  });

  test("compares with the first commit as soon as there is one", async () => {
    await client.open(folder);
    client.openFile(uri(), ROLES);
    expect(await title()).toBe("this edit: nothing to compare with: the policy is in no git repository");
    git("init", "--quiet");
    expect(await title()).toBe("this edit: nothing to compare with: there is no commit yet");
    commit();
    expect(await title()).toBe("this edit: no row differs from HEAD");
  });

  test("is of the newest text where the editor asks again before it is answered", async () => {
    commit();
    await client.open(folder);
    client.openFile(uri(), ROLES);
    const lens = {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      data: { uri: uri() },
    };
    const first = client.ask({ method: "codeLens/resolve", params: lens });
    edit(`${ROLES}g, group:trainees, role:clerk\n`);
    const second = client.ask({ method: "codeLens/resolve", params: lens });
    expect((await first).error).toMatchObject({ message: "the text changed meanwhile" });
    expect(objectOf(objectOf((await second).result)["command"])["title"]).toBe(
      `this edit: group:trainees gains ${REFUND}`,
    );
  });
});

describe("the lens above a row", () => {
  test("has what the row decided in the decision log of the service, when that is read", async () => {
    const digest = rowDigest("p, role:clerk, orders:refund, allow");
    const entry = { kind: "decision", effect: "allow", subjects: [], inputs: [] };
    const time = new Date().toISOString();
    const line = JSON.stringify({ ...entry, time, determining: [{ at: "policies/roles.csv:1", digest }] });
    folder.write("decisions.log", `${line}\n`.repeat(1204));
    await client.open(folder, { workspace: { codeLens: { refreshSupport: true } } });
    client.openFile(uri(), ROLES);
    await title(0);
    await client.until(() => client.received.some(({ method }) => method === "workspace/codeLens/refresh"));
    expect(await title(0)).toBe("1 holder, 1,204 allowed last week");
  });

  test("stays while the policy does not load, and a row that is new then has none", async () => {
    await client.open(folder);
    client.openFile(uri(), ROLES);
    expect(await title(0)).toBe("1 holder");
    edit(`${ROLES}p, role:clerk, orders:list, allow\np, role`);
    expect(await title(0)).toBe("1 holder");
    expect(await title(3)).toBe("");
  });
});
