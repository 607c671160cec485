import { ClaimgateError } from "../errors.ts";
import {
  MACHINE_TOKEN_SOURCE,
  POST_CONFIRMATION_SOURCES,
  type PostConfirmationEvent,
  PRE_SIGN_UP_SOURCES,
  type PreSignUpEvent,
  type PreTokenGenerationEvent,
  type RawEvent,
  TOKEN_SOURCES,
  type TokenEventShape,
} from "./events.ts";
import {
  readEvent,
  readOptionalRecord,
  readOptionalText,
  readOptionalTexts,
  readRecord,
  readSource,
  readText,
} from "./read-event.ts";

/**
 * Reads a PreSignUp event. Keeps fields that AWS adds, checks fields that claimgate reads.
 * @throws ClaimgateError `trigger_event_malformed`, or `trigger_event_unknown` for another trigger source
 */
export function parsePreSignUp(value: unknown): PreSignUpEvent {
  const event = readEvent(value);
  const request = readRecord(event, "request");
  return {
    ...event,
    triggerSource: readSource(event, PRE_SIGN_UP_SOURCES),
    ...readCaller(event),
    userName: readText(event, "userName"),
    request: { ...request, userAttributes: readAttributes(request) },
  };
}

/**
 * Reads a PostConfirmation event.
 * @throws ClaimgateError `trigger_event_malformed`, or `trigger_event_unknown` for another trigger source
 */
export function parsePostConfirmation(value: unknown): PostConfirmationEvent {
  const event = readEvent(value);
  const request = readRecord(event, "request");
  return {
    ...event,
    triggerSource: readSource(event, POST_CONFIRMATION_SOURCES),
    ...readCaller(event),
    userName: readText(event, "userName"),
    request: { ...request, userAttributes: readAttributes(request) },
  };
}

/**
 * Reads a PreTokenGeneration event of any version. Reads only the scopes of a machine-to-machine event.
 * @throws ClaimgateError `trigger_event_malformed`, or `trigger_event_unknown` for another trigger source
 */
export function parsePreTokenGeneration(value: unknown): PreTokenGenerationEvent {
  const event = readEvent(value);
  const triggerSource = readSource(event, TOKEN_SOURCES);
  const request = readRecord(event, "request");
  const scopes = readOptionalTexts(request, "scopes", "request.scopes");
  const common = { ...event, ...readCaller(event), shape: shapeOf(event, scopes) };
  if (triggerSource === MACHINE_TOKEN_SOURCE) {
    return { ...common, triggerSource, request: { ...request, scopes } };
  }
  return {
    ...common,
    triggerSource,
    userName: readText(event, "userName"),
    request: {
      ...request,
      userAttributes: readAttributes(request),
      groupConfiguration: readGroups(request),
      scopes,
    },
  };
}

/**
 * V1_0 is version "1" and has no scopes; V2_0 and V3_0 are "2" and "3". The parts of its event determine the shape of
 * an unknown version. There is no further guess, since an answer in the wrong shape would lock users out.
 */
function shapeOf(event: RawEvent, scopes: readonly string[] | null | undefined): TokenEventShape {
  const version = readText(event, "version");
  if (version === "2" || version === "3" || Array.isArray(scopes)) return "both-tokens";
  if (version === "1") return "id-token-only";
  throw new ClaimgateError(
    "trigger_event_malformed",
    `\`version\` is \`${version.slice(0, 20)}\`; expected \`1\`, \`2\` or \`3\``,
  );
}

function readCaller(event: RawEvent): Pick<PreSignUpEvent, "userPoolId" | "callerContext"> {
  const caller = readOptionalRecord(event, "callerContext");
  return {
    userPoolId: readText(event, "userPoolId"),
    callerContext: caller && {
      ...caller,
      clientId: readOptionalText(caller, "clientId", "callerContext.clientId"),
    },
  };
}

function readAttributes(request: RawEvent): RawEvent | null | undefined {
  return readOptionalRecord(request, "userAttributes", "request.userAttributes");
}

function readGroups(request: RawEvent) {
  const place = "request.groupConfiguration";
  const groups = readOptionalRecord(request, "groupConfiguration", place);
  if (groups === undefined || groups === null) return groups;
  return {
    ...groups,
    groupsToOverride: readOptionalTexts(groups, "groupsToOverride", `${place}.groupsToOverride`),
    iamRolesToOverride: readOptionalTexts(groups, "iamRolesToOverride", `${place}.iamRolesToOverride`),
    preferredRole: readOptionalText(groups, "preferredRole", `${place}.preferredRole`),
  };
}
