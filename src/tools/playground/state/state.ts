import type { PolicyFile } from "../../../policy/compile.ts";

/** Who asks: what a token would say of them. */
export interface Persona {
  readonly name: string;
  readonly kind: "user" | "machine";
  /** The `sub` of a user. */
  readonly sub: string;
  /** Of a user, without `group:`. */
  readonly groups: readonly string[];
  /** The app of a user, or the machine itself, without `client:`; empty for none. */
  readonly client: string;
  readonly scopes: readonly string[];
  readonly claims: Readonly<Record<string, string>>;
  /** Seconds since the sign-in; undefined if unknown. */
  readonly age: number | undefined;
}

/** Everything that the page shows, and all that a link carries. */
export interface PlaygroundState {
  /** CSV files and `groups.yaml`, in the order of their tabs. */
  readonly files: readonly PolicyFile[];
  readonly personas: readonly Persona[];
  /** The index of the persona who asks. */
  readonly chosen: number;
  /** A route, a path or a permission: `GET /orders/{orderId}`, `GET /orders/17`, `orders:read`. */
  readonly ask: string;
  /** Values for the placeholders of the route, or for the parameters of conditions. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A new persona: a signed-in user without groups. */
export const NOBODY: Persona = {
  name: "user",
  kind: "user",
  sub: "42",
  groups: [],
  client: "",
  scopes: [],
  claims: {},
  age: undefined,
};

/** The files that the linter reads as rows. */
export const isRows = ({ path }: Pick<PolicyFile, "path">) => path.endsWith(".csv");

/** Why a file cannot have this name, beside these; undefined if it can. */
export function pathProblem(path: string, others: readonly string[]): string | undefined {
  if (path.length > LONGEST_PATH) return `expected at most ${LONGEST_PATH} characters`;
  if (/[\p{Cc}\\]/u.test(path)) return "expected a name without control characters and backslashes";
  if (others.includes(path)) return `there is a file \`${path}\` already`;
  if (/(?:^|\/)groups\.yaml$/.test(path)) {
    return others.some((one) => /(?:^|\/)groups\.yaml$/.test(one))
      ? "a policy has one `groups.yaml`"
      : undefined;
  }
  return /[^/]\.csv$/.test(path) ? undefined : "expected a name that ends with `.csv`, or `groups.yaml`";
}

const LONGEST_PATH = 200;
