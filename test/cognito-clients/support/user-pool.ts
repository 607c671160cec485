import type { ClientConfig, PoolConfig, TriggerName } from "../../../src/tools/cognito/config/pool-config.ts";
import type { Mail } from "../../../src/tools/cognito/messages/mailbox.ts";
import { startUserPool, type UserPool } from "../../../src/tools/cognito-server/user-pool.ts";
import { type TriggerFunction, testClient, testConfig } from "../../support/user-pool.ts";
import { answered } from "./scenario.ts";

export type Triggers = Partial<Record<TriggerName, TriggerFunction>>;

export const PASSWORD = "Correct-Horse-7";
export const CALLBACK = "http://localhost:5173/callback";
export const SIGNED_OUT = "http://localhost:5173/signed-out";

/** Starts a user pool on a free port, with triggers that run in this process. */
export function startPool(config: Partial<PoolConfig> = {}, triggers: Triggers = {}): Promise<UserPool> {
  const names = new Set(Object.keys(triggers)) as Set<TriggerName>;
  return startUserPool(0, {
    config: testConfig({ triggers: names, ...config }),
    file: undefined,
    async invoke(trigger, event) {
      try {
        return { kind: "answered", payload: await triggers[trigger]?.(structuredClone(event) as never) };
      } catch (error) {
        return { kind: "threw", errorMessage: error instanceof Error ? error.message : undefined };
      }
    },
    onApiCall: ({ operation, status }) => answered(operation, status !== 200),
    onWebCall: ({ route, answer }) => answered(route, answer.status >= 400),
  });
}

/** The app of people: no secret, every flow, the code grant. */
export const webClient = (changes: Partial<ClientConfig> = {}): ClientConfig => ({
  ...testClient(),
  id: "localwebclient",
  flows: ["code"],
  scopes: ["openid", "email", "profile", "phone", "aws.cognito.signin.user.admin"],
  callbackUrls: [CALLBACK],
  logoutUrls: [SIGNED_OUT],
  ...changes,
});

/** A client of another name with a secret. */
export const confidentialClient = (name: string, changes: Partial<ClientConfig> = {}): ClientConfig => ({
  ...testClient({}, name, `secret-of-${name}`),
  ...changes,
});

/** A client of another name without one. */
export const publicClient = (name: string, changes: Partial<ClientConfig> = {}): ClientConfig => ({
  ...testClient({}, name),
  ...changes,
});

/** The messages to an address, newest first. */
export async function mailsTo(pool: UserPool, to: string): Promise<readonly Mail[]> {
  const response = await fetch(`${pool.url}/_mailbox?to=${encodeURIComponent(to)}`);
  const { mails } = (await response.json()) as { readonly mails: readonly Mail[] };
  return mails;
}

/** The code of the last message to an address. */
export async function codeFor(pool: UserPool, to: string): Promise<string> {
  const [last] = await mailsTo(pool, to);
  if (last === undefined) throw new Error(`no message was sent to ${to}`);
  return last.code;
}

let made = 0;

/** An address that nobody has yet. */
export function newAddress(): string {
  made += 1;
  return `person${made}@example.com`;
}
