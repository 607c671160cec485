import { hashed, isHidden, withoutSecret } from "../../../src/policy/redaction.ts";
import type { Subject } from "../../../src/policy/subject.ts";

it.each([
  ["jane@example.com", true],
  ["x jane@example.com y", true],
  ["é@é", true],
  ["eyJraWQiOiJhYmNk", true],
  ["jane%40example.com", true],
  ["*@example.com", true],
  ["*@ example.com", false],
  ["jane @example.com", false],
  ["@example.com", false],
  ["jane@", false],
  ["a@@b", false],
  ["staff", false],
])("%s is hidden: %s", (text, hidden) => {
  expect(isHidden(text)).toBe(hidden);
});

it("a hidden name is shown as the first half of its SHA-256, with its prefix", () => {
  // printf jane@example.com | sha256sum
  const digest = "sha256:8c87b489ce35cf2e2f39f80e282cb2e8";
  expect(hashed("jane@example.com")).toBe(digest);
  expect(withoutSecret("group:jane@example.com")).toBe(`group:${digest}`);
  expect(withoutSecret("group:legacy/jane@example.com" satisfies Subject)).toMatch(
    /^group:sha256:[0-9a-f]{32}$/,
  );
  expect(withoutSecret("group:staff")).toBe("group:staff");
});
