import fc from "fast-check";
import { parse, stringify } from "yaml";
import { UneditableYaml } from "../../../../src/tools/text/uneditable-yaml.ts";
import { EditableYaml } from "../../../../src/tools/text/yaml-edits.ts";

function edited(text: string, edit: (yaml: EditableYaml) => void): string {
  const yaml = new EditableYaml(text);
  edit(yaml);
  return yaml.result();
}

const refusal = (text: string, edit: (yaml: EditableYaml) => void) => {
  try {
    return edited(text, edit);
  } catch (error) {
    if (error instanceof UneditableYaml) return error.message;
    throw error;
  }
};

describe("an item of a list", () => {
  const addX = (yaml: EditableYaml) => yaml.addItem("plugins", "x/y", ["service"]);
  test.each([
    [
      "a block",
      "plugins:\n  - a # first\n  - b\n\n# next\nfunctions: {}\n",
      "plugins:\n  - a # first\n  - b\n  - x/y\n\n# next\nfunctions: {}\n",
    ],
    ["a block without indentation", "plugins:\n- a\nz: 1\n", "plugins:\n- a\n- x/y\nz: 1\n"],
    ["flow style", "plugins: [ a, b ] # c\n", "plugins: [ a, b, x/y ] # c\n"],
    ["flow style over lines", "plugins: [\n  a,\n  b, # c\n]\n", "plugins: [\n  a,\n  b, x/y, # c\n]\n"],
    ["an empty list", "plugins: []\n", "plugins: [x/y]\n"],
    ["no value", "plugins: # none\nz: 1\n", "plugins: # none\n  - x/y\nz: 1\n"],
    [
      "no entry, after a neighbour",
      "service: s # mine\nz: 1\n",
      "service: s # mine\n\nplugins:\n  - x/y\n\nz: 1\n",
    ],
    ["no entry and no neighbour, at the end", "z: 1", "z: 1\n\nplugins:\n  - x/y"],
    [
      "Windows line endings",
      "service: s\r\nz: 1\r\n",
      "service: s\r\n\r\nplugins:\r\n  - x/y\r\n\r\nz: 1\r\n",
    ],
    ["a byte order mark", "\uFEFFplugins:\n  - a\n", "\uFEFFplugins:\n  - a\n  - x/y\n"],
    ["JSON", '{ "plugins": ["a"] }', '{ "plugins": ["a", "x/y"] }'],
  ])("is added to %s", (_, before, after) => {
    expect(edited(before, addX)).toBe(after);
  });

  test.each([
    ["a map", "plugins:\n  modules: [a]\n"],
    ["a variable", "plugins: ${file(plugins.yml)}\n"],
    ["an anchor", "plugins: &p [a]\nother: *p\n"],
  ])("is refused for %s", (_, text) => {
    expect(refusal(text, addX)).toBe("`plugins` is not a list of this file");
  });

  test("is refused for a file that is not a map, or not YAML", () => {
    expect(refusal("- a\n", addX)).toBe("the file is not a map");
    expect(refusal("a: [\n", addX)).toMatch(/^the file is not YAML: /);
    expect(refusal("a: 1\n---\nb: 1\n", addX)).toMatch(/^the file is not YAML: .*multiple documents/);
  });
});

describe("an entry", () => {
  const add = (yaml: EditableYaml) =>
    yaml.addEntry(["custom"], "claimgate", { pool: "P", kinds: ["http"] }, ["plugins"]);
  test.each([
    [
      "a block",
      "custom:\n  a: 1 # one\n\nz: 1\n",
      "custom:\n  a: 1 # one\n  claimgate:\n    pool: P\n    kinds:\n      - http\n\nz: 1\n",
    ],
    [
      "a deeper block",
      "custom:\n    a:\n        b: 1\n",
      "custom:\n    a:\n        b: 1\n    claimgate:\n      pool: P\n      kinds:\n        - http\n",
    ],
    ["flow style", "custom: { a: 1 }\n", "custom: { a: 1, claimgate: { pool: P, kinds: [ http ] } }\n"],
    ["an empty map", "custom: {}\n", "custom: { claimgate: { pool: P, kinds: [ http ] } }\n"],
    ["no value", "custom:\nz: 1\n", "custom:\n  claimgate:\n    pool: P\n    kinds:\n      - http\nz: 1\n"],
    [
      "no entry",
      "plugins: [a]\nz: 1\n",
      "plugins: [a]\n\ncustom:\n  claimgate:\n    pool: P\n    kinds:\n      - http\n\nz: 1\n",
    ],
    [
      "a block that ends in a block scalar",
      "custom:\n  a: |\n    text\n\nz: 1\n",
      "custom:\n  a: |\n    text\n  claimgate:\n    pool: P\n    kinds:\n      - http\n\nz: 1\n",
    ],
  ])("is added to %s", (_, before, after) => {
    expect(edited(before, add)).toBe(after);
  });

  test("that exists, or whose map is a variable, is refused", () => {
    expect(refusal("custom: { claimgate: {} }\n", add)).toBe("`custom.claimgate` exists already");
    expect(refusal("custom: ${file(custom.yml)}\n", add)).toBe("`custom` is not a map of this file");
  });

  test.each([
    ["YAML", "a: { b: {} }\n", "a: { b: { c: x/y, d: 1 } }\n"],
    ["JSON", '{"a":{"b":{}}}', '{"a":{"b":{ "c": "x/y", "d": 1 }}}'],
    [
      "JSON with an entry a line",
      '{\n  "a": {\n    "b": {\n      "z": 1\n    }\n  }\n}\n',
      '{\n  "a": {\n    "b": {\n      "z": 1,\n      "c": "x/y",\n      "d": 1\n    }\n  }\n}\n',
    ],
  ])("and another one are added to a map of %s", (_, before, after) => {
    const both = (yaml: EditableYaml) => {
      yaml.addEntry(["a", "b"], "c", "x/y");
      yaml.addEntry(["a", "b"], "d", 1);
    };
    expect(edited(before, both)).toBe(after);
  });

  test("and another one come in their order", () => {
    const both = edited("functions:\n  a: { handler: a.b }\n", (yaml) => {
      yaml.addEntry(["functions"], "b", { handler: "b.c" });
      yaml.addEntry(["functions"], "c", { handler: "c.d" });
    });
    expect(both).toBe("functions:\n  a: { handler: a.b }\n  b:\n    handler: b.c\n  c:\n    handler: c.d\n");
  });
});

