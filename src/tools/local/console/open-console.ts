import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { objectOf, textOf } from "../../../json.ts";
import { policiesDirectory } from "../../machine/policy-files.ts";
import type { DataDirectory } from "../data-directory.ts";
import { type LocalStack, TEMPLATE } from "../local-stack.ts";
import { PERSONAS_FILE } from "../personas/local-minter.ts";
import { readPersonas } from "../personas/personas.ts";
import { onPort, type Ports } from "../ports.ts";
import { SampleFiles } from "../recorder/sample-files.ts";
import { invokeLocal } from "../recorder/sample-run.ts";
import { SERVICE_ROOT } from "../serverless-process.ts";
import { ConsoleServer } from "./console-server.ts";
import { deployedRoutes } from "./deployed-routes.ts";
import { bundlePage } from "./page-files.ts";

/** Serves the console on this port of 127.0.0.1; it shows nothing yet. @throws StartError */
export async function openConsole(port: number): Promise<ConsoleServer> {
  const server = new ConsoleServer(bundlePage());
  await onPort("--console-port", port, () => server.listen(port));
  return server;
}

/** The values of a run that the console shows. */
interface Run {
  readonly ports: Ports;
  readonly data: DataDirectory;
  /** The path of the functions' log, for people. */
  readonly functionsLog: string;
}

/** What the framework writes beside a template: the service with every value resolved. */
const STATE = "serverless-state.json";

/** As AWS calls each function -> as serverless.yml does. */
function functionKeys(state: unknown): ReadonlyMap<string, string> {
  const functions = Object.entries(objectOf(objectOf(objectOf(state)["service"])["functions"]));
  return new Map(functions.map(([key, definition]) => [textOf(objectOf(definition)["name"]) ?? key, key]));
}

/** Shows a stack in the console, which it outlives. @returns stops showing it */
export function showStack(
  server: ConsoleServer,
  stack: LocalStack,
  { ports, data, functionsLog }: Run,
): () => void {
  const { pool } = stack;
  const stops = [
    server.show({
      ...stack,
      ports,
      functionsLog,
      personas: existsSync(PERSONAS_FILE) ? readPersonas(PERSONAS_FILE) : new Map(),
      policies: policiesDirectory(process.env),
      keptPolicy: data.policy,
      routes: deployedRoutes(JSON.parse(readFileSync(join(data.package, TEMPLATE), "utf8"))),
      functionKeys: functionKeys(JSON.parse(readFileSync(join(data.package, STATE), "utf8"))),
      samples: new SampleFiles(join(SERVICE_ROOT, "events")),
      runSample: invokeLocal(join(data.root, "sample-run")),
    }),
    stack.onTokens((issued) => server.feed.tokens(pool, issued)),
    stack.onPoolAsked(() => server.feed.tell({ type: "pool" })),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
