import { parseAddressPattern } from "../../../policy/email.ts";
import { isPhoneNumber, isPhonePattern, phonePatternsCovering } from "../../../policy/phone.ts";
import type { Policy } from "../../../policy/policy.ts";
import { groupsForAddress, groupsForPhone, mayClaimAddress, mayClaimPhone } from "../../../policy/sign-up.ts";
import type { PolicyPair } from "./asked-question.ts";
import type { FreshValues } from "./fresh-values.ts";
import type { Direction } from "./witness.ts";

/** An address or a phone number that two policies treat differently. */
export interface AddressChange {
  readonly direction: Direction;
  /** `sign-up`: whether its owner may sign up. `groups`: the groups of an owner who has proven it. */
  readonly what: "sign-up" | "groups";
  readonly address: string;
  /** `allow` or `deny`, or the groups, joined by commas. */
  readonly before: string;
  readonly after: string;
}

/**
 * The first change in each direction. Complete: the rows tell addresses apart by their whole text, their domain and the
 * domains above it, and phone numbers by their first digits; one of each kind is tried. A group more is wider. A group
 * less is narrower, and also wider if the group leads to a deny row.
 */
export function addressChanges(
  pair: PolicyPair,
  fresh: FreshValues,
  leadsToDeny: (group: string) => boolean,
): ReadonlyMap<Direction, AddressChange> {
  const found = new Map<Direction, AddressChange>();
  const keep = (change: AddressChange) => {
    if (!found.has(change.direction)) found.set(change.direction, change);
  };
  for (const address of kindsOfAddresses(pair, fresh)) {
    const [was, is] = [pair.before, pair.after].map((policy) => answerFor(policy, address));
    if (was === undefined || is === undefined) continue;
    if (was.effect !== is.effect) {
      const direction = is.effect === "allow" ? "wider" : "narrower";
      keep({ direction, what: "sign-up", address, before: was.effect, after: is.effect });
    }
    const groups = { before: was.groups.join(", ") || "none", after: is.groups.join(", ") || "none" };
    const lost = was.groups.filter((group) => !is.groups.includes(group));
    const gained = is.groups.some((group) => !was.groups.includes(group));
    if (gained || lost.some(leadsToDeny)) keep({ direction: "wider", what: "groups", address, ...groups });
    if (lost.length > 0) keep({ direction: "narrower", what: "groups", address, ...groups });
  }
  return found;
}

function answerFor(policy: Policy, address: string) {
  return isPhoneNumber(address)
    ? { effect: mayClaimPhone(policy, address).effect, groups: groupsForPhone(policy, address) }
    : { effect: mayClaimAddress(policy, address).effect, groups: groupsForAddress(policy, address) };
}

/** One address or number for each set of patterns that may cover it. */
function* kindsOfAddresses({ before, after }: PolicyPair, fresh: FreshValues): Generator<string, undefined> {
  const rows = [before, after].flatMap(({ signUpRows, landingRows }) => [...signUpRows, ...landingRows]);
  const patterns = new Set(rows.map(({ pattern }) => pattern.toLowerCase()));
  for (const pattern of patterns) {
    const address = isPhonePattern(pattern) ? numberLike(pattern, patterns) : addressLike(pattern, fresh);
    if (address !== undefined) yield address;
  }
  return undefined;
}

/** An address that only this pattern and the wider ones cover. */
function addressLike(pattern: string, fresh: FreshValues): string | undefined {
  const parsed = parseAddressPattern(pattern);
  switch (parsed?.kind) {
    case undefined:
      return undefined;
    case "everyone":
      return `${fresh(0)}@${fresh(0)}.example`;
    case "domain":
      return `${fresh(0)}@${parsed.domain}`;
    case "subdomains":
      return `${fresh(0)}@${fresh(0)}.${parsed.domain}`;
    case "address":
      return pattern;
  }
}

/** The length of a usual number with its plus sign; E.164 allows 16. */
const USUAL = 12;

/** A number that only this pattern and the wider ones cover; undefined if narrower ones cover all of them. */
function numberLike(pattern: string, patterns: ReadonlySet<string>): string | undefined {
  if (!pattern.endsWith("*")) return pattern;
  const own = pattern.slice(0, -1);
  const wider = new Set(phonePatternsCovering(pattern));
  const isFree = (number: string) =>
    isPhoneNumber(number) &&
    phonePatternsCovering(number).every((one) => wider.has(one) || !patterns.has(one));
  const search = (number: string): string | undefined => {
    if (number.length >= USUAL && isFree(number)) return number;
    // A narrower pattern covers all that begins with these digits, and no number begins with a zero.
    const isTaken = number !== own && patterns.has(`${number}*`);
    if (isTaken || number.startsWith("+0") || !isPhonePattern(`${number}*`)) return undefined;
    for (const digit of "1234567890") {
      const next = search(`${number}${digit}`);
      if (next !== undefined) return next;
    }
    return isFree(number) ? number : undefined;
  };
  return search(own);
}
