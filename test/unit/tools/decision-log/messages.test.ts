import { createMessageReader } from "../../../../src/tools/decision-log/messages.ts";

const LINE = { kind: "decision", effect: "allow", subjects: ["role:authenticated"] };
const TEXT = JSON.stringify(LINE);
const OBJECT = { kind: "object", value: LINE };

function read(text: string) {
  const reader = createMessageReader();
  return text.split("\n").flatMap((line) => reader(line));
}

describe("the messages of a log", () => {
  test.each([
    ["a JSON line", TEXT],
    ["Windows line endings and empty lines", `\r\n${TEXT}\r\n\r\n`],
    ["an export to S3, with a timestamp before each line", `2026-11-10T13:40:56.789Z ${TEXT}`],
    ["aws logs tail, with the stream as well", `2026-11-10T13:40:56+00:00 2026/11/10/[$LATEST]0a1b ${TEXT}`],
    ["Lambda's text format", `2026-11-10T13:40:56.789Z\t8f5c-11\tINFO\t${TEXT}`],
    [
      "Lambda's JSON format, the message an object",
      JSON.stringify({ timestamp: "2026-11-10T13:40:56.789Z", level: "INFO", message: LINE }),
    ],
    ["Lambda's JSON format, the message a text", JSON.stringify({ level: "INFO", message: TEXT })],
    [
      "filter-log-events on one line",
      JSON.stringify({
        events: [{ logStreamName: "s", timestamp: 1, message: `${TEXT}\n` }],
        searchedLogStreams: [],
      }),
    ],
    [
      "filter-log-events as it prints them",
      JSON.stringify({ events: [{ message: `${TEXT}\n`, eventId: "1" }], searchedLogStreams: [] }, null, 4),
    ],
    ["a list of events", JSON.stringify([{ message: TEXT }])],
    [
      "a subscription's delivery",
      JSON.stringify({ messageType: "DATA_MESSAGE", logEvents: [{ id: "1", timestamp: 1, message: TEXT }] }),
    ],
    [
      "an Insights query on one line",
      JSON.stringify({
        results: [
          [
            { field: "@timestamp", value: "2026" },
            { field: "@message", value: TEXT },
          ],
        ],
      }),
    ],
  ])("are found in %s", (_, text) => {
    expect(read(text).filter(({ kind }) => kind === "object")).toEqual([OBJECT]);
  });

  test("are found in an Insights query as it prints it, where other fields are text", () => {
    const printed = JSON.stringify(
      {
        results: [
          [
            { field: "@timestamp", value: "2026" },
            { field: "@message", value: TEXT },
          ],
        ],
      },
      null,
      4,
    );
    expect(read(printed)).toEqual([{ kind: "text" }, OBJECT]);
  });

  test("of Lambda itself are text", () => {
    expect(read("START RequestId: 1 Version: $LATEST\nREPORT RequestId: 1 Duration: 1.2 ms [x] {y}")).toEqual(
      [{ kind: "text" }, { kind: "text" }],
    );
  });

  test("that are cut off are damaged, not text", () => {
    expect(read(TEXT.slice(0, -5))).toEqual([{ kind: "damaged" }]);
    expect(read(`{\n"message": "${TEXT.slice(0, 20)}",\n}`)).toEqual([{ kind: "damaged" }]);
  });
});
