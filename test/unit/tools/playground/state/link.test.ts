import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { deflateSync, Inflate } from "fflate";
import { SMALL_SAMPLES } from "../../../../../src/tools/playground/samples.ts";
import {
  fragmentOf,
  MOST_BYTES,
  stateOf,
  stateOfText,
} from "../../../../../src/tools/playground/state/link.ts";
import { readState, StateError, writtenState } from "../../../../../src/tools/playground/state/read-state.ts";
import type { Persona, PlaygroundState } from "../../../../../src/tools/playground/state/state.ts";

const text = fc.string({ unit: "binary", maxLength: 30 });
const map = fc.dictionary(fc.oneof(text, fc.constantFrom("__proto__", "constructor")), text, { maxKeys: 4 });
const persona: fc.Arbitrary<Persona> = fc.record({
  name: text,
  kind: fc.constantFrom("user" as const, "machine" as const),
  sub: text,
  groups: fc.array(text, { maxLength: 4 }),
  client: text,
  scopes: fc.array(text, { maxLength: 4 }),
  claims: map,
  age: fc.option(fc.maxSafeNat(), { nil: undefined }),
});
const state: fc.Arbitrary<PlaygroundState> = fc
  .record({
    files: fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[\p{L}\d ._-]{1,20}$/u), text }), {
      selector: ({ name }) => name,
      maxLength: 4,
    }),
    personas: fc.array(persona, { maxLength: 4 }),
    chosen: fc.nat(3),
    ask: text,
    parameters: map,
  })
  .map(({ files, chosen, personas, ...rest }) => ({
    ...rest,
    personas,
    files: files.map(({ name, text: content }) => ({ path: `policies/${name}.csv`, text: content })),
    chosen: personas.length === 0 ? 0 : chosen % personas.length,
  }));

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");
const linkOf = (content: string | Uint8Array) =>
  `#v1.${base64url(deflateSync(typeof content === "string" ? new TextEncoder().encode(content) : content))}`;

/** What the reader makes of it: a state, nothing, or the refusal. */
function read(fragment: string): PlaygroundState | StateError | undefined {
  try {
    return stateOf(fragment);
  } catch (error) {
    if (error instanceof StateError) return error;
    throw error;
  }
}

const refusal = (fragment: string) => {
  const answer = read(fragment);
  return answer instanceof StateError ? answer.message : "accepted";
};

/** As `toEqual` does not tell `__proto__` from nothing. */
const spelled = (one: PlaygroundState) => JSON.stringify(writtenState(one));

describe("a link", () => {
  it("carries every state, whatever its texts are", () => {
    fc.assert(
      fc.property(state, (one) => {
        const back = stateOf(`https://docs.example/playground/app.html#${fragmentOf(one)}`);
        expect(back).toEqual(one);
        expect(back && spelled(back)).toBe(spelled(one));
      }),
    );
  });

  it("is short for a small policy", () => {
    for (const { state: sample } of SMALL_SAMPLES) expect(fragmentOf(sample).length).toBeLessThan(900);
  });

  it.each(["", "#", "#files", "#matrix-section", "#policy?file=a.csv", "v1", "#v.x"])(
    "without a state is not one to open: `%s`",
    (fragment) => expect(stateOf(fragment)).toBeUndefined(),
  );

  it("of another version is refused by its name", () => {
    expect(refusal("#v2.AAAA")).toBe("the link has the form v2, this page reads v1: get a newer playground");
  });

  it("that is cut off anywhere is refused, or has no state left", () => {
    const whole = fragmentOf(SMALL_SAMPLES[0]?.state ?? readState({}));
    for (let length = 0; length < whole.length; length += 1) {
      const part = read(whole.slice(0, length));
      expect(part === undefined || part instanceof StateError).toBe(true);
    }
  });

  it("never makes the reader throw anything but its refusal", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => `#v1.${base64url(bytes)}`),
      fc.string().map(linkOf),
      fc.json().map(linkOf),
      fc.anything().map((value) => linkOf(JSON.stringify(value) ?? "")),
      state.map((one) => linkOf(JSON.stringify({ ...writtenState(one), chosen: -1 }))),
    );
    fc.assert(fc.property(anything, (fragment) => void read(fragment)));
  });

  it("that would fill the memory is refused before it does", () => {
    const bomb = `#v1.${deflateRawSync(Buffer.alloc(60_000_000), { level: 9 }).toString("base64url")}`;
    expect(bomb.length).toBeLessThan(100_000);
    const steps = jest.spyOn(Inflate.prototype, "push");
    expect(refusal(bomb)).toBe("it has more than 1,000,000 bytes");
    // A byte expands to 1,032 at most (RFC 1951), so these are all that was ever in memory.
    const read = steps.mock.calls.reduce((sum, [{ length }]) => sum + length, 0);
    expect(read * 1_032).toBeLessThan(1_300_000);
    steps.mockRestore();
  });

  it("with more characters than any that this page makes is refused unread", () => {
    expect(refusal(`#v1.${"A".repeat(100_000)}`)).toMatch(
      /^the link has 100003 characters, expected at most 100000/,
    );
  });

  it("of the largest size is read", () => {
    const files = [{ path: "policies/roles.csv", text: "# ".repeat(400_000) }];
    expect(read(linkOf(JSON.stringify({ files, personas: [] })))).toMatchObject({ files });
  });
});

describe("data that are not a state", () => {
  it.each([
    ["[]", "`the state`: expected an object"],
    ["{", "it is not JSON: perhaps a part of it is missing"],
    ["{}", "`files`: expected a list"],
    ['{"files":[{"path":"a.csv"}],"personas":[]}', "`files[0].text`: expected a string"],
    [
      '{"files":[{"path":"run.js","text":""}],"personas":[]}',
      "`files[0].path`: expected a name that ends with `.csv`, or `groups.yaml`",
    ],
    [
      '{"files":[{"path":"a.csv","text":""},{"path":"a.csv","text":""}],"personas":[]}',
      "`files[1].path`: there is a file `a.csv` already",
    ],
    [
      '{"files":[],"personas":[{"name":"a","kind":"admin"}]}',
      "`personas[0].kind`: expected `user` or `machine`",
    ],
    ['{"files":[],"personas":[{"name":"a","age":1.5}]}', "`personas[0].age`: expected a whole number"],
    ['{"files":[],"personas":[{"name":"a","groups":[1]}]}', "`personas[0].groups[0]`: expected a string"],
    ['{"files":[],"personas":[],"chosen":1}', "`chosen`: there are 0 personas"],
    ['{"files":[],"personas":[],"parameters":{"a":1}}', "`parameters.a`: expected a string"],
  ])("%s are refused with the place", (json, message) => {
    expect(() => stateOfText(json)).toThrow(new StateError(message));
  });

  it("leave nothing behind that is not known", () => {
    const read = stateOfText('{"files":[],"personas":[],"html":"<b>","__proto__":{"files":1}}');
    expect(Object.keys(read).sort()).toEqual(["ask", "chosen", "files", "parameters", "personas"]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it("are refused where a file is too large", () => {
    expect(() => stateOfText(" ".repeat(MOST_BYTES + 1))).toThrow("it has more than 1,000,000 bytes");
  });
});
