import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EVENT_FOLDERS } from "../support/deployed-functions.ts";
import { runServerless } from "../support/serverless.ts";

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

describe.each(EVENT_FOLDERS)("sls invoke local, with the samples of %s", (folder) => {
  const samples = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Sample[];

  it.each(samples.map((sample) => [sample.file, sample.what, sample] as const))(
    "%s: %s",
    async (file, _what, sample) => {
      const run = await runServerless(["invoke", "local", "-f", sample.function, "-p", join(folder, file)]);
      expect(answerIn(run.output)).toMatchObject(shapeOf(sample.expected) as object);
      expect(run.code).toBe("refused" in sample.expected || "unauthorized" in sample.expected ? 1 : 0);
      if ("logged" in sample.expected)
        expect(run.output).toContain(`"kind":"${String(sample.expected["logged"])}"`);
    },
    60_000,
  );
});
