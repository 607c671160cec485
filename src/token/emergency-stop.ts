/**
 * The key of the entry of the emergency stop in the revocation list. Every other key contains `#`, or is a secret.
 *
 * @example
 * import { createMemoryRevocations, STOP_KEY } from "claimgate/authorizers";
 *
 * const revocations = createMemoryRevocations();
 * const [entry] = await revocations.find([STOP_KEY]);
 * console.log(entry === undefined ? "nothing is stopped" : "there is a stop");
 */
export const STOP_KEY = "emergency-stop";

/** A permission that is denied to everyone, and who stopped it. */
export interface StoppedPermission {
  /** A permission or a pattern as in `p` rows: `orders:refund`, `orders:*`, `*:write`, `*`. */
  readonly permission: string;
  readonly by?: string | undefined;
  /** ISO 8601. */
  readonly at?: string | undefined;
  readonly reason?: string | undefined;
}

/** What is denied to everyone at this moment, whatever the policy says (docs/emergency-stop.md). */
export interface EmergencyStop {
  /** In the order of their names. Undefined if the entry cannot be read, which stops everything. */
  readonly stopped: readonly StoppedPermission[] | undefined;
}

/** A change of the emergency stop; undefined: nothing is stopped. */
export interface StopChange {
  readonly before: EmergencyStop | undefined;
  readonly now: EmergencyStop | undefined;
}

/**
 * Follows the emergency stop from read to read. A read that began before the last one followed says nothing new, so
 * that requests at the same time do not tell of the same change again and again.
 *
 * @param changed called for each change; nothing is stopped before the first read
 */
export function followStop(changed: (change: StopChange) => void): {
  /** Call when a read begins; the result takes what it found. */
  readonly begin: () => (found: EmergencyStop | undefined) => void;
  readonly last: () => EmergencyStop | undefined;
} {
  let [begun, followed] = [0, 0];
  let last: EmergencyStop | undefined;
  return {
    begin: () => {
      begun += 1;
      const own = begun;
      return (found) => {
        if (own < followed) return;
        followed = own;
        const before = last;
        last = found;
        if (spelled(before) !== spelled(found)) changed({ before, now: found });
      };
    },
    last: () => last,
  };
}

/** Who stopped it and why does not matter here: it stays as it was first written. */
function spelled(stop: EmergencyStop | undefined): string | undefined {
  return stop && (stop.stopped?.map(({ permission }) => permission).join("\n") ?? "unreadable");
}
