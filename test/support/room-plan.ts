import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

// The plan of the rooms, drawn from the imports of src. `npm run docs` writes it between the marks `<!-- rooms -->` and
// `<!-- /rooms -->` of docs/architecture.md, and test/unit/docs/architecture.test.ts compares.

export const ARCHITECTURE_PAGE = "docs/architecture.md";
const REGION = /<!-- rooms -->\n[\s\S]*?<!-- \/rooms -->/;
const TOOLS = "tools/";

export interface Room {
  /** `policy`, `tools/lint`. */
  readonly name: string;
  /** Lines of its TypeScript. */
  readonly lines: number;
  /** Rooms whose files it imports, types included; sorted. */
  readonly uses: readonly string[];
}

/** Rooms by name -> the rooms that each uses. */
export type Arrows = ReadonlyMap<string, readonly string[]>;

/** The page as it should be. */
export function architecturePage(): string {
  const plan = `<!-- rooms -->\n\n${planOf(rooms())}\n\n<!-- /rooms -->`;
  return readFileSync(ARCHITECTURE_PAGE, "utf8").replace(REGION, () => plan);
}

/** The rooms of src by name, tools last. */
export function rooms(): readonly Room[] {
  const byRoom = new Map<string, { readonly used: Set<string>; lines: number }>();
  for (const file of typescriptOf("src")) {
    const name = roomOf(file);
    if (name === undefined) continue;
    const room = byRoom.get(name) ?? { used: new Set(), lines: 0 };
    byRoom.set(name, room);
    const text = readFileSync(file, "utf8");
    room.lines += text.split("\n").length - 1;
    for (const used of importsOf(file, text).map(roomOf)) {
      if (used !== undefined && used !== name) room.used.add(used);
    }
  }
  return [...byRoom]
    .map(([name, { used, lines }]) => ({ name, lines, uses: [...used].sort(toolsLast) }))
    .sort((a, b) => toolsLast(a.name, b.name));
}

/** `src/tools/lint/rules/x.ts` is of `tools/lint`; undefined for what every room may use, `src/errors.ts`. */
function roomOf(file: string): string | undefined {
  const [, first = "", second = ""] = normalize(file).split("/");
  if (first.endsWith(".ts")) return undefined;
  return first === "tools" ? `${TOOLS}${second}` : first;
}

/** The arrows that say something new: `a -> c` goes where `a -> b -> c` is drawn. Those of a circle all stay. */
export function essential(arrows: Arrows): Arrows {
  const reach = new Map([...arrows.keys()].map((name) => [name, reached(arrows, name)]));
  const leads = (from: string, to: string) => reach.get(from)?.has(to) === true;
  return new Map(
    [...arrows].map(([from, uses]) => {
      const further = uses.filter((via) => !leads(via, from));
      const isIndirect = (to: string) => further.some((via) => leads(via, to) && !leads(to, via));
      return [from, uses.filter((to) => !isIndirect(to))];
    }),
  );
}

/** The rooms from which arrows lead back to themselves; empty where the plan has no circle. */
export function inCircles(arrows: Arrows): readonly string[] {
  return [...arrows.keys()].filter((name) => reached(arrows, name).has(name));
}

/** The rooms that arrows lead to from this one, over others too. */
function reached(arrows: Arrows, from: string): ReadonlySet<string> {
  const found = new Set<string>();
  const left = [...(arrows.get(from) ?? [])];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    left.push(...(arrows.get(next) ?? []));
  }
  return found;
}

function typescriptOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith(".ts") && statSync(file).isFile());
}

/** The files of src that a file imports, statically or not. */
function importsOf(file: string, text: string): readonly string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+\.ts)"/g)].map(([, path = ""]) =>
    normalize(join(dirname(file), path)),
  );
}

function toolsLast(a: string, b: string): number {
  const tools = Number(a.startsWith(TOOLS)) - Number(b.startsWith(TOOLS));
  return tools !== 0 ? tools : a < b ? -1 : Number(a > b);
}

function planOf(all: readonly Room[]): string {
  const isTool = (name: string) => name.startsWith(TOOLS);
  const deployed = all.filter(({ name }) => !isTool(name));
  const tools = all.filter(({ name }) => isTool(name));
  const onDeployed = tools.map(({ name, uses }) => {
    const names = uses.filter((used) => !isTool(used)).map((used) => `\`${used}\``);
    return `| \`${name.slice(TOOLS.length)}\` | ${names.join(", ") || "nothing"} |`;
  });
  return [
    "What runs in Lambda:",
    chart(deployed),
    "The tools among themselves:",
    chart(tools),
    "What the tools use of the deployed rooms:",
    ["| tool | uses |", "| --- | --- |", ...onDeployed].join("\n"),
  ].join("\n\n");
}

/** A Mermaid graph of the arrows among these rooms. */
function chart(some: readonly Room[]): string {
  const names = new Set(some.map(({ name }) => name));
  const arrows = new Map(some.map(({ name, uses }) => [name, uses.filter((used) => names.has(used))]));
  const used = new Set([...arrows.values()].flat());
  const lines = [...essential(arrows)].flatMap(([from, uses]) => {
    if (uses.length === 0) return used.has(from) ? [] : [`  ${label(from)}`];
    return uses.map((to) => `  ${label(from)} --> ${label(to)}`);
  });
  return `\`\`\`mermaid\nflowchart TD\n${lines.join("\n")}\n\`\`\``;
}

const label = (name: string) => name.replace(TOOLS, "");
