import { ClaimgateError } from "../errors.ts";
import { own } from "../own-property.ts";
import type { RawEvent } from "./events.ts";

/** The event does not have its documented shape; the message names the place, never a value. */
function malformed(place: string, expected: string): ClaimgateError {
  return new ClaimgateError("trigger_event_malformed", `\`${place}\` is not ${expected}`);
}

function isRecord(value: unknown): value is RawEvent {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The event as an object. @throws ClaimgateError `trigger_event_malformed` */
export function readEvent(value: unknown): RawEvent {
  if (!isRecord(value)) throw malformed("event", "an object");
  return value;
}

/** @throws ClaimgateError `trigger_event_malformed` for anything but an object */
export function readRecord(record: RawEvent, name: string, place = name): RawEvent {
  const value = own(record, name);
  if (!isRecord(value)) throw malformed(place, "an object");
  return value;
}

/** @throws ClaimgateError `trigger_event_malformed` for anything but an object, null or absence */
export function readOptionalRecord(
  record: RawEvent,
  name: string,
  place = name,
): RawEvent | null | undefined {
  const value = own(record, name);
  if (value === undefined || value === null) return value;
  if (!isRecord(value)) throw malformed(place, "an object or null");
  return value;
}

/**
 * @throws ClaimgateError `trigger_event_malformed` for anything but a string of at least one character
 */
export function readText(record: RawEvent, name: string, place = name): string {
  const value = own(record, name);
  if (typeof value !== "string" || value === "") throw malformed(place, "a string");
  return value;
}

/**
 * @throws ClaimgateError `trigger_event_malformed` for anything but a string, null or absence
 */
export function readOptionalText(record: RawEvent, name: string, place = name): string | null | undefined {
  const value = own(record, name);
  if (value === undefined || value === null || typeof value === "string") return value;
  throw malformed(place, "a string or null");
}

/**
 * @throws ClaimgateError `trigger_event_malformed` for anything but an array of strings, null or absence
 */
export function readOptionalTexts(
  record: RawEvent,
  name: string,
  place = name,
): readonly string[] | null | undefined {
  const value = own(record, name);
  if (value === undefined || value === null) return value;
  if (!isTexts(value)) throw malformed(place, "an array of strings or null");
  return value;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/**
 * The trigger source, which must be one of those that the function handles.
 * @throws ClaimgateError `trigger_event_unknown` naming the source and the expected ones
 */
export function readSource<Source extends string>(record: RawEvent, expected: readonly Source[]): Source {
  const text = readText(record, "triggerSource");
  const source = expected.find((candidate) => candidate === text);
  if (source !== undefined) return source;
  throw new ClaimgateError(
    "trigger_event_unknown",
    `unexpected trigger source \`${text.slice(0, 100)}\`; expected one of ${expected.map((name) => `\`${name}\``).join(", ")}`,
  );
}

/** The unchecked trigger source, for handling an event that could not be read. */
export function sourceOf(event: unknown): string | undefined {
  const source = isRecord(event) ? own(event, "triggerSource") : undefined;
  return typeof source === "string" ? source : undefined;
}

/**
 * A user attribute. An empty one counts as absent, since Cognito sends both.
 * @throws ClaimgateError `trigger_event_malformed` for a value that is neither a string nor null
 */
export function attributeOf(attributes: RawEvent | null | undefined, name: string): string | undefined {
  if (attributes === undefined || attributes === null) return undefined;
  const value = readOptionalText(attributes, name, `request.userAttributes.${name}`);
  return value === null || value === "" ? undefined : value;
}
