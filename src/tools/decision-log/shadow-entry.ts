import { type JsonObject, objectsOf, textOf, textsOf } from "../../json.ts";
import { isSubject, type Subject } from "../../policy/subject.ts";
import type { LoggedRow } from "./logged-row.ts";

/** A line of a shadow (docs/authorizers.md). */
export interface ShadowEntry {
  readonly kind: "shadow";
  /** `shadow-policy`, at the start of a function, or `shadow-difference`, `shadow-unusable`, `shadow-failed`. */
  readonly what: string;
  /** Of the candidate; undefined if it could not be used. */
  readonly shadowVersion: string | undefined;
  /** Milliseconds since the epoch; undefined if the line has no readable time. */
  readonly time: number | undefined;
  /** One for a request, one for each field of an AppSync API. */
  readonly differences: readonly LoggedDifference[];
}

/** An answer that the candidate would change. */
export interface LoggedDifference {
  readonly requestId: string | undefined;
  readonly widens: boolean;
  /** The route of the candidate, else that of the policy in force, else what the gateway matched. */
  readonly route: string;
  readonly subjects: readonly Subject[];
  readonly reason: string;
  readonly before: readonly LoggedRow[];
  readonly after: readonly LoggedRow[];
}

const KINDS = new Set(["shadow-policy", "shadow-difference", "shadow-unusable", "shadow-failed"]);

/** Undefined for a line of another kind. */
export function readShadowEntry(kind: string, value: JsonObject): ShadowEntry | undefined {
  if (!KINDS.has(kind)) return undefined;
  const time = Date.parse(textOf(value["time"]) ?? "");
  return {
    kind: "shadow",
    what: kind,
    shadowVersion: textOf(value["shadowVersion"]),
    time: Number.isNaN(time) ? undefined : time,
    differences: kind === "shadow-difference" ? differencesOf(value) : [],
  };
}

function differencesOf(value: JsonObject): readonly LoggedDifference[] {
  const common = {
    requestId: textOf(value["requestId"]),
    subjects: textsOf(value["subjects"]).filter(isSubject),
  };
  const field = (route: string, widens: boolean): LoggedDifference => {
    return { ...common, route, widens, reason: "", before: [], after: [] };
  };
  const fields = [
    ...textsOf(value["shadowAllowed"]).map((route) => field(route, true)),
    ...textsOf(value["shadowDenied"]).map((route) => field(route, false)),
  ];
  const effect = value["shadowEffect"];
  if (effect !== "allow" && effect !== "deny") return fields;
  const matched = [textOf(value["method"]), textOf(value["template"])].filter((part) => part !== undefined);
  return [
    {
      ...common,
      widens: effect === "allow",
      route: textOf(value["shadowRoute"]) ?? textOf(value["route"]) ?? matched.join(" "),
      reason: textOf(value["shadowReason"]) ?? "",
      before: rowsOf(value["determining"]),
      after: rowsOf(value["shadowDetermining"]),
    },
  ];
}

function rowsOf(value: unknown): readonly LoggedRow[] {
  return objectsOf(value).map((row) => ({
    at: textOf(row["at"]) ?? "",
    digest: textOf(row["digest"]) ?? "",
  }));
}
