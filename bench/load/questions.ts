import { keyStates } from "./answers.ts";
import type { Environment } from "./environment.ts";
import type { Judge } from "./expected.ts";
import type { Expected } from "./gateway-answers.ts";
import { REQUEST_ID } from "./log-count.ts";
import type { Phase } from "./phases.ts";
import { callOf, GATEWAYS, type Gateway, tokenEvent } from "./requests.ts";
import type { FetchesAt } from "./slots.ts";
import { madeUpKey, type Token, type Tokens } from "./tokens.ts";

/** One event, and what may be answered to it. */
export interface Question {
  readonly requestId: string;
  readonly event: string;
  readonly what: string;
  /**
   * What may be answered, by what the environment knows once it has answered.
   *
   * @param before its fetches when the event was sent
   */
  readonly permitted: (before: FetchesAt) => readonly Expected[];
  /** Whether its token is a good one whose key the environment does not know. */
  readonly isWithoutKey: () => boolean;
}

/** Where questions come from. */
export interface Source {
  readonly tokens: Tokens;
  /** Epoch seconds. */
  readonly nowSeconds: number;
  readonly random: () => number;
}

/** Of all questions to authorizers, these have a bad token, and one that names a made-up key. */
const BAD = 0.13;
const MADE_UP = 0.05;
/** Half of the good tokens are of so many holders: seen again and again. */
const FREQUENT = 50;
/** The policy has no such route. */
const UNDECLARED = "PUT /orders";

/** The next question to this environment. @param number of the question in its run */
export function nextQuestion(
  source: Source,
  judge: Judge,
  environment: Environment,
  phase: Phase,
  number: number,
): Question {
  const gateway = GATEWAYS[environment.artefact.name];
  return gateway === undefined
    ? aboutToken(source, judge, number)
    : aboutCall(source, judge, environment, gateway, phase, number);
}

function aboutToken({ tokens, random }: Source, judge: Judge, number: number): Question {
  const holder = picked(tokens.holders, random());
  const version = picked(["1", "2", "3"] as const, random());
  const expected: Expected = { kind: "response", answer: judge.trigger(holder, version) };
  return {
    requestId: `${REQUEST_ID}${number}`,
    event: JSON.stringify(tokenEvent(holder, version)),
    what: `a token of ${holder.sub}`,
    permitted: () => [expected],
    isWithoutKey: () => false,
  };
}

function aboutCall(
  source: Source,
  judge: Judge,
  { artefact: { name }, keys }: Environment,
  gateway: Gateway,
  phase: Phase,
  number: number,
): Question {
  const token = tokenFor(source, phase, number);
  const { text, holder, kid, what } = token;
  const call = callOf(picked(routesFor(judge, name), source.random()), holder, number);
  const requestId = `${REQUEST_ID}${number}`;
  return {
    requestId,
    event: gateway.event(call, text, requestId),
    what: `${call.route}, ${call.path}, token ${what}, ${JSON.stringify(holder)}`,
    permitted: (before) =>
      keyStates(keys, token, before, before.at).map((key) => judge.authorizer(name, token, call, key)),
    isWithoutKey: () => holder !== undefined && kid !== undefined && keys.kids?.has(kid) !== true,
  };
}

const CONNECT = ["$connect"];
const pathRoutes = new WeakMap<Judge, readonly string[]>();

function routesFor(judge: Judge, name: string): readonly string[] {
  if (name === "websocketAuthorizer") return CONNECT;
  const known = pathRoutes.get(judge);
  if (known !== undefined) return known;
  const routes = [...judge.routes.filter((route) => route.includes("/")), UNDECLARED];
  pathRoutes.set(judge, routes);
  return routes;
}

function tokenFor(
  { tokens, nowSeconds, random }: Source,
  { signers, madeUpKeys }: Phase,
  number: number,
): Token {
  const [kind, kid] = [random(), picked(signers, random())];
  if (kind < BAD) return picked(tokens.bad.get(kid) ?? [], random());
  if (kind < BAD + MADE_UP && madeUpKeys) return madeUpKey(tokens, number, nowSeconds);
  const good = tokens.good.get(kid) ?? [];
  return picked(random() < 0.5 ? good.slice(0, FREQUENT) : good, random());
}

function picked<T>(list: readonly T[], at: number): T {
  const item = list[Math.floor(at * list.length)];
  if (item === undefined) throw new RangeError("an empty list");
  return item;
}
