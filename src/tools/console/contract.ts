// What the server of the console tells its page, as JSON. Times are milliseconds since 1970.

export interface UserJson {
  readonly username: string;
  /** The address, or the user name where there is none. */
  readonly name: string;
  readonly sub: string;
  /** As Cognito names it: `CONFIRMED`, `UNCONFIRMED`, `FORCE_CHANGE_PASSWORD` ... */
  readonly status: string;
  readonly enabled: boolean;
  readonly groups: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** `SOFTWARE_TOKEN_MFA`, `SMS_MFA`, `EMAIL_OTP` */
  readonly mfa: readonly string[];
  /** Accounts of identity providers: `Google: 1234`. */
  readonly identities: readonly string[];
  readonly createdAt: number;
}

export interface GroupJson {
  readonly name: string;
  readonly description: string | null;
  readonly precedence: number | null;
  readonly members: number;
}

export interface DirectoryJson {
  /** What was searched for. */
  readonly search: string;
  /** Those that match what was searched for, at most {@link MOST_USERS}. */
  readonly users: readonly UserJson[];
  readonly matching: number;
  readonly total: number;
  /** The user whom the page asked for by name, whether listed or not. */
  readonly asked: UserJson | null;
  readonly groups: readonly GroupJson[];
  /** App clients that can get a token for themselves. */
  readonly machines: readonly string[];
}

export const MOST_USERS = 200;

export type Claims = Readonly<Record<string, unknown>>;

/** The claims of one token, and what they would be without the pre-token-generation trigger. */
export interface TokenJson {
  readonly stock: Claims;
  readonly claims: Claims;
}

/** Tokens that the pool issued. */
export interface IssuedJson {
  readonly id: number;
  readonly at: number;
  /** The user, or the app client of a machine. */
  readonly who: string;
  readonly client: string;
  readonly access: TokenJson;
  /** null for a machine. */
  readonly idToken: TokenJson | null;
}

/** Tokens that were issued without a password, for the page to copy. */
export interface SignedInJson extends IssuedJson {
  readonly jwt: { readonly access: string; readonly id: string | null };
}

/** `http` has no prefix in its paths, `rest` has its stage. */
export type GatewayJson = "http" | "rest";

export interface RouteJson {
  /** As the policy spells it: `GET /orders/{orderId}`. */
  readonly route: string;
  readonly gateways: readonly GatewayJson[];
}

export interface RowJson {
  /** `policies/roles.csv:12` */
  readonly place: string;
  readonly row: string;
}

/** How a row was reached: `group:support -> role:support -> role:viewer`. */
export interface ChainJson extends RowJson {
  readonly path: readonly string[];
}

export interface MissJson extends RowJson {
  /** Why this row did not grant it. */
  readonly because: string;
}

export interface ExplanationJson {
  readonly effect: "allow" | "deny";
  readonly reason: string;
  readonly permissions: readonly string[];
  /** Everything that the token holds, roles followed. */
  readonly subjects: readonly string[];
  readonly determining: readonly ChainJson[];
  /** Allow rows that a deny row overruled. */
  readonly overruled: readonly ChainJson[];
  /** What is missing, the nearest first. */
  readonly missing: readonly MissJson[];
  /** What conditions compared: `{userId} 17 with sub 42`. */
  readonly compared: readonly string[];
  /** What the user can do where only a recent sign-in is missing. */
  readonly signIn: string | null;
}

export interface TriedJson {
  readonly url: string;
  readonly method: string;
  readonly status: number;
  readonly body: string;
  /** Milliseconds. */
  readonly took: number;
  /** What the authorizer logged of this call; null where none was asked, or nothing was logged. */
  readonly logged: LogEntryJson | null;
  /** What the policy in force says of the same token and route; null without a valid token. */
  readonly explanation: ExplanationJson | null;
}

export type Outcome = "allow" | "deny" | "refused" | "failed" | "other";

/** One call of an API, or of the pool, with what decided it. */
export interface LogEntryJson {
  readonly id: number;
  readonly at: number;
  readonly kind: "call" | "pool";
  readonly outcome: Outcome;
  readonly status: number;
  readonly who: string;
  /** Method and path, or the operation of the pool. */
  readonly what: string;
  /** `GET /orders/{orderId}`; null where no authorizer was asked. */
  readonly route: string | null;
  /** Why, in a sentence, where no row decided. */
  readonly why: string;
  readonly rows: readonly RowJson[];
  readonly subjects: readonly string[];
}

/** What a cell of the matrix says: the kind of access, and the conditions in words. */
export interface CellJson {
  readonly kind: "public" | "allowed" | "conditional" | "denied" | "none";
  readonly text: string;
}

