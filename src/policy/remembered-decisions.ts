import type { App } from "./app.ts";
import type { Decision } from "./decision.ts";
import type { Policy, RouteEntry } from "./policy.ts";
import type { Subject } from "./subject.ts";
import { type SubjectOrder, subjectOrder, UNNAMED, withUnnamed } from "./subject-order.ts";

/** How many places a policy may have before all are forgotten: some megabytes. */
const MOST_PLACES = 5_000;

/** What the caller of a decision is. */
interface Asking {
  readonly subjects: readonly Subject[];
  readonly app?: App | undefined;
}

/** The tokens that one decision is for. A path of subjects leads here, then the app, then its scopes. */
class Place {
  decision: Decision | undefined;
  /** Whether a decision was made here; the next one is kept. */
  isKnown = false;
  // Most places have one that follows, or none: a map is made for the second.
  private first: Place | undefined;
  private next: Map<number, Place> | undefined;
  private apps: Map<string, Place> | undefined;

  /** That leads here: the number of a subject, or the place of a scope in the policy. */
  private readonly step: number | undefined;

  constructor(step?: number) {
    this.step = step;
  }

  after(memory: Memory, step: number): Place {
    if (this.first === undefined) {
      memory.places += 1;
      this.first = new Place(step);
    }
    if (this.first.step === step) return this.first;
    this.next ??= new Map();
    return placeIn(this.next, memory, step);
  }

  forApp(memory: Memory, client: string): Place {
    this.apps ??= new Map();
    return placeIn(this.apps, memory, client);
  }
}

interface Memory {
  /** The subjects that a row names. No other one changes a decision. */
  readonly named: SubjectOrder["numbers"];
  readonly roots: Map<RouteEntry, Place>;
  places: number;
}

const memories = new WeakMap<Policy, Memory>();
const keptWith = new WeakMap<Decision["determining"], Decision>();

/**
 * What a decision has in common with all others of its place, always the same object: effect, reason, permissions and
 * determining rows. Undefined for a decision that depends on more of its request.
 */
export function commonPart({ determining, effect, reason, permission }: Decision): Decision | undefined {
  const kept = keptWith.get(determining);
  const isSame = kept?.effect === effect && kept.reason === reason && kept.permission === permission;
  return isSame ? kept : undefined;
}

/**
 * Decides, or repeats what the same policy decided before for a token with the same subjects on the same route
 * (docs/adr/0087-remembered-decisions.md). A decision that compared anything of the request is made every time, and so
 * is every one of a policy with roles in a tenant.
 *
 * @param numbers of the subjects
 * @param decide decides by casbin; its answer is the same for the same policy, entry and request
 */
export function remembered(
  policy: Policy,
  entry: RouteEntry,
  asking: Asking,
  numbers: readonly number[],
  decide: () => Decision,
): Decision {
  if (policy.tenantRoles.length > 0) return decide();
  const memory = memoryOf(policy);
  const place = placeOf(policy, memory, entry, asking, numbers);
  const kept = place.decision;
  if (kept !== undefined) {
    return { ...kept, subjects: withUnnamed(kept.subjects, asking.subjects, numbers), app: asking.app };
  }
  const decision = decide();
  if (decision.inputs.length > 0) return decision;
  // Keeping one costs as much as making it, and many are asked for once.
  if (place.isKnown) place.decision = keepable(memory, decision);
  place.isKnown = true;
  return decision;
}

function memoryOf(policy: Policy): Memory {
  const known = memories.get(policy);
  if (known !== undefined && known.places < MOST_PLACES) return known;
  const memory: Memory = { named: subjectOrder(policy).numbers, roots: new Map(), places: 0 };
  memories.set(policy, memory);
  return memory;
}

/** Subjects in the order of the token: a token in another order has a place of its own. */
function placeOf(
  policy: Policy,
  memory: Memory,
  entry: RouteEntry,
  { app }: Asking,
  numbers: readonly number[],
): Place {
  let place = placeIn(memory.roots, memory, entry);
  for (const number of numbers) if (number !== UNNAMED) place = place.after(memory, number);
  if (policy.apps.size === 0 || app === undefined) return place;
  place = place.forApp(memory, app.client);
  for (const [number, scope] of policy.appScopes.entries()) {
    if (app.scopes.includes(scope)) place = place.after(memory, number);
  }
  return place;
}

function placeIn<Key>(places: Map<Key, Place>, memory: Memory, key: Key): Place {
  let place = places.get(key);
  if (place === undefined) {
    place = new Place();
    places.set(key, place);
    memory.places += 1;
  }
  return place;
}

const NONE: readonly never[] = Object.freeze([]);

/** What every decision of the place has in common. Frozen, since the next caller gets the same lists. */
function keepable({ named }: Memory, decision: Decision): Decision {
  const held = decision.subjects.filter((subject) => named.has(subject));
  const kept = { ...decision, subjects: Object.freeze(held), inputs: NONE, tenants: NONE, app: undefined };
  for (const row of kept.determining) Object.freeze(row);
  Object.freeze(kept.determining);
  keptWith.set(kept.determining, kept);
  return kept;
}
