import { editorHash, hashOf, placeIn } from "../../../../../src/tools/console/models/page-place.ts";
import { SMALL_SAMPLES } from "../../../../../src/tools/playground/samples.ts";
import { fragmentOf } from "../../../../../src/tools/playground/state/link.ts";

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

// Its policy comes from the stack alone: .dependency-cruiser.cjs keeps the reader of such links out of the console.
test.each(SMALL_SAMPLES)(
  "a link of the playground with `$name` leads to the users, with nothing of it",
  ({ state }) => {
    expect(placeIn(`#${fragmentOf(state)}`)).toEqual({ section: "users", about: {} });
  },
);
