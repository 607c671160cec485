import { ClaimgateError } from "../errors.ts";
import { ownText } from "../own-property.ts";
import { type App, appOf } from "../policy/app.ts";
import type { Policy } from "../policy/policy.ts";
import { holdings } from "../policy/roles.ts";
import type { SignInTimes } from "../policy/sign-in-age.ts";
import { type Subject, tokenSubjects } from "../policy/subject.ts";
import { isTokenFault } from "../token/token-fault.ts";
import type { VerifiedToken } from "../token/verified-token.ts";
import type { Caller } from "./caller.ts";
import type { CustomDomains } from "./custom-domains.ts";
import type { AuthorizationRecord, Decided, Gateway } from "./outcome.ts";
import type { ShadowedRequest } from "./shadow.ts";

/** The dependencies of the adapters. */
export interface AuthorizerDependencies {
  /** @see TokenVerifier.verify */
  readonly verify: (token: string) => Promise<VerifiedToken>;
  /** The policy in force; called once per invocation. */
  readonly policy: () => Policy;
  /**
   * Writes the decision log. An allow that cannot be recorded becomes `failed`. A deny or a refused token does not
   * change.
   */
  readonly record: (record: AuthorizationRecord) => void;
  /** Milliseconds of a monotonic clock. */
  readonly clock: () => number;
  /** Epoch seconds, for conditions on the age of a sign-in; the real clock by default. */
  readonly now?: (() => number) | undefined;
  /** The custom domains of HTTP APIs; undefined means none. */
  readonly customDomains?: CustomDomains | undefined;
  /** Whether the stage only reports what it would deny and lets it through. A bad token is refused anyway. */
  readonly reportOnly?: boolean | undefined;
  /** Told of each decided request once its answer is final; undefined: nobody. Must not throw. */
  readonly shadow?: ((request: ShadowedRequest) => void) | undefined;
}

/** The part common to all requests. */
export interface TokenRequest {
  readonly requestId: string | undefined;
  /** The token of the request. @throws ClaimgateError `token_*` if there is not exactly one */
  readonly token: () => string;
  readonly matched: AuthorizationRecord["matched"];
}

/** The verified caller, and the policy that decides. */
export interface ProvenCaller {
  readonly token: VerifiedToken;
  /** The subjects that the token holds directly. */
  readonly subjects: readonly Subject[];
  /** The app that a user's token was issued to. */
  readonly app: App | undefined;
  readonly policy: Policy;
}

/** The answer to the gateway and the entry of the log. */
export interface Judged<O> {
  readonly outcome: O;
  readonly decided: Decided;
  /** Whether the outcome allows anything: it must then be recorded. */
  readonly opens: boolean;
}

/**
 * The frame of every authorizer: read the event, verify the token, collect its subjects, decide, record. Never throws.
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
    const decoded = decode();
    request = decoded;
    const token = await deps.verify(decoded.token());
    const proven = { token, subjects: tokenSubjects(token), app: appOf(token), policy: deps.policy() };
    const { outcome, decided, opens } = judge(proven, decoded);
    const recorded = attempt(() => {
      // Named one by one: a spread at the front costs a copy on every request.
      const { requestId, matched } = decoded;
      const durationMs = deps.clock() - start;
      const reportOnly = deps.reportOnly === true;
      deps.record({ gateway, requestId, matched, durationMs, reportOnly, kind: "decided", decided });
    });
    if (recorded || !opens) {
      if (deps.shadow !== undefined) tellShadow(deps.shadow, deps, gateway, proven, decoded, decided);
      return outcome;
    }
    throw new ClaimgateError("decision_not_recorded", "the decision log could not record an allow");
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

function tellShadow(
  shadow: NonNullable<AuthorizerDependencies["shadow"]>,
  { now }: Pick<AuthorizerDependencies, "now">,
  gateway: Gateway,
  { token, subjects, app }: ProvenCaller,
  { requestId, matched }: TokenRequest,
  decided: Decided,
): void {
  attempt(() => {
    const time = now?.() ?? Date.now() / 1000;
    const { claims } = token;
    shadow({
      gateway,
      requestId,
      matched,
      subjects,
      app,
      claims,
      authTime: authTimeOf(token),
      time,
      decided,
    });
  });
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
 * @param held all subjects of the token, sorted; decisions already have them
 */
export function callerOf(
  { token, subjects, app, policy }: ProvenCaller,
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
    appScopes: appScopesOf(app, policy.appScopes),
    authTime: policy.comparesAge ? authTimeOf(token) : undefined,
    conditionClaims: conditionClaimsOf(token.claims, policy.conditionClaims),
    expiresAt: token.expiresAt,
    policyVersion: policy.version,
    mode: decided.mode,
    permission: decided.permission,
    determining: decided.determining,
  };
}

const ROLE = "role:";
const GROUP = "group:";

function namesAfter(prefix: string, subjects: readonly Subject[]): string[] {
  const names: string[] = [];
  for (const subject of subjects) if (subject.startsWith(prefix)) names.push(subject.slice(prefix.length));
  return names;
}

/** The times that a decision depends on; none for a policy without `max_age`. */
export function signInTimes(
  { now }: Pick<AuthorizerDependencies, "now">,
  { token, policy }: Pick<ProvenCaller, "token" | "policy">,
): SignInTimes | undefined {
  if (!policy.comparesAge) return undefined;
  return { authTime: authTimeOf(token), time: now?.() ?? Date.now() / 1000 };
}

/** A machine never signs in, whatever its token says. */
function authTimeOf(token: VerifiedToken): number | undefined {
  return token.kind === "user" ? token.authTime : undefined;
}

/** The scopes of the app that `p3` rows compare: other scopes decide nothing, and answers have little room. */
function appScopesOf(app: App | undefined, named: readonly string[]): readonly string[] {
  return app === undefined || named.length === 0 ? [] : named.filter((scope) => app.scopes.includes(scope));
}

const NO_CLAIMS: Readonly<Record<string, string>> = Object.freeze({});

function conditionClaimsOf(
  claims: Readonly<Record<string, unknown>>,
  compared: readonly string[],
): Readonly<Record<string, string>> {
  const found: [string, string][] = [];
  for (const claim of compared) {
    const value = ownText(claims, claim);
    if (value !== undefined) found.push([claim, value]);
  }
  return found.length === 0 ? NO_CLAIMS : Object.fromEntries(found);
}
