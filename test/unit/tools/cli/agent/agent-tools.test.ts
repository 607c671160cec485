import fc from "fast-check";
import {
  AGENT_TOOLS,
  type AgentInput,
  type AgentTool,
} from "../../../../../src/tools/cli/agent/agent-tools.ts";
import { createProgram } from "../../../../../src/tools/cli/program.ts";
import { drawn } from "../../../../support/drawn.ts";

interface Read {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

const program = createProgram("0", async () => {}, { writeOut: () => {}, writeErr: () => {} });
let seen: Read | undefined;
program.hook("preAction", (_, command) => {
  seen = { args: command.args, options: command.opts() };
});

/** What the program reads from a command line of the server. */
async function read(tool: AgentTool, input: AgentInput): Promise<Read | undefined> {
  seen = undefined;
  await program.parseAsync([tool.name, "--format=json", ...tool.words(input)], { from: "user" });
  return seen;
}

const toolNamed = (name: string) => AGENT_TOOLS.find((tool) => tool.name === name) as AgentTool;

/** What an agent may write into any text: names that look like options come first to mind. */
const text = fc
  .oneof(
    fc.constantFrom("--fix", "--token=/etc/passwd", "-o", "--", "--help", "--policies=/", "-", "--claim"),
    fc.string({ minLength: 1, maxLength: 20 }),
  )
  .filter((value) => value.trim() !== "");
const subject = text.map((value) => value.replaceAll(",", "")).filter((value) => value.trim() !== "");
const values = fc.dictionary(
  text.map((name) => name.replaceAll(/[=\s]/g, "")).filter((name) => name !== "" && name !== "__proto__"),
  text,
  { maxKeys: 3 },
);
const input: fc.Arbitrary<AgentInput> = fc.record({
  subjects: fc.array(subject, { minLength: 1, maxLength: 3 }),
  target: text,
  claims: values,
  parameters: values,
  client: text,
  scopes: fc.array(text, { maxLength: 2 }),
  signedInSecondsAgo: fc.nat(999_999_999),
  suites: fc.array(text, { maxLength: 2 }),
  coverage: fc.boolean(),
  base: text,
  head: text,
});

describe("the command line of a tool", () => {
  it("reads, and never edits, takes a token, writes a file or resolves serverless.yml", async () => {
    const allowed = {
      check: ["policies"],
      test: ["coverage", "policies", "suite"],
      explain: ["age", "claim", "client", "param", "policies", "scope"],
      "who-can": ["policies"],
      "what-can": ["policies"],
      diff: ["failOn", "policies"],
      prove: ["failOn", "policies"],
    };
    expect(AGENT_TOOLS.map(({ name }) => name)).toEqual(Object.keys(allowed));
    const property = fc.asyncProperty(fc.constantFrom(...AGENT_TOOLS), input, async (tool, given) => {
      const { options = {} } = (await read(tool, given)) ?? {};
      expect(["format", ...allowed[tool.name as keyof typeof allowed]]).toEqual(
        expect.arrayContaining(Object.keys(options)),
      );
      expect(options).toMatchObject({
        format: "json",
        ...("policies" in options && { policies: "policies" }),
      });
    });
    await fc.assert(property, drawn(1000));
  });

  it("gives the command what the agent gave, whatever it looks like", async () => {
    const property = fc.asyncProperty(input, async (given) => {
      const { subjects = [], target = "", base = "", head = "", claims = {}, scopes = [] } = given;
      const explained = await read(toolNamed("explain"), given);
      expect(explained?.args).toEqual([subjects.join(","), target]);
      expect(explained?.options).toMatchObject({
        client: given.client,
        age: given.signedInSecondsAgo,
        ...(Object.keys(claims).length > 0 && {
          claim: Object.entries(claims).map(([name, value]) => `${name}=${value}`),
        }),
        ...(scopes.length > 0 && { scope: scopes }),
      });
      expect((await read(toolNamed("diff"), given))?.args).toEqual([base, head]);
      const tested = await read(toolNamed("test"), given);
      expect(tested?.args).toEqual([]);
      if ((given.suites ?? []).length > 0) expect(tested?.options["suite"]).toEqual(given.suites);
    });
    await fc.assert(property, drawn(400));
  });
});
