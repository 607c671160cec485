import { ClaimgateError } from "../errors.ts";
import { ownText } from "../policy/condition.ts";
import type { Policy } from "../policy/policy.ts";
import { holdings } from "../policy/roles.ts";
import { type Subject, tokenSubjects } from "../policy/subject.ts";
import { isTokenFault } from "../token/token-fault.ts";
import type { VerifiedToken } from "../token/verified-token.ts";
import type { Caller } from "./caller.ts";
import type { CustomDomains } from "./custom-domains.ts";
import type { AuthorizationRecord, Decided, Gateway } from "./outcome.ts";

/** What the adapters need from the world. */
export interface AuthorizerDependencies {
  /** @see TokenVerifier.verify */
  readonly verify: (token: string) => Promise<VerifiedToken>;
  /** The policy in force; asked once an invocation. */
  readonly policy: () => Policy;
  /**
   * Writes the decision log. An allow that cannot be recorded is not given: it becomes `failed`. A deny or a
   * refused token stands, recorded or not.
   */
  readonly record: (record: AuthorizationRecord) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  /** The custom domains of HTTP APIs; none where it is undefined. */
  readonly customDomains?: CustomDomains | undefined;
  /** Whether the stage lets through what it would deny, and says so. A bad token is refused all the same. */
  readonly reportOnly?: boolean | undefined;
}

/** What every request says, whatever else. */
export interface TokenRequest {
  readonly requestId: string | undefined;
  /** The token that it carries. @throws ClaimgateError `token_*` where it carries none, or not exactly one */
  readonly token: () => string;
  readonly matched: AuthorizationRecord["matched"];
}

/** Who asks, proven, and by which policy it is decided. */
export interface ProvenCaller {
  readonly token: VerifiedToken;
  /** What the token holds itself. */
  readonly subjects: readonly Subject[];
  readonly policy: Policy;
}

/** What is told to the gateway, and what to the log. */
export interface Judged<O> {
  readonly outcome: O;
  readonly decided: Decided;
  /** Whether the outcome lets anybody through: such a one must not go unrecorded. */
  readonly opens: boolean;
}

/**
 * The frame of every authorizer: read the event, verify the token, collect its subjects, have it judged, record.
 * Never throws.
 *
 * @param decode reads the gateway's event; what it throws makes the outcome `failed`
 * @param judge decides; what it throws makes the outcome `failed`
 */
export async function runAuthorizer<R extends TokenRequest, O>(
  deps: AuthorizerDependencies,
  gateway: Gateway,
  decode: () => R,
  judge: (proven: ProvenCaller, request: R) => Judged<O>,
): Promise<O | { readonly kind: "unauthenticated" } | { readonly kind: "failed" }> {
  const start = deps.clock();
  let request: R | undefined;
  const about = () => ({
    gateway,
    requestId: request?.requestId,
    matched: request?.matched,
    durationMs: deps.clock() - start,
    reportOnly: deps.reportOnly === true,
  });
  try {
    request = decode();
    const token = await deps.verify(request.token());
    const proven = { token, subjects: tokenSubjects(token), policy: deps.policy() };
    const { outcome, decided, opens } = judge(proven, request);
    const recorded = attempt(() => {
      deps.record({ ...about(), kind: "decided", decided });
    });
    if (recorded || !opens) return outcome;
    throw new ClaimgateError("decision_not_recorded", "an allow could not be written to the decision log");
  } catch (error) {
    const refused = isTokenFault(error);
    attempt(() => {
      deps.record(
        refused
          ? { ...about(), kind: "token-refused", code: error.code, message: error.message }
          : { ...about(), kind: "failed", error },
      );
    });
    return { kind: refused ? "unauthenticated" : "failed" };
  }
}

function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

/**
 * What the backend is told of a caller, whatever was decided.
 *
 * @param held everything that the token holds, sorted; a decision has it already
 */
export function callerOf(
  { token, subjects, policy }: ProvenCaller,
  decided: Pick<Caller, "mode" | "permission" | "determining">,
  held: readonly Subject[] = [...holdings(policy, subjects)].sort(),
): Caller {
  return {
    kind: token.kind,
    sub: token.sub,
    client: token.client,
    roles: namesAfter(ROLE, held),
    groups: namesAfter(GROUP, subjects),
    poolAlias: token.poolAlias,
    subjects,
    conditionClaims: conditionClaimsOf(token.claims, policy.conditionClaims),
    expiresAt: token.expiresAt,
    policyVersion: policy.version,
    ...decided,
  };
}

const ROLE = "role:";
const GROUP = "group:";

function namesAfter(prefix: string, subjects: readonly Subject[]): string[] {
  const names: string[] = [];
  for (const subject of subjects) if (subject.startsWith(prefix)) names.push(subject.slice(prefix.length));
  return names;
}

function conditionClaimsOf(
  claims: Readonly<Record<string, unknown>>,
  compared: readonly string[],
): Readonly<Record<string, string>> {
  const found: [string, string][] = [];
  for (const claim of compared) {
    const value = ownText(claims, claim);
    if (value !== undefined) found.push([claim, value]);
  }
  return Object.fromEntries(found);
}
