/** Three digits that count: `0.52`, `23.4`, `1,230`. */
export function shown(value: number): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  return Number(value.toFixed(digits)).toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** How many times one takes what another does: `0.52x`, `23x`. */
export function shownRatio(value: number, to: number): string {
  const ratio = value / to;
  return `${ratio < 10 ? ratio.toFixed(2) : Math.round(ratio).toLocaleString("en")}x`;
}

/** A table in Markdown; the cells have no bars. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
