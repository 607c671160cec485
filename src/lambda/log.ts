import { ClaimgateError, codeOf } from "../errors.ts";
import { mayBeSensitive, scrub } from "../policy/sensitive.ts";

type LogLevel = "info" | "warn" | "error";

/** Writes one structured line. `kind` names its topic; metric filters match it. */
export interface Log {
  (level: LogLevel, kind: string, fields: Readonly<Record<string, unknown>>): void;
  /**
   * The same for fields that are JSON text already, such as `"route":"GET /orders","effect":"allow"`, with nothing to
   * scrub ({@link mayBeSensitive}), and without `time`, `level` and `kind`.
   */
  readonly text?: (level: LogLevel, kind: string, fields: string) => void;
}

/**
 * A log that writes one JSON object per line: `{time, level, kind, ...fields}`, `time` in ISO 8601 UTC. The caller's
 * fields cannot overwrite the first three. Replaces anything that looks like a token or an address in any field ({@link
 * scrub}), since messages of the user pool and of libraries repeat their input.
 *
 * @example
 * import { createLog } from "claimgate/authorizers";
 *
 * const log = createLog(
 *   (line) => process.stdout.write(`${line}\n`),
 *   () => new Date(),
 * );
 * log("info", "order-placed", { orderId: "17" });
 */
export function createLog(write: (line: string) => void, now: () => Date): Log {
  const log = (level: LogLevel, kind: string, fields: Readonly<Record<string, unknown>>) => {
    const line = JSON.stringify({ ...fields, time: now().toISOString(), level, kind });
    // Hardly any line has anything to replace, and this runs on every request.
    write(mayBeSensitive(line) ? JSON.stringify(scrubbed(JSON.parse(line))) : line);
  };
  const text = (level: LogLevel, kind: string, fields: string) => {
    write(`{${fields},"time":"${now().toISOString()}","level":"${level}","kind":"${kind}"}`);
  };
  return Object.assign(log, { text });
}

/** The JSON value with every string and every name scrubbed. */
function scrubbed(value: unknown): unknown {
  if (typeof value === "string") return scrub(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(scrubbed);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [scrub(name), scrubbed(inner)]),
  );
}

/**
 * The log of a deployed function: standard output, which Lambda sends to the function's log group.
 *
 * @example
 * import { log } from "claimgate/lambda";
 *
 * log("warn", "message-refused", { permission: "orders:list" });
 */
export const log: Log = createLog(
  (line) => process.stdout.write(`${line}\n`),
  () => new Date(),
);

/** The fields of an error in a log line: its code, its message, the chain of its causes; never a stack with data. */
export function errorFields(error: unknown): { code: string; error: string; cause?: string } {
  const code = codeOf(error);
  if (!(error instanceof Error)) return { code, error: "the thrown value is not an `Error`" };
  const cause = error.cause instanceof Error ? `${error.cause.name}: ${error.cause.message}` : undefined;
  const text = error instanceof ClaimgateError ? error.message : `${error.name}: ${error.message}`;
  return cause === undefined ? { code, error: text } : { code, error: text, cause };
}
