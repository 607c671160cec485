import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { CognitoError as StockError, UnsupportedError } from "cognito-local/lib/errors.js";
import { DefaultConfig } from "cognito-local/lib/server/config.js";
import { Router } from "cognito-local/lib/server/Router.js";
import { createServer } from "cognito-local/lib/server/server.js";
import {
  CognitoServiceFactoryImpl,
  USER_POOL_AWS_DEFAULTS,
} from "cognito-local/lib/services/cognitoService.js";
import { UserPoolServiceFactoryImpl } from "cognito-local/lib/services/userPoolService.js";
import { type JsonObject, objectOf } from "../../../json.ts";
import { CognitoError } from "./cognito-error.ts";
import { JsonDataStoreFactory } from "./json-data-store.ts";

// The one door to cognito-local. Its types reach into the AWS SDK v2, which is not installed, so what passes
// the door is described here, as narrowly as it is used. The modules are its inside: the version is pinned.

export interface Attribute {
  readonly Name: string;
  readonly Value?: string;
}

export interface StoredUser {
  readonly Username: string;
  readonly Password: string;
  readonly Attributes: readonly Attribute[];
  readonly Enabled: boolean;
  readonly UserStatus: string;
  readonly ConfirmationCode?: string | undefined;
  readonly RefreshTokens: readonly string[];
  readonly UserCreateDate: Date;
  readonly UserLastModifiedDate: Date;
}

interface StoredGroup {
  readonly GroupName: string;
  readonly Description?: string | undefined;
  readonly Precedence?: number | undefined;
  readonly RoleArn?: string | undefined;
  readonly CreationDate: Date;
  readonly LastModifiedDate: Date;
  readonly members?: readonly string[];
}

/** Passed through cognito-local's operations to the hooks, untouched. */
interface StockContext {
  readonly logger: unknown;
}

/** The users and groups of one pool. */
export interface UserDirectory {
  readonly options: { readonly Id: string };
  updateOptions(context: StockContext, options: JsonObject): Promise<void>;
  saveAppClient(context: StockContext, client: JsonObject): Promise<void>;
  saveGroup(context: StockContext, group: StoredGroup): Promise<void>;
  listGroups(context: StockContext): Promise<readonly StoredGroup[]>;
  listUserGroupMembership(context: StockContext, user: StoredUser): Promise<readonly string[]>;
  saveUser(context: StockContext, user: StoredUser): Promise<void>;
  getUserByUsername(context: StockContext, username: string): Promise<StoredUser | null>;
  getUserByRefreshToken(context: StockContext, token: string): Promise<StoredUser | null>;
  storeRefreshToken(context: StockContext, token: string, user: StoredUser): Promise<void>;
}

export interface StockTokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}

/** What cognito-local calls back for: everything that this project does in AWS's way instead. */
export interface StockHooks {
  readonly otp: () => string;
  readonly tokenGenerator: {
    generate(
      context: StockContext,
      user: StoredUser,
      groups: readonly string[],
      client: { readonly ClientId: string },
      clientMetadata: Readonly<Record<string, string>> | undefined,
      source: string,
    ): Promise<StockTokens>;
  };
  readonly triggers: {
    enabled(trigger: string): boolean;
    postConfirmation(
      context: StockContext,
      call: {
        readonly source: string;
        readonly clientId: string | null;
        readonly clientMetadata: Readonly<Record<string, string>> | undefined;
        readonly username: string;
        readonly userAttributes: readonly Attribute[];
      },
    ): Promise<void>;
  };
  readonly messages: {
    deliver(
      context: StockContext,
      source: string,
      clientId: string | null,
      userPoolId: string,
      user: StoredUser,
      code: string,
      clientMetadata: Readonly<Record<string, string>> | undefined,
      details: { readonly Destination: string },
    ): Promise<void>;
  };
}

export interface StockCognito {
  readonly context: StockContext;
  readonly users: UserDirectory;
  /** Runs one of cognito-local's own operations. @throws CognitoError */
  run(operation: string, request: JsonObject): Promise<JsonObject>;
  /** Its own routes: the sign-in page and the authorization code grant. `body` where it was read already. */
  serve(request: IncomingMessage, response: ServerResponse, body?: JsonObject): void;
}

/** The attributes that every user pool has, as AWS describes them. */
export const STANDARD_ATTRIBUTES: readonly JsonObject[] = (
  USER_POOL_AWS_DEFAULTS as unknown as { readonly SchemaAttributes: readonly JsonObject[] }
).SchemaAttributes;

interface Narrow {
  readonly factory: {
    create(context: StockContext, defaults: JsonObject): Promise<NarrowService>;
  };
  readonly router: (target: string) => (context: StockContext, request: JsonObject) => Promise<unknown>;
  readonly application: (request: IncomingMessage, response: ServerResponse) => void;
}

interface NarrowService {
  createUserPool(context: StockContext, pool: JsonObject): Promise<unknown>;
  getUserPool(context: StockContext, id: string): Promise<UserDirectory>;
  listUserPools(context: StockContext): Promise<readonly { readonly Id: string }[]>;
}

/** Opens, or creates, the pool of this id in a data directory. */
export async function openCognitoLocal(
  directory: string,
  poolId: string,
  usernameAttributes: readonly string[],
  hooks: StockHooks,
): Promise<StockCognito> {
  const context: StockContext = { logger: silentLogger() };
  const clock = { get: () => new Date() };
  const stores = new JsonDataStoreFactory(directory);
  const factory = new CognitoServiceFactoryImpl(
    directory,
    stores as never,
    new UserPoolServiceFactoryImpl(clock, stores as never),
  ) as unknown as Narrow["factory"];
  await stores.create(context, "clients", { Clients: {} });
  const cognito = await factory.create(context, { UsernameAttributes: [...usernameAttributes] });
  const pools = await cognito.listUserPools(context);
  if (!pools.some(({ Id }) => Id === poolId)) await cognito.createUserPool(context, { Id: poolId });

  const config = { ...DefaultConfig, UserPoolDefaults: { UsernameAttributes: [...usernameAttributes] } };
  const services = { clock, cognito, config, ...hooks };
  const router = Router(services as never) as unknown as Narrow["router"];
  const server = createServer(router as never, context.logger as never, {}, services as never);
  const application = server.application as Narrow["application"];
  return {
    context,
    users: await cognito.getUserPool(context, poolId),
    async run(operation, request) {
      try {
        return objectOf(await router(operation)(context, request));
      } catch (error) {
        throw translate(error);
      }
    },
    serve(request, response, body) {
      leaveOutItsCors(response);
      // body-parser leaves a request alone that says that its body was read.
      application(body === undefined ? request : Object.assign(request, { body, _body: true }), response);
    },
  };
}

/** cognito-local lets the pages of every origin read its answers; who may is said already. */
function leaveOutItsCors(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    name.toLowerCase() === "access-control-allow-origin" ? response : setHeader(name, value);
}

function translate(error: unknown): unknown {
  if (error instanceof StockError) return new CognitoError(error.code, error.message);
  if (error instanceof UnsupportedError) {
    return new CognitoError("InvalidParameterException", `the local stack cannot do this: ${error.message}`);
  }
  return error;
}

/** The logger that cognito-local brings along, switched off: it logs passwords and tokens. */
function silentLogger(): unknown {
  const here = createRequire(import.meta.url);
  const there = createRequire(here.resolve("cognito-local/package.json"));
  const pino = there("pino") as (options: { readonly level: string }) => unknown;
  return pino({ level: "silent" });
}
