import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { freePort, until } from "../local-stack-process.ts";
import { pythonEnvironment } from "../python-environment.ts";
import { ACCOUNT, CREDENTIALS, REGION } from "./account.ts";

const HERE = __dirname;
const START_LIMIT_MS = 60_000;
/** Another process may take a free port before the emulator listens on it. */
const ATTEMPTS = 3;
const SHOWN_LINES = 30;

export interface Emulator {
  /** `http://127.0.0.1:PORT`, of AWS's APIs and of both gateways' data planes. */
  readonly endpoint: string;
  readonly pid: number;
  readonly logFile: string;
  /** Ends it and everything it started; resolves once it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts ministack on a free port of 127.0.0.1, with IAM enforced. It ends with this process, however that ends.
 *
 * @param folder where its log goes, as `emulator.log`; it exists
 * @throws Error with the end of the log where it does not come up
 */
export async function startEmulator(folder: string): Promise<Emulator> {
  const python = await pythonEnvironment("ministack", join(HERE, "requirements.txt"));
  for (let attempt = 1; ; attempt++) {
    const emulator = launch(python, folder, await freePort());
    try {
      await ready(emulator);
      return emulator;
    } catch (error) {
      await emulator.stop();
      const log = tail(emulator.logFile);
      if (attempt < ATTEMPTS && log.includes("already in use")) continue;
      throw new Error(`the AWS emulator did not start: ${(error as Error).message}\n${log}`);
    }
  }
}

/** The last lines of a log, for a message. */
function tail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-SHOWN_LINES).join("\n");
}

interface Launched extends Emulator {
  readonly child: ChildProcess;
}

function launch(python: string, folder: string, port: number): Launched {
  const logFile = join(folder, "emulator.log");
  const log = openSync(logFile, "w");
  // Outside of the checkout: the functions run in it, and must not find the packages of this project.
  const state = mkdtempSync(join(tmpdir(), "claimgate-emulator-"));
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join(HERE, "keeper.ts"), state, python, "-m", "ministack"],
    { env: environment(state, port), stdio: ["pipe", log, log] },
  );
  closeSync(log);
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return {
    child,
    endpoint: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    logFile,
    stop: async () => {
      child.stdin?.end();
      await gone;
    },
  };
}

async function ready({ child, endpoint }: Launched): Promise<void> {
  await until(
    "an answer of the emulator",
    async () => {
      if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode}`);
      const response = await fetch(`${endpoint}/_ministack/ready`).catch(() => undefined);
      return response?.ok === true;
    },
    START_LIMIT_MS,
  );
}

/** Everything that the emulator and the functions in it see of the environment: nothing of this process's own. */
function environment(state: string, port: number): Record<string, string> {
  return {
    // The functions run on the Node that runs this.
    PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
    HOME: state,
    TMPDIR: state,
    BIND_HOST: "127.0.0.1",
    GATEWAY_PORT: String(port),
    // The MQTT listener has a fixed port.
    IOT_MTLS_ENABLED: "0",
    // Policies are evaluated, signatures and sign-in flows checked.
    AUTH: "true",
    // A failing pre-token-generation function fails the sign-in, as on AWS.
    MINISTACK_COGNITO_PRETOKEN_STRICT: "1",
    MINISTACK_ACCOUNT_ID: ACCOUNT,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: REGION,
    NODE_PATH: runtimePackages(state),
    NODE_OPTIONS: `--require ${JSON.stringify(join(HERE, "worker-preload.cjs"))}`,
  };
}

/** A folder of what AWS's runtime brings along, the AWS SDK, and of nothing else. */
function runtimePackages(state: string): string {
  const folder = join(state, "runtime");
  mkdirSync(folder);
  symlinkSync(resolve("node_modules", "@aws-sdk"), join(folder, "@aws-sdk"), "dir");
  return folder;
}
