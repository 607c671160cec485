import type { Policy } from "../../../policy/policy.ts";
import { type ChangeScope, comparedRequests } from "../access-changes.ts";
import { EVERYTHING, reachesDeny } from "../policy-diff.ts";
import { type AddressChange, addressChanges } from "./address-changes.ts";
import type { PolicyPair } from "./asked-question.ts";
import { type FreshValues, freshValues } from "./fresh-values.ts";
import { permissionQuestions } from "./permission-questions.ts";
import { routeQuestions } from "./route-questions.ts";
import { Search, type SearchResult } from "./search.ts";
import { Trial } from "./trial.ts";
import type { Direction, Witness } from "./witness.ts";

/** What is proven of the answers of two policies. */
export interface PolicyProof {
  readonly verdict: Verdict;
  /** The smallest token that HEAD allows and BASE does not; undefined if there is none, or none was found. */
  readonly wider: Witness | undefined;
  readonly narrower: Witness | undefined;
  /** The same for people who sign up. */
  readonly addresses: ReadonlyMap<Direction, AddressChange>;
  /** `g4` rows of one policy only: each value of a directory is mapped by itself. */
  readonly directories: { readonly wider: readonly string[]; readonly narrower: readonly string[] };
  /** Why more may differ than was found; empty if the verdict is proven. */
  readonly unproven: readonly string[];
}

type Verdict =
  | "equal"
  /** HEAD allows nothing that BASE does not. */
  | "narrower"
  /** HEAD denies nothing that BASE does not. */
  | "wider"
  | "different"
  | "not-proven";

/** A token may have any subjects, so only routes and permissions are left out. */
type QuestionScope = Pick<ChangeScope, "route" | "permission">;

/** How much is tried. */
interface ProofBounds {
  /** Decisions of concrete requests in all. */
  readonly decisions: number;
  /** Candidate tokens in all. */
  readonly candidates: number;
}

const DEFAULT_BOUNDS: ProofBounds = { decisions: 400_000, candidates: 2_000_000 };

/**
 * Whether two policies answer some possible token differently, on some concrete request or for some permission, and
 * whether they treat some address or value of a directory differently.
 *
 * The search is exhaustive within its bounds: every class of requests, every kind of token with up to two subjects,
 * every app with up to one scope, and every pattern of equal and different values. The engine answers for a witness,
 * not the comparison of rows (docs/adr/0077-proof.md).
 *
 * @param scope what may have changed, from {@link scopeOfEdit}; elsewhere both have the same rows, so nothing is tried
 */
export function provePolicies(
  before: Policy,
  after: Policy,
  bounds = DEFAULT_BOUNDS,
  scope: QuestionScope = EVERYTHING,
): PolicyProof {
  const pair = { before, after };
  const fresh = freshValues(pair);
  const access = proveAccess(pair, fresh, bounds, scope);
  const isDenying = (group: string) => [before, after].some((policy) => reachesDeny(policy, group));
  const addresses = addressChanges(pair, fresh, isDenying);
  const directories = directoryChanges(pair, isDenying);
  const shown = (direction: Direction) =>
    access[direction] !== undefined || addresses.has(direction) || directories[direction].length > 0;
  const verdict = verdictOf(
    { wider: shown("wider"), narrower: shown("narrower") },
    access.unproven.length > 0,
  );
  return { verdict, ...access, addresses, directories };
}

function verdictOf(shown: { readonly wider: boolean; readonly narrower: boolean }, isOpen: boolean): Verdict {
  if (shown.wider && shown.narrower) return "different";
  if (isOpen) return "not-proven";
  return shown.wider ? "wider" : shown.narrower ? "narrower" : "equal";
}

/** A row less may also widen, if its group leads to a deny row. */
function directoryChanges(
  { before, after }: PolicyPair,
  isDenying: (group: string) => boolean,
): PolicyProof["directories"] {
  const [was, is] = [before, after].map(
    ({ directoryRows }) =>
      new Map(directoryRows.map(({ source, group }) => [`${source} -> ${group}`, group])),
  );
  const lost = [...(was ?? [])].filter(([row]) => is?.has(row) !== true);
  const gained = [...(is ?? [])].filter(([row]) => was?.has(row) !== true);
  const wider = [...gained, ...lost.filter(([, group]) => isDenying(group))];
  return { wider: wider.map(([row]) => row).sort(), narrower: lost.map(([row]) => row).sort() };
}

function proveAccess(
  pair: PolicyPair,
  fresh: FreshValues,
  bounds: ProofBounds,
  scope: QuestionScope,
): SearchResult {
  const requests = comparedRequests(pair.before, pair.after);
  if (!requests.complete) return { wider: undefined, narrower: undefined, unproven: [TOO_MANY_PATHS] };
  const classes = requests.classes.filter(({ before, after }) =>
    [before, after].some((route) => route !== undefined && scope.route(route)),
  );
  const questions = [
    ...routeQuestions(pair, classes, fresh),
    ...permissionQuestions(pair, requests.classes, fresh, scope.permission),
  ];
  const search = new Search(pair, new Trial(pair, fresh, bounds.decisions), bounds.candidates);
  search.run(questions);
  return search.result();
}

const TOO_MANY_PATHS = "the routes have too many paths to compare all of them";
