import { type JsonObject, objectsOf, textOf, textsOf } from "../../json.ts";
import type { App } from "../../policy/app.ts";
import { REQUEST_REFUSALS, STOPPED } from "../../policy/refusals.ts";
import { AUTHENTICATED, isSubject, MACHINE, type Subject } from "../../policy/subject.ts";
import type { LoggedRow } from "./logged-row.ts";
import type { LogMessage } from "./messages.ts";
import { readShadowEntry, type ShadowEntry } from "./shadow-entry.ts";

/** The comparison of a condition in the log: a value may be a digest, and a missing one is undefined. */
interface LoggedInput {
  /** Undefined for the age of the sign-in. */
  readonly parameter: string | undefined;
  /** Undefined if the parameter was compared with a literal. */
  readonly claim: string | undefined;
  readonly parameterValue: string | undefined;
  readonly claimValue: string | undefined;
  /** Epoch seconds of the request, for the age of the sign-in. */
  readonly time: number | undefined;
}

interface LoggedTenant {
  readonly parameter: string;
  readonly tenant: string | undefined;
}

/** One decision of the log. */
export interface LoggedDecision {
  /** Milliseconds since the epoch; undefined if the line has no readable time. */
  readonly time: number | undefined;
  readonly requestId: string | undefined;
  /** What the gateway matched. */
  readonly method: string | undefined;
  readonly template: string | undefined;
  /** The declared route that decided; undefined if that policy declared none. */
  readonly route: string | undefined;
  readonly effect: "allow" | "deny";
  /** Undefined in a whole-API answer. */
  readonly reason: string | undefined;
  /** The subjects that the token held directly, without the roles of the former policy. */
  readonly subjects: readonly Subject[];
  /** The app of a user's token; undefined for a machine, and in lines from before the log had it. */
  readonly app: App | undefined;
  readonly determining: readonly LoggedRow[];
  /** The parameters and claims in the log. */
  readonly inputs: readonly LoggedInput[];
  /** The tenants in the log: a value may be a digest, and is undefined if the request named none. */
  readonly tenants: readonly LoggedTenant[];
  /** `call`: one request; `answer`: one route of a whole-API answer, which has no parameters. */
  readonly about: "call" | "answer";
  readonly policyVersion: string | undefined;
}

/** A line of the log. */
export type LogEntry =
  | {
      readonly kind: "decisions";
      readonly decisions: readonly LoggedDecision[];
      /** How many routes of a whole-API answer an emergency stop denied: no policy decided them. */
      readonly stopped: number;
    }
  /** A request that was refused before a decision: every policy refuses it, or an emergency stop did. */
  | { readonly kind: "refused"; readonly reason: string }
  | ShadowEntry
  /** A line of another kind, `what`. */
  | { readonly kind: "other"; readonly what: string }
  /** A decision line that cannot be read; `why` is a clause. */
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
  return readShadowEntry(kind, value) ?? { kind: "other", what: kind };
}

function decisionOf(value: JsonObject): LogEntry {
  const reason = textOf(value["reason"]) ?? "";
  if (REQUEST_REFUSALS.has(reason) || reason === STOPPED) return { kind: "refused", reason };
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
    tenants: objectsOf(value["tenants"]).map((one) => ({
      parameter: textOf(one["parameter"]) ?? "",
      tenant: textOf(one["tenant"]),
    })),
  };
  return { kind: "decisions", decisions: [decision], stopped: 0 };
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
    tenants: [],
  });
  return {
    kind: "decisions",
    stopped: textsOf(value["stopped"]).length,
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
    app: appIn(value),
  };
}

function appIn(value: JsonObject): App | undefined {
  const client = textOf(value["client"]);
  return client === undefined || !Array.isArray(value["scopes"])
    ? undefined
    : { client, scopes: textsOf(value["scopes"]) };
}

/** The token holds only the two built-in roles directly; the others came from `g` rows. */
function subjectsOf(value: JsonObject): readonly Subject[] | undefined {
  const { subjects } = value;
  if (!Array.isArray(subjects)) return undefined;
  return textsOf(subjects)
    .filter(isSubject)
    .filter((one) => !one.startsWith("role:") || one === AUTHENTICATED || one === MACHINE);
}

function inputOf(input: JsonObject): LoggedInput {
  return {
    parameter: textOf(input["parameter"]),
    claim: textOf(input["claim"]),
    parameterValue: textOf(input["parameterValue"]),
    claimValue: textOf(input["claimValue"]),
    time: typeof input["time"] === "number" ? input["time"] : undefined,
  };
}
