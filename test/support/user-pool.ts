import type { JsonObject } from "../../src/json.ts";
import { attributeSchema } from "../../src/tools/cognito/config/attribute-schema.ts";
import { clientConfig } from "../../src/tools/cognito/config/client-config.ts";
import { messagesOf } from "../../src/tools/cognito/config/messages.ts";
import { passwordPolicyOf } from "../../src/tools/cognito/config/password-policy.ts";
import type { ClientConfig, PoolConfig, TriggerName } from "../../src/tools/cognito/config/pool-config.ts";
import { MemoryStore, type Store } from "../../src/tools/cognito/directory/journal.ts";
import type { User } from "../../src/tools/cognito/directory/user.ts";
import { openPool, type Pool } from "../../src/tools/cognito/pool.ts";
import { createKeyPair } from "../../src/tools/cognito/tokens/signing.ts";
import type { IssuedListener } from "../../src/tools/cognito/tokens/token-issuer.ts";
import type { Invoke } from "../../src/tools/cognito/triggers/triggers.ts";
import { startUserPool, type UserPool } from "../../src/tools/cognito-server/user-pool.ts";

/** The function of a trigger: gets the event, gives the event back, or throws. */
export type TriggerFunction = (event: never) => unknown;

export interface TestPoolOptions {
  readonly config?: Partial<PoolConfig>;
  readonly triggers?: Partial<Record<TriggerName, TriggerFunction>>;
  readonly now?: () => number;
  readonly store?: Store;
  readonly onTokens?: IssuedListener;
}

const KEYS = { access: createKeyPair("access"), id: createKeyPair("id") };

/** An app client as AWS makes it where it says nothing, with all flows. */
export function testClient(properties: JsonObject = {}, name = "web", secret?: string): ClientConfig {
  const flows = [
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
  ];
  return clientConfig({ name, id: `${name}client`, secret }, { ExplicitAuthFlows: flows, ...properties }, []);
}

/** A pool that signs in by e-mail and lets people sign up, unless told otherwise. */
export function testConfig(config: Partial<PoolConfig> = {}): PoolConfig {
  return {
    place: {
      region: "us-east-1",
      accountId: "000000000000",
      userPoolId: "us-east-1_LocalPool",
      issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_LocalPool",
    },
    name: "test",
    tier: "ESSENTIALS",
    usernameAttributes: ["email"],
    aliasAttributes: [],
    usernameCaseSensitive: false,
    autoVerifiedAttributes: ["email"],
    verifyBeforeUpdate: ["email"],
    adminCreateUserOnly: false,
    temporaryPasswordDays: 7,
    passwordPolicy: passwordPolicyOf({}),
    schema: attributeSchema([]),
    mfa: { mode: "OFF", methods: [] },
    firstFactors: ["PASSWORD"],
    recovery: ["verified_email"],
    triggers: new Set(),
    preTokenVersion: "V1_0",
    clients: [testClient()],
    groups: [],
    providers: [],
    messages: messagesOf({}),
    identityPool: undefined,
    ...config,
  };
}

/** Calls the functions of the test as Lambda would: with a copy of the event. */
function invokeIn(triggers: NonNullable<TestPoolOptions["triggers"]>): Invoke {
  return async (trigger, event) => {
    try {
      const run = triggers[trigger];
      if (run === undefined) return { kind: "failed", text: "no function is configured." };
      return { kind: "answered", payload: await run(structuredClone(event) as never) };
    } catch (error) {
      return { kind: "threw", errorMessage: error instanceof Error ? error.message : undefined };
    }
  };
}

/** A pool in memory, whose triggers are functions of the test. */
export function testPool({ config, triggers = {}, now, store, onTokens }: TestPoolOptions = {}): Pool {
  const names = new Set(Object.keys(triggers)) as Set<TriggerName>;
  return openPool({
    config: testConfig({ triggers: names, ...config }),
    store: store ?? new MemoryStore(),
    keys: { current: () => KEYS, published: () => [KEYS.id, KEYS.access] },
    ...(now === undefined ? {} : { now }),
    invoke: invokeIn(triggers),
    ...(onTokens === undefined ? {} : { onTokens }),
  });
}

/** A confirmed user without a password. */
export function testUser(username: string, email: string, changes: Partial<User> = {}): User {
  return {
    username,
    attributes: { sub: username, email, email_verified: "true" },
    enabled: true,
    status: "CONFIRMED",
    codes: {},
    mfa: { enabled: [] },
    groups: [],
    identities: [],
    createdAt: 0,
    modifiedAt: 0,
    ...changes,
  };
}

/** The pool of {@link testPool} behind its server, on a free port. Stop it. */
export function servedPool(options: TestPoolOptions = {}): Promise<UserPool> {
  const { config, triggers = {}, now } = options;
  const names = new Set(Object.keys(triggers)) as Set<TriggerName>;
  return startUserPool(0, {
    config: testConfig({ triggers: names, ...config }),
    invoke: invokeIn(triggers),
    file: undefined,
    keys: { current: () => KEYS, published: () => [KEYS.id, KEYS.access] },
    ...(now === undefined ? {} : { now }),
  });
}
