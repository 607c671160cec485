import type { TriggerLog } from "../../src/triggers/report.ts";

export interface RecordedLine {
  readonly level: "info" | "warn" | "error";
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that keeps its lines. */
export function recordedLog(): { readonly log: TriggerLog; readonly lines: RecordedLine[] } {
  const lines: RecordedLine[] = [];
  return { lines, log: (level, kind, fields) => lines.push({ level, kind, fields }) };
}
