// claimgate/cognito: a user pool in a test. docs/local-cognito.md
import { readFileSync } from "node:fs";
import { messageOf } from "../../../errors.ts";
import {
  poolFromFile,
  usualClientId,
  usualClientSecret,
  usualPlace,
} from "../../cognito/config/from-file.ts";
import { poolFromTemplate } from "../../cognito/config/from-template.ts";
import { type PoolConfig, TRIGGERS, type TriggerName } from "../../cognito/config/pool-config.ts";
import { USUAL_POOL } from "../../cognito/config/settings.ts";
import { addUser } from "../../cognito/operations/add-user.ts";
import { beginSignIn } from "../../cognito/tokens/sign-in-tokens.ts";
import { API_SCOPE } from "../../cognito/tokens/stock-claims.ts";
import { httpFunctions, type Invoke } from "../../cognito/triggers/triggers.ts";
import { jwksPath } from "../http/well-known.ts";
import { startUserPool, type UserPool } from "../user-pool.ts";
import { inProcessFunctions } from "./in-process-functions.ts";

/** The triggers of a user pool, by their names in `LambdaConfig`. */
export type CognitoTrigger =
  | "PreSignUp"
  | "CustomMessage"
  | "PostConfirmation"
  | "PreAuthentication"
  | "PostAuthentication"
  | "DefineAuthChallenge"
  | "CreateAuthChallenge"
  | "VerifyAuthChallengeResponse"
  | "PreTokenGeneration"
  | "UserMigration"
  | "CustomEmailSender"
  | "CustomSMSSender"
  | "InboundFederation";

/** The function of a trigger, as Lambda has it: any handler, with or without a callback. */
export type CognitoHandler = (event: never, context: never, callback: never) => unknown;

/** What a user pool is started with. */
export interface CognitoOptions {
  /** The settings of docs/local-cognito.md, or the path of their file. Without it and a template: sign-up by e-mail. */
  readonly config?: string | Readonly<Record<string, unknown>>;
  /** A packaged CloudFormation template, or the path of its file. */
  readonly template?: string | Readonly<Record<string, unknown>>;
  /** Functions in this process. They take the place of those that the configuration names. */
  readonly triggers?: Readonly<Partial<Record<CognitoTrigger, CognitoHandler>>>;
  /** By default any free port. */
  readonly port?: number;
  /** The issuer of tokens: that of AWS by default, or the address of this pool, for OpenID clients. */
  readonly issuer?: "aws" | "local";
  /** Milliseconds since 1970: another clock, so that tokens and codes can expire without a wait. */
  readonly now?: () => number;
}

