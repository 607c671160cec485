import type { FindingJson } from "../check/check-contract.ts";

export interface DoctorJson {
  readonly stage: string | null; // null if serverless.yml could not be resolved
  readonly region: string | null;
  readonly stack: string | null;
  readonly userPoolId: string | null;
  readonly notCompared: string | null; // why the deployed stack was not compared
  readonly summary: {
    readonly ok: number;
    readonly warn: number;
    readonly fail: number;
    readonly skipped: number;
    readonly unread: number; // skipped because AWS denied reading
  };
  readonly checks: readonly {
    // everything that was compared
    readonly area: string;
    readonly name: string; // the id of the finding, where it is wrong
    readonly subject: string; // a trigger, an app client, a route; empty if there is only one
    readonly status: "ok" | "warn" | "fail" | "skipped";
    readonly message: string;
    readonly found?: unknown;
    readonly expected?: unknown;
    readonly fix?: string; // every warn and fail has it
    readonly unread?: true;
  }[];
  readonly findings: readonly FindingJson[]; // of each warn and fail, as check has them
}
