import { type JsonObject, jsonIn, objectOf, objectsOf, textOf } from "../../../json.ts";
import { isTrigger } from "./event-kind.ts";

/** What a function printed and answered when it ran with a sample. */
export interface SampleRun {
  /** The lines of its log. */
  readonly logged: readonly JsonObject[];
  /** The answer, or `errorMessage` and `errorType` of what it threw. */
  readonly answer: JsonObject;
}

/**
 * What `sls invoke local` printed, as a run.
 *
 * @returns undefined where the function did not run
 */
export function runIn(output: string): SampleRun | undefined {
  const start = output.search(/^\{$/m);
  const end = output.lastIndexOf("\n}");
  const answer = start < 0 || end < start ? undefined : jsonIn(output.slice(start, end + 2));
  if (typeof answer !== "object") return undefined;
  const lines = output.slice(0, start).split("\n");
  const logged = lines.map((line) => objectOf(jsonIn(line))).filter(({ kind }) => typeof kind === "string");
  return { logged, answer: objectOf(answer) };
}

/** A line of a `manifest.json` in `events/`. */
export interface SampleEntry {
  readonly file: string;
  readonly function: string;
  readonly kind?: string;
  readonly version?: string;
  readonly what: string;
  readonly documentedAt: string;
  readonly expected: JsonObject;
}

/** What the contract tests expect of a sample, in the words of the manifests. */
export function expectedOf(event: JsonObject, { logged, answer }: SampleRun): JsonObject {
  if (isTrigger(event)) return triggerExpectation(event, logged, answer);
  const { isAuthorized, deniedFields, statusCode, policyDocument, errorMessage, errorType } = answer;
  if (errorMessage === "Unauthorized") return { unauthorized: true };
  if (typeof errorMessage === "string") return { error: `${textOf(errorType) ?? "Error"}: ${errorMessage}` };
  if (policyDocument !== undefined) {
    const [statement] = objectsOf(objectOf(policyDocument)["Statement"]);
    return { effect: statement?.["Effect"] };
  }
  if (isAuthorized === undefined) return { statusCode };
  return deniedFields === undefined ? { isAuthorized } : { isAuthorized, deniedFields };
}

function triggerExpectation(
  event: JsonObject,
  logged: readonly JsonObject[],
  answer: JsonObject,
): JsonObject {
  const last = logged.at(-1);
  if (typeof answer["errorMessage"] === "string") {
    return { refused: textOf(last?.["reason"]) ?? textOf(last?.["code"]) ?? answer["errorMessage"] };
  }
  const isToken = String(event["triggerSource"]).startsWith("TokenGeneration_");
  const tells = last !== undefined && (isToken || !LOGGED_ALWAYS.has(String(last["kind"])));
  return { response: answer["response"], ...(tells ? { logged: last["kind"] } : {}) };
}

/** An allowed sign-up says so each time, which tells nothing. */
const LOGGED_ALWAYS = new Set(["sign-up-allowed"]);

const DOCUMENTED = {
  authorizer:
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html",
  http: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html",
  rest: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html",
  websocket:
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html",
  cognito:
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html",
};

/** Where AWS documents events of this kind: where the samples of the same function say so, else the page about all. */
export function documentedAt(
  entries: readonly JsonObject[],
  functionName: string,
  event: JsonObject,
  folder: "cognito" | "http" | "rest" | "websocket",
): string {
  const same = entries.filter((entry) => entry["function"] === functionName);
  const closest = same.find(({ kind }) => kind === event["triggerSource"]) ?? same[0];
  const isAuthorizer = "methodArn" in event || "routeArn" in event;
  return textOf(closest?.["documentedAt"]) ?? DOCUMENTED[isAuthorizer ? "authorizer" : folder];
}
