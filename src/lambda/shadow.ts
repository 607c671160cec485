import { compareWithShadow, type ShadowDifference, type ShadowedRequest } from "../authorizers/shadow.ts";
import { warmUp } from "../policy/decide.ts";
import type { Policy } from "../policy/policy.ts";
import { placeOfRow, shownScopes, shownSubjects } from "./decision-log.ts";
import { errorFields, type Log } from "./log.ts";

/** Runs something once the answer is on its way. */
type Later = (run: () => void) => void;

const afterTheAnswer: Later = (run) => {
  setImmediate(run);
};

/**
 * A shadow for authorizers: also decides by the candidate, after the answer, and writes a line `shadow-difference`
 * where it differs. The format is documented in docs/authorizers.md. Nothing that it does or throws reaches the answer:
 * it writes one warning, `shadow-failed`, and tries again with the next request.
 *
 * @param policyVersion of the policy in force
 * @param candidate called once; if it throws or gives nothing of use, a warning says so and there is no shadow
 */
export function createShadow(
  log: Log,
  policyVersion: string,
  candidate: () => Policy | undefined,
  later: Later = afterTheAnswer,
): ((request: ShadowedRequest) => void) | undefined {
  const policy = usable(log, policyVersion, candidate);
  if (policy === undefined) return undefined;
  let hasFailed = false;
  const shadow = (request: ShadowedRequest): void => {
    try {
      const difference = compareWithShadow(policy, request);
      if (difference === undefined) return;
      log("info", "shadow-difference", fieldsOf(request, difference, policy.version));
    } catch (error) {
      if (hasFailed) return;
      hasFailed = true;
      quietly(() => log("warn", "shadow-failed", errorFields(error)));
    }
  };
  return (request) => later(() => shadow(request));
}

/** The candidate, if it can decide. A failure is one warning: the deployment decides without it. */
function usable(log: Log, policyVersion: string, candidate: () => Policy | undefined): Policy | undefined {
  let found: Policy | undefined;
  try {
    const policy = candidate();
    if (policy === undefined) return undefined;
    warmUp(policy);
    const { version: shadowVersion, routes } = policy;
    if (routes.names.size === 0) throw new TypeError("the candidate policy declares no route");
    if (shadowVersion === policyVersion)
      throw new TypeError("the candidate is the policy in force: remove it");
    log("info", "shadow-policy", { policyVersion, shadowVersion });
    found = policy;
  } catch (error) {
    quietly(() => log("warn", "shadow-unusable", errorFields(error)));
  }
  return found;
}

function quietly(write: () => void): void {
  try {
    write();
  } catch {
    // The log failed; the answers do not depend on it.
  }
}

/** No inputs: the line of the decision has them. */
function fieldsOf(
  { requestId, gateway, matched, subjects, app, decided }: ShadowedRequest,
  difference: ShadowDifference,
  shadowVersion: string,
): Readonly<Record<string, unknown>> {
  const { policyVersion } = decided.by === "policy" ? decided.decision : decided;
  const about = {
    requestId,
    gateway,
    method: matched?.method,
    template: matched?.template,
    subjects: shownSubjects(subjects),
    client: app?.client,
    scopes: app && shownScopes(app.scopes),
    policyVersion,
    shadowVersion,
  };
  if (difference.about === "fields") {
    return { ...about, shadowAllowed: difference.allowed, shadowDenied: difference.denied };
  }
  const { route, decision, shadow } = difference;
  return {
    ...about,
    route,
    effect: decision.effect,
    reason: decision.reason,
    determining: decision.determining.map(placeOfRow),
    shadowRoute: shadow.route,
    shadowEffect: shadow.effect,
    shadowReason: shadow.reason,
    shadowDetermining: shadow.determining.map(placeOfRow),
  };
}