/** A user who can sign in at once. */
export interface CognitoUser {
  /** Without it, the e-mail address signs in. */
  readonly username?: string;
  /** Counts as verified. */
  readonly email?: string;
  readonly password?: string;
  /** Groups of the configuration. */
  readonly groups?: readonly string[];
  /** More attributes, all as text. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** The tokens of a sign-in. */
export interface CognitoTokens {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string;
}

/** A message that was not sent. */
export interface CognitoMail {
  /** An address, or a telephone number. */
  readonly to: string;
  readonly medium: "EMAIL" | "SMS";
  /** `SignUp`, `ForgotPassword` and so on. */
  readonly about: string;
  /** The code, or the temporary password. */
  readonly code: string;
  readonly subject?: string;
  readonly text?: string;
}

/** An app client. */
export interface CognitoClient {
  readonly id: string;
  readonly secret: string | undefined;
}

/** A user pool that answers on 127.0.0.1. */
export interface Cognito {
  /** For the SDK: `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly userPoolId: string;
  readonly region: string;
  /** `iss` of its tokens. */
  readonly issuer: string;
  readonly jwksUrl: string;
  /** By name. */
  readonly clients: Readonly<Record<string, CognitoClient>>;
  /** Newest first; only those to this address, if one is given. */
  mails(to?: string): readonly CognitoMail[];
  /**
   * Puts a user into the pool, confirmed; no trigger runs.
   *
   * @throws Error as AWS would refuse the user: the name is taken, the password does not fit, no such group
   */
  addUser(user: CognitoUser): { readonly username: string; readonly sub: string };
  /**
   * Signs a user in without a password. The trigger before token generation runs.
   *
   * @param username or e-mail address, or `sub`
   * @param client the name of the app client; by default the first one
   * @throws Error for a user or a client that is not there, for a disabled user, and that of the trigger
   */
  tokens(username: string, client?: string): Promise<CognitoTokens>;
  /** New keys sign from now on; the old ones stay published. */
  rotateKeys(): void;
  stop(): Promise<void>;
}

/**
 * Starts a Cognito user pool in this process, on 127.0.0.1, with nothing kept: for tests with jest, vitest or
 * node:test. The AWS SDK, Amplify, OpenID clients and aws-jwt-verify work against it.
 *
 * @throws Error where the settings or the template are not valid, with each place, and for a trigger without a function
 *
 * @example
 * import { startCognito } from "claimgate/cognito";
 *
 * export async function tokenOfAnn(): Promise<string> {
 *   const cognito = await startCognito({
 *     config: { UsernameAttributes: ["email"], Groups: { admin: {} }, Clients: { web: {} } },
 *     triggers: { PreSignUp: (event: object) => ({ ...event, response: { autoConfirmUser: true } }) },
 *   });
 *   try {
 *     cognito.addUser({ email: "ann@example.com", password: "Correct-Horse-7", groups: ["admin"] });
 *     return (await cognito.tokens("ann@example.com", "web")).accessToken;
 *   } finally {
 *     await cognito.stop();
 *   }
 * }
 */
export async function startCognito(options: CognitoOptions = {}): Promise<Cognito> {
  const { config, invoke, appOrigins } = described(options);
  const server = await startUserPool(options.port ?? 0, (port) => ({
    config: options.issuer === "local" ? issuedAt(`http://127.0.0.1:${port}`, config) : config,
    invoke,
    file: undefined,
    trusted: appOrigins,
    ...(options.now === undefined ? {} : { now: options.now }),
  }));
  return cognitoOf(server);
}

function cognitoOf({ pool, url, rotateKeys, stop }: UserPool): Cognito {
  const { place, clients } = pool.config;
  return {
    endpoint: url,
    userPoolId: place.userPoolId,
    region: place.region,
    issuer: place.issuer,
    jwksUrl: `${url}${jwksPath(place)}`,
    clients: Object.fromEntries(clients.map(({ name, id, secret }) => [name, { id, secret }])),
    mails: (to) => pool.mailbox.list(to),
    addUser(user) {
      const { username, attributes } = addUser(pool, user);
      return { username, sub: attributes["sub"] ?? "" };
    },
    async tokens(username, client) {
      const user = pool.users.find(username);
      if (user === undefined) throw new Error(`the pool has no user \`${username}\``);
      const of = clients.find(({ name }) => client === undefined || name === client);
      if (of === undefined) throw new Error(`the pool has no client \`${client}\``);
      const source = "TokenGeneration_Authentication";
      const {
        accessToken,
        idToken,
        refreshToken = "",
      } = await beginSignIn(pool, user, of, {
        source,
        scopes: [API_SCOPE],
      });
      return { accessToken, idToken, refreshToken };
    },
    rotateKeys: () => rotateKeys?.(),
    stop,
  };
}

function issuedAt(address: string, config: PoolConfig): PoolConfig {
  return { ...config, place: { ...config.place, issuer: `${address}/${config.place.userPoolId}` } };
}

function described({ config, template, triggers = {} }: CognitoOptions) {
  if (config !== undefined && template !== undefined)
    throw new TypeError("give `config` or `template`, not both");
  const read = template === undefined ? ofSettings(config) : ofTemplate(template);
  const unknown = Object.keys(triggers).find((name) => !TRIGGERS.some((trigger) => trigger === name));
  if (unknown !== undefined) throw new TypeError(`\`${unknown}\` is not a trigger of a user pool`);
  const addresses = addressesOf(read.targets, triggers);
  const names = new Set([
    ...TRIGGERS.filter((trigger) => triggers[trigger] !== undefined),
    ...addresses.keys(),
  ]);
  const [here, there] = [inProcessFunctions(triggers), httpFunctions(addresses)];
  const invoke: Invoke = (trigger, event) => (triggers[trigger] === undefined ? there : here)(trigger, event);
  return { config: { ...read.config, triggers: names }, invoke, appOrigins: read.appOrigins };
}

/** Of the triggers that have no function here. @throws TypeError where one has no address either */
function addressesOf(
  targets: ReadonlyMap<TriggerName, string>,
  triggers: NonNullable<CognitoOptions["triggers"]>,
): ReadonlyMap<TriggerName, string> {
  const others = [...targets].filter(([trigger]) => triggers[trigger] === undefined);
  const [lost] = others.filter(([, target]) => !/^https?:\/\//.test(target));
  if (lost === undefined) return new Map(others);
  throw new TypeError(`the trigger ${lost[0]} calls the function \`${lost[1]}\`; give it in \`triggers\``);
}

function ofSettings(config: CognitoOptions["config"]) {
  if (config === undefined) return poolFromFile("the usual pool", USUAL_POOL);
  if (typeof config === "string") return poolFromFile(config, textIn(config));
  return poolFromFile("config", JSON.stringify(config, null, 2));
}

function ofTemplate(template: NonNullable<CognitoOptions["template"]>) {
  const json: unknown = typeof template === "string" ? JSON.parse(textIn(template)) : template;
  const client = (name: string) => ({ id: usualClientId(name), secret: usualClientSecret(name) });
  const pool = poolFromTemplate(json, { place: usualPlace(), client });
  return { ...pool, targets: pool.functionNames };
}

function textIn(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Error(`\`${file}\` cannot be read: ${messageOf(cause)}`, { cause });
  }
}
