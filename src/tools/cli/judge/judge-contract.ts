import type { AccessJson, CanJson, RowJson } from "../ask/ask-contract.ts";

export interface DiffJson {
  readonly before: string | null; // the version of the policy; null if BASE does not load
  readonly after: string;
  readonly access: readonly {
    readonly subject: string; // subjects of a token; "anybody" is a caller without one
    readonly beside: readonly string[]; // not empty: only tokens that also hold one of these
    readonly apps: readonly string[]; // not empty: only users of these apps, "client:NAME with SCOPE" or "any other app"
    readonly route: string | null; // the requests: a route of one of the policies, or METHOD /path; null for a permission
    readonly permission: string | null; // a single permission; resource:*, *:action and * are those that no row names
    readonly decidedBefore: string | null; // the route that decides them; null if none does
    readonly decidedAfter: string | null;
    readonly before: AccessJson;
    readonly after: AccessJson;
    readonly widens: boolean;
    readonly narrows: boolean; // both: by a different condition
  }[];
  readonly addresses: readonly RowChangeJson[]; // p2, g3 and g4 rows
  readonly rows: readonly (RowChangeJson & { readonly decides: boolean | null })[]; // all other rows; null: too many to try
  readonly groups: readonly string[]; // groups whose IAM role or precedence in groups.yaml differs; they count as wider
  readonly widens: boolean;
  readonly differs: boolean; // whether any decision differs
  readonly complete: boolean; // false: too many routes to prove that nothing else changes; counts as wider
  readonly baseFindings: readonly FindingOfBaseJson[]; // nothing was compared then
}

/** A finding of BASE. */
interface FindingOfBaseJson {
  readonly rule: string;
  readonly file: string; // main:policies/roles.csv
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix?: string;
}

interface RowChangeJson {
  readonly kind: "added" | "removed";
  readonly file: string;
  readonly line: number;
  readonly row: string;
  readonly widens: boolean;
  readonly note: string | null; // further effects, of removing a g3 or g4 row, or of the first and last p3 rows
}

export interface ProveJson {
  readonly before: string | null; // the version of the policy; null if BASE does not load
  readonly after: string;
  readonly verdict: "equal" | "narrower" | "wider" | "different" | "not-proven";
  readonly wider: WitnessJson | null; // a smallest token that HEAD allows and BASE does not
  readonly narrower: WitnessJson | null; // the same the other way round
  readonly addresses: readonly {
    readonly direction: "wider" | "narrower";
    readonly what: "sign-up" | "groups";
    readonly address: string; // an address or a phone number of the kind
    readonly before: string; // allow, deny, or groups
    readonly after: string;
  }[];
  readonly directories: { readonly wider: readonly string[]; readonly narrower: readonly string[] }; // PROVIDER/VALUE -> GROUP
  readonly groups: readonly string[]; // groups whose IAM role or precedence differs; nothing is proven then
  readonly unproven: readonly string[]; // why more may differ
  readonly baseFindings: readonly FindingOfBaseJson[]; // nothing was compared then
}

/** A token and a request, or a permission, and both answers. */
export interface WitnessJson {
  readonly token: {
    // null: no token
    readonly subjects: readonly string[];
    readonly client: string | null; // null: any app; empty: an app without p3 rows
    readonly scopes: readonly string[];
    readonly claims: Readonly<Record<string, string>>;
    readonly missingClaims: readonly string[];
    readonly signedInSecondsAgo: number | null; // null: unknown, or no row asks
  } | null;
  readonly request: {
    readonly method: string | null; // null: path is a route by name, such as Query.orders
    readonly path: string;
    readonly behind: string | null; // the greedy template that the gateway matched
    readonly decidedBefore: string | null;
    readonly decidedAfter: string | null;
  } | null;
  readonly permission: string | null; // what a handler asks
  readonly parameters: Readonly<Record<string, string>>; // of the permission, or the arguments of a tool
  readonly before: AnswerJson;
  readonly after: AnswerJson;
}

interface AnswerJson {
  readonly effect: "allow" | "deny";
  readonly public: boolean;
  readonly rows: readonly { readonly file: string; readonly line: number; readonly row: string }[];
}

/** The lines of a decision log and their period. */
interface LogJson {
  readonly lines: {
    readonly lines: number;
    readonly other: Readonly<Record<string, number>>; // of another kind, by kind
    readonly refused: Readonly<Record<string, number>>; // refused before a decision, by reason
    readonly damaged: Readonly<Record<string, number>>; // unreadable, by reason
  };
  readonly log: {
    readonly decisions: number;
    readonly days: number;
    readonly first: string | null; // ISO 8601
    readonly last: string | null;
    readonly policyVersions: readonly string[];
  };
  readonly outsidePeriod: number;
}

export interface ReplayJson extends LogJson {
  readonly policyVersion: string; // of the policy that decided
  readonly unchanged: number;
  readonly changed: number;
  readonly undecided: number;
  readonly onLoggedRoute: number; // of greedy routes: replayed on the former route
  readonly changes: readonly {
    readonly widens: boolean;
    readonly from: "allow" | "deny";
    readonly to: "allow" | "deny";
    readonly route: string;
    readonly subjects: readonly string[]; // the subjects of the tokens, without the user
    readonly before: readonly {
      // null: the row was removed or edited
      readonly at: string;
      readonly digest: string;
      readonly row: string | null;
    }[];
    readonly after: readonly RowJson[];
    readonly reason: CanJson["reason"];
    readonly count: number;
    readonly users: number; // at most 10,000 are counted
    readonly example: { readonly requestId: string | null; readonly time: string | null };
  }[];
  readonly gaps: readonly {
    readonly why: "input-not-logged" | "path-not-logged" | "app-not-logged";
    readonly route: string;
    readonly effect: "allow" | "deny"; // then
    readonly missing: readonly string[]; // comparisons without values in the log
    readonly count: number;
  }[];
}

/** With --shadow. */
export interface ShadowReplayJson extends LogJson {
  readonly policyVersion: string; // of the candidate
  readonly starts: number; // of functions with this candidate
  readonly differences: number;
  readonly ofOthers: number; // lines of other candidates
  readonly failures: number; // lines that say that a candidate did not decide
  readonly changes: readonly {
    readonly widens: boolean;
    readonly route: string;
    readonly subjects: readonly string[]; // the subjects of the tokens, without the user
    readonly before: readonly ShadowRowJson[];
    readonly after: readonly ShadowRowJson[];
    readonly reason: string; // of the candidate's decision; empty for a field of an AppSync API
    readonly count: number;
    readonly example: { readonly requestId: string | null; readonly time: string | null };
  }[];
}

interface ShadowRowJson {
  readonly at: string;
  readonly digest: string;
  readonly row: string | null; // null: the candidate does not have it
}

export interface UnusedJson extends LogJson {
  readonly since: string;
  readonly logBeginsLater: boolean; // by more than a day: it proves less than requested
  readonly policyVersion: string;
  readonly rows: readonly { readonly file: string; readonly line: number; readonly row: string }[];
  readonly unseeable: readonly {
    // open no route, or a tool; never in the patch
    readonly file: string;
    readonly line: number;
    readonly row: string;
  }[];
  readonly considered: number; // checked grants
  readonly patch: string; // unified diff, empty if there is nothing to remove
}
