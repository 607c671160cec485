import { type JsonObject, objectOf } from "../../../../json.ts";
import { SAMPLE_IP } from "./sample-names.ts";

// What differs from request to request and decides nothing has the same value in every sample.

const REQUEST_ID = "JKJaXmPLvHcESHA=";
const TIME = "10/Nov/2026:13:40:56 +0000";
const EPOCH = 1_794_318_056_000;
const AGENT = "curl/8.7.1";

const CONTEXT: JsonObject = {
  requestId: REQUEST_ID,
  extendedRequestId: REQUEST_ID,
  messageId: REQUEST_ID,
  connectionId: "JKJaXcN4oAMCJNw=",
  time: TIME,
  timeEpoch: EPOCH,
  requestTime: TIME,
  requestTimeEpoch: EPOCH,
  connectedAt: EPOCH,
};

const CLIENT: JsonObject = { sourceIp: SAMPLE_IP, userAgent: AGENT };

/** Of the answer of an authorizer to a backend, which must not be too old to run. */
const ANSWER: JsonObject = { expiresAt: "4102444800", policyVersion: "0123456789abcdef" };

const HEADERS: JsonObject = {
  "user-agent": AGENT,
  "x-amzn-trace-id": "Root=1-6731c2a8-0123456789abcdef01234567",
  "x-forwarded-for": SAMPLE_IP,
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** The event with the values of samples for ids, times and the client of its request. */
export function withSampleContext(event: JsonObject): JsonObject {
  const { requestContext, headers, multiValueHeaders, requestHeaders } = event;
  if (requestContext === undefined) return event;
  const context = replaced(objectOf(requestContext), CONTEXT);
  const host = context["domainName"];
  return {
    ...event,
    ...(headers === undefined ? {} : { headers: sampleHeaders(headers, host) }),
    ...(multiValueHeaders === undefined ? {} : { multiValueHeaders: sampleHeaders(multiValueHeaders, host) }),
    ...(requestHeaders === undefined ? {} : { requestHeaders: sampleHeaders(requestHeaders, host) }),
    requestContext: {
      ...context,
      ...nested(context, "http", CLIENT),
      ...nested(context, "identity", CLIENT),
      ...answered(context),
    },
  };
}

/** The object with other values for the fields that it has. */
function replaced(object: JsonObject, values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, Object.hasOwn(values, name) ? values[name] : value]),
  );
}

function nested(context: JsonObject, name: string, values: JsonObject): JsonObject {
  return context[name] === undefined ? {} : { [name]: replaced(objectOf(context[name]), values) };
}

/** HTTP APIs with format 2.0 have one more level. */
function answered(context: JsonObject): JsonObject {
  if (context["authorizer"] === undefined) return {};
  const { lambda, ...rest } = objectOf(context["authorizer"]);
  const own = lambda === undefined ? {} : { lambda: replaced(objectOf(lambda), ANSWER) };
  return { authorizer: { ...replaced(rest, ANSWER), ...own } };
}

function sampleHeaders(headers: unknown, host: unknown): unknown {
  if (typeof headers !== "object" || headers === null) return headers;
  const values: JsonObject = typeof host === "string" ? { ...HEADERS, host } : HEADERS;
  const entries: readonly (readonly [string, unknown])[] = Object.entries(headers);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const known = name.toLowerCase();
      if (!Object.hasOwn(values, known)) return [name, value];
      return [name, Array.isArray(value) ? [values[known]] : values[known]];
    }),
  );
}
