import type { App } from "../../src/policy/app.ts";
import type { DecisionRequest, PermissionRequest } from "../../src/policy/decision.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { AUTHENTICATED, type Subject } from "../../src/policy/subject.ts";
import { hasBraces } from "../../src/policy/tenant-group.ts";
import { comparedRequests } from "../../src/tools/access/access-changes.ts";
import { rowsOf } from "../../src/tools/access/app-cases.ts";
import { type Terms, together } from "../../src/tools/access/condition-outcomes.ts";
import { fitOneToken, KINDS, type Kind } from "../../src/tools/access/holding.ts";
import type { ConcreteQuestion, Question, Shape } from "../../src/tools/access/proof/asked-question.ts";
import { type Compared, comparedBy } from "../../src/tools/access/proof/compared-values.ts";
import { type FreshValues, freshValues } from "../../src/tools/access/proof/fresh-values.ts";
import { permissionQuestions } from "../../src/tools/access/proof/permission-questions.ts";
import { possibleTokens } from "../../src/tools/access/proof/possible-tokens.ts";
import { routeQuestions } from "../../src/tools/access/proof/route-questions.ts";
import { valuePatterns } from "../../src/tools/access/proof/value-patterns.ts";
import { type Holder, holdersOfOne } from "../../src/tools/access/term-changes.ts";

/** A question to `decide`, or to `decidePermission`. */
export type Case = DecisionRequest | PermissionRequest;

const NOW = 1_800_000_000;

/**
 * Every case that `claimgate prove` tells apart: each route and permission, asked by each token of up to two subjects,
 * with each app, and every pattern of equal and different values. An engine in which allow and deny are monotone in
 * subjects decides every token alike, if it decides these (docs/adr/0077-proof.md).
 */
export function* everyCase(policy: Policy): Generator<Case, undefined> {
  const fresh = freshValues({ before: policy, after: policy });
  // Whatever the app, the values that any row compares.
  const open = { ...policy, apps: new Map() };
  const pair = { before: open, after: open };
  const requests = comparedRequests(policy, policy);
  if (!requests.complete) throw new Error("the routes have too many paths");
  const questions = [
    ...routeQuestions(pair, requests.classes, fresh),
    ...permissionQuestions(pair, requests.classes, fresh),
  ].filter(({ isPublic }) => !isPublic.before);
  const holders = holdersOfOne(policy, policy);
  const apps = [undefined, ...appsOf(policy)];
  for (const question of questions) {
    // Another engine may take a row for anyone's: all rows are looked at, not those that the token holds.
    const terms = together(...holders.map((holder) => question.terms(holder, undefined)[0]));
    for (const kind of KINDS) {
      const sets = [...subjectSets(holders, kind)];
      for (const app of kind === AUTHENTICATED ? apps : [undefined]) {
        for (const held of sets) yield* casesOf(question, kind, held, terms, app, fresh);
      }
    }
  }
  return undefined;
}

/** Each client of a `p3` row without a scope and with each that it names, and a client of none. */
function appsOf(policy: Policy): readonly App[] {
  if (policy.apps.size === 0) return [];
  const named = [...policy.apps.keys()].flatMap((client): App[] => {
    const scopes = new Set(rowsOf(policy, client).flatMap(({ scope }) => scope ?? []));
    return [{ client, scopes: [] }, ...[...scopes].map((scope): App => ({ client, scopes: [scope] }))];
  });
  return [{ client: "", scopes: [...policy.appScopes] }, ...named];
}

/** Up to two holders of a kind that one token can be; two tenants' groups of one pattern too. */
function* subjectSets(holders: readonly Holder[], kind: Kind): Generator<readonly Holder[], undefined> {
  const ofKind = holders.filter((one) => one.kind === kind);
  const named = ofKind.filter(({ subject }) => subject !== kind);
  yield ofKind.filter(({ subject }) => subject === kind);
  for (const [index, one] of named.entries()) {
    yield [one];
    for (const other of named.slice(hasBraces(one.subject) ? index : index + 1)) {
      if (fitOneToken(one.subject, other.subject)) yield [one, other];
    }
  }
  return undefined;
}

function* casesOf(
  question: Question,
  kind: Kind,
  held: readonly Holder[],
  terms: Terms,
  app: App | undefined,
  fresh: FreshValues,
): Generator<Case, undefined> {
  const subjects = held.flatMap(({ subject }) => (subject === kind ? [] : [subject]));
  const compared = comparedBy([terms], subjects);
  for (const shape of question.shapes(compared.places)) {
    for (const { after } of concreteOf(shape, compared, fresh)) {
      const path = [...new Set(Object.values(after.parameters))];
      // Both engines decide what no token is too: a `sub` of a named user without that subject.
      const values = { path, other: fresh(99), users: new Set<string>() };
      for (const token of possibleTokens(kind, subjects, compared, values)) {
        const { claims, age } = token;
        const all: readonly Subject[] = [kind, ...token.subjects];
        const times = age === undefined ? {} : { time: NOW, authTime: NOW - age };
        yield { ...after, subjects: all, app, claims, ...times };
      }
    }
  }
  return undefined;
}

function* concreteOf(
  { count, given, isOptional, fill }: Shape,
  compared: Compared,
  fresh: FreshValues,
): Generator<ConcreteQuestion, undefined> {
  const constants = [...new Set([...compared.constants, ...given, ...(isOptional ? [""] : [])])];
  for (const values of valuePatterns(count, constants, fresh)) {
    const concrete = fill(values);
    if (concrete !== undefined) yield concrete;
  }
  return undefined;
}
