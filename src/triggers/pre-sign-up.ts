import { ClaimgateError } from "../errors.ts";
import type { AddressPolicy } from "../policy/policy.ts";
import {
  decidePreSignUp,
  type LinkRequest,
  type PreSignUpOptions,
  type SignUpAllowed,
  type SignUpDecision,
  type SignUpRefused,
} from "./decide-sign-up.ts";
import { type Account, type AccountDirectory, untilAborted } from "./directory.ts";
import type { PreSignUpEvent, PreSignUpResponse, RawEvent } from "./events.ts";
import { type Claims, claimsOf } from "./judge-claims.ts";
import { holdsDisabled, holdsFederated, type LinkOutcome, linkAccounts } from "./link-accounts.ts";
import { parsePreSignUp } from "./parse-events.ts";
import { readEvent, readOptionalRecord } from "./read-event.ts";
import { failureFields, type Invocation, PublicRefusal, TRY_LATER, type TriggerLog } from "./report.ts";
import { type Suspensions, suspensionNames } from "./suspensions.ts";

/**
 * Shown to users whose address may not sign up; it does not say why, since that would reveal who may.
 *
 * @example
 * import { SIGN_UP_REFUSED } from "claimgate/triggers";
 *
 * // In a front end or a test: Cognito puts its own words around the sentence.
 * export const isThis = (error: Error) => error.message.includes(SIGN_UP_REFUSED);
 */
export const SIGN_UP_REFUSED =
  "This e-mail address cannot be used to sign up. Please ask the owner of this application";

/**
 * Shown to users without an address whose phone number may not sign up.
 *
 * @example
 * import { PHONE_REFUSED } from "claimgate/triggers";
 *
 * // In a front end or a test: Cognito puts its own words around the sentence.
 * export const isThis = (error: Error) => error.message.includes(PHONE_REFUSED);
 */
export const PHONE_REFUSED =
  "This phone number cannot be used to sign up. Please ask the owner of this application";

/**
 * Shown to users without an address, such as Facebook users who have none or do not share it. It does not reveal who
 * may sign up.
 *
 * @example
 * import { ADDRESS_NEEDED } from "claimgate/triggers";
 *
 * // In a front end or a test: Cognito puts its own words around the sentence.
 * export const isThis = (error: Error) => error.message.includes(ADDRESS_NEEDED);
 */
export const ADDRESS_NEEDED =
  "Signing up requires an e-mail address. Please share yours with this application, or sign up in another way";

/**
 * Shown after accounts were linked: this sign-in cannot continue, but the next one can.
 *
 * @example
 * import { SIGN_IN_AGAIN } from "claimgate/triggers";
 *
 * // In a front end or a test: Cognito puts its own words around the sentence.
 * export const isThis = (error: Error) => error.message.includes(SIGN_IN_AGAIN);
 */
export const SIGN_IN_AGAIN = "Your sign-in is now connected to your existing account. Please sign in again";

export interface PreSignUpTools {
  /** The policy in force; called once per invocation. */
  readonly policy: () => AddressPolicy;
  /** @throws ConfigurationError */
  readonly options: () => PreSignUpOptions;
  /**
   * Called with the address and the phone number of every sign-up that would be allowed, unless an administrator
   * creates the user.
   */
  readonly directory: () => AccountDirectory;
  /** Called once per invocation. */
  readonly deadline: () => AbortSignal;
  /** The suspended users, including deleted ones; undefined if the stage keeps no records. */
  readonly suspensions?: Suspensions | undefined;
  readonly log: TriggerLog;
}

export type PreSignUpTrigger = (event: unknown, invocation?: Invocation) => Promise<unknown>;

/**
 * The PreSignUp trigger: returns the event with its response, or throws a {@link PublicRefusal}. Any failure blocks the
 * sign-up.
 *
 * @example
 * import { log } from "claimgate/lambda";
 * import { createCognitoDirectory, createPreSignUp, createTrustedProviders } from "claimgate/triggers";
 *
 * const directory = createCognitoDirectory();
 * export const handler = createPreSignUp({
 *   policy: () => policy,
 *   options: () => ({
 *     autoConfirm: false,
 *     linkFederatedUsers: false,
 *     trustedProviders: createTrustedProviders(new Map()),
 *   }),
 *   directory: () => directory,
 *   deadline: () => AbortSignal.timeout(3_500),
 *   log,
 * });
 */
export function createPreSignUp(tools: PreSignUpTools): PreSignUpTrigger {
  return async (raw, invocation = {}) => {
    try {
      const received = readEvent(raw);
      const event = parsePreSignUp(received);
      const signal = tools.deadline();
      const judged = await unlessSuspended(
        tools,
        event,
        decidePreSignUp(tools.policy(), event, tools.options()),
        signal,
      );
      const accounts = await accountsOf(tools, event, judged, signal);
      const decision = unlessDisabled(judged, accounts);
      logDecision(tools.log, event, decision, accounts, invocation);
      if (decision.kind === "refuse")
        throw new PublicRefusal(sentenceFor(decision, claimsOf(event.request.userAttributes)));
      if (decision.link !== undefined) {
        await link(tools, event, decision.link, { accounts: accounts.found, signal }, invocation);
      }
      return { ...received, response: respond(received, event, decision) };
    } catch (error) {
      if (error instanceof PublicRefusal) throw error;
      tools.log("error", "sign-up-failed", { ...invocation, ...failureFields(error) });
      throw new PublicRefusal(TRY_LATER);
    }
  };
}

