import { scrub } from "../../../src/policy/sensitive.ts";

// Quadratic in any of these, and the run would take minutes.
it.each([
  ["an endless name", "a"],
  ["percent signs", "%"],
  ["braces", "{%40"],
  ["slashes", "/%40"],
  ["slashes and dots", "/@."],
  ["backslashes", "\\"],
  ["encoded signs", "%40"],
  ["signs", "@"],
  ["patterns", "*%40"],
  ["quotation marks", '"@'],
  ["schemes", "bearer "],
  ["scheme and blanks", " "],
  ["dots", "a."],
  ["beginnings", "eyJ"],
  ["escapes", "%25"],
  ["parameters", "code="],
])("is found in a megabyte of %s, each character looked at a few times", (_what, unit) => {
  const text = `bearer ${unit.repeat(1_000_000 / unit.length)}`;
  expect(scrub(`${text} jane@example.com`)).not.toContain("jane@example.com");
});
