import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EVENT_FOLDERS } from "../support/deployed-functions.ts";
import { type Invocation, invokeLocal } from "./invoke-local.ts";

interface Sample {
  readonly file: string;
  readonly function: string;
  readonly what: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

/** What the framework printed last: the answer of the function, behind its log lines. */
function answerIn(output: string): unknown {
  const start = output.search(/^\{$/m);
  if (start < 0) throw new Error(`no answer in the output:\n${output}`);
  return JSON.parse(output.slice(start, output.lastIndexOf("\n}") + 2));
}

/** The part of an answer that the manifest's expectation speaks of. */
function shapeOf(expected: Sample["expected"]): unknown {
  if ("unauthorized" in expected) return { errorMessage: "Unauthorized" };
  if ("effect" in expected) return { policyDocument: { Statement: [{ Effect: expected["effect"] }] } };
  if ("refused" in expected) return { errorType: "PublicRefusal" };
  const { isAuthorized, deniedFields, statusCode, response } = expected;
  return JSON.parse(JSON.stringify({ isAuthorized, deniedFields, statusCode, response }));
}

const GROUPS = EVENT_FOLDERS.flatMap((folder) => {
  const samples = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Sample[];
  const names = [...new Set(samples.map((sample) => sample.function))];
  return names.map((name) => ({
    folder,
    name,
    samples: samples.filter((sample) => sample.function === name),
  }));
});

describe.each(GROUPS)(
  "sls invoke local -f $name, with the samples of $folder",
  ({ folder, name, samples }) => {
    const invocations = new Map<string, Invocation>();

    beforeAll(async () => {
      const paths = samples.map(({ file }) => join(folder, file));
      for (const [index, invocation] of (await invokeLocal(name, paths)).entries()) {
        invocations.set(samples[index]?.file ?? "", invocation);
      }
    }, 150_000);

    it.each(samples)("$file: $what", ({ file, expected }) => {
      const { output = "", exitStatus } = invocations.get(file) ?? {};
      expect(answerIn(output)).toMatchObject(shapeOf(expected) as object);
      expect(exitStatus).toBe("refused" in expected || "unauthorized" in expected ? 1 : 0);
      if ("logged" in expected) expect(output).toContain(`"kind":"${String(expected["logged"])}"`);
    });
  },
);
