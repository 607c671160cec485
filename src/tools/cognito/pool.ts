import { AttemptLimit } from "./auth/attempt-limit.ts";
import { Challenges } from "./auth/challenges.ts";
import { Lockout } from "./auth/lockout.ts";
import { CognitoError } from "./cognito-error.ts";
import type { ClientConfig, GroupConfig, PoolConfig } from "./config/pool-config.ts";
import { GroupDirectory } from "./directory/group-directory.ts";
import type { Store } from "./directory/journal.ts";
import { SignIns } from "./directory/sign-ins.ts";
import { UserDirectory } from "./directory/user-directory.ts";
import { Mailbox } from "./messages/mailbox.ts";
import { type IssuedListener, type KeyRing, TokenIssuer } from "./tokens/token-issuer.ts";
import { type Invoke, type RunTrigger, triggerRunner } from "./triggers/triggers.ts";

/** Everything that an operation of the pool works with. */
export interface Pool {
  readonly config: PoolConfig;
  readonly store: Store;
  readonly users: UserDirectory;
  readonly groups: GroupDirectory;
  readonly signIns: SignIns;
  /** The sign-ins that wait for an answer. */
  readonly challenges: Challenges;
  readonly lockout: Lockout;
  /** Of codes that were sent. */
  readonly attempts: AttemptLimit;
  readonly mailbox: Mailbox;
  readonly keys: KeyRing;
  readonly tokens: TokenIssuer;
  /** Calls a trigger that the configuration has; ask `config.triggers` first. */
  readonly runTrigger: RunTrigger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Creates the groups that the configuration has by now. @returns the names of those that are new */
  readonly takeGroups: () => readonly string[];
}

export interface PoolParts {
  readonly config: PoolConfig;
  readonly store: Store;
  readonly keys: KeyRing;
  readonly invoke: Invoke;
  readonly now?: () => number;
  /** The groups as they are now, where they may change while the pool is open. */
  readonly currentGroups?: () => readonly GroupConfig[];
  readonly onTokens?: IssuedListener;
}

/** Opens the pool of a configuration on its records: its groups are brought up to date, its users are left alone. */
export function openPool(parts: PoolParts): Pool {
  const { config, store, keys, invoke, onTokens } = parts;
  const now = parts.now ?? (() => Date.now());
  const currentGroups = parts.currentGroups ?? (() => config.groups);
  const runTrigger = triggerRunner(invoke);
  const groups = new GroupDirectory(store);
  const signIns = new SignIns(store, now);
  signIns.forgetExpired();
  const takeGroups = () => groups.bringUpToDate(currentGroups(), now());
  takeGroups();
  return {
    config,
    store,
    users: new UserDirectory(store, config),
    groups,
    signIns,
    challenges: new Challenges(now),
    lockout: new Lockout(now),
    attempts: new AttemptLimit(now),
    mailbox: new Mailbox(),
    keys,
    tokens: new TokenIssuer(config, keys, runTrigger, now, onTokens),
    runTrigger,
    now,
    takeGroups,
  };
}

/** The app client of this id. @throws CognitoError `ResourceNotFoundException` */
export function clientOf({ clients }: PoolConfig, id: string | undefined): ClientConfig {
  const client = clients.find((candidate) => candidate.id === id);
  if (client === undefined) {
    throw new CognitoError("ResourceNotFoundException", `User pool client ${id ?? ""} does not exist.`);
  }
  return client;
}
