import { jsonIn, objectOf } from "../../src/json.ts";

/** The prefix of the request ids of a load run; a number follows. */
export const REQUEST_ID = "load-";

/** What an environment wrote to its log. */
export interface LogCount {
  /** Lines of decisions. They name their request, but for an authorizer of type TOKEN, which does not know it. */
  readonly decisions: number;
  /** Lines that name a request that was not the next one: one is missing, twice there or out of order. */
  readonly misplaced: number;
  /** Lines that are not JSON. */
  readonly broken: number;
  /** `level kind` of lines that name no request -> how many. */
  readonly others: ReadonlyMap<string, number>;
  readonly read: (text: string) => void;
}

/** Reads the log of one environment, which answers requests in the order of their numbers. */
export function logCounter(): LogCount {
  const others = new Map<string, number>();
  let [decisions, misplaced, broken, last, rest] = [0, 0, 0, 0, ""];
  const line = (text: string) => {
    if (!text.startsWith("{") || !text.endsWith("}")) broken += 1;
    const number = NUMBER.exec(text)?.[1];
    if (number === undefined) {
      const { level, kind, gateway } = objectOf(jsonIn(text));
      if (gateway === "rest-token") {
        decisions += 1;
        return;
      }
      const what = `${String(level)} ${String(kind)}`;
      others.set(what, (others.get(what) ?? 0) + 1);
      return;
    }
    decisions += 1;
    if (Number(number) <= last) misplaced += 1;
    last = Number(number);
  };
  return {
    get decisions() {
      return decisions;
    },
    get misplaced() {
      return misplaced;
    },
    get broken() {
      return broken;
    },
    others,
    read: (text) => {
      const lines = `${rest}${text}`.split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(line);
    },
  };
}

const NUMBER = new RegExp(`"requestId":"${REQUEST_ID}(\\d+)"`);
