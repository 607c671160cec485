/**
 * The output of each command with `--format json`: one document on standard output. Stable: fields may be added, but
 * none is renamed or removed without a new major version. docs/cli.md shows these types;
 * test/integration/json-contract.test.ts checks the commands' output against them.
 */

/** Instead of all others, if the command could not run (exit status 1 and 3). */
export interface FailureJson {
  readonly error: {
    readonly code: string; // docs/errors.md has a section for each
    readonly message: string;
    readonly fix?: string;
    readonly findings?: readonly {
      // if the policy does not load
      readonly rule: string;
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly message: string;
      readonly fix?: string;
    }[];
  };
}

/** One problem, wherever it was found. */
export interface FindingJson {
  readonly rule: string; // its id; docs/rules has a page for each
  readonly severity: "error" | "warning" | "info";
  readonly file?: string; // file, line and column: in files that people edit
  readonly line?: number; // from 1
  readonly column?: number; // from 1, in UTF-16 code units
  readonly resource?: string; // in the packaged template: a logical id
  readonly property?: string; // below its Properties; empty for the whole resource
  readonly parameter?: string; // a stage parameter
  readonly area?: string; // of a deployed stack: an area of the report of doctor
  readonly subject?: string; // a trigger, an app client, a route; empty if there is only one
  readonly message: string;
  readonly fix?: string;
  readonly suggestions?: readonly {
    // what was probably meant: applying it resolves the finding and adds none
    readonly meant: string;
    readonly edits: readonly {
      readonly file: string;
      readonly line: number; // like those of the finding
      readonly column: number;
      readonly length: number; // of the replaced text, in UTF-16 code units
      readonly text: string;
    }[];
  }[];
}

export interface CheckJson {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly findings: readonly (FindingJson & {
    // sorted by file, line, column and rule
    readonly fixable: boolean; // by --fix
  })[];
  readonly switchedOff: readonly {
    readonly rule: string;
    readonly reason: string;
    readonly hidden: number;
  }[];
  readonly ignored: readonly {
    // by a comment above the row, or at the resource
    readonly rule: string;
    readonly file?: string;
    readonly line?: number; // of the row
    readonly resource?: string;
    readonly reason: string;
  }[];
  readonly fixed: readonly {
    // by --fix, which runs first
    readonly rule: string;
    readonly file: string;
    readonly line: number; // before the fix
    readonly before: string;
    readonly after: readonly string[]; // the new lines
  }[];
}

export interface FmtJson {
  readonly changed: readonly string[]; // files
  readonly written: boolean; // false with --check
}

export interface CompileJson {
  readonly file: string; // as given
  readonly version: string; // of the policy, 16 hex digits
  readonly written: boolean; // false with --check
  readonly stale: string | null; // why the file differs from the rows; null if it does not
}

export interface TestJson {
  readonly passed: number;
  readonly failed: number;
  readonly files: readonly {
    readonly file: string;
    readonly empty: boolean; // files without suite and invariant; they count as failed
    readonly cases: readonly {
      readonly suite: string;
      readonly principal: string;
      readonly target: string; // a route or permission in the suite's spelling
      readonly line: number;
      readonly expected: "allow" | "deny";
      readonly effect: "allow" | "deny";
      readonly failure: string | null;
    }[];
    readonly invariants: readonly {
      readonly name: string;
      readonly line: number;
      readonly holds: boolean;
      readonly failure: string | null;
      readonly subjects: readonly string[]; // of the smallest token that breaks it
    }[];
  }[];
  readonly coverage: {
    readonly covered: number;
    readonly total: number;
    readonly percent: number; // of 100
    readonly rows: readonly {
      readonly file: string;
      readonly line: number;
      readonly row: string;
      readonly hits: number; // the number of decisions it determined
    }[];
  };
}

/** A row, and where it is. */
interface RowJson {
  readonly file: string;
  readonly line: number;
  readonly row: string; // in its canonical spelling
  readonly digest: string; // as in the decision log
}

export interface CanJson {
  readonly target:
    | {
        readonly asked: string; // as given
        readonly route: string; // the declared route that decides
        readonly parameters: Readonly<Record<string, string>>;
      }
    | { readonly permission: string };
  readonly effect: "allow" | "deny"; // allow for a public route, which has no authorizer
  readonly authorizer: "allow" | "deny"; // the decision of an authorizer: deny on a public route
  readonly reason:
    | "allowed_by_row"
    | "denied_by_row"
    | "nothing_granted"
    | "route_unknown"
    | "route_without_permission"; // the route is public
  readonly determining: readonly RowJson[];
  readonly permissions: readonly string[]; // those that open the route
  readonly permission: string | null; // for an allow: the granted one
  readonly subjects: readonly string[]; // roles followed
  readonly inputs: readonly {
    // what conditions compared; missing values are left out
    readonly parameter: string;
    readonly claim: string;
    readonly parameterValue?: string | undefined;
    readonly claimValue?: string | undefined;
  }[];
  readonly policyVersion: string;
  readonly token: { readonly verified: boolean } | null; // null without --token
  readonly unknownSubjects: readonly string[]; // a sentence for each subject that no row names
}

