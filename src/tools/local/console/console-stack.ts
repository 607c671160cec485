import type { RouteJson } from "../../console/contract.ts";
import type { Watchable } from "../calls/paired-calls.ts";
import type { Personas } from "../personas/personas.ts";
import type { Ports } from "../ports.ts";
import type { Delivery } from "../recorder/delivery.ts";
import type { SampleFiles } from "../recorder/sample-files.ts";
import type { RunSample } from "../recorder/sample-run.ts";

/** What the console shows and changes: a running stack. */
export interface ConsoleStack extends Watchable {
  readonly ports: Pick<Ports, "api" | "cognito">;
  readonly personas: Personas;
  /** The directory of the policy. */
  readonly policies: string;
  /** Where the last good policy of this run is kept. */
  readonly keptPolicy: string;
  /** The path of the functions' log, for people. */
  readonly functionsLog: string;
  /** The routes that the service deploys on its HTTP and REST APIs. */
  readonly routes: readonly RouteJson[];
  /** Reports each event that a function received, once it is answered. @returns stops reporting */
  onDelivery(listener: (delivery: Delivery) => void): () => void;
  /** As AWS calls a function -> as serverless.yml does. */
  readonly functionKeys: ReadonlyMap<string, string>;
  readonly samples: SampleFiles;
  readonly runSample: RunSample;
}
