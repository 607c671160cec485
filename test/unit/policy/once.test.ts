import { once } from "../../../src/policy/once.ts";

describe("a value computed once", () => {
  it("is computed by the first question, and undefined is a value too", () => {
    const calls: string[] = [];
    const value = once(() => {
      calls.push("computed");
      return undefined;
    });
    expect(calls).toEqual([]);
    expect([value(), value()]).toEqual([undefined, undefined]);
    expect(calls).toEqual(["computed"]);
  });
});
