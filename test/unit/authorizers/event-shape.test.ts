import { headerValues, pathParameters } from "../../../src/authorizers/event-shape.ts";
import { codeThrownBy } from "../../support/thrown.ts";

describe("the values of a header", () => {
  test.each([
    ["whatever the case of its name", { headers: { AuthorIZation: "a" } }, ["a"]],
    [
      "from both maps once",
      { headers: { Authorization: "a" }, multiValueHeaders: { Authorization: ["a"] } },
      ["a"],
    ],
    [
      "all of them",
      { headers: { Authorization: "b" }, multiValueHeaders: { Authorization: ["a", "b"] } },
      ["a", "b"],
    ],
    ["twice when sent twice", { multiValueHeaders: { Authorization: ["a", "a"] } }, ["a", "a"]],
    ["under two spellings", { headers: { Authorization: "a", authorization: "b" } }, ["a", "b"]],
    [
      "that only one map has",
      { headers: { Authorization: "b" }, multiValueHeaders: { authorization: ["a"] } },
      ["a", "b"],
    ],
    ["none", { headers: {}, multiValueHeaders: null }, []],
    ["none without maps", {}, []],
    ["none from an event that is null", null, []],
  ])("%s", (_what, event, values) => {
    expect(headerValues(event, "authorization")).toEqual(values);
  });

  test("that are not strings make the event malformed", () => {
    expect(codeThrownBy(() => headerValues({ headers: { authorization: 7 } }, "authorization"))).toBe(
      "request_malformed",
    );
  });
});

describe("path parameters", () => {
  test("are none where the event has null or nothing", () => {
    expect(pathParameters({ pathParameters: null })).toEqual({});
    expect(pathParameters({})).toEqual({});
  });

  test.each([[["a"]], ["a"], [{ id: 7 }], [{ id: null }]])("%j make the event malformed", (value) => {
    expect(codeThrownBy(() => pathParameters({ pathParameters: value }))).toBe("request_malformed");
  });

  test("named like parts of a prototype stay plain data", () => {
    const parameters = pathParameters(JSON.parse('{"pathParameters":{"__proto__":"x","constructor":"y"}}'));
    expect(Object.getPrototypeOf(parameters)).toBe(Object.prototype);
    expect(Object.keys(parameters).sort()).toEqual(["__proto__", "constructor"]);
  });
});
