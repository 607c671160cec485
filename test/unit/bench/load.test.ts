import { isExpected, keyStates } from "../../../bench/load/answers.ts";
import type { KeyView } from "../../../bench/load/key-server.ts";
import { logCounter } from "../../../bench/load/log-count.ts";
import { trendOf } from "../../../bench/load/memory.ts";
import { hasReached } from "../../../bench/load/slots.ts";
import type { Token } from "../../../bench/load/tokens.ts";

// A load run that accepts everything would be green as well: what it tells apart is tested here.

const token = (kid: string | undefined): Token => ({ text: "a.b.c", what: "good", kid, holder: undefined });

function view(changes: Partial<KeyView> = {}): KeyView {
  const never = Number.NEGATIVE_INFINITY;
  const close = () => undefined;
  return {
    port: 1,
    kids: new Set(["a"]),
    fetchedAt: never,
    failedAt: never,
    fetches: 1,
    failures: 0,
    close,
    ...changes,
  };
}

describe("what an environment may know of a token's key", () => {
  const before = { fetches: 1, failures: 0 };

  it("is that it knows it, if it fetched it, or if the token is refused without a key", () => {
    expect(keyStates(view(), token("a"), before, 0)).toEqual(["known"]);
    expect(keyStates(view({ kids: undefined }), token(undefined), before, 0)).toEqual(["known"]);
  });

  it("is that the pool does not publish it, if it has just fetched a set without it", () => {
    expect(keyStates(view({ fetches: 2 }), token("b"), before, 0)).toEqual(["unpublished"]);
  });

  it("is nothing, if the fetch has just failed", () => {
    expect(keyStates(view({ failures: 1 }), token("b"), before, 0)).toEqual(["unavailable"]);
  });

  it("is what its last fetch said, if that was a few seconds ago", () => {
    expect(keyStates(view({ fetchedAt: 0 }), token("b"), before, 9_000)).toEqual(["unpublished"]);
    expect(keyStates(view({ failedAt: 0 }), token("b"), before, 9_000)).toEqual(["unavailable"]);
  });

  it("is impossible without a fetch, if the last one was longer ago: every answer is then wrong", () => {
    expect(keyStates(view({ fetchedAt: 0, failedAt: 0 }), token("b"), before, 20_000)).toEqual([]);
  });
});

describe("an answer is the expected one", () => {
  const reply = (kind: "response" | "error", body: unknown) => ({
    ...{ kind, body: JSON.stringify(body), handlerNs: 1, roundTripNs: 1 },
  });

  it("whatever the order of its keys", () => {
    const expected = { kind: "response", answer: { a: 1, b: { c: [1], d: 2 } } } as const;
    expect(isExpected(expected, reply("response", { b: { d: 2, c: [1] }, a: 1 }))).toBe(true);
  });

  it("only with the same values, nothing more and nothing less", () => {
    const expected = { kind: "response", answer: { isAuthorized: false } } as const;
    expect(isExpected(expected, reply("response", { isAuthorized: true }))).toBe(false);
    expect(isExpected(expected, reply("response", { isAuthorized: false, context: {} }))).toBe(false);
    expect(isExpected(expected, reply("response", {}))).toBe(false);
    expect(isExpected(expected, reply("error", { isAuthorized: false }))).toBe(false);
  });

  it("only with the type and the message of the error", () => {
    const expected = { kind: "error", type: "Error", message: "Unauthorized" } as const;
    const said = (errorType: string, errorMessage: string) =>
      reply("error", { errorType, errorMessage, trace: [] });
    expect(isExpected(expected, said("Error", "Unauthorized"))).toBe(true);
    expect(isExpected(expected, said("TypeError", "Unauthorized"))).toBe(false);
    expect(isExpected(expected, said("Error", "Unauthorized "))).toBe(false);
  });
});

describe("the log of an environment", () => {
  const line = (number: number) => `{"requestId":"load-${number}","kind":"decision"}\n`;

  it("is counted by line, however its parts arrive", () => {
    const log = logCounter();
    const text = `${line(1)}${line(3)}{"level":"warn","kind":"keys-not-prefetched"}\n${line(4)}`;
    for (const part of text.match(/.{1,7}/gs) ?? []) log.read(part);
    expect(log).toMatchObject({ decisions: 3, misplaced: 0, broken: 0 });
    expect([...log.others]).toEqual([["warn keys-not-prefetched", 1]]);
  });

  it("counts a decision on an event that has no id, and nothing else of that function", () => {
    const log = logCounter();
    log.read('{"kind":"decision","gateway":"rest-token"}\n{"level":"warn","kind":"keys-not-prefetched"}\n');
    expect(log).toMatchObject({ decisions: 1, misplaced: 0, broken: 0 });
  });

  it("shows a line that is there twice or out of order, and one that is not JSON", () => {
    const log = logCounter();
    log.read(`${line(1)}${line(1)}${line(3)}${line(2)}half a li\n`);
    expect(log).toMatchObject({ decisions: 4, misplaced: 2, broken: 1 });
  });
});

describe("the memory of a process", () => {
  const sample = (invocations: number, heapUsed: number) => ({
    ...{ invocations, heapUsed, rss: 2 * heapUsed, external: 0, arrayBuffers: 0 },
  });

  it("grows from half to the end, and slopes over the second half", () => {
    const samples = [100, 110, 115, 120, 120, 130, 140, 150].map((heap, index) => sample(index * 100, heap));
    expect(trendOf(samples)).toMatchObject({
      heapAtQuarter: 115,
      heapAtHalf: 120,
      heapAtEnd: 150,
      growth: 30,
      rssAtEnd: 300,
    });
    expect(trendOf(samples)?.slope).toBeCloseTo(10_000);
  });

  it("shows no trend in fewer than four samples", () => {
    expect(trendOf([sample(1, 1), sample(2, 2), sample(3, 3)])).toBeUndefined();
  });
});

describe("a phase", () => {
  it("ends only once every environment has what it waits for", () => {
    const slot = (kids: readonly string[]) => {
      const environment = {
        name: "one",
        artefact: { name: "httpAuthorizer" },
        keys: view({ kids: new Set(kids) }),
      };
      return { plan: { artefact: "httpAuthorizer", weight: 1 }, current: environment, next: undefined };
    };
    const reached = (...kids: string[][]) =>
      hasReached("has-key-2", kids.map(slot) as unknown as Parameters<typeof hasReached>[1], new Map());
    expect(reached(["key-1", "key-2"], ["key-1"])).toBe(false);
    expect(reached(["key-1", "key-2"], ["key-2"])).toBe(true);
  });
});
