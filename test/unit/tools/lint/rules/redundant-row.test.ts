import { redundantRow } from "../../../../../src/tools/lint/rules/redundant-row.ts";
import { found } from "../linting.ts";

function places(lines: string[]): string[] {
  return found(redundantRow, lines).map((text) => text.slice(0, text.indexOf(": ")));
}

describe("redundant-row", () => {
  it("finds a row that a wildcard, an inherited role or a missing condition covers", () => {
    expect(
      found(redundantRow, [
        "p, role:a, orders:*, allow",
        "p, role:a, orders:read, allow",
        "g, role:b, role:a",
        "p, role:b, orders:list, allow, {id}=sub",
      ]),
    ).toEqual([
      "2:1: the row changes no decision: `p, role:a, orders:*, allow` at test.csv:1 covers it; delete this row, or narrow the other one",
      "4:1: the row changes no decision: `p, role:a, orders:*, allow` at test.csv:1 covers it, since every holder of `role:b` also holds `role:a`; delete this row, or narrow the other one",
    ]);
  });

  it("finds denies, and conditions that ask for more", () => {
    expect(places(["p, role:a, *, deny", "p, role:a, x:y, deny"])).toEqual(["2:1"]);
    expect(places(["p, role:a, *, deny", "p, role:a, x:*, deny"])).toEqual(["2:1"]);
    expect(places(["p, role:a, x:y, deny, {a}=sub", "p, role:a, x:y, deny, {b}=sub&{a}=sub"])).toEqual([
      "2:1",
    ]);
  });

  it("keeps one of several rows that say the same", () => {
    expect(
      places(["p, role:a, x:y, allow, {a}=sub&{b}=tenant", "p, role:a, x:y, allow, {b}=tenant&{a}=sub"]),
    ).toEqual(["2:1"]);
    expect(
      places([
        "g, role:a, role:b",
        "g, role:b, role:a",
        "p, role:b, x:y, allow",
        "p, role:a, x:y, allow",
        "p, role:a, x:y, allow, {a}=sub",
      ]),
    ).toEqual(["4:1", "5:1"]);
  });

  it("knows that every user is authenticated, and that a role of users is held by users only", () => {
    expect(
      places([
        "p, role:authenticated, x:y, allow",
        "p, group:a, x:y, allow",
        "p, user:u, x:y, allow",
        "p, role:r, x:y, allow",
        "g, group:b, role:q",
        "g, role:q, role:r",
      ]),
    ).toEqual(["2:1", "3:1", "4:1"]);
    expect(
      places(["p, role:machine, x:y, allow", "p, scope:s, x:y, allow", "p, client:c, x:y, allow"]),
    ).toEqual(["2:1", "3:1"]);
  });

  it("finds addresses that a wider pattern covers", () => {
    expect(
      places([
        "p2, *@example.com, allow",
        "p2, bob@Example.com, allow",
        "p2, *@EXAMPLE.com, allow",
        "g3, *, group:all",
        "g3, *@example.com, group:all",
        "p2, eve@example.com, deny",
        "p2, *@example.org, allow",
        "g3, *@example.com, group:other",
        "p2, bob@sub.example.com, allow",
      ]),
    ).toEqual(["2:1", "3:1", "5:1"]);
  });

  it("finds domains and subdomains that a pattern for subdomains covers, and keeps the domain itself", () => {
    expect(
      places([
        "p2, *@*.example.com, allow",
        "p2, *@a.example.com, allow",
        "p2, *@*.a.Example.com, allow",
        "p2, bob@b.a.example.com, allow",
        "p2, *@example.com, allow",
        "p2, *@*.com, deny",
        "g3, *@*.example.com, group:a",
      ]),
    ).toEqual(["2:1", "3:1", "4:1"]);
  });

  it("finds phone numbers that a shorter prefix covers, and no address", () => {
    expect(
      places([
        "p2, +49*, allow",
        "p2, +4930901820, allow",
        "p2, +4930*, allow",
        "p2, +4*, deny",
        "p2, *, allow",
        "p2, +1*, allow",
      ]),
    ).toEqual(["2:1", "3:1"]);
  });

  it("keeps what still decides something", () => {
    expect(
      places([
        // Other effect, narrower or other condition.
        "p, role:a, x:y, deny, {a}=sub",
        "p, role:a, x:y, allow",
        "p, role:a, x:y, deny, {a}!=sub",
        "p, role:a, x:*, allow, {a}=sub",
        // The inherited role does not cover the inheriting one's wildcard.
        "g, role:b, role:a",
        "p, role:b, x:*, allow",
        // A role that a machine holds as well is not always held with role:authenticated.
        "p, role:authenticated, z:z, allow",
        "p, role:machine, v:v, allow",
        "p, role:both, v:v, allow",
        "p, role:both, z:z, allow",
        "g, group:g, role:both",
        "g, client:c, role:both",
        // That today's only member holds another role too says nothing about the next member.
        "g, group:only, role:c",
        "g, group:only, role:d",
        "p, role:c, w:w, allow",
        "p, role:d, w:w, allow",
        "p, client:d, z:z, allow",
      ]),
    ).toEqual([]);
  });
});
