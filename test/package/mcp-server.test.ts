import { cpSync } from "node:fs";
import { join } from "node:path";
import { consumerProject } from "../support/consumer-project.ts";

// `claimgate mcp` of the packed package, driven by the client of the official SDK, which test/package installs.

const project = consumerProject(["@modelcontextprotocol/client"], "test/package/node_modules");
afterAll(() => project.remove());

project.write(
  "client.mjs",
  `import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

const client = new Client({ name: "shop", version: "1" }, { versionNegotiation: { mode: process.argv[2] } });
const command = { command: process.execPath, args: ["node_modules/claimgate/dist/claimgate.cjs", "mcp"] };
await client.connect(new StdioClientTransport({ ...command, stderr: "inherit" }));
const { tools } = await client.listTools();
const question = { subjects: ["group:trainees"], target: "orders:refund" };
const { structuredContent } = await client.callTool({ name: "explain", arguments: question });
const revision = client.getNegotiatedProtocolVersion();
console.log(JSON.stringify({ revision, tools: tools.map(({ name }) => name), ...structuredContent }));
await client.close();
`,
);

test.each([
  ["legacy", "2025-11-25"],
  ["auto", "2026-07-28"],
])("a client of the %s kind speaks %s with it", (mode, revision) => {
  cpSync("policies", join(project.folder, "policies"), { recursive: true });
  const { status, output } = project.node("client.mjs", mode);
  expect({ status, output }).toMatchObject({ status: 0 });
  expect(JSON.parse(output)).toMatchObject({
    revision,
    tools: ["check", "test", "explain", "who-can", "what-can", "diff", "prove"],
    exitStatus: 2,
    meaning: "the answer is no",
    answer: { effect: "deny", reason: "denied_by_row" },
  });
});
