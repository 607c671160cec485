import fc from "fast-check";

// Few texts, so that routes overlap and paths meet them.
const literal = fc.constantFrom("a", "b", "orders", "v1.0", "x~y", "constructor");
const METHODS = ["GET", "HEAD", "POST", "ANY"];

/** A template of an API, without its method. No two templates of a table differ in parameter names only. */
export const template = fc
  .tuple(
    fc.array(fc.option(literal, { freq: 2, nil: undefined }), { maxLength: 4 }),
    fc.constantFrom("", "", "greedy"),
  )
  .map(([parts, end]) => {
    const segments = parts.map((part, index) => part ?? `{p${index}}`);
    if (end === "greedy") segments.push("{proxy+}");
    return `/${segments.join("/")}`;
  });

/** A declared path route. */
const pathRoute = fc
  .tuple(fc.constantFrom(...METHODS), template)
  .map(([method, path]) => `${method} ${path}`);

/** The routes of a policy. */
export const routeNames = fc.uniqueArray(
  fc.oneof(
    { weight: 12, arbitrary: pathRoute },
    { weight: 1, arbitrary: fc.constantFrom("$default", "$connect", "Query.orders") },
  ),
  { minLength: 1, maxLength: 14, size: "max" },
);

/** A decoded segment that is canonical. */
export const segment = fc.oneof(
  { weight: 6, arbitrary: literal },
  {
    weight: 1,
    arbitrary: fc.constantFrom("17", "a b", "é", "__proto__", "{p0}", "100%", "a+b", "a;b=c", "..."),
  },
);

/** The decoded segments of a canonical path. */
export const segments = fc.array(segment, { maxLength: 6, size: "max" });

/** What makes a path read differently by different readers, and what does not. */
export const nastyPath = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: literal },
      { weight: 4, arbitrary: fc.constant("/") },
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          ...[
            "..",
            ".",
            "//",
            "%2e",
            "%2E%2e",
            "%2f",
            "%2F",
            "%5c",
            "\\",
            "%252e",
            "%25",
            "%2",
            "%00",
            "%0a",
          ],
          ...["\n", "\t", "\u0000", "*", "%2a", "?", "%3f", "$", "#", "%23", ";", "%3b", "\u202e", "\u200b"],
          ...[
            "%c0%ae",
            "%ff",
            "%e2%80%8b",
            "%C3%A9",
            "é",
            "e\u0301",
            " ",
            "%20",
            "+",
            "．",
            "／",
            "A",
            ":",
            "@",
          ],
        ),
      },
    ),
    { minLength: 1, maxLength: 9, size: "max" },
  )
  .map((parts) => `/${parts.join("")}`);
