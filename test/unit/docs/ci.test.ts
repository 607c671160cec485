import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { objectOf, objectsOf, textOf } from "../../../src/json.ts";
import { createProgram } from "../../../src/tools/cli/program.ts";
import { CommandError } from "../../../src/tools/machine/command-error.ts";

const page = readFileSync("docs/ci.md", "utf8");

/** The fenced blocks of the page in a language. */
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, text]) => text ?? "");

function yamlOf(text: string): Readonly<Record<string, unknown>> {
  const document = parseDocument(text, { strict: true });
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return objectOf(document.toJS());
}

const [workflowText = "", preCommitText = ""] = blocks("yaml");
const workflow = yamlOf(workflowText);
const jobs = Object.values(objectOf(workflow["jobs"])).map(objectOf);
const action = yamlOf(readFileSync("action.yml", "utf8"));
const ofAction = objectsOf(objectOf(action["runs"])["steps"]);
const steps = jobs.flatMap((job) => objectsOf(job["steps"]));
const hooks = objectsOf(yamlOf(preCommitText)["repos"]).flatMap(({ hooks: listed }) => objectsOf(listed));
const scripts = [
  ...[...steps, ...ofAction].flatMap(({ run }) => textOf(run) ?? []),
  ...hooks.flatMap(({ entry }) => textOf(entry) ?? []),
  ...blocks("bash"),
];

/** The words after `claimgate` in each call of a script, up to the shell's next operator. */
function calls(script: string): readonly (readonly string[])[] {
  const joined = script.replaceAll("\\\n", " ");
  return [...joined.matchAll(/npx --no-install claimgate ([^|>;&\n]*)/g)].map(([, words = ""]) =>
    // The workflow sets it.
    words.replaceAll('"$THRESHOLD"', "100").trim().split(/\s+/),
  );
}

/** What the command line says against the words; undefined where it takes them. */
async function refusal(words: readonly string[]): Promise<string | undefined> {
  const program = createProgram("0", async () => {}, {});
  try {
    await program.parseAsync([...words], { from: "user" });
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return error.message;
    throw error;
  }
}

describe("the examples for continuous integration", () => {
  it("call claimgate as it is", async () => {
    const found = scripts.flatMap(calls);
    expect(found.length).toBeGreaterThanOrEqual(4);
    for (const words of found) expect([words, await refusal(words)]).toEqual([words, undefined]);
    expect(await refusal(["replay", "--no-such-option", "x"])).toContain("unknown option");
    expect(await refusal(["no-such-command"])).toContain("unknown command");
  });

  it.each(scripts)("are scripts that bash can read: %#", (script) => {
    const { status, stderr } = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("put nothing of a pull request into a script, where it would be run", () => {
    expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
  });

  it("give a job no more than it needs, and pin every action by its commit", () => {
    expect(workflow["permissions"]).toEqual({});
    for (const job of jobs) {
      expect(job["permissions"]).toBeDefined();
      expect(job["timeout-minutes"]).toBeDefined();
    }
    const uses = steps.flatMap(({ uses: used }) => textOf(used) ?? []);
    expect(uses.length).toBeGreaterThanOrEqual(4);
    for (const used of uses) expect(used).toMatch(/^[\w-]+\/[\w-]+@([0-9a-f]{40}|COMMIT)$/);
    for (const step of steps) expect(step["run"] !== undefined).toBe(step["uses"] === undefined);
  });
});

describe("the action", () => {
  const inputs = objectOf(action["inputs"]);

  it("has each input in the table of the page, with every step in the folder of the service", () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(Object.keys(inputs));
    for (const step of ofAction) {
      expect(step).toMatchObject({ shell: "bash", "working-directory": "${{ inputs.working-directory }}" });
    }
  });

  it("reads each input, and gives none to a script but in a variable", () => {
    const text = readFileSync("action.yml", "utf8");
    for (const name of Object.keys(inputs)) expect(text).toMatch(new RegExp(`inputs\\.${name}\\b`));
    expect(ofAction.flatMap(({ run }) => textOf(run) ?? []).join("\n")).not.toContain("${{");
  });
});
