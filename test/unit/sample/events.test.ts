import { decodeHttpEvent } from "../../../src/sample/http-event.ts";
import { decodeRestEvent } from "../../../src/sample/rest-event.ts";

test("an HTTP API event of format 2.0", () => {
  const event = {
    version: "2.0",
    routeKey: "POST /orders/{orderId}/refund",
    pathParameters: { orderId: "42", odd: 1 },
    body: Buffer.from("{}").toString("base64"),
    isBase64Encoded: true,
  };

  const request = decodeHttpEvent(event);

  expect(request?.route).toBe("POST /orders/{orderId}/refund");
  expect({ ...request?.parameters }).toEqual({ orderId: "42" });
  expect(request?.body).toBe("{}");
});

test("a REST proxy event, whose empty members are null", () => {
  const request = decodeRestEvent({
    httpMethod: "GET",
    resource: "/orders/{orderId}",
    pathParameters: null,
    body: null,
    isBase64Encoded: false,
  });

  expect(request?.route).toBe("GET /orders/{orderId}");
  expect({ ...request?.parameters }).toEqual({});
  expect(request?.body).toBeUndefined();
});

test("an event of the other gateway is not taken for one's own", () => {
  expect(decodeHttpEvent({ httpMethod: "GET", resource: "/orders" })).toBeUndefined();
  expect(decodeHttpEvent({ version: "1.0", routeKey: "GET /orders" })).toBeUndefined();
  expect(decodeRestEvent({ version: "2.0", routeKey: "GET /orders" })).toBeUndefined();
});

test("parameters have no prototype to look things up in", () => {
  const request = decodeHttpEvent({ version: "2.0", routeKey: "GET /orders/{orderId}", pathParameters: {} });

  expect(request?.parameters["constructor"]).toBeUndefined();
});
