/** Today in UTC, as `2026-05-26`. */
export function today(): string {
  return new Date().toISOString().slice(0, "2026-05-26".length);
}