export interface ExplainJson extends CanJson {
  readonly chains: readonly ChainJson[]; // how the subjects lead to the determining rows
  readonly overruled: readonly ChainJson[]; // for a deny: matching allow rows
  readonly missing: readonly {
    // for a deny because nothing is granted: nearest first
    readonly row: RowJson;
    readonly because:
      | { readonly kind: "subject_not_held"; readonly subject: string; readonly heldBy: readonly string[] }
      | {
          readonly kind: "condition";
          readonly truth: "false" | "unknown";
          readonly atoms: readonly {
            readonly text: string;
            readonly parameterValue?: string | undefined;
            readonly claimValue?: string | undefined;
            readonly truth: "true" | "false" | "unknown";
          }[];
        };
  }[];
  readonly didYouMean: string | null; // for an unknown route
}

interface ChainJson {
  readonly row: RowJson;
  readonly path: readonly string[]; // from a subject of the token to that of the row
  readonly permission: string;
}

interface AccessJson {
  readonly kind: "public" | "allowed" | "conditional" | "denied" | "none";
  readonly when: readonly string[]; // conditions of which one must be true; empty if there is none
  readonly unless: readonly string[]; // conditions that deny
}

export interface WhoCanJson {
  readonly target:
    | {
        readonly asked: string; // as given
        readonly route: string; // the declared route that decides
        readonly parameters: Readonly<Record<string, string>>;
      }
    | { readonly permission: string };
  readonly holders: readonly (AccessJson & { readonly subject: string })[];
}

export interface WhatCanJson {
  readonly subjects: readonly string[]; // roles followed
  readonly routes: readonly (AccessJson & { readonly route: string })[];
  readonly unknownSubjects: readonly string[]; // a sentence for each subject that no row names
}

export interface MatrixJson {
  readonly policyVersion: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly access: readonly AccessJson[] }[]; // one per column
}

export interface DiffJson {
  readonly before: string | null; // the version of the policy; null if BASE does not load
  readonly after: string;
  readonly access: readonly {
    readonly subject: string; // subjects of a token; "anybody" is a caller without one
    readonly beside: readonly string[]; // not empty: only tokens that also hold one of these
    readonly route: string | null; // the requests: a route of one of the policies, or METHOD /path; null for a permission
    readonly permission: string | null; // a single permission; resource:* and * are those that no row names
    readonly decidedBefore: string | null; // the route that decides them; null if none does
    readonly decidedAfter: string | null;
    readonly before: AccessJson;
    readonly after: AccessJson;
    readonly widens: boolean;
    readonly narrows: boolean; // both: by a different condition
  }[];
  readonly addresses: readonly RowChangeJson[]; // p2 and g3 rows
  readonly rows: readonly (RowChangeJson & { readonly decides: boolean | null })[]; // all other rows; null: too many to try
  readonly groups: readonly string[]; // groups whose IAM role or precedence in groups.yaml differs; they count as wider
  readonly widens: boolean;
  readonly differs: boolean; // whether any decision differs
  readonly complete: boolean; // false: too many routes to prove that nothing else changes; counts as wider
  readonly baseFindings: readonly {
    // the findings of BASE; nothing was compared then
    readonly rule: string;
    readonly file: string; // main:policies/roles.csv
    readonly line: number;
    readonly column: number;
    readonly message: string;
    readonly fix?: string;
  }[];
}

interface RowChangeJson {
  readonly kind: "added" | "removed";
  readonly file: string;
  readonly line: number;
  readonly row: string;
  readonly widens: boolean;
  readonly note: string | null; // further effects of removing a g3 row
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
    readonly why: "input-not-logged" | "path-not-logged";
    readonly route: string;
    readonly effect: "allow" | "deny"; // then
    readonly missing: readonly string[]; // comparisons without values in the log
    readonly count: number;
  }[];
}

export interface UnusedJson extends LogJson {
  readonly since: string;
  readonly logBeginsLater: boolean; // by more than a day: it proves less than requested
  readonly policyVersion: string;
  readonly rows: readonly { readonly file: string; readonly line: number; readonly row: string }[];
  readonly unseeable: readonly {
    // open no route; never in the patch
    readonly file: string;
    readonly line: number;
    readonly row: string;
  }[];
  readonly considered: number; // checked grants
  readonly patch: string; // unified diff, empty if there is nothing to remove
}

