import type { AuthorizationRecord, Decided } from "../authorizers/outcome.ts";
import { codeOf } from "../errors.ts";
import type { ConditionInput, DeterminingRow } from "../policy/decision.ts";
import { hashed, looksLikeEmail, withoutEmail } from "../policy/redaction.ts";
import { choice, type Environment } from "./environment.ts";
import { errorFields, type Log } from "./log.ts";

/** How the values that conditions compared are written: as they are, or as a digest that still compares. */
export type InputLogging = "plain" | "hashed";

/** Reads CLAIMGATE_LOG_INPUTS; missing is `plain`. @throws ConfigurationError */
export function readInputLogging(env: Environment): InputLogging {
  return choice(env, "CLAIMGATE_LOG_INPUTS", ["plain", "hashed"]);
}

/**
 * The decision log: one line an invocation of an authorizer, of kind `decision` (one route), `decisions` (an answer for
 * many), `token-refused` or `authorizer-failed`. The format is documented in docs/authorizers.md. No token is ever in it, and whatever
 * looks like an e-mail is replaced by its digest, in any mode.
 */
export function createDecisionLog(log: Log, inputs: InputLogging): (record: AuthorizationRecord) => void {
  return (record) => {
    const about = {
      requestId: record.requestId,
      gateway: record.gateway,
      method: record.matched?.method,
      template: record.matched?.template,
      durationMs: Math.round(record.durationMs * 1000) / 1000,
      // Loud on purpose: nothing is enforced.
      ...(record.reportOnly && { reportOnly: true }),
    };
    switch (record.kind) {
      case "decided": {
        const { decided } = record;
        const [kind, fields] =
          decided.by === "policy-for-all"
            ? ["decisions", decisionsFields(decided)]
            : ["decision", decisionFields(decided, inputs)];
        const wouldDeny = record.reportOnly && denies(decided);
        log(wouldDeny ? "warn" : "info", kind, { ...about, ...(wouldDeny && { wouldDeny }), ...fields });
        return;
      }
      case "token-refused":
        log("warn", "token-refused", { ...about, code: record.code, error: record.message });
        return;
      case "failed": {
        // Anybody can provoke this one by naming unknown keys: it must not raise the alarm of an outage.
        const level = codeOf(record.error) === "keys_refresh_limited" ? "warn" : "error";
        log(level, "authorizer-failed", { ...about, ...errorFields(record.error) });
      }
    }
  };
}

function denies(decided: Decided): boolean {
  switch (decided.by) {
    case "refusal":
      return true;
    case "policy":
      return decided.decision.effect === "deny";
    case "policy-for-all":
      return decided.routes.some(({ effect }) => effect === "deny");
  }
}

type DecidedForAll = Extract<Decided, { by: "policy-for-all" }>;

function decisionsFields({ routes, subjects, policyVersion }: DecidedForAll) {
  const named = (wanted: "allow" | "deny") =>
    routes.filter(({ effect }) => effect === wanted).map(({ route }) => route);
  return {
    allowed: named("allow"),
    denied: named("deny"),
    subjects: subjects.map(withoutEmail),
    policyVersion,
  };
}

function decisionFields(
  decided: Exclude<Decided, DecidedForAll>,
  inputs: InputLogging,
): Readonly<Record<string, unknown>> {
  if (decided.by === "refusal") {
    return {
      effect: "deny",
      reason: decided.error.code,
      error: decided.error.message,
      subjects: decided.subjects.map(withoutEmail),
      determining: [],
      inputs: [],
      policyVersion: decided.policyVersion,
    };
  }
  const { decision } = decided;
  return {
    route: decided.route,
    effect: decision.effect,
    reason: decision.reason,
    permission: decision.permission,
    permissions: decision.permissions,
    subjects: decision.subjects.map(withoutEmail),
    determining: decision.determining.map(place),
    inputs: decision.inputs.map((input) => inputFields(input, inputs)),
    policyVersion: decision.policyVersion,
  };
}

function place({ file, line, digest }: DeterminingRow): Readonly<Record<string, string>> {
  return { at: `${file}:${line}`, digest };
}

function inputFields(input: ConditionInput, inputs: InputLogging): Readonly<Record<string, unknown>> {
  const written = (value: string | undefined) =>
    value !== undefined && (inputs === "hashed" || looksLikeEmail(value)) ? hashed(value) : value;
  return {
    parameter: input.parameter,
    claim: input.claim,
    parameterValue: written(input.parameterValue),
    claimValue: written(input.claimValue),
  };
}
