import { readFileSync, writeFileSync } from "node:fs";

const FILE = "test/counts/pinned.json";

/** What is counted, by what it is counted of: numbers, and lists of names. */
export type Pins = Readonly<Record<string, Readonly<Record<string, number | readonly string[]>>>>;

export function readPins(): Pins {
  return JSON.parse(readFileSync(FILE, "utf8")) as Pins;
}

/** Pins the counts. A number that differs by chance keeps its pin, so that the change of the file says what changed. */
export function writePins(counted: Pins): void {
  const pinned = readPins();
  const pins = Object.entries(counted).map(([section, items]) => {
    const settled = Object.entries(items).map(([item, value]) => {
      const before = pinned[section]?.[item];
      const { byChance, ...tolerance } = toleranceOf(section, item);
      const isSame =
        byChance === true && before !== undefined && difference(before, value, tolerance) === undefined;
      return [item, isSame ? before : value] as const;
    });
    return [section, Object.fromEntries(settled)] as const;
  });
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(pins), undefined, 2)}\n`);
}

/** How much a number may differ: by this part of it, or by this much, whichever is more. */
interface Tolerance {
  readonly part: number;
  readonly least: number;
  readonly why: string;
  /** Whether two runs of the same code differ. */
  readonly byChance?: true;
}

const EXACT: Tolerance = { part: 0, least: 0, why: "" };

/** What is not the same on every machine and Node, or moves with every edit. */
const TOLERANCES: readonly (readonly [section: RegExp, item: RegExp, Tolerance])[] = [
  [/: bytes of the bundle$/, /^/, { part: 0.02, least: 256, why: "2 % or 256 bytes are tolerated" }],
  [
    /^/,
    /^bytes allocated$/,
    { part: 0.1, least: 0, why: "10 % are tolerated, since versions of Node differ" },
  ],
  // Node's own code between ours uses a few of the same functions, another few in each version.
  [
    /^/,
    /^(items visited|\w+ kept)$/,
    { part: 0.01, least: 16, why: "1 % or 16 are tolerated", byChance: true },
  ],
];

function toleranceOf(section: string, item: string): Tolerance {
  return TOLERANCES.find(([sections, items]) => sections.test(section) && items.test(item))?.[2] ?? EXACT;
}

/** Each difference as a sentence; none if everything is as pinned. */
export function differences(pinned: Pins, counted: Pins): readonly string[] {
  return namesOf(pinned, counted).flatMap((section) => {
    const [before, after] = [pinned[section] ?? {}, counted[section] ?? {}];
    return namesOf(before, after).flatMap((item) => {
      const said = difference(before[item], after[item], toleranceOf(section, item));
      return said === undefined ? [] : [`${section}: ${item} ${said}`];
    });
  });
}

function namesOf(before: object, after: object): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

type Value = number | readonly string[] | undefined;

function difference(before: Value, after: Value, tolerance: Tolerance): string | undefined {
  if (typeof before === "object" && typeof after === "object") return differenceOfLists(before, after);
  const [was, is] = [Number(before ?? 0), Number(after ?? 0)];
  if (Math.abs(is - was) <= Math.max(was * tolerance.part, tolerance.least)) return undefined;
  const verb = is > was ? "grew" : "shrank";
  const bounds = tolerance.why === "" ? "" : `; ${tolerance.why}`;
  return `${verb} by ${digits(Math.abs(is - was))}, from ${digits(was)} to ${digits(is)}${bounds}`;
}

function differenceOfLists(before: readonly string[], after: readonly string[]): string | undefined {
  const more = after.filter((name) => !before.includes(name)).map((name) => `also has \`${name}\``);
  const fewer = before.filter((name) => !after.includes(name)).map((name) => `no longer has \`${name}\``);
  return more.length + fewer.length === 0 ? undefined : [...more, ...fewer].join(", ");
}

const digits = (count: number) => count.toLocaleString("en-US");

/** The differences, and what to do about them; empty if there are none. */
export function reportOf(found: readonly string[]): string {
  if (found.length === 0) return "";
  return [
    ...found,
    "",
    "Is that meant? Then `npm run counts -- --write` pins the new counts; commit test/counts/pinned.json with the change.",
  ].join("\n");
}
