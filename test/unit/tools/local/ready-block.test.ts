import { type RunFacts, readyLines } from "../../../../src/tools/local/ready-block.ts";

const usual: RunFacts = {
  ports: { api: 3000, cognito: 9229, websocket: 3001, console: 4000, lambda: 3002 },
  data: ".local",
  functionsLog: ".local/functions.log",
  policies: "policies",
  hasAlice: true,
  secret: "s3cret",
};
const shown = (facts: Partial<RunFacts>) => readyLines({ ...usual, ...facts }).join("\n");

test("the commands of an ordinary run have no options", () => {
  expect(shown({})).not.toMatch(/ --(?:data|port)/);
});

test("every npm command names the data directory of this run, quoted for the shell", () => {
  const text = shown({ data: "my data", hasAlice: false });
  expect(text).toContain("npm run --silent connect -- sam --data 'my data'\n");
  expect(text).toContain("TOKEN=$(npm run --silent token -- alice --data 'my data')\n");
  expect(shown({ data: "it's" })).toContain(String.raw`--data 'it'\''s'`);
  expect(shown({ data: "../other" })).toContain("--data ../other\n");
});

test("another port of the WebSocket API is in its command", () => {
  expect(shown({ ports: { ...usual.ports, websocket: 4001 } })).toContain("connect -- sam --port 4001\n");
});

test("without Alice in the pool, whose password would be refused, a token is minted", () => {
  expect(shown({ hasAlice: false })).not.toContain("Wonderland-2026");
  expect(shown({})).toContain("-u alice@example.com:Wonderland-2026 http://127.0.0.1:9229/_access-token");
});

test("a service without a client for machines has no command for one, and another policy directory is named", () => {
  const text = shown({ secret: undefined, policies: "../copy/policies" });
  expect(text).not.toContain("client_credentials");
  expect(text).toContain("edit ../copy/policies/*.csv");
});
