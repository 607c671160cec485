import type { GroupConfig, PoolConfig } from "../cognito/config/pool-config.ts";
import { Journal, MemoryStore } from "../cognito/directory/journal.ts";
import { ALL_OPERATIONS } from "../cognito/operations/all-operations.ts";
import { openPool, type Pool } from "../cognito/pool.ts";
import { storedKeyRing } from "../cognito/tokens/stored-key-ring.ts";
import type { IssuedListener, KeyRing } from "../cognito/tokens/token-issuer.ts";
import type { Invoke } from "../cognito/triggers/triggers.ts";
import { federationRoutes } from "../managed-login/federation/federation-routes.ts";
import { newOAuthState, oauthRoutes } from "../managed-login/oauth/oauth-routes.ts";
import { pageRoutes } from "../managed-login/pages/page-routes.ts";
import type { WebRoutes } from "../managed-login/route.ts";
import { mailboxRoutes } from "./http/mailbox-routes.ts";
import { rotationRoutes } from "./http/rotation-routes.ts";
import {
  type ApiCall,
  type Running,
  type Served,
  serveUserPool,
  type WebCall,
} from "./http/user-pool-server.ts";
import { wellKnownRoutes } from "./http/well-known.ts";
import { identityApi } from "./identity-pool/identity-operations.ts";

export interface UserPoolOptions {
  readonly config: PoolConfig;
  /** Calls the functions of triggers. */
  readonly invoke: Invoke;
  /** The file of its records; undefined: in memory. */
  readonly file: string | undefined;
  /** Keys from elsewhere; undefined: the pool's own, kept with its records. */
  readonly keys?: KeyRing;
  /** Origins of pages that may call what AWS lets a browser call. */
  readonly trusted?: readonly string[];
  /** The groups as they are now, where they may change while the pool is open. */
  readonly currentGroups?: () => readonly GroupConfig[];
  /** More routes, e.g. those of an app that shows what happens. */
  readonly routes?: WebRoutes;
  readonly onTokens?: IssuedListener;
  readonly onApiCall?: (call: ApiCall) => void;
  readonly onWebCall?: (call: WebCall) => void;
  readonly now?: () => number;
}

/** A user pool that answers. */
export interface UserPool extends Running {
  readonly pool: Pool;
  /** e.g. `http://127.0.0.1:9229` */
  readonly url: string;
  /** From now on new keys sign; undefined where the keys are from elsewhere. */
  readonly rotateKeys: (() => void) | undefined;
}

/**
 * Opens a user pool and serves it on 127.0.0.1: the Cognito API, the OAuth endpoints, the sign-in pages. The port is
 * taken at once; requests that arrive before the pool is open wait for it.
 *
 * @param port 0: any free one
 * @param opening what to serve, or a function that is told the port, once it is taken
 * @throws DamagedDataError where the file is not one of a user pool
 * @throws Error of node:net where the port cannot be used
 */
export async function startUserPool(
  port: number,
  opening: UserPoolOptions | Promise<UserPoolOptions> | ((port: number) => UserPoolOptions),
): Promise<UserPool> {
  // Awaited once the port is taken; until then, a failure has nobody who hears of it.
  if (opening instanceof Promise) opening.catch(() => undefined);
  const { served, ...running } = await serveUserPool(port, async (taken) =>
    open(typeof opening === "function" ? opening(taken) : await opening),
  );
  const { pool, rotateKeys } = served;
  return { ...running, pool, rotateKeys, url: `http://127.0.0.1:${running.port}` };
}

function open(options: UserPoolOptions): Served & Pick<UserPool, "rotateKeys"> {
  const { config, file, trusted = [], routes } = options;
  const store = file === undefined ? new MemoryStore() : new Journal(file);
  const own = storedKeyRing(store);
  const keys = options.keys ?? own;
  const pool = openPool({ ...options, store, keys });
  const state = newOAuthState(pool.now);
  const identity = identityApi();
  const rotateKeys = options.keys === undefined ? () => own.rotate() : undefined;
  return {
    ...options,
    pool,
    operations: ALL_OPERATIONS,
    identityOperations: identity.operations,
    routes: {
      ...wellKnownRoutes(config.place),
      ...oauthRoutes(state),
      ...pageRoutes(state),
      ...federationRoutes(state, pool.now),
      ...mailboxRoutes,
      ...identity.routes,
      ...(rotateKeys === undefined ? {} : rotationRoutes(rotateKeys)),
      ...routes,
    },
    trusted,
    rotateKeys,
  };
}
