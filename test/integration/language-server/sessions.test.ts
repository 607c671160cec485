import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EditorFolder, LanguageClient, type Message } from "../../support/language-client.ts";

// Recorded protocol sessions, one file for each feature, to read and to compare:
//
//   ```csv policies/roles.csv   a file of the workspace
//   ```json client              a message of the editor; `ROOT` is the URI of the workspace
//   ```json server              what the server sent after it; UPDATE_SESSIONS=1 writes it anew
//
// After each message the runner waits until the project is checked, so the order of messages is the same in each run.

const FOLDER = "test/integration/language-server/sessions";
const BLOCK = /^```(\w+) ([^\n]+)\n([\s\S]*?)^```\n/gm;

describe("the recorded session", () => {
  test.each(readdirSync(FOLDER))("%s is what the server answers", async (name) => {
    const path = join(FOLDER, name);
    const recorded = readFileSync(path, "utf8");
    const played = await play(recorded);
    if (process.env["UPDATE_SESSIONS"] === "1") writeFileSync(path, played);
    else expect(recorded).toBe(played);
  });
});

/** The session with what the server sends now. */
async function play(session: string): Promise<string> {
  const blocks = [...session.matchAll(BLOCK)].map(([whole, , what = "", text = ""]) => ({
    whole,
    what,
    text,
  }));
  const files = blocks.filter(({ what }) => what !== "client" && what !== "server");
  const folder = new EditorFolder(Object.fromEntries(files.map(({ what, text }) => [what, text])));
  const client = new LanguageClient();
  try {
    if (!session.includes('"initialize"')) await client.initialize(folder);
    let rest = session.replaceAll(/^```json server\n[\s\S]*?^```\n\n?/gm, "");
    let played = "";
    for (const { whole, text } of blocks.filter(({ what }) => what === "client")) {
      const at = rest.indexOf(whole) + whole.length;
      played += rest.slice(0, at);
      rest = rest.slice(at);
      const sent = await exchange(client, folder, JSON.parse(text.replaceAll("ROOT", folder.uri)) as Message);
      const blocksOfServer = sent.map((message) => shown(message, folder.uri));
      played += blocksOfServer.map((block) => `\n\`\`\`json server\n${block}\n\`\`\`\n`).join("");
    }
    await client.close();
    return `${(played + rest).trimEnd()}\n`;
  } finally {
    client.process.kill();
    folder.remove();
  }
}

/** What the server sends because of a message. */
async function exchange(
  client: LanguageClient,
  folder: EditorFolder,
  message: Message,
): Promise<readonly Message[]> {
  const before = client.received.length;
  if (message.id === undefined) client.send(message);
  else await client.ask(message);
  if (message.method !== "initialize") await client.settled(folder.uriOf("policies/roles.csv"));
  const isOwn = ({ id, method }: Message) => method === undefined && String(id).startsWith("test-");
  return client.received.slice(before).filter((one) => !isOwn(one));
}

function shown({ method, params, id, result, error }: Message, root: string): string {
  const message = { id, method, params, result, error };
  return JSON.stringify(message, null, 2)
    .replaceAll(root, "ROOT")
    .replace(/"version": "[^"]*"/, '"version": "VERSION"')
    .replace(/"id": "[0-9a-f-]{36}"/g, '"id": "UUID"')
    .replace(/\{\s+"line": (\d+),\s+"character": (\d+)\s+\}/g, '{ "line": $1, "character": $2 }')
    .replace(/\[[\d,\s]+\]/g, (list) => list.replace(/\s+/g, " "));
}
