import fc from "fast-check";
import { sha256 } from "../../../src/policy/sha256.ts";
import { sha256 as sha256InBrowser } from "../../../src/policy/sha256-browser.ts";

describe("the digest of a browser", () => {
  it("is that of Node for every text, lone surrogates included", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        expect(sha256InBrowser(text)).toBe(sha256(text));
      }),
    );
  });

  it("is that of Node for every length around the ends of blocks", () => {
    for (let length = 0; length <= 260; length += 1) {
      const text = "p".repeat(length);
      expect(sha256InBrowser(text)).toBe(sha256(text));
    }
  });

  it("is the one that FIPS 180-2 gives for `abc`", () => {
    const digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect([sha256InBrowser("abc"), sha256("abc")]).toEqual([digest, digest]);
  });
});
