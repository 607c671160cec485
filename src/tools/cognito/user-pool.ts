import type { GroupConfig, PoolConfig } from "./config/pool-config.ts";
import { Journal, MemoryStore } from "./directory/journal.ts";
import { mailboxRoutes } from "./http/mailbox-routes.ts";
import type { WebRoutes } from "./http/route.ts";
import { type ApiCall, type Running, serveUserPool, type WebCall } from "./http/user-pool-server.ts";
import { wellKnownRoutes } from "./http/well-known.ts";
import { newOAuthState, oauthRoutes } from "./oauth/oauth-routes.ts";
import { ALL_OPERATIONS } from "./operations/all-operations.ts";
import { openPool, type Pool } from "./pool.ts";
import { type RotatingKeyRing, storedKeyRing } from "./tokens/stored-key-ring.ts";
import type { IssuedListener, KeyRing } from "./tokens/token-issuer.ts";
import type { Invoke } from "./triggers/triggers.ts";

export interface UserPoolOptions {
  readonly config: PoolConfig;
  /** Calls the functions of triggers. */
  readonly invoke: Invoke;
  /** 0: any free one. */
  readonly port: number;
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
 * Opens a user pool and serves it on 127.0.0.1: the Cognito API, the OAuth endpoints, the sign-in pages.
 *
 * @throws DamagedDataError where the file is not one of a user pool
 * @throws Error of node:net where the port cannot be used
 */
export async function startUserPool(options: UserPoolOptions): Promise<UserPool> {
  const {
    config,
    invoke,
    port,
    file,
    trusted = [],
    currentGroups,
    onTokens,
    onApiCall,
    onWebCall,
    now,
  } = options;
  const store = file === undefined ? new MemoryStore() : new Journal(file);
  const own: RotatingKeyRing | undefined = options.keys === undefined ? storedKeyRing(store) : undefined;
  const keys = options.keys ?? own ?? storedKeyRing(store);
  const pool = openPool({
    config,
    store,
    keys,
    invoke,
    ...(now === undefined ? {} : { now }),
    ...(currentGroups === undefined ? {} : { currentGroups }),
    ...(onTokens === undefined ? {} : { onTokens }),
  });
  const running = await serveUserPool(Promise.resolve(pool), {
    port,
    operations: ALL_OPERATIONS,
    routes: {
      ...wellKnownRoutes(config.place),
      ...oauthRoutes(newOAuthState(pool.now)),
      ...mailboxRoutes,
      ...options.routes,
    },
    trusted,
    ...(onApiCall === undefined ? {} : { onApiCall }),
    ...(onWebCall === undefined ? {} : { onWebCall }),
  });
  const url = `http://127.0.0.1:${running.port}`;
  return { ...running, pool, url, rotateKeys: own === undefined ? undefined : () => own.rotate() };
}
