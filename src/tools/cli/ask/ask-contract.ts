/** A row, and where it is. */
export interface RowJson {
  readonly file: string;
  readonly line: number;
  readonly row: string; // in its canonical spelling
  readonly digest: string; // as in the decision log
}

/** What the question is about: a route or a permission. */
type TargetJson =
  | {
      readonly asked: string; // as given
      readonly route: string; // the declared route that decides
      readonly parameters: Readonly<Record<string, string>>;
    }
  | { readonly permission: string };

export interface CanJson {
  readonly target: TargetJson;
  readonly effect: "allow" | "deny"; // allow for a public route, which has no authorizer
  readonly authorizer: "allow" | "deny"; // the decision of an authorizer: deny on a public route
  readonly reason:
    | "allowed_by_row"
    | "denied_by_row"
    | "nothing_granted"
    | "app_not_allowed" // rows grant it to the user, but no `p3` row covers it for the app
    | "route_unknown"
    | "route_without_permission"; // the route is public
  readonly determining: readonly RowJson[];
  readonly permissions: readonly string[]; // those that open the route
  readonly permission: string | null; // for an allow: the granted one
  readonly subjects: readonly string[]; // roles followed
  readonly inputs: readonly {
    // what conditions compared; missing values are left out
    readonly parameter?: string | undefined; // left out for the age of the sign-in
    readonly claim?: string | undefined;
    readonly literal?: string | undefined; // instead of a claim
    readonly parameterValue?: string | undefined;
    readonly claimValue?: string | undefined;
    readonly time?: number | undefined; // epoch seconds of the request, compared with auth_time
  }[];
  readonly tenants: readonly {
    // the tenants that the request names, if the token has a group of some tenant
    readonly parameter: string;
    readonly tenant?: string | undefined;
  }[];
  readonly policyVersion: string;
  readonly app?: { readonly client: string; readonly scopes: readonly string[] } | undefined; // of a user's token
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
          readonly kind: "other_tenant"; // the token has the group of another tenant
          readonly subject: string;
          readonly group: string; // of the row: `group:{tenantId}.editors`
          readonly parameter: string;
          readonly asked?: string | undefined; // the tenant of the request; left out if it names none
          readonly own: readonly string[]; // the tenants whose group the token has
        }
      | {
          readonly kind: "condition";
          readonly truth: "false" | "unknown";
          readonly atoms: readonly {
            readonly text: string;
            readonly age?: number | undefined; // seconds since the sign-in, for max_age
            readonly parameterValue?: string | undefined;
            readonly claimValue?: string | undefined;
            readonly truth: "true" | "false" | "unknown";
          }[];
        }
      | { readonly kind: "scope_not_held"; readonly client: string; readonly scope: string };
  }[];
  readonly acceptedAge: number | null; // for a deny that signing in again lifts: seconds that a sign-in counts
  readonly didYouMean: string | null; // for an unknown route
}

interface ChainJson {
  readonly row: RowJson;
  readonly path: readonly string[]; // from a subject of the token to that of the row
  readonly permission: string;
}

export interface AccessJson {
  readonly kind: "public" | "allowed" | "conditional" | "denied" | "none";
  readonly when: readonly string[]; // conditions of which one must be true; empty if there is none
  readonly unless: readonly string[]; // conditions that deny
}

export interface WhoCanJson {
  readonly target: TargetJson;
  readonly holders: readonly (AccessJson & {
    readonly subject: string;
    readonly directories: readonly string[]; // PROVIDER/VALUE of the g4 rows that give the group
  })[];
  readonly apps: readonly { readonly client: string; readonly scopes: readonly string[] }[] | null; // through which users may, each with one of the scopes; null without p3 rows
}

export interface WhatCanJson {
  readonly subjects: readonly string[]; // roles followed
  readonly routes: readonly (AccessJson & { readonly route: string })[];
  readonly unknownSubjects: readonly string[]; // a sentence for each subject that no row names
}
