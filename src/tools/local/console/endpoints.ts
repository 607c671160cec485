import { type JsonObject, textOf } from "../../../json.ts";
import type { SignedInJson } from "../../console/contract.ts";
import { accessMatrix } from "../../policy-view/access-matrix.ts";
import type { PolicyInForce } from "../policy-in-force.ts";
import { ConsoleError } from "./console-error.ts";
import type { ConsoleFeed } from "./console-feed.ts";
import type { ConsoleStack } from "./console-stack.ts";
import { deliveryDetail, saveDelivery } from "./deliveries.ts";
import { deliveryJson } from "./delivery-json.ts";
import { mailsOf } from "./mails.ts";
import { checkEdits, readPolicy, saveEdits } from "./policy-editing.ts";
import { signInAs } from "./sign-in-as.ts";
import { tryRoute } from "./try-route.ts";
import { changeGroup, changeUser, createUser, directory, usernameIn } from "./user-directory.ts";

/** What an endpoint answers with. */
interface Visited {
  readonly stack: ConsoleStack;
  readonly policy: PolicyInForce;
  readonly feed: ConsoleFeed;
  readonly query: URLSearchParams;
  /** Of a POST; empty otherwise. */
  readonly body: JsonObject;
}

type Endpoint = (visited: Visited) => unknown;

/** `POST /api/users` -> what it does. A GET changes nothing. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  "GET /api/directory": ({ stack, query }) =>
    directory(stack.pool, query.get("search") ?? "", query.get("user") ?? ""),
  "POST /api/users": changing(({ stack, body }) => createUser(stack.pool, body)),
  "POST /api/user": changing(({ stack, body }) => changeUser(stack.pool, body)),
  "POST /api/group": changing(({ stack, body }) => changeGroup(stack.pool, body)),
  "POST /api/sign-in": signIn,
  "GET /api/issued": ({ feed }) => feed.issued.list(),
  "POST /api/try": ({ stack, policy, feed, body }) =>
    tryRoute(stack, policy, (listener) => feed.onEntry(listener), body),
  "GET /api/log": ({ feed }) => feed.log.list(),
  "GET /api/events": ({ feed }) => feed.deliveries.list().map(deliveryJson),
  "GET /api/event": ({ query, ...source }) => deliveryDetail(source, query.get("id") ?? ""),
  "POST /api/event/save": ({ body, ...source }) => saveDelivery(source, body),
  "GET /api/mails": ({ stack }) => mailsOf(stack.pool),
  "GET /api/matrix": ({ policy }) => accessMatrix(policy.read().policy),
  "GET /api/policy": ({ stack, policy }) => readPolicy(stack.policies, policy),
  "POST /api/policy/check": ({ stack, policy, body }) => checkEdits(stack.policies, policy, body),
  "POST /api/policy/save": ({ stack, body }) => saveEdits(stack.policies, body),
};

/** Other pages that are open hear of it. */
function changing(endpoint: (visited: Visited) => Promise<unknown>): Endpoint {
  return async (visited) => {
    const answer = await endpoint(visited);
    visited.feed.tell({ type: "pool" });
    return answer;
  };
}

/** Signs in without a password, as only this console may. @throws ConsoleError, CognitoError */
async function signIn({ stack: { pool }, feed, body }: Visited): Promise<SignedInJson> {
  const who = textOf(body["client"]) === undefined ? usernameIn(body) : `client:${textOf(body["client"])}`;
  const jwt = await signInAs(pool, who);
  const issued = feed.issued.of(jwt.access);
  if (issued === undefined) throw new ConsoleError(500, "tokens", "the pool issued no tokens");
  return { ...issued, jwt: { access: jwt.access, id: jwt.id ?? null } };
}
