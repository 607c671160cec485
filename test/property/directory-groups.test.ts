import { DefaultRoleManager } from "casbin";
import fc from "fast-check";
import { groupsOfDirectory } from "../../src/policy/directory-groups.ts";
import { referenceDirectoryGroups } from "../../src/policy/reference.ts";
import { directoryValues } from "../../src/triggers/directory-values.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { policyOf } from "../support/judges.ts";

const provider = fc.constantFrom("Corp", "Corp", "Corp", "corp", "__proto__");
const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("a", "A", "a/b", "a, b", "constructor", 'x"y') },
  fc.string({ unit: fc.constantFrom(..."ab/,[]{}"), minLength: 1, maxLength: 4 }).map((text) => `v${text}`),
);
const row = fc
  .tuple(provider, value, fc.constantFrom("x", "y", "a,b", "constructor"))
  .map(([name, sent, group]) => ["g4", `${name}/${sent}`, `group:${group}`]);
const GRANT = ["p", "role:authenticated", "a:b", "allow"];

/** What stock casbin reaches by its own role definition. */
async function stockGroups(rows: readonly (readonly string[])[], name: string, values: readonly string[]) {
  const manager = new DefaultRoleManager(1);
  for (const [, source = "", group = ""] of rows) await manager.addLink(source, group);
  const found = await Promise.all(values.map((one) => manager.getRoles(`${name}/${one}`)));
  return [...new Set(found.flat().map((group) => group.slice("group:".length)))].sort();
}

describe("the groups of a directory", () => {
  it("are the same for the trigger, the reference and stock casbin", async () => {
    let given = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, { selector: (one) => one.join(), maxLength: 16, size: "max" }),
        provider,
        fc.array(value, { maxLength: 6, size: "max" }),
        async (rows, name, values) => {
          const groups = groupsOfDirectory(policyOf([GRANT, ...rows]), name, values);
          given += groups.length;
          expect(groups).toEqual(referenceDirectoryGroups(rows, name, values));
          expect(groups).toEqual(await stockGroups(rows, name, values));
        },
      ),
      drawn(500),
    );
    expect(given).toBeGreaterThan(partOf(50));
  });

  it("are what was sent, whatever it is, where it is read as JSON; and never more where it is read as ids", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 5 }), (values) => {
        expect(directoryValues(JSON.stringify(values), "json")).toEqual({ values });
        const read = directoryValues(`[${values.join(", ")}]`, "ids");
        if ("values" in read) expect(read.values.every((one) => /^[A-Za-z0-9][\w.-]*$/.test(one))).toBe(true);
      }),
    );
  });
});