function sentenceFor({ reason }: SignUpRefused, { email, phone }: Claims): string {
  if (reason === "address_missing") return ADDRESS_NEEDED;
  return email === undefined && phone !== undefined ? PHONE_REFUSED : SIGN_UP_REFUSED;
}

/** The decision, turned into a refusal for suspended users. Throws if the records cannot be read, which refuses too. */
async function unlessSuspended(
  { suspensions }: PreSignUpTools,
  event: PreSignUpEvent,
  decision: SignUpDecision,
  signal: AbortSignal,
): Promise<SignUpDecision> {
  if (suspensions === undefined || decision.kind === "refuse") return decision;
  const names = suspensionNames({ ...claimsOf(event.request.userAttributes), userName: event.userName });
  if (!(await suspensions.includes(event.userPoolId, names, signal))) return decision;
  return { kind: "refuse", reason: "suspended", domain: decision.domain, determining: [] };
}

interface SameClaims {
  readonly claims: Claims;
  readonly found: readonly Account[];
}

/**
 * The accounts with the address or phone number of a user who may sign up; otherwise not searched. An administrator who
 * creates a user sees the other accounts and is not blocked.
 */
async function accountsOf(
  { directory }: PreSignUpTools,
  { userPoolId, request, triggerSource }: PreSignUpEvent,
  decision: SignUpDecision,
  signal: AbortSignal,
): Promise<SameClaims> {
  const claims = claimsOf(request.userAttributes);
  const { email, phone } = claims;
  if (decision.kind !== "allow" || triggerSource === "PreSignUp_AdminCreateUser")
    return { claims, found: [] };
  try {
    const pool = directory();
    const searches = [
      ...(email === undefined ? [] : [() => pool.findByEmail(userPoolId, email, signal)]),
      ...(phone === undefined ? [] : [() => pool.findByPhone(userPoolId, phone, signal)]),
    ];
    const found = await Promise.all(searches.map((search) => untilAborted(signal, search)));
    // Linking counts accounts, and one may have both.
    return { claims, found: [...new Map(found.flat().map((one) => [one.userName, one])).values()] };
  } catch (cause) {
    const { code, error } = failureFields(cause, "account_lookup_failed");
    throw new ClaimgateError(code, `the accounts with the same address or number cannot be read (${error})`, {
      cause,
    });
  }
}

/** The decision, turned into a refusal if a disabled account has the address or the phone number. */
function unlessDisabled(decision: SignUpDecision, { claims, found }: SameClaims): SignUpDecision {
  if (decision.kind === "refuse" || !holdsDisabled(found, claims)) return decision;
  return { kind: "refuse", reason: "account_disabled", domain: decision.domain, determining: [] };
}

function respond(
  received: RawEvent,
  event: PreSignUpEvent,
  decision: SignUpAllowed,
): PreSignUpResponse | RawEvent {
  // Cognito ignores the flags of an administrator's call, so they stay unchanged.
  if (event.triggerSource === "PreSignUp_AdminCreateUser")
    return readOptionalRecord(received, "response") ?? {};
  return { autoConfirmUser: decision.autoConfirm, autoVerifyEmail: false, autoVerifyPhone: false };
}

/**
 * After a link Cognito fails this sign-in with `Already found an entry for username`, regardless of the response. This
 * error replaces that message; the next attempt signs in to the linked account.
 */
async function link(
  { directory, log }: PreSignUpTools,
  event: PreSignUpEvent,
  request: LinkRequest,
  { accounts, signal }: { readonly accounts: readonly Account[]; readonly signal: AbortSignal },
  invocation: Invocation,
): Promise<void> {
  const fields = { ...invocation, userPoolId: event.userPoolId, provider: request.provider };
  let outcome: LinkOutcome;
  try {
    outcome = await linkAccounts(directory(), event.userPoolId, request, accounts, signal);
  } catch (error) {
    // Continuing would create a second profile, and an identity that has signed in once can never be linked.
    log("error", "account-linking-failed", { ...fields, ...failureFields(error, "account_linking_failed") });
    throw new PublicRefusal(TRY_LATER);
  }
  if (outcome.kind === "linked") {
    log("info", "accounts-linked", fields);
    throw new PublicRefusal(SIGN_IN_AGAIN);
  }
  const level = outcome.because === "no_account" ? "info" : "warn";
  log(level, "accounts-not-linked", { ...fields, because: outcome.because });
}

function logDecision(
  log: TriggerLog,
  event: PreSignUpEvent,
  decision: SignUpDecision,
  accounts: SameClaims,
  invocation: Invocation,
): void {
  const fields = {
    ...invocation,
    triggerSource: event.triggerSource,
    userPoolId: event.userPoolId,
    clientId: event.callerContext?.clientId ?? undefined,
    domain: decision.domain,
    determining: decision.determining.map(({ file, line }) => `${file}:${line}`),
  };
  if (decision.kind === "refuse") {
    log("warn", "sign-up-refused", { ...fields, reason: decision.reason });
  } else {
    const withheld = decision.autoConfirmWithheld ? { autoConfirmWithheld: true } : {};
    const second = isSecondAccount(event, accounts) ? { alsoFederated: true } : {};
    log("info", "sign-up-allowed", { ...fields, ...withheld, ...second });
  }
}

/**
 * Whether a native user signs up with the address of a federated one. It becomes an account of its own: nothing is
 * linked, since nothing proves yet that it is the same person, and an identity that has signed in cannot be linked.
 */
function isSecondAccount({ triggerSource }: PreSignUpEvent, { claims, found }: SameClaims): boolean {
  return triggerSource === "PreSignUp_SignUp" && holdsFederated(found, claims);
}
