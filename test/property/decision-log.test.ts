import fc from "fast-check";
import type { InputLogging } from "../../src/lambda/decision-log.ts";
import { decide } from "../../src/policy/decide.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { createReplayer } from "../../src/tools/decision-log/decide-again.ts";
import { type LoggedDecision, readEntry } from "../../src/tools/decision-log/entry.ts";
import { total } from "../../src/tools/decision-log/line-counts.ts";
import { createMessageReader } from "../../src/tools/decision-log/messages.ts";
import { createReplay } from "../../src/tools/decision-log/replay.ts";
import { createUnused } from "../../src/tools/decision-log/unused.ts";
import { decisionLine } from "../support/decision-log-lines.ts";
import { drawn } from "../support/drawn.ts";
import {
  decisionCase,
  type GeneratedRequest,
  type GeneratedRow,
  spellRow,
} from "../support/generate-policy.ts";
import { policyOf } from "../support/judges.ts";
import { asOfToken, resolvedRoute } from "../support/token-request.ts";

const someRequests = decisionCase({ min: 8, max: 12 });
const modes = fc.constantFrom<InputLogging>("plain", "hashed");
const FILLER: GeneratedRow = ["p", "role:filler", "filler:read", "allow"];

function logged(policy: Policy, request: GeneratedRequest, inputs: InputLogging): LoggedDecision {
  const resolved = { ...request, route: resolvedRoute(policy, request.route) };
  const [message] = createMessageReader()(decisionLine(policy, resolved, { inputs, matched: request.route }));
  const entry = readEntry(message ?? { kind: "text" });
  if (entry.kind !== "decisions" || entry.decisions[0] === undefined)
    throw new Error("no decision was logged");
  return entry.decisions[0];
}

describe("a decision made again from its log line", () => {
  it("comes out as it did, under the same policy", () => {
    fc.assert(
      fc.property(someRequests, modes, ({ rows, requests }, mode) => {
        const policy = policyOf(rows);
        const replayer = createReplayer(policy);
        for (const request of requests.map(asOfToken)) {
          const line = logged(policy, request, mode);
          const again = replayer.decideAgain(line);
          // A route that nobody declares and that takes any path is the one thing that a log cannot tell.
          if (again.kind === "undecided") expect(line.route).toBeUndefined();
          else expect(again.decision).toMatchObject({ effect: line.effect });
        }
      }),
      drawn(300),
    );
  });

  it("comes out as the whole request would, under another policy, or is not made", () => {
    let decided = 0;
    let undecided = 0;
    fc.assert(
      fc.property(
        someRequests,
        modes,
        fc.infiniteStream(fc.nat({ max: 3 })),
        ({ rows, requests }, mode, stream) => {
          // Two policies over the same names: each lacks another quarter of the rows.
          const quarter = rows.map(() => Number(stream.next().value));
          const before = policyOf([FILLER, ...rows.filter((_, index) => quarter[index] !== 0)]);
          const after = policyOf([FILLER, ...rows.filter((_, index) => quarter[index] !== 1)]);
          const replayer = createReplayer(after);
          for (const request of requests.map(asOfToken)) {
            const again = replayer.decideAgain(logged(before, request, mode));
            if (again.kind === "undecided") {
              undecided += 1;
              continue;
            }
            decided += 1;
            const route = resolvedRoute(after, request.route);
            expect(again.decision.effect).toBe(decide(after, { ...request, route }).effect);
          }
        },
      ),
      drawn(500),
    );
    // It says little where hardly anything can be decided.
    expect(decided).toBeGreaterThan(3 * undecided);
    expect(undecided).toBeGreaterThan(0);
  });
});

describe("rows that a log has no use of", () => {
  it("can all be removed: what was allowed stays allowed, and nothing is allowed that was not", () => {
    let removed = 0;
    fc.assert(
      fc.property(someRequests, modes, fc.nat(8), ({ rows, requests }, mode, seen) => {
        const all = [FILLER, ...rows];
        const policy = policyOf(all);
        const file = { path: "policies/generated.csv", text: all.map(spellRow).join("\n") };
        const unused = createUnused(policy, parsePolicy([file]).rows, { since: undefined, until: undefined });
        const real = requests.map(asOfToken);
        for (const request of real.slice(0, seen)) {
          unused.add({ kind: "decisions", decisions: [logged(policy, request, mode)], stopped: 0 });
        }
        const lines = new Set(unused.result().rows.map(({ line }) => line));
        removed += lines.size;
        const smaller = policyOf([FILLER, ...all.filter((_, index) => index > 0 && !lines.has(index + 1))]);
        for (const [index, request] of real.entries()) {
          const was = decide(policy, request).effect;
          const is = decide(smaller, request).effect;
          if (was === "deny") expect(is).toBe("deny");
          else if (index < seen) expect(is).toBe("allow");
        }
      }),
      drawn(400),
    );
    expect(removed).toBeGreaterThan(400);
  });
});

describe("a line of a log, whatever it is", () => {
  const VALID = decisionLine(
    policyOf([
      ["p", "group:a", "orders:x0", "allow"],
      ["g2", "GET /orders", "orders:x0"],
    ]),
    { route: "GET /orders", subjects: ["group:a"], parameters: {}, claims: {} },
  );
  const keys = Object.keys(JSON.parse(VALID) as object);
  /** A decision of which some fields are anything. */
  const mutated = fc.tuple(fc.subarray(keys), fc.jsonValue(), fc.jsonValue()).map(([chosen, one, other]) =>
    JSON.stringify({
      ...(JSON.parse(VALID) as object),
      ...Object.fromEntries(chosen.map((key, index) => [key, index % 2 === 0 ? one : other])),
    }),
  );
  const cut = fc.nat(VALID.length).map((length) => VALID.slice(0, length));
  const line = fc.oneof(
    mutated,
    cut,
    fc.json(),
    fc.string(),
    fc.json().map((text) => `2026-11-10 ${text}`),
  );

  it("is counted, and stops nothing", () => {
    const policy = policyOf([FILLER, ["g2", "GET /orders", "orders:x0"]]);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const replay = createReplay(policy, { since: undefined, until: undefined });
        const unused = createUnused(policy, [], { since: undefined, until: undefined });
        for (const text of lines) {
          for (const message of createMessageReader()(text)) {
            const entry = readEntry(message);
            replay.add(entry);
            unused.add(entry);
          }
        }
        const { lines: counts, unchanged, changed, undecided, log } = replay.result();
        expect(unchanged + changed + undecided).toBe(log.decisions);
        const others = total(counts.other) + total(counts.refused) + total(counts.damaged);
        expect(counts.lines).toBeLessThanOrEqual(others + log.decisions + answersWithoutRoutes(lines));
        expect(unused.result().log).toEqual(log);
      }),
      drawn(500),
    );
  });

  /** An answer for a whole API may name no route: then it is a line of no decision. */
  const answersWithoutRoutes = (lines: readonly string[]) =>
    lines.filter((text) => text.includes('"whole-api-answer"')).length;
});
