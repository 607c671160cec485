import type { AuthorizationRecord, Decided } from "../authorizers/outcome.ts";
import { codeOf } from "../errors.ts";
import type { ConditionInput, Decision, DeterminingRow, TenantInput } from "../policy/decision.ts";
import { hashed, isHidden, withoutSecret, withoutSecretScope } from "../policy/redaction.ts";
import { STOPPED } from "../policy/refusals.ts";
import { commonPart } from "../policy/remembered-decisions.ts";
import { mayBeSensitive } from "../policy/sensitive.ts";
import type { Subject } from "../policy/subject.ts";
import { KnownOutageError } from "../token/verification-error.ts";
import { choice, type Environment } from "./environment.ts";
import { errorFields, type Log } from "./log.ts";

/** How the log has the values that conditions compared: unchanged, or as a digest that still compares. */
export type InputLogging = "plain" | "hashed";

/** Reads CLAIMGATE_LOG_INPUTS; missing is `plain`. @throws ConfigurationError */
export function readInputLogging(env: Environment): InputLogging {
  return choice(env, "CLAIMGATE_LOG_INPUTS", ["plain", "hashed"]);
}

/**
 * The decision log: one line per invocation of an authorizer, of kind `decision` (one route), `whole-api-answer` (an
 * answer for many), `token-refused` or `authorizer-failed`. The format is documented in docs/authorizers.md. In any
 * mode, inputs and subjects that look like a token or an e-mail address are replaced by their digest, so that they
 * still compare.
 *
 * @example
 * import { createDecisionLog, createLog } from "claimgate/authorizers";
 *
 * const log = createLog(
 *   (line) => process.stdout.write(`${line}\n`),
 *   () => new Date(),
 * );
 * export const record = createDecisionLog(log, "plain");
 */
export function createDecisionLog(log: Log, inputs: InputLogging): (record: AuthorizationRecord) => void {
  return (record) => {
    switch (record.kind) {
      case "decided": {
        const { decided } = record;
        const wouldDeny = record.reportOnly && denies(decided);
        const kind = decided.by === "policy-for-whole-api" ? "whole-api-answer" : "decision";
        const level = wouldDeny ? "warn" : "info";
        const text = log.text && decisionText(record, decided, wouldDeny);
        if (text !== undefined) log.text?.(level, kind, text);
        else log(level, kind, decidedFields(record, decided, inputs, wouldDeny));
        return;
      }
      case "token-refused":
        log("warn", "token-refused", { ...aboutOf(record), code: record.code, error: record.message });
        return;
      case "failed": {
        log(isProvoked(record.error) ? "warn" : "error", "authorizer-failed", {
          ...aboutOf(record),
          ...errorFields(record.error),
        });
      }
    }
  };
}

/**
 * Whether anyone can cause this with any token, as often as they like: it must not raise an alarm. An outage of the
 * keys raises one by its failed fetches.
 */
function isProvoked(error: unknown): boolean {
  return error instanceof KnownOutageError || codeOf(error) === "keys_refresh_limited";
}

/** The fields of the request on every line; undefined ones are left out. */
function aboutOf({ requestId, gateway, matched, durationMs, reportOnly }: AuthorizationRecord) {
  return {
    requestId,
    gateway,
    method: matched?.method,
    template: matched?.template,
    durationMs: rounded(durationMs),
    // Logged as an error, since nothing is enforced.
    reportOnly: reportOnly ? true : undefined,
  };
}

/** Milliseconds to the microsecond. */
function rounded(durationMs: number): number {
  return Math.round(durationMs * 1000) / 1000;
}

function decidedFields(
  record: AuthorizationRecord,
  decided: Decided,
  inputs: InputLogging,
  wouldDeny: boolean,
): Readonly<Record<string, unknown>> {
  const about = { ...aboutOf(record), wouldDeny: wouldDeny ? true : undefined };
  switch (decided.by) {
    case "policy-for-whole-api":
      return wholeApiFields(about, decided);
    case "refusal":
      return refusalFields(about, decided);
    case "stop":
      return stopFields(about, decided);
    case "policy":
      return decisionFields(about, decided, inputs);
  }
}

/** Whether a stage that only reports lets through what was denied. */
function denies(decided: Decided): boolean {
  switch (decided.by) {
    case "refusal":
      return decided.enforced !== true;
    case "stop":
      return false;
    case "policy":
      return decided.decision.effect === "deny";
    case "policy-for-whole-api":
      return decided.routes.some(({ effect, stopped }) => effect === "deny" && !stopped);
  }
}

type DecidedBy<By extends Decided["by"]> = Extract<Decided, { readonly by: By }>;

// One literal each, with a single spread at the front: this runs on every request, and a second spread costs more than
// all the rest.

function wholeApiFields(
  about: object,
  { routes, subjects, app, policyVersion }: DecidedBy<"policy-for-whole-api">,
) {
  const named = (wanted: "allow" | "deny") =>
    routes.filter(({ effect, stopped }) => effect === wanted && !stopped).map(({ route }) => route);
  const stopped = routes.filter((one) => one.stopped).map(({ route }) => route);
  return {
    ...about,
    allowed: named("allow"),
    denied: named("deny"),
    stopped: stopped.length === 0 ? undefined : stopped,
    subjects: shownSubjects(subjects),
    client: app?.client,
    scopes: app && shownScopes(app.scopes),
    policyVersion,
  };
}