export interface MatrixJson {
  readonly version: string;
  /** Subjects; where the policy limits apps, then users through each app: `role:editor through client:web`. */
  readonly columns: readonly string[];
  /** For each group that `g4` rows fill: the groups of directories whose members count as its members. */
  readonly directoryGroups?: readonly { readonly group: string; readonly sources: readonly string[] }[];
  /** What cells say, each once. */
  readonly accesses: readonly CellJson[];
  readonly rows: readonly MatrixRowJson[];
}

export interface MatrixRowJson {
  readonly route: string;
  readonly permissions: readonly string[];
  /** For each column, which of `accesses` it has. */
  readonly cells: readonly number[];
}

export interface PolicyFileJson {
  /** `policies/roles.csv` */
  readonly path: string;
  readonly text: string;
}

export interface EditJson {
  readonly file: string;
  /** Line and column are counted from 1; the column and the length in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly text: string;
}

export interface FixJson {
  /** What it writes, for the button. */
  readonly label: string;
  readonly edits: readonly EditJson[];
}

export interface FindingJson {
  readonly rule: string;
  readonly severity: "error" | "warning" | "info";
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What to do, in words. */
  readonly fix: string | null;
  readonly fixes: readonly FixJson[];
}

/** One difference between the saved policy and the edited one: who gains or loses which route. */
export interface ChangeJson {
  readonly subject: string;
  /** A route, or a permission. */
  readonly target: string;
  readonly before: string;
  readonly after: string;
  readonly effect: "gains" | "loses" | "changes";
}

export interface PolicyJson {
  readonly files: readonly PolicyFileJson[];
  readonly findings: readonly FindingJson[];
  /** The version that the functions decide by. */
  readonly version: string;
  /** Whether the files are refused, so that an earlier policy stays in force. */
  readonly refused: boolean;
}

export interface CheckedJson {
  readonly findings: readonly FindingJson[];
  /** Against the policy in force; null where the edited one does not load. */
  readonly changes: readonly ChangeJson[] | null;
  readonly changeCount: number;
}

/** An event that a function of the stack received. */
export interface DeliveryJson {
  readonly id: number;
  readonly at: number;
  /** As serverless.yml calls it. */
  readonly functionName: string;
  /** `PreSignUp_SignUp`, `POST /orders`, `$connect` */
  readonly about: string;
  /** `isAuthorized: true`, `Allow`, `201`, `an error` */
  readonly answered: string;
  readonly failed: boolean;
  /** Milliseconds. */
  readonly took: number;
}

/** The same with its contents, as JSON to read: without tokens, passwords and codes. */
export interface DeliveryDetailJson extends DeliveryJson {
  readonly event: string;
  readonly answer: string;
  /** What would be saved; null where the event is no sample. */
  readonly sample: {
    /** `events/http` */
    readonly folder: string;
    /** A name that is free. */
    readonly name: string;
    readonly text: string;
  } | null;
  /** Why it is no sample. */
  readonly refusal: string | null;
}

export interface SavedSampleJson {
  /** `events/http/customer-lists-orders.json` */
  readonly path: string;
  /** Runs the function with it. */
  readonly command: string;
  /** How the sample is answered otherwise than the event. */
  readonly differs: string | null;
}

export interface MailJson {
  readonly to: string;
  readonly medium: "EMAIL" | "SMS";
  readonly about: string;
  readonly code: string;
  readonly subject: string | null;
  readonly text: string | null;
  readonly failure: string | null;
  readonly sentAt: number;
}

/** Where the parts of the stack are, for the page's header and for commands to copy. */
export interface StackJson {
  readonly state: "ready" | "restarting";
  readonly api: string;
  readonly rest: string;
  readonly cognito: string;
  readonly policies: string;
  readonly routes: readonly RouteJson[];
  /** Where an app's user signs in; null where no client has a sign-in page. */
  readonly signIn: string | null;
}

/** What the server says of its own accord. */
export type LiveJson =
  | { readonly type: "stack"; readonly stack: StackJson }
  | { readonly type: "entry"; readonly entry: LogEntryJson }
  | { readonly type: "issued"; readonly issued: IssuedJson }
  | { readonly type: "delivery"; readonly delivery: DeliveryJson }
  /** Users, groups or mails may have changed. */
  | { readonly type: "pool" }
  /** The files of the policy changed, and are in force or refused. */
  | { readonly type: "policy" };

export interface ErrorJson {
  /** For programs: `token`, `restarting`, `conflict`, or the name of Cognito's exception. */
  readonly code: string;
  readonly message: string;
}
