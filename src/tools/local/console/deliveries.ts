import { type JsonObject, textOf } from "../../../json.ts";
import type { DeliveryDetailJson, SavedSampleJson } from "../../console/contract.ts";
import type { PolicyInForce } from "../policy-in-force.ts";
import type { NumberedDelivery } from "../recorder/delivery-log.ts";
import { knownToken } from "../recorder/known-tokens.ts";
import { RecordError } from "../recorder/record-error.ts";
import { sampleJson } from "../recorder/sample-json.ts";
import { type Recorded, sampleOf, saveSample, wantedName } from "../recorder/save-sample.ts";
import { masked } from "../recorder/scrub/masked.ts";
import { callerName } from "./caller-name.ts";
import { ConsoleError } from "./console-error.ts";
import type { ConsoleFeed } from "./console-feed.ts";
import type { ConsoleStack } from "./console-stack.ts";
import { deliveryJson } from "./delivery-json.ts";

/** The stack that events came from. */
interface Source {
  readonly stack: ConsoleStack;
  readonly policy: PolicyInForce;
  readonly feed: ConsoleFeed;
}

/** One event, and the sample that it would become. @throws ConsoleError 404 */
export function deliveryDetail(source: Source, id: string): DeliveryDetailJson {
  const delivery = deliveryOf(source.feed, id);
  const { event, outcome, at } = delivery;
  const shown = (value: unknown) =>
    sampleJson(masked(value, (token) => nameOfToken(source.stack, token, at))).trimEnd();
  const answer = outcome.kind === "answered" ? outcome.payload : { errorMessage: outcome.message };
  const common = { ...deliveryJson(delivery), event: shown(event), answer: shown(answer ?? null) };
  try {
    const { folder, sample } = sampleOf(recordedOf(source, delivery));
    const name = source.stack.samples.freeName(folder, wantedName(sample, delivery.functionName));
    return {
      ...common,
      sample: { folder: `events/${folder}`, name, text: sampleJson(sample) },
      refusal: null,
    };
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return { ...common, sample: null, refusal: error.message };
  }
}

/** @throws ConsoleError 404; RecordError where it is not saved */
export async function saveDelivery(source: Source, body: JsonObject): Promise<SavedSampleJson> {
  const delivery = deliveryOf(source.feed, String(body["id"]));
  const { samples, runSample } = source.stack;
  const named = { name: textOf(body["name"]) ?? "", what: textOf(body["what"]) ?? "" };
  const { path, functionName, differs } = await saveSample(
    samples,
    runSample,
    recordedOf(source, delivery),
    named,
  );
  const command = `npx sls invoke local -f ${functionName} -p ${path}`;
  return { path, command, differs: differs ?? null };
}

function deliveryOf({ deliveries }: ConsoleFeed, id: string): NumberedDelivery {
  const [newest] = deliveries.list();
  const delivery = id === "last" ? newest : deliveries.find(Number(id));
  if (delivery === undefined) {
    throw new ConsoleError(404, "event", `there is no event \`${id}\` among the last that were delivered`);
  }
  return delivery;
}

function recordedOf(
  { stack, policy }: Source,
  { functionName, event, outcome, at }: NumberedDelivery,
): Recorded {
  const scrubbing = {
    personas: stack.personas,
    known: addressesOf(policy),
    tokenOf: (token: string) => knownToken(stack.pool, token, at),
  };
  return { functionName, event, outcome, scrubbing };
}

/** The addresses that rows name are in the repository already; without a policy there are none. */
function addressesOf(policy: PolicyInForce): ReadonlySet<string> {
  try {
    const fields = policy.read().rows.flatMap((row) => row.fields);
    return new Set(fields.filter((field) => /^[^*\s]+@/.test(field)));
  } catch {
    return new Set();
  }
}

function nameOfToken(stack: ConsoleStack, token: string, at: number): string {
  const known = knownToken(stack.pool, token, at);
  if (known === undefined) return "a token that this pool did not sign";
  const { kind, claims } = known;
  const words = {
    token: "access token",
    "id-token": "ID token",
    "expired-token": "expired access token",
    "refreshed-token": "refreshed access token",
  };
  const client = textOf(claims["client_id"]);
  return `${words[kind]} of ${callerName(stack, { sub: textOf(claims["sub"]) ?? "", client })}`;
}
