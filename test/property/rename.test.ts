import fc from "fast-check";
import { decide } from "../../src/policy/decide.ts";
import type { Subject } from "../../src/policy/subject.ts";
import { CsvLines } from "../../src/tools/editor/names/csv-lines.ts";
import { type Name, type NameKind, spelled } from "../../src/tools/editor/names/name.ts";
import { RenameRefusal, renaming, withEdits } from "../../src/tools/editor/rename/rename.ts";
import { drawn } from "../support/drawn.ts";
import { indexOf } from "../support/editor-files.ts";
import { decisionCase, type GeneratedRequest, spellRow } from "../support/generate-policy.ts";
import { policyFrom } from "../support/policy.ts";

const FILE = "policies/test.csv";

/** None of them is in a generated policy; some need quotes, and some fall into wildcards and templates. */
const NEW_NAMES: Readonly<Partial<Record<NameKind, readonly string[]>>> = {
  role: ["fresh", "Fresh.2_x-y"],
  group: ["fresh", 'fresh, "new"', "fresh(1)", "fresh.editors", "main/fresh", "ünd"],
  client: ["fresh", "fresh_2"],
  permission: ["fresh:new", "order:fresh", "fresh:read", "orders:fresh"],
};

function asked({ subjects, app, ...rest }: GeneratedRequest, from: Name, to: string): GeneratedRequest {
  const subject = (one: Subject) =>
    from.kind !== "permission" && one === spelled(from) ? (spelled({ ...from, name: to }) as Subject) : one;
  const client = app !== undefined && from.kind === "client" && app.client === from.name ? to : app?.client;
  return {
    ...rest,
    subjects: subjects.map(subject),
    app: app === undefined || client === undefined ? undefined : { ...app, client },
  };
}

test("after a rename, the policy decides as before, with the new name for the old one", () => {
  let renamed = 0;
  fc.assert(
    fc.property(
      decisionCase({ min: 4, max: 12 }),
      fc.nat(),
      fc.nat(),
      ({ rows, requests }, chosen, chosenName) => {
        const text = rows
          .map((row, line) => spellRow(row).replaceAll(", ", line % 2 === 0 ? ", " : ","))
          .join("\n");
        const index = indexOf({ [FILE]: text });
        const names = (["role", "group", "client", "permission"] as const).flatMap((kind) =>
          index.names(kind),
        );
        const from = names[chosen % Math.max(names.length, 1)];
        const to = from && NEW_NAMES[from.kind]?.[chosenName % 6];
        const [place] = from === undefined ? [] : index.of(from);
        if (from === undefined || to === undefined || place === undefined) return;
        let edited: string;
        try {
          edited = withEdits(text, renaming(index, place, to).edits);
        } catch (error) {
          expect(error).toBeInstanceOf(RenameRefusal);
          return;
        }
        renamed += 1;
        const [before, after] = [policyFrom(text), policyFrom(edited)];
        for (const request of requests) {
          const [one, other] = [decide(before, request), decide(after, asked(request, from, to))];
          const places = ({ determining }: typeof one) => determining.map(({ line }) => line).sort();
          expect([other.effect, other.reason, places(other)]).toEqual([one.effect, one.reason, places(one)]);
        }
      },
    ),
    drawn(1_000),
  );
  expect(renamed).toBeGreaterThan(30);
});

const line = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'pg23,, \t#"()role:aé\r-'), maxLength: 20 }),
  fc.constantFrom(
    "p, role:a, orders:read, allow",
    "g, group:a, role:a",
    "",
    "# p, role:b",
    "g2, GET /a/{b}, a:b",
    "constructor, role:a",
    "__proto__, a:b, c",
  ),
);

test("a file that is edited names what the same file does when it is read for the first time", () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 8 }),
      fc.nat(8),
      fc.nat(2),
      fc.array(line, { maxLength: 2 }),
      (lines, at, removed, added) => {
        const edited = lines.toSpliced(at, removed, ...added).join("\n");
        const once = new CsvLines(FILE, edited);
        const first = new CsvLines(FILE, lines.join("\n"));
        const again = new CsvLines(FILE, edited, first);
        const shown = (file: CsvLines) => ({
          unread: file.unread.map(({ line: number }) => number),
          names: (["role", "group", "permission", "route", "parameter"] as const).map((kind) =>
            [...file.names(kind)].sort().map((name) => file.occurrencesOf(kind, name)),
          ),
        });
        // The form of a spreadsheet shows in several lines; few new ones do not make one.
        fc.pre(!once.unread.some(({ text }) => text === edited));
        expect(shown(again)).toEqual(shown(once));
      },
    ),
    drawn(800),
  );
});
