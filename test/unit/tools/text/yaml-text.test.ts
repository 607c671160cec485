import fc from "fast-check";
import { stringify } from "yaml";
import { readYaml, type YamlNode } from "../../../../src/tools/text/yaml-text.ts";

/** The value without its places. */
function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return undefined;
  switch (node.kind) {
    case "map":
      return Object.fromEntries(node.entries.map(({ name, value }) => [name, plain(value)]));
    case "list":
      return node.items.map(plain);
    case "nothing":
      return null;
    case "text":
    case "number":
    case "boolean":
      return node.value;
  }
}

function problems(text: string): string[] {
  return readYaml(text).problems.map(({ offset, message, fix }) => `${offset}: ${message}; ${fix}`);
}

describe("reading YAML", () => {
  it("reads what was written, with Windows line endings too", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9:,"'# -]{1,10}$/);
    const { tree } = fc.letrec<{ tree: unknown; leaf: unknown }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        tie("leaf"),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(name, tie("tree"), { maxKeys: 3 }).map((map) => ({ ...map })),
      ),
      leaf: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
    }));
    fc.assert(
      fc.property(tree, fc.boolean(), (value, windows) => {
        const text = stringify(value);
        const { node, problems: found } = readYaml(windows ? text.replaceAll("\n", "\r\n") : text);
        expect(found).toEqual([]);
        expect(plain(node)).toEqual(value);
      }),
    );
  });

  it("takes every name for a string, and keeps names of Object.prototype", () => {
    const { node } = readYaml("1: a\ntrue: b\n~: c\n__proto__: d\n");
    expect(node?.kind === "map" ? node.entries.map(({ name }) => name) : []).toEqual([
      "1",
      "true",
      "~",
      "__proto__",
    ]);
  });

  it.each([
    ["a: 1\nb: 2\na: 3", "10: duplicate key; remove one of the two"],
    ["a: &x 1\nb: *x", "11: `*x` is an alias; write the value out"],
    ["a: !secret b", "3: unresolved tag: !secret; write the value without a tag"],
    ["a:\n\tb: 1", "3: the file is not valid YAML: a tab indents the line; indent with spaces"],
    ["a: 1\n---\nb: 2", "5: the file is not valid YAML: a second document begins; keep one document"],
    ["? {a: b}\n: c", "2: the file is not valid YAML: a key is not a string; write `NAME: VALUE`"],
    ["a: 'b", "5: the file is not valid YAML: missing closing 'quote; check indentation and quotes"],
  ])("refuses %j", (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it.each([["["], ['{"a":'], ["- "]])("stops where values lie too deep inside each other: %s", (opening) => {
    expect(problems(opening.repeat(499))).not.toContainEqual(expect.stringContaining("nested values"));
    const [problem, ...others] = problems(opening.repeat(10_000));
    expect(problem).toMatch(/^\d+: more than 500 nested values; reduce the nesting$/);
    expect(others).toEqual([]);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."a:-{}[]&*!|>'\"%@`#? \n\t") }), (text) => {
        expect(Array.isArray(readYaml(text).problems)).toBe(true);
      }),
    );
  });
});
