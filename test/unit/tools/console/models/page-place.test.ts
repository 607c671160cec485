import { editorHash, hashOf, placeIn } from "../../../../../src/tools/console/models/page-place.ts";

test("an address leads where it was made for", () => {
  expect(placeIn(hashOf("try", { who: "a b", route: "GET /orders/{orderId}" }))).toEqual({
    section: "try",
    about: { who: "a b", route: "GET /orders/{orderId}" },
  });
  expect(hashOf("mails")).toBe("#mails");
});

test.each(["", "#", "#nowhere", "#constructor"])("the address `%s` leads to the users", (hash) => {
  expect(placeIn(hash)).toEqual({ section: "users", about: {} });
});

test("the place of a row leads to its line in the editor", () => {
  expect(placeIn(editorHash("policies/team a/roles.csv:12"))).toEqual({
    section: "policy",
    about: { file: "policies/team a/roles.csv", line: "12" },
  });
});
