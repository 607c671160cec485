import { readFileSync } from "node:fs";
import { ERROR_CODES } from "../../../src/errors.ts";

const sections = [...readFileSync("docs/errors.md", "utf8").matchAll(/^### (\S+)$/gm)].map(
  ([, code]) => code,
);

describe("the documentation", () => {
  it("has one section for every error code and none for codes that are gone", () => {
    expect([...sections].sort()).toEqual([...ERROR_CODES].sort());
  });
});
