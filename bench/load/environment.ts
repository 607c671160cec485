import { spawn } from "node:child_process";
import { BARE_ENVIRONMENT } from "../../test/support/bare-environment.ts";
import type { Artefact, Version } from "./artefacts.ts";
import type { KeyServer, KeyView } from "./key-server.ts";
import { type LogCount, logCounter } from "./log-count.ts";
import { type Reply, startRuntimeApi } from "./runtime-api.ts";

/** The memory of a process after a collection, in bytes. */
export interface MemorySample {
  readonly invocations: number;
  readonly heapUsed: number;
  readonly rss: number;
  readonly external: number;
  readonly arrayBuffers: number;
}

/** An execution environment: a process with one function, its runtime API and its view of the pool's keys. */
export interface Environment {
  readonly name: string;
  readonly artefact: Artefact;
  readonly version: Version;
  readonly keys: KeyView;
  readonly samples: readonly MemorySample[];
  readonly log: LogCount;
  readonly invocations: number;
  /** What went wrong beside answers, such as two answers for one event. */
  readonly faults: () => readonly string[];
  invoke(requestId: string, event: string): Promise<Reply>;
  /** Ends the process, once all that it wrote has been read. */
  stop(): Promise<void>;
}

export interface EnvironmentSettings {
  readonly node: string;
  /** The bundled runtime client. */
  readonly client: string;
  readonly keyServer: KeyServer;
  /** Invocations between two samples of the memory. */
  readonly sampleEvery: number;
  /** Variables beside those of the template. */
  readonly variables?: Readonly<Record<string, string>>;
}

const ACCOUNT = "111122223333";

/** Starts an environment and waits until its function has loaded. @throws Error if it does not load */
export async function startEnvironment(
  name: string,
  version: Version,
  artefact: Artefact,
  settings: EnvironmentSettings,
): Promise<Environment> {
  const arn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:claimgate-dev-${artefact.name}`;
  const api = await startRuntimeApi(arn);
  const keys = await settings.keyServer.view();
  const child = spawn(
    settings.node,
    // A leak ends the process where the function's memory would.
    ["--expose-gc", `--max-old-space-size=${artefact.memorySize}`, settings.client],
    {
      cwd: artefact.folder,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: variablesOf(artefact, settings, api.address, keys),
    },
  );
  const samples: MemorySample[] = [];
  const [log, errors] = [logCounter(), [] as string[]];
  child.on("message", (sample) => samples.push(sample as MemorySample));
  child.stdout?.setEncoding("utf8").on("data", log.read);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      resolve();
    });
  });
  void ended.then(() => {
    api.fail(new Error(`the process of ${name} ended: ${errors.join("")}`));
  });
  await api.ready;
  let invocations = 0;
  return {
    ...{ name, artefact, version, keys, samples, log },
    get invocations() {
      return invocations;
    },
    faults: () => [...api.faults, ...errors],
    invoke: (requestId, event) => {
      invocations += 1;
      return api.invoke(requestId, event);
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      api.close();
      keys.close();
    },
  };
}

function variablesOf(
  artefact: Artefact,
  { keyServer, sampleEvery, variables }: EnvironmentSettings,
  address: string,
  keys: KeyView,
): Readonly<Record<string, string>> {
  return {
    ...BARE_ENVIRONMENT,
    ...artefact.environment,
    ...variables,
    _HANDLER: artefact.handler,
    LAMBDA_TASK_ROOT: artefact.folder,
    AWS_REGION: "us-east-1",
    AWS_LAMBDA_FUNCTION_NAME: `claimgate-dev-${artefact.name}`,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(artefact.memorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/claimgate-dev-${artefact.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "load",
    AWS_LAMBDA_RUNTIME_API: address,
    NODE_EXTRA_CA_CERTS: keyServer.certificate,
    LOAD_KEY_SERVER: String(keys.port),
    LOAD_SAMPLE_EVERY: String(sampleEvery),
  };
}
