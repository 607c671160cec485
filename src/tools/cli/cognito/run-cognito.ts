import { once } from "node:events";
import { systemCodeOf } from "../../../errors.ts";
import { CognitoError } from "../../cognito/cognito-error.ts";
import type { PoolConfig } from "../../cognito/config/pool-config.ts";
import { DamagedDataError } from "../../cognito/directory/journal.ts";
import { type AddedUser, addUser } from "../../cognito/operations/add-user.ts";
import type { Pool } from "../../cognito/pool.ts";
import { httpFunctions } from "../../cognito/triggers/triggers.ts";
import { startUserPool, type UserPool } from "../../cognito-server/user-pool.ts";
import { CommandError } from "../../machine/command-error.ts";
import { heldBy } from "../../machine/port-holder.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type AskedPool, askedPool, type PoolSource, readSeed } from "./asked-pool.ts";
import { type PoolData, takePoolData } from "./pool-data.ts";
import { poolReport, printPool } from "./print-pool.ts";

export interface CognitoArguments extends CommonOptions, PoolSource {
  readonly port?: number;
  readonly data?: string;
  readonly reset?: true;
  readonly seed?: string;
  readonly issuer: "aws" | "local";
}

const USUAL_PORT = 9229;

/** How far to search for a free port if none was asked for. */
const REACH = 50;

/** `claimgate cognito`: serves a pool until it is told to stop. @throws CommandError */
export async function runCognito(context: Context, options: CognitoArguments): Promise<ExitCode> {
  const { output, directory } = context;
  if (options.reset === true && options.data === undefined) {
    throw new CommandError("command_usage", "`--reset` without `--data` has nothing to forget");
  }
  const asked = askedPool(directory, options);
  const users = options.seed === undefined ? [] : readSeed(directory, options.seed);
  const stop = stopSignal();
  const data = takePoolData(directory, options.data, options.reset === true);
  try {
    const server = await served(asked, options, data);
    try {
      seed(server.pool, users, options.seed ?? "");
      const report = poolReport(server);
      if (output.format === "json") output.json(report);
      else printPool(output.screen, report, options.port ?? USUAL_PORT);
      if (!stop.aborted) await once(stop, "abort");
    } finally {
      await server.stop();
    }
  } finally {
    data.release();
  }
  return EXIT.ok;
}

async function served(asked: AskedPool, options: CognitoArguments, data: PoolData): Promise<UserPool> {
  const { addresses, appOrigins } = asked;
  const open = (port: number) => ({
    config: options.issuer === "local" ? issuedHere(asked.config, port) : asked.config,
    invoke: httpFunctions(addresses),
    file: data.file,
    trusted: appOrigins,
  });
  const last = (options.port ?? USUAL_PORT + REACH) - 1;
  for (let port = options.port ?? USUAL_PORT; ; port++) {
    try {
      return await startUserPool(port, open);
    } catch (cause) {
      const mayGoOn = options.port === undefined && port < last && systemCodeOf(cause) === "EADDRINUSE";
      if (!mayGoOn) throw notServed(cause, port);
    }
  }
}

/** OpenID clients take only an issuer that they found at its own address. */
function issuedHere(config: PoolConfig, port: number): PoolConfig {
  const issuer = `http://127.0.0.1:${port}/${config.place.userPoolId}`;
  return { ...config, place: { ...config.place, issuer } };
}

function notServed(cause: unknown, port: number): unknown {
  if (cause instanceof DamagedDataError) {
    return new CommandError("user_pool_unreadable", cause.message, {
      cause,
      fix: "correct the file, or forget all users with `--reset`",
    });
  }
  const code = systemCodeOf(cause);
  if (code !== "EADDRINUSE" && code !== "EACCES") return cause;
  const why = code === "EACCES" ? "needs more rights than you have" : `is taken${heldBy(port)}`;
  return new CommandError("port_taken", `port ${port} ${why}`, {
    cause,
    fix: "stop the program that listens there, or choose another port with `--port`",
  });
}

/** Users who are there already stay as they are. */
function seed(pool: Pool, users: readonly AddedUser[], file: string): void {
  for (const [index, user] of users.entries()) {
    const name = user.username ?? user.email ?? "";
    if (pool.users.find(name) !== undefined) continue;
    try {
      addUser(pool, user);
    } catch (cause) {
      if (!(cause instanceof CognitoError)) throw cause;
      const message = `\`${file}\`: user ${index + 1} (\`${name}\`) is refused: ${cause.message}`;
      throw new CommandError("user_pool_unreadable", message, { cause });
    }
  }
}

/** Aborts at the first request to stop; a second one ends the process, as it would without this. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => controller.abort());
  return controller.signal;
}
