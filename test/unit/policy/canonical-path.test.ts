import { canonicalParameter, canonicalSegments } from "../../../src/policy/canonical-path.ts";
import { thrownBy } from "../../support/thrown.ts";

describe("the segments of a path", () => {
  it.each([
    ["/", []],
    ["/a", ["a"]],
    ["/a%20b/%C3%A9/...", ["a b", "é", "..."]],
    ["/a%25/%25zz", ["a%", "%zz"]],
  ])("%s are %j", (path, segments) => {
    expect(canonicalSegments(path, "encoded")).toEqual(segments);
  });

  it("are not decoded again where the gateway has decoded them", () => {
    expect(canonicalSegments("/a b/%zz/é%2", "decoded")).toEqual(["a b", "%zz", "é%2"]);
  });

  it.each([
    ["", "the path does not begin with a slash"],
    ["/a/%7f", "the path contains a control or invisible character"],
    ["/a%25aF", "the path is escaped twice"],
    ["/a\\b", "a path segment contains a slash or a backslash"],
    ["/a/%E2%80%8E", "the path contains a control or invisible character"],
    ["/secret/..", "the path has a dot segment"],
    ["//", "the path has an empty segment"],
  ])("of %j are none: the error does not repeat the path", (path, message) => {
    expect(thrownBy(() => canonicalSegments(path, "encoded"))).toMatchObject({
      code: "request_not_canonical",
      message,
    });
  });

  it("of an escape that does not decode are none, and the cause is kept", () => {
    expect(thrownBy(() => canonicalSegments("/%zz", "encoded"))).toMatchObject({
      code: "request_not_canonical",
      message: "the path contains an invalid percent escape",
      cause: expect.any(URIError) as unknown,
    });
  });
});

it.each([
  ["a%20b", "encoded", false, "a b"],
  ["a%20b", "decoded", false, undefined],
  ["a b", "decoded", false, "a b"],
  ["a/b", "encoded", false, undefined],
  ["a/b%20c", "encoded", true, "a/b c"],
  ["a//b", "encoded", true, undefined],
  ["a%2Fb", "encoded", true, undefined],
  ["..", "encoded", false, undefined],
  ["%zz", "encoded", false, undefined],
  ["", "encoded", false, undefined],
  ["", "encoded", true, undefined],
] as const)("the parameter %j, %s, greedy %s, is %j", (value, encoding, greedy, canonical) => {
  expect(canonicalParameter(value, encoding, greedy)).toBe(canonical);
});
