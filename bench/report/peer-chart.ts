import { shown } from "./numbers.ts";
import type { PeerRun } from "./results.ts";

const WIDTH = 560;
const LABELS = 240;
const COLUMN = 154;
/** The bar, next to its number. */
const BAR = 100;
const ROW = 24;
const TOP = 74;
/** Bars end here, in times of claimgate's; longer ones are cut, and say so. */
const LONGEST = 4;

interface Panel {
  readonly x: number;
  readonly title: string;
  readonly unit: string;
  readonly times: readonly (readonly [string, number])[];
}

/**
 * The chart of README.md: for each way to build an authorizer, a bar for a warm call and one for a cold start.
 * It loads nothing, follows the colours of its reader, and says in words what it shows.
 */
export function peerChart(run: PeerRun): string {
  const names = run.calls.map(({ name }) => name);
  const warm: Panel = {
    x: LABELS,
    title: "warm call",
    unit: "µs",
    times: run.calls.map(({ name, fresh }) => [name, fresh]),
  };
  const cold: Panel = {
    x: LABELS + COLUMN + 12,
    title: "cold start",
    unit: "ms",
    times: run.coldStarts.filter(({ name }) => names.includes(name)).map(({ name, ms }) => [name, ms]),
  };
  const height = TOP + names.length * ROW + 34;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">
  <title id="title">What an authorizer takes from the event to its answer: claimgate and peers</title>
  <desc id="desc">${escaped(described([warm, cold]))}</desc>
${STYLE}
  <rect class="back" width="${WIDTH}" height="${height}" rx="12"/>
  <text class="head" x="18" y="31">An authorizer, from event to answer: shorter is better</text>
${[warm, cold].map(({ x, title, unit }) => `  <text class="soft" x="${x}" y="58">${title}, ${unit}</text>`).join("\n")}
${names.map((name, index) => row(name, index, [warm, cold])).join("\n")}
  <text class="note" x="18" y="${height - 15}">${escaped(`Node ${run.node}, 1,000 rows, fresh tokens, ${run.date}. Broken bars are cut short.`)}</text>
</svg>
`;
}

const STYLE = `  <style>
    svg { --back: #f6f8fa; --text: #1b2330; --soft: #566174; --bar: #9aa6b6; --ours: #1f5fbf; }
    @media (prefers-color-scheme: dark) {
      svg { --back: #10151d; --text: #e6eaf0; --soft: #a3afc0; --bar: #5a6779; --ours: #5b9bf5; }
    }
    text { fill: var(--text); font: 14px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    .head { font-size: 16px; font-weight: 600; }
    .soft, .note { fill: var(--soft); }
    .note { font-size: 12px; }
    .name { text-anchor: end; font-size: 13px; }
    .ours { font-weight: 700; }
    .back { fill: var(--back); }
    .bar { fill: var(--bar); }
    .bar.ours { fill: var(--ours); }
    .cut { fill: var(--back); }
  </style>`;

function row(name: string, index: number, panels: readonly Panel[]): string {
  const y = TOP + index * ROW;
  const ours = name === "claimgate" ? " ours" : "";
  const bars = panels.map((panel) => bar(panel, name, y, ours)).join("");
  return `  <text class="name${ours}" x="${LABELS - 12}" y="${y + 13}">${escaped(name)}</text>${bars}`;
}

function bar({ x, times }: Panel, name: string, y: number, ours: string): string {
  const time = timeOf(times, name);
  const longest = Math.min(timeOf(times, "claimgate") * LONGEST, Math.max(...times.map(([, ms]) => ms)));
  const width = Math.max(1, Math.round((Math.min(time, longest) / longest) * BAR));
  // Gaps at the end of a bar that would leave the picture.
  const cuts =
    time > longest
      ? [26, 18, 10].map(
          (from) => `<rect class="cut" x="${x + width - from}" y="${y}" width="4" height="16"/>`,
        )
      : [];
  return `
    <rect class="bar${ours}" x="${x}" y="${y}" width="${width}" height="16" rx="2"/>${cuts.join("")}
    <text class="value${ours}" x="${x + width + 6}" y="${y + 13}">${shown(time)}</text>`;
}

function timeOf(times: Panel["times"], name: string): number {
  const found = times.find(([one]) => one === name);
  if (found === undefined) throw new RangeError(`the chart has no time of ${name}`);
  return found[1];
}

function described(panels: readonly Panel[]): string {
  const said = panels.map(({ title, unit, times }) => {
    const list = times.map(([name, time]) => `${name} ${shown(time)} ${unit}`);
    return `${title}: ${list.join(", ")}.`;
  });
  return said.join(" ");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
