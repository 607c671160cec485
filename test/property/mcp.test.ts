import fc from "fast-check";
import { strictJson } from "../../src/middleware/mcp/strict-json.ts";
import { decide } from "../../src/policy/decide.ts";
import { mayAllow } from "../../src/policy/possible.ts";
import { drawn } from "../support/drawn.ts";
import { decisionCase } from "../support/generate-policy.ts";
import { policyOf } from "../support/judges.ts";

const someRequests = decisionCase({ min: 1, max: 12 });

describe("what an agent may do", () => {
  it("is within what its user may, for every policy, token and tool", () => {
    let [within, cut] = [0, 0];
    fc.assert(
      fc.property(someRequests, ({ rows, requests }) => {
        const [limited, whole] = [policyOf(rows), policyOf(rows.filter(([type]) => type !== "p3"))];
        for (const request of requests) {
          const [agent, user] = [decide(limited, request).effect, decide(whole, request).effect];
          if (agent === "allow") expect(user).toBe("allow");
          if (agent === "allow") within += 1;
          else if (user === "allow") cut += 1;
        }
      }),
      drawn(200),
    );
    expect(Math.min(within, cut)).toBeGreaterThan(10);
  });
});

describe("the list of tools", () => {
  it("has every tool that some arguments open", () => {
    let [possible, impossible] = [0, 0];
    fc.assert(
      fc.property(someRequests, ({ rows, requests }) => {
        const policy = policyOf(rows);
        for (const { parameters, ...open } of requests) {
          const may = mayAllow(policy, open);
          if (may) possible += 1;
          else impossible += 1;
          if (decide(policy, { ...open, parameters }).effect === "allow") expect(may).toBe(true);
        }
      }),
      drawn(200),
    );
    expect(Math.min(possible, impossible)).toBeGreaterThan(100);
  });
});

describe("JSON with one reading", () => {
  const names = fc.constantFrom("a", "b", "__proto__x", 'q"', "\\", ":", "\u00e9");
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(1, null, true, "a", '"a":', "\\", '{"a":1}'),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(names, tie("value"), { maxKeys: 3 }),
    ),
  })).value;

  it("is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 2, "\t"), (value, space) => {
        expect(strictJson(JSON.stringify(value, null, space))).toEqual({ value });
      }),
      drawn(300),
    );
  });

  it("is never read with a name twice", () => {
    fc.assert(
      fc.property(json, json, names, fc.boolean(), (one, other, name, spaced) => {
        const [key, colon] = [JSON.stringify(name), spaced ? " : " : ":"];
        const text = `{${key}${colon}${JSON.stringify(one)},"z":0,${key}${colon}${JSON.stringify(other)}}`;
        expect(strictJson(text)).toEqual({ problem: "an object has a duplicate name" });
      }),
      drawn(200),
    );
  });
});
