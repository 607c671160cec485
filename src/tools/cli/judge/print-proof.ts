import type { DeterminingRow } from "../../../policy/decision.ts";
import { AUTHENTICATED } from "../../../policy/subject.ts";
import type { AddressChange } from "../../access/proof/address-changes.ts";
import type { PolicyProof } from "../../access/proof/proof.ts";
import type { Answer, Asked, Direction, Witness, WitnessToken } from "../../access/proof/witness.ts";
import type { Screen } from "../../machine/screen.ts";
import { REASONS } from "./print-replay.ts";

export interface ShownProof extends PolicyProof {
  /** The groups whose IAM role or precedence differs. */
  readonly groups: readonly string[];
}

/** How people call the two policies. */
interface Names {
  readonly base: string;
  readonly head: string;
}

/** The verdict, then what shows it. */
export function printProof(screen: Screen, proof: ShownProof, names: Names): void {
  const { verdict } = proof;
  screen.line(screen.style(verdict === "equal" ? "green" : "yellow", sentenceOf(verdict, names)));
  for (const direction of ["wider", "narrower"] as const) {
    const witness = proof[direction];
    if (witness !== undefined) printWitness(screen, direction, witness, names);
    const change = proof.addresses.get(direction);
    if (change !== undefined) printAddress(screen, direction, change, names);
    const rows = proof.directories[direction];
    if (rows.length > 0) {
      screen.heading(titleOf(direction, names));
      for (const row of rows) screen.line(`  directory  ${row}`);
    }
  }
  const { groups, unproven } = proof;
  if (groups.length + unproven.length > 0) screen.heading("not proven");
  for (const reason of unproven) screen.line(`  ${reason}`);
  if (groups.length > 0)
    screen.line(`  groups.yaml: the IAM role or precedence of ${groups.join(", ")} differs; review it`);
}

function sentenceOf(verdict: PolicyProof["verdict"], names: Names): string {
  const [base, head] = [`\`${names.base}\``, `\`${names.head}\``];
  switch (verdict) {
    case "equal":
      return `access proven unchanged: ${head} answers every possible token as ${base} does`;
    case "narrower":
      return `${head} allows less than ${base}, and nothing more, proven`;
    case "wider":
      return `${head} allows more than ${base}, and nothing less, proven`;
    case "different":
      return `${head} allows some that ${base} denies, and denies some that ${base} allows`;
    case "not-proven":
      return `not proven: ${head} and ${base} could not be compared completely`;
  }
}

function titleOf(direction: Direction, { base, head }: Names): string {
  return direction === "wider"
    ? `\`${head}\` allows, \`${base}\` does not`
    : `\`${base}\` allows, \`${head}\` does not`;
}

function printWitness(screen: Screen, direction: Direction, witness: Witness, names: Names): void {
  const width = Math.max("request".length, names.base.length, names.head.length);
  const line = (label: string, text: string) => screen.line(`  ${label.padEnd(width)}  ${text}`);
  screen.heading(titleOf(direction, names));
  line("token", tokenOf(witness.token));
  line("request", askedOf(witness.asked));
  line(names.base, answerOf(witness.before));
  line(names.head, answerOf(witness.after));
}

/** `a user with group:staff, through client:web, sub=x1, without tenant_id` */
function tokenOf({ kind, subjects, app, claims, missingClaims, signedIn }: WitnessToken): string {
  if (kind === undefined) return "none";
  const who = kind === AUTHENTICATED ? "a user" : "a machine";
  const named = subjects.length === 0 ? who : `${who} with ${subjects.join(" and ")}`;
  const through = app === undefined ? [] : [`through ${appOf(app)}`];
  const values = Object.entries(claims).map(([name, value]) => `${name}=${value}`);
  const missing = missingClaims.map((name) => `without ${name}`);
  return [named, ...through, ...values, ...missing, ...signedInOf(signedIn)].join(", ");
}

function appOf({ client, scopes }: NonNullable<WitnessToken["app"]>): string {
  const name = client === "" ? "an app without `p3` rows" : `client:${client}`;
  return scopes.length === 0 ? name : `${name} with ${scopes.join(" and ")}`;
}

function signedInOf(signedIn: WitnessToken["signedIn"]): readonly string[] {
  if (signedIn === undefined) return [];
  return [signedIn === "unknown" ? "with an unknown time of sign-in" : `signed in ${signedIn} seconds ago`];
}

function askedOf(asked: Asked): string {
  switch (asked.kind) {
    case "request": {
      const { method, path, behind, before, after } = asked;
      const routes =
        before === after ? [] : [`decided by ${after ?? "no route"}, before by ${before ?? "none"}`];
      const notes = [...(behind === undefined ? [] : [`behind ${behind}`]), ...routes];
      return notes.length === 0 ? `${method} ${path}` : `${method} ${path}  (${notes.join("; ")})`;
    }
    case "route":
      return `${asked.route}${withValues(asked.parameters)}`;
    case "permission":
      return `permission ${asked.permission}${withValues(asked.parameters)}, asked by a handler`;
  }
}

/** ` with orderId=x1, userId=x2`; empty without parameters. */
function withValues(parameters: Readonly<Record<string, string>>): string {
  const values = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return values.length === 0 ? "" : ` with ${values.join(", ")}`;
}

function answerOf({ effect, isPublic, determining, reason }: Answer): string {
  if (isPublic) return "allowed: the route is public";
  if (effect === "allow") return `allowed by ${determining.map(placed).join(" and ")}`;
  if (determining.length > 0) return `denied by ${determining.map(placed).join(" and ")}`;
  return `denied: ${reason === undefined ? "it has no token" : (REASONS[reason] ?? reason)}`;
}

function placed({ file, line, row }: DeterminingRow): string {
  return `${file}:${line}  ${row}`;
}

function printAddress(
  screen: Screen,
  direction: Direction,
  { what, address, before, after }: AddressChange,
  names: Names,
): void {
  screen.heading(titleOf(direction, names));
  const verb = (answer: string) => (answer === "allow" ? "may sign up" : "may not sign up");
  const say = (answer: string) => (what === "sign-up" ? verb(answer) : `groups: ${answer}`);
  screen.line(`  ${address}  ${say(before)} -> ${say(after)}`);
}
