import { type JsonObject, objectOf } from "../../../json.ts";
import type { DeliveryOutcome } from "./delivery.ts";
import { type EventFolder, folderOf, isTrigger, routeOf } from "./event-kind.ts";
import { RecordError } from "./record-error.ts";
import { documentedAt, expectedOf, type SampleEntry, type SampleRun } from "./sample-entry.ts";
import type { SampleFiles } from "./sample-files.ts";
import type { RunSample } from "./sample-run.ts";
import { type Scrubbing, scrubbed } from "./scrub/scrubbed.ts";

/** An event to save, and what the stack knows of it. */
export interface Recorded {
  /** As serverless.yml calls it. */
  readonly functionName: string;
  readonly event: JsonObject;
  readonly outcome: DeliveryOutcome;
  readonly scrubbing: Scrubbing;
}

/** A sample that was saved. */
export interface SavedSample {
  /** `events/http/customer-lists-orders.json` */
  readonly path: string;
  readonly functionName: string;
  /** How the sample is answered otherwise than the event; undefined where it is answered the same. */
  readonly differs: string | undefined;
}

/** The event as a sample, and where it belongs. @throws RecordError `event`, `persona` */
export function sampleOf({ event, scrubbing }: Omit<Recorded, "outcome">): {
  readonly folder: EventFolder;
  readonly sample: JsonObject;
} {
  const folder = folderOf(event);
  if (folder === undefined)
    throw new RecordError("event", "only events of Cognito and of gateways are samples");
  try {
    return { folder, sample: scrubbed(event, scrubbing) };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new RecordError("persona", cause.message, { cause });
  }
}

/**
 * Saves an event as a sample: scrubbed, run once by `sls invoke local`, and in the manifest with the answer of the run.
 *
 * @param what a sentence for the manifest; empty: what the event is about
 * @throws RecordError
 */
export async function saveSample(
  files: SampleFiles,
  run: RunSample,
  recorded: Recorded,
  { name, what }: { readonly name: string; readonly what: string },
): Promise<SavedSample> {
  const { folder, sample } = sampleOf(recorded);
  const file = files.fileFor(folder, name);
  const { functionName } = recorded;
  const result = await run(functionName, sample);
  const expected = expectedOf(sample, result);
  if (!isTrigger(sample) && "error" in expected) {
    const message = `\`${functionName}\` fails with the sample, and nothing was saved: ${String(expected["error"])}`;
    throw new RecordError("run", message);
  }
  const { triggerSource, version } = sample;
  const isToken = String(triggerSource).startsWith("TokenGeneration_");
  const entry: SampleEntry = {
    file,
    function: functionName,
    ...(isTrigger(sample) ? { kind: String(triggerSource) } : {}),
    ...(isToken ? { version: `V${String(version)}_0` } : {}),
    what: what.trim() === "" ? `recorded: ${routeOf(sample)}` : what.trim(),
    documentedAt: documentedAt(files.entries(folder), functionName, sample, folder),
    expected,
  };
  files.write(folder, sample, entry);
  const path = `events/${folder}/${file}`;
  return { path, functionName, differs: differenceOf(recorded.outcome, result) };
}

/** Scrubbed names may be other people's to the policy, and the stack has users that a sample has not. */
function differenceOf(outcome: DeliveryOutcome, { answer }: SampleRun): string | undefined {
  const [before, after] = [outcomeInWords(outcome), answerInWords(answer)];
  return before === after ? undefined : `the event was answered ${before}, the sample is answered ${after}`;
}

/** `isAuthorized: true`, `Allow`, `403`, `an error` */
export function outcomeInWords(outcome: DeliveryOutcome): string {
  if (outcome.kind === "failed") return outcome.message === "Unauthorized" ? "Unauthorized" : "an error";
  return answerInWords(objectOf(outcome.payload));
}

function answerInWords(answer: JsonObject): string {
  const { isAuthorized, statusCode, policyDocument, errorMessage, response } = answer;
  if (errorMessage !== undefined) return errorMessage === "Unauthorized" ? "Unauthorized" : "an error";
  if (isAuthorized !== undefined) return `isAuthorized: ${JSON.stringify(isAuthorized)}`;
  if (policyDocument !== undefined) {
    const { Statement: statements } = objectOf(policyDocument);
    const first: unknown = Array.isArray(statements) ? statements[0] : statements;
    return String(objectOf(first)["Effect"]);
  }
  if (statusCode !== undefined) return String(statusCode);
  return response === undefined ? "nothing" : "a response";
}

/** A name to begin with: `post-orders` of an authorizer, `orders-post-orders` of a backend. */
export function wantedName(event: JsonObject, functionName: string): string {
  const isBackend = !isTrigger(event) && event["methodArn"] === undefined && event["routeArn"] === undefined;
  const words = `${isBackend ? `${functionName} ` : ""}${routeOf(event)}`
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return (words ?? ["event"]).join("-").slice(0, 60).replace(/-$/, "");
}
