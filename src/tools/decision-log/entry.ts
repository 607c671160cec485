import { type JsonObject, objectsOf, textOf, textsOf } from "../../json.ts";
import { REQUEST_REFUSALS } from "../../policy/refusals.ts";
import { AUTHENTICATED, isSubject, MACHINE, type Subject } from "../../policy/subject.ts";
import type { LogMessage } from "./messages.ts";

/** What a condition compared, as the log has it: a value may be a digest, and one that was missing is undefined. */
interface LoggedInput {
  readonly parameter: string;
  readonly claim: string;
  readonly parameterValue: string | undefined;
  readonly claimValue: string | undefined;
}

/** One decision of the log. */
export interface LoggedDecision {
  /** Milliseconds of the epoch; undefined where the line has no time that can be read. */
  readonly time: number | undefined;
  readonly requestId: string | undefined;
  /** What the gateway matched. */
  readonly method: string | undefined;
  readonly template: string | undefined;
  /** The declared route that was decided on; undefined where that policy declared none. */
  readonly route: string | undefined;
  readonly effect: "allow" | "deny";
  /** Undefined in an answer for a whole API. */
  readonly reason: string | undefined;
  /** What the token held itself: the roles that the policy of that day led to are left out. */
  readonly subjects: readonly Subject[];
  readonly determining: readonly LoggedRow[];
  /** What the log knows of parameters and claims. */
  readonly inputs: readonly LoggedInput[];
  /** `call`: one request; `answer`: one route of an answer for a whole API, which no parameters were known for. */
  readonly about: "call" | "answer";
  readonly policyVersion: string | undefined;
}

/** A row that decided: its place on that day, and the digest of its text. */
export interface LoggedRow {
  readonly at: string;
  readonly digest: string;
}

/** A line of the log. */
export type LogEntry =
  | { readonly kind: "decisions"; readonly decisions: readonly LoggedDecision[] }
  /** A request that was refused before any policy was asked: another policy refuses it, too. */
  | { readonly kind: "refused"; readonly reason: string }
  /** A line about something else; `what` is its kind. */
  | { readonly kind: "other"; readonly what: string }
  /** A line that should be a decision and cannot be read; `why` is a clause. */
  | { readonly kind: "damaged"; readonly why: string };

/** Reads one message of a decision log, as docs/authorizers.md describes it. */
export function readEntry(message: LogMessage): LogEntry {
  if (message.kind === "text") return { kind: "other", what: "no JSON" };
  if (message.kind === "damaged") return { kind: "damaged", why: "it is not whole" };
  const { value } = message;
  const kind = textOf(value["kind"]) ?? "no kind";
  if (kind === "decision") return decisionOf(value);
  // `decisions` is what logs from before version 1 call it.
  if (kind === "whole-api-answer" || kind === "decisions") return answersOf(value);
  return { kind: "other", what: kind };
}

function decisionOf(value: JsonObject): LogEntry {
  const reason = textOf(value["reason"]) ?? "";
  if (REQUEST_REFUSALS.has(reason)) return { kind: "refused", reason };
  const effect = value["effect"];
  const subjects = subjectsOf(value);
  if (effect !== "allow" && effect !== "deny") return { kind: "damaged", why: "it has no `effect`" };
  if (subjects === undefined) return { kind: "damaged", why: "it has no `subjects`" };
  if (!Array.isArray(value["inputs"])) return { kind: "damaged", why: "it has no `inputs`" };
  const decision: LoggedDecision = {
    ...commonOf(value),
    about: "call",
    method: textOf(value["method"]),
    template: textOf(value["template"]),
    route: textOf(value["route"]),
    effect,
    reason,
    subjects,
    determining: objectsOf(value["determining"]).map((row) => ({
      at: textOf(row["at"]) ?? "",
      digest: textOf(row["digest"]) ?? "",
    })),
    inputs: objectsOf(value["inputs"]).map(inputOf),
  };
  return { kind: "decisions", decisions: [decision] };
}

function answersOf(value: JsonObject): LogEntry {
  const subjects = subjectsOf(value);
  if (subjects === undefined) return { kind: "damaged", why: "it has no `subjects`" };
  const answer = (route: string, effect: "allow" | "deny"): LoggedDecision => ({
    ...commonOf(value),
    about: "answer",
    method: undefined,
    template: undefined,
    route,
    effect,
    reason: undefined,
    subjects,
    determining: [],
    inputs: [],
  });
  return {
    kind: "decisions",
    decisions: [
      ...textsOf(value["allowed"]).map((route) => answer(route, "allow")),
      ...textsOf(value["denied"]).map((route) => answer(route, "deny")),
    ],
  };
}

function commonOf(value: JsonObject) {
  const time = Date.parse(textOf(value["time"]) ?? "");
  return {
    time: Number.isNaN(time) ? undefined : time,
    requestId: textOf(value["requestId"]),
    policyVersion: textOf(value["policyVersion"]),
  };
}

/** Only the two roles that every token of a kind holds are the token's own; the others came from `g` rows. */
function subjectsOf(value: JsonObject): readonly Subject[] | undefined {
  const { subjects } = value;
  if (!Array.isArray(subjects)) return undefined;
  return textsOf(subjects)
    .filter(isSubject)
    .filter((one) => !one.startsWith("role:") || one === AUTHENTICATED || one === MACHINE);
}

function inputOf(input: JsonObject): LoggedInput {
  return {
    parameter: textOf(input["parameter"]) ?? "",
    claim: textOf(input["claim"]) ?? "",
    parameterValue: textOf(input["parameterValue"]),
    claimValue: textOf(input["claimValue"]),
  };
}
