import {
  parsePersonas,
  personaNamed,
  readPersonas,
} from "../../../../../src/tools/local/personas/personas.ts";
import { PERSONAS } from "../../../../support/authorization.ts";

const MACHINE = { kind: "machine", what: "a job", client: "reporting", scopes: ["a/b"] };
const USER = {
  kind: "user",
  what: "a user",
  sub: "s",
  username: "u",
  email: "u@example.com",
  groups: [],
  client: "web",
};

describe("personas", () => {
  test("there is one for each story of the sample policy, and one for roles in a tenant", () => {
    expect([...PERSONAS.keys()]).toEqual([
      "alice",
      "sam",
      "tina",
      "fay",
      "ada",
      "pat",
      "zoe",
      "nobody",
      "erin",
      "reporting",
    ]);
  });

  test("an unknown name is refused with the list of personas", () => {
    expect(() => personaNamed(PERSONAS, "bob")).toThrow(
      /no persona `bob`; there are alice, sam, .*reporting/,
    );
  });

  test("a file that is missing or not JSON is named", () => {
    expect(() => readPersonas("events/nowhere.json")).toThrow(/`events\/nowhere.json`/);
    expect(() => readPersonas("package.json")).toThrow(/package.json/);
  });

  test.each([
    ["no object", [], /not an object/],
    ["a persona that is none", { a: 1 }, /`a` is not an object/],
    ["a name that no placeholder can hold", { "A b": USER }, /is not a name/],
    ["another kind", { a: { ...USER, kind: "robot" } }, /neither/],
    ["an app client that does not exist", { a: { ...USER, client: "app" } }, /app client `app`/],
    ["an app client named like an object's method", { a: { ...USER, client: "toString" } }, /`toString`/],
    ["a user without sub", { a: { ...USER, sub: "" } }, /no string `sub`/],
    ["groups that are no list", { a: { ...USER, groups: "x" } }, /no list of strings `groups`/],
    ["attributes that are no texts", { a: { ...USER, attributes: { n: 1 } } }, /attribute `n`/],
    ["attributes that are no object", { a: { ...USER, attributes: [] } }, /`attributes`/],
    ["an unknown property", { a: { ...MACHINE, groups: [] } }, /unknown property `groups`/],
  ])("a file with %s is refused", (_what, content, message) => {
    expect(() => parsePersonas(content, "p.json")).toThrow(message);
  });
});