export interface ReportJson {
  readonly file: string;
  readonly bytes: number;
  readonly routes: number;
  readonly holders: number;
  readonly findings: number;
  readonly coverage: number | null; // percent of the rows; null if the policy has no tests
}

export interface InitJson {
  readonly outcome: "planned" | "changed" | "unchanged"; // planned: a dry run; unchanged: it was done before
  readonly files: readonly string[]; // new files
  readonly edited: readonly string[];
  readonly byHand: readonly {
    // what to write yourself, since the file is not written in the usual way
    readonly at: string; // serverless.yml, or serverless.yml:12:9
    readonly why: string;
    readonly lines: readonly string[];
  }[];
  readonly guarded: readonly string[]; // routes that the policy decides
  readonly open: readonly string[]; // public
  readonly elsewhere: readonly {
    // left to another authorizer; not in the policy
    readonly route: string;
    readonly authorizer: string;
    readonly why: string;
  }[];
  readonly notes: readonly string[]; // what is not as before, or not known
  readonly clients: readonly string[]; // what clients of the API have to change
  readonly backends: readonly string[]; // file:line that reads claims of the former authorizer
  readonly findings: readonly string[]; // of the linter, compared with serverless.yml; empty for a dry run
  readonly next: readonly string[];
  readonly diff: string; // unified
}

export interface DoctorJson {
  readonly stage: string | null; // null if serverless.yml could not be resolved
  readonly region: string | null;
  readonly stack: string | null;
  readonly userPoolId: string | null;
  readonly notCompared: string | null; // why the deployed stack was not compared
  readonly summary: {
    readonly ok: number;
    readonly warn: number;
    readonly fail: number;
    readonly skipped: number;
    readonly unread: number; // skipped because AWS denied reading
  };
  readonly checks: readonly {
    // everything that was compared
    readonly area: string;
    readonly name: string; // the id of the finding, where it is wrong
    readonly subject: string; // a trigger, an app client, a route; empty if there is only one
    readonly status: "ok" | "warn" | "fail" | "skipped";
    readonly message: string;
    readonly found?: unknown;
    readonly expected?: unknown;
    readonly fix?: string; // every warn and fail has it
    readonly unread?: true;
  }[];
  readonly findings: readonly FindingJson[]; // of each warn and fail, as check has them
}

export interface PoolChangeJson {
  readonly command: "attach" | "detach";
  readonly stage: string;
  readonly region: string;
  readonly stack: string;
  readonly userPoolId: string;
  // planned: a dry run; unchanged: nothing to do; refused: nothing was done; differs: done, but not as planned
  readonly outcome: "planned" | "unchanged" | "changed" | "refused" | "differs";
  readonly changes: readonly {
    // missing: not set
    readonly trigger: string;
    readonly before?: string | undefined;
    readonly after?: string | undefined;
  }[];
  readonly addsMarker: boolean; // the attribute custom:claimgate_assigned is missing, and is added
  readonly refusals: readonly {
    // why nothing was done
    readonly reason: string;
    readonly message: string;
    readonly fix: string;
  }[];
  readonly notes: readonly string[]; // for information; they stop nothing
  readonly markerWriters: readonly {
    // app clients whose users may write the marker attribute
    readonly client: string;
    readonly named: boolean;
  }[];
  readonly backup: string | null; // the file with the former settings
  readonly differences: readonly {
    // where the pool differs from the plan
    readonly path: string;
    readonly before?: unknown;
    readonly after?: unknown;
  }[];
}

export interface RevokeJson {
  readonly command: "revoke";
  readonly stage: string;
  readonly stack: string;
  readonly userPoolId: string;
  readonly table: string;
  readonly outcome: "planned" | "revoked";
  readonly key: string;
  readonly before: string | null; // ISO 8601; null if tokens are revoked regardless of when they were issued
  readonly forgottenAt: string;
  readonly refreshStopped: boolean; // refreshing no longer gives new tokens
  readonly notes: readonly string[];
}

export interface SuspensionJson {
  readonly command: "suspend" | "unsuspend";
  readonly stage: string | null; // null for the local stack
  readonly userPoolId: string;
  readonly userName: string;
  readonly sub: string | null; // null for a deleted user
  readonly outcome: "planned" | "suspended" | "unsuspended" | "incomplete";
  readonly steps: readonly {
    readonly step: string;
    readonly outcome: "planned" | "done" | "skipped" | "failed" | "not tried";
    readonly detail: string; // what was done, or why not
  }[];
  readonly notes: readonly string[];
}

export interface CompletionJson {
  readonly shell: "bash" | "zsh" | "fish";
  readonly script: string;
}
