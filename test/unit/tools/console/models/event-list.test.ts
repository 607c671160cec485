import {
  NO_EVENT_FILTER,
  shownEvents,
  withDelivery,
} from "../../../../../src/tools/console/models/event-list.ts";

const event = (id: number, functionName = "httpAuthorizer") => ({
  id,
  at: id,
  functionName,
  about: "GET /orders",
  answered: "200",
  failed: false,
  took: 1,
});

test("a new event comes first, once, and the oldest leave", () => {
  expect(withDelivery([event(1)], event(2)).map(({ id }) => id)).toEqual([2, 1]);
  expect(withDelivery([event(1)], event(1))).toEqual([event(1)]);
  const many = Array.from({ length: 200 }, (_, index) => event(200 - index));
  expect(withDelivery(many, event(201))).toHaveLength(200);
});

test("the events of one function are shown, or all", () => {
  const events = [event(2, "orders"), event(1)];
  expect(shownEvents(events, "orders")).toEqual([event(2, "orders")]);
  expect(shownEvents(events, NO_EVENT_FILTER)).toEqual(events);
});
