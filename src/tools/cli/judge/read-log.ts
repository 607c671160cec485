import { type LogEntry, readEntry } from "../../decision-log/entry.ts";
import { createMessageReader } from "../../decision-log/messages.ts";
import type { Extent, Period } from "../../decision-log/period.ts";
import { CommandError } from "../../machine/command-error.ts";
import { type ReadingProgress, readLines } from "../../machine/log-file.ts";
import { counted } from "../../text/counted.ts";
import type { Output } from "../terminal/output.ts";

/** Reads decision logs one after the other and passes on every entry. Shows progress after a second. */
export async function readLogs(
  paths: readonly string[],
  output: Output,
  take: (entry: LogEntry) => void,
): Promise<void> {
  for (const path of paths) {
    const read = createMessageReader();
    const progress = progressOf(path, output);
    for await (const lines of readLines(path, progress)) {
      for (const line of lines) for (const message of read(line)) take(readEntry(message));
    }
  }
}

function progressOf(path: string, output: Output): (progress: ReadingProgress) => void {
  let next = Date.now() + 1000;
  return ({ bytes, of }) => {
    if (Date.now() < next) return;
    next = Date.now() + 1000;
    const share = of === undefined || of === 0 ? "" : ` (${Math.floor((100 * bytes) / of)}%)`;
    output.progress(`Reading ${path}: ${Math.round(bytes / 2 ** 20)} MiB${share} ...`);
  };
}

/**
 * A time: `2026-11-01` (midnight UTC), a full timestamp as in the log, or an age: `30d`, `12h`.
 *
 * @param now milliseconds of the epoch
 * @throws CommandError `command_usage`
 */
function parseMoment(option: string, text: string, now: number): number {
  const [, count, unit] = /^(\d{1,5})([dh])$/.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (unit === "d" ? 86_400_000 : 3_600_000);
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const time = isDate ? Date.parse(text) : Number.NaN;
  // Date.parse accepts `2026-02-30`.
  if (!Number.isNaN(time) && (text.length > 10 || new Date(time).toISOString().startsWith(text))) return time;
  throw new CommandError("command_usage", `\`${option} ${text}\` is not a time`, {
    fix: "write a date (2026-11-01), a time with its zone (2026-11-01T08:00:00Z) or an age (30d, 12h)",
  });
}

/** @throws CommandError `command_usage` */
export function periodOf(since: string | undefined, until: string | undefined, now: number): Period {
  const period = {
    since: since === undefined ? undefined : parseMoment("--since", since, now),
    until: until === undefined ? undefined : parseMoment("--until", until, now),
  };
  if (period.since !== undefined && period.until !== undefined && period.since >= period.until) {
    throw new CommandError("command_usage", "`--since` is not before `--until`");
  }
  return period;
}

/**
 * @throws CommandError `log_without_decisions` if there is no decision to replay
 */
export function requireDecisions({ decisions }: Extent, outsidePeriod: number): void {
  if (decisions > 0) return;
  throw outsidePeriod > 0
    ? new CommandError(
        "log_without_decisions",
        `the log has ${counted(outsidePeriod, "decision")}, none in the requested period`,
        { fix: "give another `--since` or `--until`, or the log of that period" },
      )
    : new CommandError("log_without_decisions", "the log contains no decision", {
        fix: 'give the log of an authorizer; its lines contain `"kind":"decision"`',
      });
}
