import { join } from "node:path";
import { poolFromTemplate, type TemplatePool } from "../../cognito/config/from-template.ts";
import type { GroupConfig } from "../../cognito/config/pool-config.ts";
import type { IssuedListener, PoolKeys } from "../../cognito/tokens/token-issuer.ts";
import { lambdaEndpoint } from "../../cognito/triggers/triggers.ts";
import type { UserPoolOptions } from "../../cognito-server/user-pool.ts";
import type { DataDirectory } from "../data-directory.ts";
import { LOCAL } from "../identifiers.ts";
import { localSigningKey } from "../personas/signing-key-file.ts";
import type { Ports } from "../ports.ts";
import { type OnDelivery, toldTriggers } from "../recorder/delivery.ts";
import { accessTokenRoute } from "./access-token-route.ts";
import { groupsOfPolicy } from "./policy-groups.ts";
import { apiEvent, type PoolEvent, webEvent } from "./pool-event.ts";

/**
 * The user pool of the packaged service, under its local names.
 *
 * @param template the packaged CloudFormation template
 * @throws TypeError where it is not a template
 * @throws RangeError where the template has no user pool, or a trigger names a function that it does not have
 */
export function localPool(template: unknown): TemplatePool {
  return poolFromTemplate(template, {
    place: LOCAL,
    client: (name) => ({ id: localClientId(name), secret: `local-secret-of-${name}` }),
  });
}

/** A client without a fixed id gets a derived one. */
function localClientId(name: string): string {
  const planned = Object.entries(LOCAL.appClients).find(([logical]) => logical === name)?.[1];
  return planned ?? `local${name.toLowerCase()}client`;
}

/** What is told of a pool that runs. */
export interface PoolListeners {
  readonly onEvent: (event: PoolEvent) => void;
  readonly onTokens: IssuedListener;
  /** Anything was asked of the pool, so users, groups or mails may differ. */
  readonly onAsked: () => void;
  /** A trigger ran. */
  readonly onDelivery: OnDelivery;
}

/**
 * How the pool of the service is served: on the users of the data directory, with the functions of this run.
 *
 * @param policies the directory of the policy, which may name more groups while the pool is open
 */
export function localPoolOptions(
  { config, functionNames, appOrigins }: TemplatePool,
  data: DataDirectory,
  ports: Ports,
  policies: string,
  { onEvent, onTokens, onAsked, onDelivery }: PoolListeners,
): UserPoolOptions {
  const keys = poolKeys(data.keys);
  const told = (event: PoolEvent | undefined) => {
    if (event !== undefined) onEvent(event);
  };
  return {
    config,
    invoke: toldTriggers(
      lambdaEndpoint(`http://127.0.0.1:${ports.lambda}`, functionNames),
      functionNames,
      onDelivery,
    ),
    file: join(data.pool, "user-pool.jsonl"),
    keys: { current: () => keys, published: () => [keys.id, keys.access] },
    trusted: appOrigins,
    currentGroups: () => groupsInForce(policies, config.groups),
    routes: { "GET /_access-token": accessTokenRoute(told) },
    onApiCall: ({ operation, request, status, body, error }) => {
      told(apiEvent(operation, request, { status, body, error }));
      onAsked();
    },
    onWebCall: (call) => {
      told(webEvent(call));
      if (call.request.method === "POST") onAsked();
    },
    onTokens,
  };
}

/** The groups of the template, as the policy changes and completes them. */
function groupsInForce(policies: string, packaged: readonly GroupConfig[]): readonly GroupConfig[] {
  try {
    const all = [...packaged, ...groupsOfPolicy(policies, packaged)];
    return [...new Map(all.map((group) => [group.name, group])).values()];
  } catch {
    // The watch of the policy reports what is wrong with it.
    return packaged;
  }
}

/** The access-token key is that of `npm run token`, so its tokens are valid here as well. */
function poolKeys(directory: string): PoolKeys {
  const own = localSigningKey(join(directory, "id-token"));
  const kid = `${own.kid}-id`;
  return {
    access: localSigningKey(directory),
    id: { ...own, kid, publicJwk: { ...own.publicJwk, kid } },
  };
}

/** The secret of a client of the pool; undefined where it has none, or is not there. */
export function secretOf({ clients }: TemplatePool["config"], name: string): string | undefined {
  return clients.find((client) => client.name === name)?.secret;
}
