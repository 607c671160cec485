import { writeSync } from "node:fs";
import { currentPolicy } from "claimgate/lambda";
import type { ServerGuardOptions } from "claimgate/middleware";

/** Decides by the policy of the bundle; what it refuses goes to the runner. */
export const options: ServerGuardOptions = {
  policy: currentPolicy,
  onRefusal: ({ refusal, code }, permission) => {
    writeSync(
      1,
      `${JSON.stringify({ refused: [permission, refusal, ...(code === undefined ? [] : [code])] })}\n`,
    );
  },
};
