import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { fillTokens } from "../local/event-tokens.ts";
import { LOCAL } from "../local/identifiers.ts";
import { localTokens } from "../local/local-tokens.ts";
import { policiesDirectory } from "../runtime/policy-directory.ts";
import { isLocalCommand } from "./local-command.ts";

/** What the plugin touches of the framework; the framework ships no types. */
interface Serverless {
  readonly processedInput: { readonly commands: readonly string[] };
  readonly service: {
    readonly custom: { readonly esbuild: { conditions?: readonly string[]; outputWorkFolder?: string } };
    readonly functions: Readonly<Record<string, { environment?: Record<string, unknown> }>>;
  };
}

/** The framework parses an event file before the invocation; what is not JSON stays text. */
interface InvokeOptions {
  data?: unknown;
}

/**
 * Gives each build a folder of its own, so that packaging does not pull the files from under a running local
 * stack; and makes local commands local, and no other:
 * - `#signing-keys` resolves to the local key set (esbuild condition `claimgate-local`);
 * - what CloudFormation would fill in of the environment gets local values, and the functions get no real
 *   credentials;
 * - `invoke local` replaces `{{token:alice}}` in a sample event by a fresh token of a local key.
 */
export class ClaimgateServerlessPlugin {
  readonly hooks: Readonly<Record<string, () => void>>;
  readonly #serverless: Serverless;
  readonly #options: InvokeOptions;
  readonly #directory = resolve(process.env["CLAIMGATE_LOCAL_DATA"] ?? ".local");

  constructor(serverless: Serverless, options: InvokeOptions) {
    this.#serverless = serverless;
    this.#options = options;
    this.hooks = isLocalCommand(serverless.processedInput.commands)
      ? {
          initialize: () => this.#localize(),
          "before:invoke:local:invoke": () => this.#fillTokens(),
        }
      : { initialize: () => this.#ownFolder() };
  }

  #ownFolder(): void {
    const folder = `.esbuild/deploy-${process.pid}`;
    this.#serverless.service.custom.esbuild.outputWorkFolder = folder;
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  }

  #localize(): void {
    mkdirSync(this.#directory, { recursive: true });
    Object.assign(process.env, localProcess());
    const { custom, functions } = this.#serverless.service;
    custom.esbuild.outputWorkFolder = ".esbuild/local";
    custom.esbuild.conditions = ["claimgate-local"];
    for (const definition of Object.values(functions)) {
      definition.environment = { ...definition.environment, ...localEnvironment(this.#directory) };
    }
  }

  #fillTokens(): void {
    const { data } = this.#options;
    if (typeof data !== "object" || data === null) return;
    this.#options.data = JSON.parse(fillTokens(JSON.stringify(data), localTokens(this.#directory)));
  }
}

/** No function that runs here may find real credentials, or look for them on the network. */
function localProcess(): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: "local",
    AWS_REGION: LOCAL.region,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER:
      process.env["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] ?? "http://127.0.0.1:9229",
  };
}

function localEnvironment(directory: string): Record<string, string> {
  return {
    CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
    CLAIMGATE_APP_CLIENTS: JSON.stringify(LOCAL.appClients),
    CLAIMGATE_TRUSTED_PROVIDERS: JSON.stringify(LOCAL.trustedProviders),
    CLAIMGATE_LOCAL_JWKS: process.env["CLAIMGATE_LOCAL_JWKS"] ?? resolve(directory, "keys", "jwks.json"),
    CLAIMGATE_ORDERS_FILE: resolve(directory, "orders.json"),
    CLAIMGATE_POLICIES: policiesDirectory(process.env),
    ...localProcess(),
  };
}
