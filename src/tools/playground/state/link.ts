import { deflateSync, Inflate } from "fflate";
import { readState, StateError, writtenState } from "./read-state.ts";
import type { PlaygroundState } from "./state.ts";

// A link carries the state in its fragment, which no browser sends to a server: `#v1.`, then the state as JSON,
// compressed by DEFLATE (RFC 1951), in base64url (RFC 4648, section 5).

const VERSION = "v1";

/** Of the fragment that is offered: longer links get cut off by chats and mail programs. */
export const LONGEST_OFFERED = 8_000;

/** Of a fragment that is read, in characters. */
const LONGEST_READ = 100_000;

/** What a fragment or a file may have, in bytes of JSON. */
export const MOST_BYTES = 1_000_000;

/** The fragment of a link to the state, without `#`. */
export function fragmentOf(state: PlaygroundState): string {
  const json = new TextEncoder().encode(JSON.stringify(writtenState(state)));
  return `${VERSION}.${base64url(deflateSync(json, { level: 9 }))}`;
}

/**
 * The state that a fragment carries; undefined if it carries none, such as `#files` or an empty one.
 *
 * @param fragment with or without `#`, or a whole link
 * @throws StateError that says why the link cannot be read
 */
export function stateOf(fragment: string): PlaygroundState | undefined {
  const carried = fragment.slice(fragment.indexOf("#") + 1).trim();
  const [, version] = /^(v\d+)\./.exec(carried) ?? [];
  if (version === undefined) return undefined;
  if (version !== VERSION) {
    throw new StateError(
      `the link has the form ${version}, this page reads ${VERSION}: get a newer playground`,
    );
  }
  if (carried.length > LONGEST_READ) {
    throw new StateError(
      `the link has ${carried.length} characters, expected at most ${LONGEST_READ}: ask for the file instead`,
    );
  }
  const bytes = bytesOf(carried.slice(VERSION.length + 1));
  return stateOfText(inflated(bytes, MOST_BYTES));
}

/**
 * The state that a file carries, which the page saved.
 *
 * @throws StateError that says why the file cannot be read
 */
export function stateOfText(text: string): PlaygroundState {
  if (text.length > MOST_BYTES) throw tooLarge(MOST_BYTES);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new StateError("it is not JSON: perhaps a part of it is missing");
  }
  return readState(data);
}

/** Input of one step: DEFLATE expands a byte to at most 1,032, so a step yields at most a quarter of a megabyte. */
const STEP = 256;

/**
 * The text of compressed bytes. Stops as soon as there is more than expected, so that a few bytes cannot fill the
 * memory.
 *
 * @throws StateError
 */
function inflated(bytes: Uint8Array, most: number): string {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [text, size] = ["", 0];
  const inflate = new Inflate((chunk) => {
    size += chunk.length;
    if (size <= most) text += decoder.decode(chunk, { stream: true });
  });
  try {
    for (let at = 0; at < bytes.length && size <= most; at += STEP) {
      inflate.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
    }
    if (size <= most) return text + decoder.decode();
  } catch {
    throw damaged();
  }
  throw tooLarge(most);
}

const tooLarge = (most: number) => new StateError(`it has more than ${most.toLocaleString("en-US")} bytes`);

const damaged = () => new StateError("the link is damaged: perhaps a part of it is missing");

function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @throws StateError */
function bytesOf(text: string): Uint8Array {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) throw damaged();
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
