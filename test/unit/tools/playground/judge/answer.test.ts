import { type Answer, answerTo, type NoAnswer } from "../../../../../src/tools/playground/judge/answer.ts";
import { litRows } from "../../../../../src/tools/playground/judge/lit.ts";
import {
  NOBODY,
  type Persona,
  type PlaygroundState,
} from "../../../../../src/tools/playground/state/state.ts";
import { policyFrom } from "../../../../support/policy.ts";

const NOW = 1_795_900_000;

function asked(rows: string, ask: string, personas: readonly Partial<Persona>[], parameters = {}) {
  const state: PlaygroundState = {
    files: [],
    personas: personas.map((one) => ({ ...NOBODY, ...one })),
    chosen: 0,
    ask,
    parameters,
  };
  return answerTo(policyFrom(rows), state, NOW);
}

function answered(...args: Parameters<typeof asked>): Answer {
  const answer = asked(...args);
  if ("problem" in answer) throw new Error(answer.problem);
  return answer;
}

const refused = (...args: Parameters<typeof asked>) => asked(...args) as NoAnswer;

const OWN =
  "p, role:authenticated, orders:read, allow, {userId}=sub\ng2, GET /users/{userId}/orders, orders:read";
const DENY =
  "p, group:staff, orders:*, allow\np, group:trainees, orders:delete, deny\ng2, DELETE /orders, orders:delete";

describe("the answer of the page", () => {
  it("is that of the engine for each persona, with the values of the placeholders", () => {
    const personas = [{ sub: "42" }, { sub: "43" }, { kind: "machine" as const, client: "web" }];
    const answer = answered(OWN, "GET /users/{userId}/orders", personas, { userId: "42" });
    expect(answer).toMatchObject({ parameters: ["userId"], effects: ["allow", "deny", "deny"] });
    expect(answer.explanation.determining).toMatchObject([{ place: "policies/test.csv:1" }]);
  });

  it("takes the values from a path that is asked about", () => {
    expect(answered(OWN, "GET /users/42/orders", [{ sub: "42" }])).toMatchObject({
      target: "GET /users/{userId}/orders",
      parameters: [],
      effects: ["allow"],
    });
  });

  it("takes an empty value for one that the request does not have", () => {
    const { explanation } = answered(OWN, "GET /users/{userId}/orders", [{ sub: "" }], { userId: "" });
    expect(explanation.effect).toBe("deny");
  });

  it("asks for the parameters of conditions where a permission is asked about", () => {
    const answer = answered(OWN, "orders:read", [{ sub: "42" }], { userId: "42", stray: "x" });
    expect(answer).toMatchObject({ parameters: ["userId"], effects: ["allow"] });
  });

  it("lights the rows that deny, and the allow rows that they beat", () => {
    const answer = answered(DENY, "DELETE /orders", [{ groups: ["staff", "trainees"] }]);
    expect([...litRows(answer)]).toEqual([
      [
        "policies/test.csv",
        [
          { line: 2, role: "deny" },
          { line: 1, role: "overruled" },
        ],
      ],
    ]);
    expect(litRows(undefined).size).toBe(0);
  });

  it("counts the age of a sign-in from now", () => {
    const rows = "p, group:staff, orders:pay, allow, max_age=300\ng2, POST /pay, orders:pay";
    const personas = [
      { groups: ["staff"], age: 299 },
      { groups: ["staff"], age: 400 },
      { groups: ["staff"] },
    ];
    expect(answered(rows, "POST /pay", personas).effects).toEqual(["allow", "deny", "deny"]);
  });

  it("says that a public route is open to everyone", () => {
    expect(answered("g2, GET /health, public", "GET /health", [{}]).effects).toEqual(["allow"]);
  });

  it("says what is probably wrong with the persona", () => {
    const apps = `${DENY}\np3, client:web, orders:*`;
    expect(answered(apps, "DELETE /orders", [{ groups: ["staf"] }]).notes).toEqual([
      "the policy has `p3` rows, so the answer depends on the app: name one",
      "no row names `group:staf`; did you mean `group:staff`?",
    ]);
    const inApp = answered(apps, "DELETE /orders", [{ groups: ["staff"], client: "web" }]);
    expect(inApp).toMatchObject({ notes: [], effects: ["allow"] });
  });

  it("is a likely question where the policy does not know what is asked", () => {
    expect(refused(DENY, "DELETE /order", [{}])).toEqual({
      problem: "the policy has no route `DELETE /order`",
      fix: "did you mean `DELETE /orders`?",
    });
    // While a path is typed, its last segment is empty.
    expect(refused(DENY, "GET /orders//17", [{}]).problem).toBe("the path has an empty segment");
    expect(refused(DENY, "", [{}]).problem).toBe("ask about a route or a permission");
    expect(refused(DENY, "DELETE /orders", []).problem).toBe("add a persona, who asks");
  });
});