describe("a value", () => {
  const replace = (text: string) => (yaml: EditableYaml) =>
    yaml.replaceValue(text.indexOf("auth:"), "auth", "new");
  test.each([
    ["a string", "e: { auth: old, b: 1 } # c\n", "e: { auth: new, b: 1 } # c\n"],
    ["a map in flow style", "e: { auth: { name: old, scopes: [a] } }\n", "e: { auth: new }\n"],
    ["a map over lines", "auth: {\n  name: old }\nb: 1\n", "auth: new\nb: 1\n"],
    [
      "a block",
      "e:\n  auth: # why\n    name: old\n    scopes:\n      - a\n  b: 1\n",
      "e:\n  auth: new # why\n  b: 1\n",
    ],
    ["a block at the end", "auth:\n  name: old", "auth: new"],
    ["a block with an anchor", "auth: &a\n  name: old\nb: *a\n", "auth: &a new\nb: *a\n"],
    ["flow style with an anchor", "auth: &a { name: old }\nb: *a\n", "auth: &a new\nb: *a\n"],
    ["an alias", "b: &a old\nauth: *a\n", "b: &a old\nauth: new\n"],
    [
      "Windows line endings",
      "e:\r\n  auth:\r\n    name: old\r\n  b: 1\r\n",
      "e:\r\n  auth: new\r\n  b: 1\r\n",
    ],
  ])("is replaced where it is %s", (_, before, after) => {
    expect(edited(before, replace(before))).toBe(after);
  });

  test("is not replaced where a comment would be lost, or it is not written", () => {
    const commented = "auth:\n  # why\n  name: old\n";
    expect(refusal(commented, replace(commented))).toBe("`auth` has comments inside its value");
    const tagged = "auth: !!map { name: old }\n";
    expect(refusal(tagged, replace(tagged))).toBe("`auth` has a tag");
    expect(refusal("b: 1\nauth: x\n", (yaml) => yaml.replaceValue(0, "auth", "new"))).toBe(
      "`auth` is not written here",
    );
  });

  test.each([
    ["the value has one", "auth: &a old\nb: *a\n"],
    ["the map around it has one", "e: &e { auth: old }\nb: { <<: *e }\n"],
  ])("of an anchor is replaced only if aliases may change too: %s", (_, text) => {
    const change = (evenShared: boolean) => (yaml: EditableYaml) =>
      yaml.replaceValue(text.indexOf("auth:"), "auth", "new", evenShared);
    expect(edited(text, change(true))).toBe(text.replace("old", "new"));
    expect(refusal(text, change(false))).toBe("`auth` is part of an anchor, which others may use");
  });

  test("gets entries, and is spelled out where it is a string", () => {
    const add = (text: string) => (yaml: EditableYaml) =>
      yaml.addToValue(text.indexOf("api:"), "api", { auth: "new" }, { path: "/x" });
    const string = "events:\n  - api: GET /x # c\n";
    expect(edited(string, add(string))).toBe("events:\n  - api: { path: /x, auth: new } # c\n");
    const flow = "events:\n  - { api: { path: /x } }\n";
    expect(edited(flow, add(flow))).toBe("events:\n  - { api: { path: /x, auth: new } }\n");
    const block = "events:\n  - api:\n      path: /x\n";
    expect(edited(block, add(block))).toBe("events:\n  - api:\n      path: /x\n      auth: new\n");
  });
});

test("whatever the rest of a file is, an edit changes nothing else", () => {
  const key = fc.constantFrom("a", "b", "c", "custom", "plugins");
  const value = fc.jsonValue({ maxDepth: 2 });
  fc.assert(
    fc.property(
      fc.dictionary(key, value),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      (data, newline, flow) => {
        const text = stringify(data, { collectionStyle: flow ? "flow" : "block" }).replaceAll("\n", newline);
        const before: unknown = parse(text);
        let after: string;
        try {
          after = edited(text, (yaml) => {
            yaml.addItem("plugins", "x/y");
            yaml.addEntry(["custom"], "claimgate", { pool: "P" });
          });
        } catch (error) {
          if (!(error instanceof UneditableYaml)) throw error;
          return;
        }
        const { plugins = [], custom = {} } = (before ?? {}) as {
          plugins?: unknown[] | null;
          custom?: object | null;
        };
        expect(parse(after)).toEqual({
          ...(before as object),
          plugins: [...(plugins ?? []), "x/y"],
          custom: { ...custom, claimgate: { pool: "P" } },
        });
      },
    ),
    { numRuns: 500 },
  );
});