function refusalFields(about: object, { error, subjects, policyVersion }: DecidedBy<"refusal">) {
  return {
    ...about,
    effect: "deny",
    reason: error.code,
    error: error.message,
    subjects: shownSubjects(subjects),
    determining: [],
    inputs: [],
    policyVersion,
  };
}

function stopFields(
  about: object,
  { route, permissions, stopped, subjects, app, policyVersion }: DecidedBy<"stop">,
) {
  return {
    ...about,
    route,
    effect: "deny",
    reason: STOPPED,
    permissions,
    stopped,
    subjects: shownSubjects(subjects),
    client: app?.client,
    scopes: app && shownScopes(app.scopes),
    determining: [],
    inputs: [],
    policyVersion,
  };
}

function decisionFields(about: object, { route, decision }: DecidedBy<"policy">, inputs: InputLogging) {
  return {
    ...about,
    route,
    effect: decision.effect,
    reason: decision.reason,
    permission: decision.permission,
    permissions: decision.permissions,
    subjects: shownSubjects(decision.subjects),
    client: decision.app?.client,
    scopes: decision.app && shownScopes(decision.app.scopes),
    determining: decision.determining.map(placeOfRow),
    inputs: decision.inputs.map((input) => inputFields(input, inputs)),
    tenants: decision.tenants.length === 0 ? undefined : tenantFields(decision.tenants, inputs),
    policyVersion: decision.policyVersion,
  };
}

/** The text of what decisions have in common, made once. */
interface CommonText {
  /** The fields before the subjects. */
  readonly before: string;
  /** The fields after the app. */
  readonly after: string;
}

const commonTexts = new WeakMap<Decision, CommonText>();

/**
 * {@link decidedFields} as JSON text, of which most is made once for all requests with this decision. Undefined for
 * decisions that compare something of the request, and where anything must be replaced.
 */
function decisionText(record: AuthorizationRecord, decided: Decided, wouldDeny: boolean): string | undefined {
  const common = decided.by === "policy" ? commonPart(decided.decision) : undefined;
  if (decided.by !== "policy" || common === undefined) return undefined;
  const { route, decision } = decided;
  const { before, after } = commonTextOf(common);
  const { requestId, gateway, matched, durationMs, reportOnly } = record;
  const about =
    textOf("requestId", requestId) +
    textOf("gateway", gateway) +
    textOf("method", matched?.method) +
    textOf("template", matched?.template) +
    `"durationMs":${JSON.stringify(rounded(durationMs))},` +
    (reportOnly ? '"reportOnly":true,' : "") +
    (wouldDeny ? '"wouldDeny":true,' : "");
  const app =
    decision.app === undefined
      ? ""
      : `${textOf("client", decision.app.client)}"scopes":${JSON.stringify(decision.app.scopes)},`;
  const subjects = `"subjects":${JSON.stringify(decision.subjects)},`;
  const text = about + textOf("route", route) + before + subjects + app + after;
  return mayBeSensitive(text) ? undefined : text;
}

function textOf(name: string, value: string | undefined): string {
  return value === undefined ? "" : `"${name}":${JSON.stringify(value)},`;
}

function commonTextOf(common: Decision): CommonText {
  const known = commonTexts.get(common);
  if (known !== undefined) return known;
  const { effect, reason, permission, permissions, determining, policyVersion } = common;
  const fields = (all: object) => JSON.stringify(all).slice(1, -1);
  const text = {
    before: `${fields({ effect, reason, permission, permissions })},`,
    after: fields({ determining: determining.map(placeOfRow), inputs: [], policyVersion }),
  };
  commonTexts.set(common, text);
  return text;
}

/** The subjects, with digests for sensitive ones. A single test of all of them skips the usual case without any. */
export function shownSubjects(subjects: readonly Subject[]): readonly Subject[] {
  return mayBeSensitive(subjects.join(" ")) ? subjects.map(withoutSecret) : subjects;
}

/** The scopes, with digests for sensitive ones. */
export function shownScopes(scopes: readonly string[]): readonly string[] {
  return mayBeSensitive(scopes.join(" ")) ? scopes.map(withoutSecretScope) : scopes;
}

/** A row in a line: where it is, and the digest of its text. */
export function placeOfRow({ file, line, digest }: DeterminingRow): Readonly<Record<string, string>> {
  return { at: `${file}:${line}`, digest };
}

function inputFields(input: ConditionInput, inputs: InputLogging): Readonly<Record<string, unknown>> {
  // A time hides nobody, and ages are compared with it again.
  if (input.parameter === undefined) {
    return { claim: input.claim, claimValue: input.claimValue, time: input.time };
  }
  return {
    parameter: input.parameter,
    claim: input.claim,
    literal: input.literal,
    parameterValue: written(input.parameterValue, inputs),
    claimValue: written(input.claimValue, inputs),
  };
}

function tenantFields(tenants: readonly TenantInput[], inputs: InputLogging) {
  return tenants.map(({ parameter, tenant }) => ({ parameter, tenant: written(tenant, inputs) }));
}

function written(value: string | undefined, inputs: InputLogging): string | undefined {
  return value !== undefined && (inputs === "hashed" || isHidden(value)) ? hashed(value) : value;
}
