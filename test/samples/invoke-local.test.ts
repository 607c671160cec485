import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EVENT_FOLDERS } from "../support/deployed-functions.ts";
import { type Invocation, type Invoked, invokeLocal } from "./invoke-local.ts";

interface Sample {
  readonly file: string;
  readonly function: string;
  readonly environment?: Readonly<Record<string, string>>;
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

/** Samples with the same function and variables are invoked by one process. */
const invokedBy = ({ function: name, environment = {} }: Sample) =>
  JSON.stringify({ name, environment } satisfies Invoked);

const GROUPS = EVENT_FOLDERS.flatMap((folder) => {
  const samples = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Sample[];
  return [...new Set(samples.map(invokedBy))].map((invoked) => ({
    folder,
    ...(JSON.parse(invoked) as Invoked),
    samples: samples.filter((sample) => invokedBy(sample) === invoked),
  }));
});

describe.each(GROUPS)(
  "sls invoke local -f $name, with the samples of $folder and $environment",
  ({ folder, samples, ...invoked }) => {
    const invocations = new Map<string, Invocation>();

    beforeAll(async () => {
      const paths = samples.map(({ file }) => join(folder, file));
      for (const [index, invocation] of (await invokeLocal(invoked, paths)).entries()) {
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
