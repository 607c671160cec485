/**
 * What each command prints with `--format json`: one document on standard output. Stable: a field may be added, none is
 * renamed or removed without a new major version. docs/cli.md shows these types; test/integration/json-contract.test.ts
 * holds what the commands really print against them.
 */

/** Instead of all others, where the command could not run (exit codes 1 and 3). */
export interface FailureJson {
  readonly error: {
    readonly code: string; // docs/errors.md has a section for each
    readonly message: string;
    readonly fix?: string;
    readonly findings?: readonly {
      // of a policy that does not load
      readonly rule: string;
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly message: string;
      readonly fix?: string;
    }[];
  };
}

/** Anything that is wrong, wherever it was found. */
export interface FindingJson {
  readonly rule: string; // its id; docs/rules has a page for each
  readonly severity: "error" | "warning" | "info";
  readonly file?: string; // file, line and column: of everything that people edit
  readonly line?: number; // from 1
  readonly column?: number; // from 1, in UTF-16 code units
  readonly resource?: string; // of the packaged template: a logical id
  readonly property?: string; // below its Properties; empty for the whole resource
  readonly parameter?: string; // a stage parameter
  readonly area?: string; // of what is deployed: an area of the report of doctor
  readonly subject?: string; // a trigger, an app client, a route; empty where there is one only
  readonly message: string;
  readonly fix?: string;
  readonly suggestions?: readonly {
    // what was probably meant: applied, it takes the finding away and adds none
    readonly meant: string;
    readonly edits: readonly {
      readonly file: string;
      readonly line: number; // as those of the finding
      readonly column: number;
      readonly length: number; // of what it replaces, in UTF-16 code units
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
    // by --fix, which comes first
    readonly rule: string;
    readonly file: string;
    readonly line: number; // as it was before
    readonly before: string;
    readonly after: readonly string[]; // the lines in its place
  }[];
}

export interface FmtJson {
  readonly changed: readonly string[]; // files
  readonly written: boolean; // false with --check
}

export interface CompileJson {
  readonly file: string; // as it was given
  readonly version: string; // of the policy, 16 hex digits
  readonly written: boolean; // false with --check
  readonly stale: string | null; // why the file was not what the rows say; null where it was
}

export interface TestJson {
  readonly passed: number;
  readonly failed: number;
  readonly files: readonly {
    readonly file: string;
    readonly empty: boolean; // without suite and invariant, which counts as failed
    readonly cases: readonly {
      readonly suite: string;
      readonly principal: string;
      readonly target: string; // a route or permission, as the suite spells it
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
      readonly hits: number; // how many decisions it determined
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
        readonly asked: string; // as it was asked for
        readonly route: string; // the declared route that decides
        readonly parameters: Readonly<Record<string, string>>;
      }
    | { readonly permission: string };
  readonly effect: "allow" | "deny"; // of a public route allow: nobody asks there
  readonly authorizer: "allow" | "deny"; // what an authorizer answers that is asked: deny on a public route
  readonly reason:
    | "allowed_by_row"
    | "denied_by_row"
    | "nothing_granted"
    | "route_unknown"
    | "route_without_permission"; // the route is public
  readonly determining: readonly RowJson[];
  readonly permissions: readonly string[]; // that open the route
  readonly permission: string | null; // of an allow: the one that was granted
  readonly subjects: readonly string[]; // roles followed
  readonly inputs: readonly {
    // what conditions compared; a value that is missing is left out
    readonly parameter: string;
    readonly claim: string;
    readonly parameterValue?: string | undefined;
    readonly claimValue?: string | undefined;
  }[];
  readonly policyVersion: string;
  readonly token: { readonly verified: boolean } | null; // null without --token
  readonly unknownSubjects: readonly string[]; // a sentence for each that no row names
}

export interface ExplainJson extends CanJson {
  readonly chains: readonly ChainJson[]; // how the determining rows were reached
  readonly overruled: readonly ChainJson[]; // of a deny: allow rows that lost
  readonly missing: readonly {
    // of a deny because nothing is granted: the nearest first
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
  readonly when: readonly string[]; // conditions of which one must be true; empty where none has to
  readonly unless: readonly string[]; // conditions that deny
}

export interface WhoCanJson {
  readonly target:
    | {
        readonly asked: string; // as it was asked for
        readonly route: string; // the declared route that decides
        readonly parameters: Readonly<Record<string, string>>;
      }
    | { readonly permission: string };
  readonly holders: readonly (AccessJson & { readonly subject: string })[];
}

export interface WhatCanJson {
  readonly subjects: readonly string[]; // roles followed
  readonly routes: readonly (AccessJson & { readonly route: string })[];
}

export interface MatrixJson {
  readonly policyVersion: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly access: readonly AccessJson[] }[]; // one a column
}

export interface DiffJson {
  readonly before: string | null; // the version of the policy; null where BASE does not load
  readonly after: string;
  readonly access: readonly {
    readonly subject: string; // what a token holds; "anybody" is a caller without one
    readonly beside: readonly string[]; // not empty: only tokens that hold one of these as well
    readonly route: string | null; // the requests: a route of one of the policies, or METHOD /path; null for a permission
    readonly permission: string | null; // a permission by itself; resource:* and * are those that no row names
    readonly decidedBefore: string | null; // the route that decides them; null where none does
    readonly decidedAfter: string | null;
    readonly before: AccessJson;
    readonly after: AccessJson;
    readonly widens: boolean;
    readonly narrows: boolean; // both: by another condition
  }[];
  readonly addresses: readonly RowChangeJson[]; // p2 and g3 rows
  readonly rows: readonly (RowChangeJson & { readonly decides: boolean | null })[]; // all others; null: too many to try
  readonly groups: readonly string[]; // whose IAM role or precedence in groups.yaml differs; they count as wider
  readonly widens: boolean;
  readonly differs: boolean; // whether anything is decided otherwise
  readonly complete: boolean; // false: too many routes to prove that nothing else changes; counts as wider
  readonly baseFindings: readonly {
    // what is wrong with BASE; nothing was compared then
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
  readonly note: string | null; // what the removal of a g3 row does beside that
}

/** Lines of a decision log, and what they span. */
interface LogJson {
  readonly lines: {
    readonly lines: number;
    readonly other: Readonly<Record<string, number>>; // of another kind, by kind
    readonly refused: Readonly<Record<string, number>>; // before any policy was asked, by reason
    readonly damaged: Readonly<Record<string, number>>; // cannot be read, by why
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
  readonly policyVersion: string; // of the policy that was asked
  readonly unchanged: number;
  readonly changed: number;
  readonly undecided: number;
  readonly onLoggedRoute: number; // of greedy routes: made again on the route of that day
  readonly changes: readonly {
    readonly widens: boolean;
    readonly from: "allow" | "deny";
    readonly to: "allow" | "deny";
    readonly route: string;
    readonly subjects: readonly string[]; // what the tokens held, without the user
    readonly before: readonly {
      // null: the row is gone or edited
      readonly at: string;
      readonly digest: string;
      readonly row: string | null;
    }[];
    readonly after: readonly RowJson[];
    readonly reason: CanJson["reason"];
    readonly count: number;
    readonly users: number; // at most 10,000 are told apart
    readonly example: { readonly requestId: string | null; readonly time: string | null };
  }[];
  readonly gaps: readonly {
    readonly why: "input-not-logged" | "path-not-logged";
    readonly route: string;
    readonly effect: "allow" | "deny"; // then
    readonly missing: readonly string[]; // comparisons that the log has no values for
    readonly count: number;
  }[];
}

export interface UnusedJson extends LogJson {
  readonly since: string;
  readonly logBeginsLater: boolean; // by more than a day: it proves less than was asked
  readonly policyVersion: string;
  readonly rows: readonly { readonly file: string; readonly line: number; readonly row: string }[];
  readonly unseeable: readonly {
    // open no route; never in the patch
    readonly file: string;
    readonly line: number;
    readonly row: string;
  }[];
  readonly considered: number; // grants looked at
  readonly patch: string; // unified diff, empty where there is nothing to remove
}

export interface ReportJson {
  readonly file: string;
  readonly bytes: number;
  readonly routes: number;
  readonly holders: number;
  readonly findings: number;
  readonly coverage: number | null; // percent of the rows; null where the policy has no tests
}

export interface InitJson {
  readonly files: readonly string[]; // written
  readonly guarded: readonly string[]; // routes with a permission
  readonly open: readonly string[]; // public
  readonly elsewhere: readonly string[]; // decided by another authorizer; not in the policy
  readonly unguarded: readonly string[]; // with a permission, and without an authorizer yet
  readonly findings: readonly string[]; // of the linter, held against serverless.yml
  readonly lintsPackaging: boolean; // whether a plugin of claimgate lints the policy when it is packaged
}

export interface DoctorJson {
  readonly stage: string | null; // null where serverless.yml could not be resolved
  readonly region: string | null;
  readonly stack: string | null;
  readonly userPoolId: string | null;
  readonly notCompared: string | null; // why the deployed stack was not looked at
  readonly summary: {
    readonly ok: number;
    readonly warn: number;
    readonly fail: number;
    readonly skipped: number;
    readonly unread: number; // of the skipped: AWS did not let us read
  };
  readonly checks: readonly {
    // everything that was compared
    readonly area: string;
    readonly name: string; // the id of the finding, where it is wrong
    readonly subject: string; // a trigger, an app client, a route; empty where there is one only
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
  // planned: a dry run; unchanged: nothing to do; refused: nothing was done; differs: done, and not as it should be
  readonly outcome: "planned" | "unchanged" | "changed" | "refused" | "differs";
  readonly changes: readonly {
    // missing: none was, or is, set
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
  readonly notes: readonly string[]; // to know; they stop nothing
  readonly markerWriters: readonly {
    // app clients whose users may write the marker attribute
    readonly client: string;
    readonly named: boolean;
  }[];
  readonly backup: string | null; // the file with the former settings
  readonly differences: readonly {
    // in what the pool is not as planned
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
  readonly before: string | null; // ISO 8601; null where tokens are revoked whenever issued
  readonly forgottenAt: string;
  readonly refreshStopped: boolean; // no new token can be had by a refresh any more
  readonly notes: readonly string[];
}

export interface SuspensionJson {
  readonly command: "suspend" | "unsuspend";
  readonly stage: string | null; // null for the local stack
  readonly userPoolId: string;
  readonly userName: string;
  readonly sub: string | null; // null for a user who was deleted
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
