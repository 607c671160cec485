import { createEngine, type Question } from "../../../src/policy/engine.ts";
import { policyFrom } from "../../support/policy.ts";

const { model, decisionRows } = policyFrom("p, role:a, x:y, allow\np, role:b, x:y, deny, {id}=sub");
const [allow, deny] = decisionRows;
if (allow === undefined || deny === undefined) throw new Error("two rows expected");

describe("casbin over the rows of one question", () => {
  const engine = createEngine(model);
  const everything: Question = { matches: () => true };

  it("allows by an allow row that matches, unless a deny row does", () => {
    expect(engine.allows(everything, [allow])).toBe(true);
    expect(engine.allows(everything, [allow, deny])).toBe(false);
    expect(engine.allows(everything, [deny])).toBe(false);
    expect(engine.allows({ matches: () => false }, [allow])).toBe(false);
  });

  it("forgets the rows of the question before", () => {
    engine.allows(everything, [allow, deny]);
    expect(engine.allows(everything, [allow])).toBe(true);
  });

  it("denies without rows, and asks nothing", () => {
    const asked: string[] = [];
    expect(engine.allows({ matches: (subject) => asked.push(subject) > 0 }, [])).toBe(false);
    expect(asked).toEqual([]);
  });

  it("asks for each row by its four columns", () => {
    const asked: string[][] = [];
    engine.allows({ matches: (...columns) => asked.push(columns) < 0 }, [allow, deny]);
    expect(asked).toEqual([
      ["role:a", "x:y", "allow", ""],
      ["role:b", "x:y", "deny", "{id}=sub"],
    ]);
  });
});
