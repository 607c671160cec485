import type { Invoke } from "../invoke.ts";
import type { ResultCache } from "./result-cache.ts";
import { type AnswerForm, type Verdict, verdictOf } from "./verdict.ts";

/** A Lambda authorizer, apart from what the two kinds of API say differently. */
export interface LambdaAuthorizer {
  /** Logical id of the template. */
  readonly id: string;
  /** Undefined if the function is not part of this template: requests then fail. */
  readonly functionName: string | undefined;
  readonly identitySources: readonly string[];
  /** Seconds that an answer is kept. */
  readonly ttl: number;
  readonly form: AnswerForm;
}

/** What the gateways need of their surroundings. */
export interface GatewayWorld {
  readonly invoke: Invoke;
  readonly cache: ResultCache;
}

/** A question to an authorizer. */
export interface Question {
  readonly authorizer: LambdaAuthorizer;
  /** The values of the identity sources. */
  readonly identity: readonly string[];
  readonly event: object;
  /** Of the request. */
  readonly arn: string;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** API Gateway waits this long for an authorizer of an HTTP API; for a REST API it is not documented. */
const LIMIT_MS = 10_000;

/**
 * Asks an authorizer, or applies its kept answer: a kept policy is evaluated for each request, a simple answer is used
 * as it is. Answers are kept by authorizer and identity; an error is never kept.
 */
export async function askAuthorizer({ invoke, cache }: GatewayWorld, question: Question): Promise<Verdict> {
  const { authorizer, identity, event, arn, at } = question;
  if (authorizer.functionName === undefined) return { kind: "failed" };
  const key = [authorizer.id, ...identity];
  const isKept = authorizer.ttl > 0 && identity.length > 0;
  const kept = isKept ? cache.find(key, at) : undefined;
  if (kept !== undefined) return verdictOf(kept, authorizer.form, arn);
  const invocation = await invoke(authorizer.functionName, event, LIMIT_MS);
  const verdict = verdictOf(invocation, authorizer.form, arn);
  if (isKept && (verdict.kind === "allow" || verdict.kind === "deny")) {
    cache.keep(key, invocation, at + authorizer.ttl * 1_000);
  }
  return verdict;
}
