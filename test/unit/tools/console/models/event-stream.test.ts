import fc from "fast-check";
import { EventStreamReader } from "../../../../../src/tools/console/models/event-stream.ts";

test("an event is read once it is complete, and comments are left out", () => {
  const events = new EventStreamReader();
  expect(events.take('data: {"a":')).toEqual([]);
  expect(events.take('1}\n\n: still here\n\ndata: {"b":2}\n')).toEqual(['{"a":1}']);
  expect(events.take("\n")).toEqual(['{"b":2}']);
});

test("wherever the pieces end, the same events are read", () => {
  const stream = 'data: "one"\n\n: beat\n\ndata: "two\\n\\n"\n\n';
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 5 }), (cuts) => {
      const ends = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const events = new EventStreamReader();
      const read = ends.slice(1).flatMap((end, index) => events.take(stream.slice(ends[index], end)));
      expect(read).toEqual(['"one"', '"two\\n\\n"']);
    }),
  );
});
