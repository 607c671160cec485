import { decodedOnce } from "../../../../src/tools/gateways/request.ts";
import { selectRoute } from "../../../../src/tools/gateways/route-paths.ts";

const ROUTES = [
  "ANY /{proxy+}",
  "GET /orders",
  "GET /orders/{id}",
  "ANY /orders/{id}",
  "GET /orders/new",
  "GET /files/{proxy+}",
].map((key) => {
  const [method = "", template = ""] = key.split(" ");
  return { key, method, template };
});

test.each([
  ["GET /orders/new", "GET /orders/new", {}],
  ["GET /orders/n%65w", "GET /orders/new", {}],
  ["GET /orders/1", "GET /orders/{id}", { id: "1" }],
  ["PUT /orders/1", "ANY /orders/{id}", { id: "1" }],
  ["GET /orders/a%2Fb", "GET /orders/{id}", { id: "a%2Fb" }],
  ["GET /files/a/b", "GET /files/{proxy+}", { proxy: "a/b" }],
  ["PUT /files/a", "ANY /{proxy+}", { proxy: "files/a" }],
  ["GET /orders/", "ANY /{proxy+}", { proxy: "orders/" }],
  ["GET /files", "ANY /{proxy+}", { proxy: "files" }],
])("%s is of %s", (line, key, parameters) => {
  const [method = "", path = ""] = line.split(" ");
  const found = selectRoute(ROUTES, method, path, decodedOnce);
  expect(found?.route.key).toBe(key);
  expect(found?.parameters).toEqual(parameters);
});

test.each(["HEAD /orders", "GET /orders/", "GET /files", "GET /files/", "GET /orders/1/2", "GET /"])(
  "%s is of no route where none takes every path",
  (line) => {
    const [method = "", path = ""] = line.split(" ");
    const routes = ROUTES.filter(({ key }) => key !== "ANY /{proxy+}");
    expect(selectRoute(routes, method, path, decodedOnce)).toBeUndefined();
  },
);
