import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import beginRun from "../begin-run.ts";
import endRun from "../end-run.ts";
import { startBridge } from "./bridge.ts";
import { createDeployer } from "./deployer.ts";
import { startEmulator } from "./emulator.ts";
import { BRIDGE_LOG, PACKAGE_FOLDER, publish, RUN_FOLDER, STAGE, serverless } from "./rehearsal.ts";
import { onTearDown } from "./tear-down.ts";

/** Starts the emulator and the bridge, packages the service and deploys it: jest's global setup. */
// biome-ignore lint/style/noDefaultExport: jest takes the default export.
export default async function setUp(): Promise<void> {
  rmSync(RUN_FOLDER, { recursive: true, force: true });
  mkdirSync(RUN_FOLDER, { recursive: true });
  beginRun();
  onTearDown(() => {
    endRun();
    return Promise.resolve();
  });
  const emulator = await startEmulator(RUN_FOLDER);
  onTearDown(() => emulator.stop());
  const deployer = await createDeployer(emulator.endpoint);
  const log = (line: string) => appendFileSync(BRIDGE_LOG, `${line}\n`);
  const bridge = await startBridge({ emulator: emulator.endpoint, credentials: deployer, log });
  onTearDown(() => bridge.close());
  publish({ emulator: emulator.endpoint, bridge: bridge.endpoint, deployer });

  for (const args of [
    ["package", "--stage", STAGE, "--package", PACKAGE_FOLDER],
    ["deploy", "--stage", STAGE],
  ]) {
    const run = await serverless(args);
    if (run.code === 0) continue;
    throw new Error(
      `\`sls ${args.join(" ")}\` ended with ${run.code}; logs are in ${RUN_FOLDER}\n${run.output}`,
    );
  }
}
