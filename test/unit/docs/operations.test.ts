import { readFileSync } from "node:fs";
import { ALARM_KINDS } from "../../../src/tools/stack/observability/alarm-kinds.ts";
import { linesOf, OCCASIONS } from "../../support/log-lines.ts";

const page = readFileSync("docs/operations.md", "utf8");

/** Heading -> text of the sections of a level, below a heading of the level above. */
function sections(text: string, level: string): ReadonlyMap<string, string> {
  const parts = text.split(new RegExp(`^${level} `, "m")).slice(1);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf("\n")), part]));
}

const alarms = sections(sections(page, "##").get("Alarms") ?? "", "###");
const queries = [...page.matchAll(/^```insights\n(.*?)^```$/gms)].map(([, query = ""]) => query);

/** Lines of every kind, and the names in them. */
const lines: string[] = [];
const fields = new Set<string>();

beforeAll(async () => {
  for (const occasion of Object.values(OCCASIONS)) lines.push(...(await linesOf(occasion)));
  for (const line of lines) {
    JSON.parse(line, (name, value: unknown) => {
      fields.add(name);
      return value;
    });
  }
});

describe("the page about operations", () => {
  it("has a section for every alarm, and none for one that is gone", () => {
    expect([...alarms.keys()].sort()).toEqual(Object.keys(ALARM_KINDS).sort());
  });

  it.each([...alarms])("says for %s where to look, with a query", (_, section) => {
    expect(section).toMatch(/^```insights$/m);
    expect(section).toMatch(/Log groups?:|concurrency/);
  });

  it("asks the logs only for fields that lines have", () => {
    expect(queries.length).toBeGreaterThan(12);
    const unknown = queries.flatMap((query) =>
      namesIn(query).filter((name) => !fields.has(name) && !ACCESS_LOG.has(name)),
    );
    expect(unknown).toEqual([]);
  });

  it("asks the logs only for kinds, levels and codes that lines have", () => {
    const text = lines.join("\n");
    const values = queries.flatMap((query) => [
      ...query.matchAll(/\b(?:kind|level|code|effect) (?:=|in) (\[[^\]]*\]|"[^"]*")/g),
    ]);
    const named = values.flatMap(([, value = ""]) =>
      [...value.matchAll(/"([^"]+)"/g)].map(([, word = ""]) => word),
    );
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((word) => !text.includes(`"${word}"`))).toEqual([]);
  });
});

/** Of resources/gateways.yml. */
const ACCESS_LOG = new Set(
  Object.keys(
    JSON.parse(
      /AccessLogSettings:\n[\s\S]*?Format: '(\{.*\})'/.exec(
        readFileSync("resources/gateways.yml", "utf8"),
      )?.[1] ?? "{}",
    ) as object,
  ),
);

const WORDS = new Set(
  "filter fields stats sort limit by as desc asc in like and or parse ispresent count count_distinct latest max pct bin".split(
    " ",
  ),
);

/** What a query reads: every name that is no word of the language, no alias, no text, no pattern and no number. */
function namesIn(query: string): string[] {
  const bare = query.replace(/"[^"]*"|\/(?:[^/\\\n]|\\.)+\//g, " ");
  const aliases = new Set([...bare.matchAll(/\bas (\w+)/g)].map(([, alias]) => alias));
  for (const [, group] of query.matchAll(/\?<(\w+)>/g)) aliases.add(group);
  return [...bare.matchAll(/@?[A-Za-z_]\w*/g)]
    .map(([name]) => name)
    .filter((name) => !name.startsWith("@") && !WORDS.has(name) && !aliases.has(name) && name !== "m");
}
