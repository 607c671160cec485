import { resolve } from "node:path";
import { REHEARSAL_FOLDER } from "../python-environment.ts";
import { type Run, runServerless } from "../serverless.ts";
import { type Credentials, REGION } from "./account.ts";

/** The stage that most tests look at, deployed once from this checkout. */
export const STAGE = "dev";

/** Where a run keeps its log, packages and copies; emptied when the next one starts. */
export const RUN_FOLDER = resolve(REHEARSAL_FOLDER, "run");

/** What the bridge changed on the way to the emulator, and what the emulator refused, one a line. */
export const BRIDGE_LOG = resolve(RUN_FOLDER, "bridge.log");

/** What `sls package` made for {@link STAGE}, before it was deployed. */
export const PACKAGE_FOLDER = resolve(RUN_FOLDER, "package");

/** `sls deploy` takes about 15 s on two cores that have nothing else to do. */
const DEPLOY_LIMIT_MS = 180_000;

const VARIABLE = "REHEARSAL";

/** What runs, for the tests that talk to it. */
export interface Rehearsal {
  /** The emulator, for clients and calls. */
  readonly emulator: string;
  /** The bridge in front of it, for the framework. */
  readonly bridge: string;
  /** Who deploys: a role that has docs/deployer-policy.json and nothing else. */
  readonly deployer: Credentials;
}

export function publish(rehearsal: Rehearsal): void {
  process.env[VARIABLE] = JSON.stringify(rehearsal);
}

/** @throws Error where the rehearsal does not run */
export function rehearsal(): Rehearsal {
  const published = process.env[VARIABLE];
  if (published === undefined)
    throw new Error("no rehearsal runs; these tests are for `npm run test:deploy`");
  return JSON.parse(published) as Rehearsal;
}

/** Runs the framework against the emulator, with the deployer's rights. */
export function serverless(args: readonly string[], cwd = process.cwd()): Promise<Run> {
  return runServerless(args, cwd, deployerEnvironment(), DEPLOY_LIMIT_MS);
}

/** What makes a process on this machine deploy to the emulator. */
function deployerEnvironment(): Record<string, string> {
  const { bridge, deployer } = rehearsal();
  return {
    HOME: RUN_FOLDER,
    AWS_ENDPOINT_URL: bridge,
    AWS_ACCESS_KEY_ID: deployer.accessKeyId,
    AWS_SECRET_ACCESS_KEY: deployer.secretAccessKey,
    AWS_SESSION_TOKEN: deployer.sessionToken ?? "",
    AWS_REGION: REGION,
  };
}
