import { listOf } from "../../../../src/tools/stack/parameter-values.ts";

it.each([
  ['["https://a.example","https://b.example"]', ["https://a.example", "https://b.example"]],
  ["https://a.example,https://b.example", ["https://a.example", "https://b.example"]],
  [" a , b ,", ["a", "b"]],
  ["[::1]", ["[::1]"]],
  ["", []],
])("reads %p as a list", (text, items) => {
  expect(listOf(text)).toEqual(items);
});
