import fc from "fast-check";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Values that readers of JSON, paths, headers and IAM policies have got wrong before. */
const NASTY: readonly Json[] = [
  null,
  "",
  " ",
  "null",
  "undefined",
  "constructor",
  "*",
  "?",
  "${aws:username}",
  "/",
  "//",
  "/../admin",
  "/%2e%2e/admin",
  "/orders/%2Fadmin",
  "/orders/1%00",
  "/orders/1\n",
  "/orders/１",
  "\ud800",
  "{orderId}",
  "$default",
  "$connect",
  "ANY",
  "get",
  "Bearer",
  "Bearer  ",
  "Bearer a.b.c",
  "Basic YTpi",
  "arn:aws:execute-api:*:*:*/*/*/*",
  "arn:aws:execute-api:us-east-1:111122223333:abc123",
  "1.0",
  "2.0",
  "TOKEN",
  "REQUEST",
  "x".repeat(9_000),
  0,
  -1,
  1e308,
  true,
  [],
  [[]],
  {},
  { __proto__: null, toString: "x", length: 3 },
  JSON.parse('{"__proto__":{"isAuthorized":true},"constructor":{"prototype":{}}}') as Json,
];

const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<Json> },
);

/** One change of an event: at the place that the numbers lead to, the value goes, comes, or becomes another. */
interface Change {
  readonly path: readonly number[];
  readonly kind: "replace" | "remove" | "add" | "nest" | "copy";
  readonly value: Json;
  readonly name: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  path: fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
  kind: fc.constantFrom("replace", "replace", "replace", "remove", "add", "nest", "copy"),
  value,
  name: fc.constantFrom(
    "headers",
    "authorization",
    "Authorization",
    "x-http-method-override",
    "pathParameters",
    "claims",
    "lambda",
    "__proto__",
    "multiValueHeaders",
    "sec-websocket-protocol",
  ),
});

/** Anything that a gateway or a user pool could be imagined to send: one of the samples changed, or any JSON. */
export function events(samples: readonly unknown[]): fc.Arbitrary<unknown> {
  const mutated = fc
    .tuple(fc.constantFrom(...(samples as Json[])), fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([sample, changes]) => changes.reduce((event, one) => changed(event, one.path, one), sample));
  return fc.oneof(
    { weight: 12, arbitrary: mutated },
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, null, "", 0, [], {}, NaN) },
  );
}

function changed(json: Json, [step = 0, ...rest]: readonly number[], one: Change): Json {
  if (typeof json !== "object" || json === null) return one.kind === "nest" ? [json] : one.value;
  const entries = Object.entries(json);
  const [name, inner] = entries[step % Math.max(1, entries.length)] ?? [undefined, null];
  if (name === undefined) return one.value;
  if (rest.length > 0 && typeof inner === "object" && inner !== null) {
    return rebuilt(json, [...without(entries, name), [name, changed(inner, rest, one)]]);
  }
  const others = without(entries, name);
  switch (one.kind) {
    case "remove":
      return rebuilt(json, others);
    case "add":
      return rebuilt(json, [...without(entries, one.name), [one.name, one.value]]);
    case "copy":
      return rebuilt(json, [...without(entries, one.name), [one.name, inner]]);
    case "nest":
      return rebuilt(json, [...others, [name, [inner]]]);
    case "replace":
      return rebuilt(json, [...others, [name, one.value]]);
  }
}

type Entry = readonly [string, Json];

const without = (entries: readonly Entry[], name: string) => entries.filter(([own]) => own !== name);

function rebuilt(like: Json, entries: readonly Entry[]): Json {
  if (Array.isArray(like)) return entries.map(([, inner]) => inner);
  const object: Record<string, Json> = {};
  // As JSON.parse does it: an own property, whatever its name.
  for (const [name, inner] of entries) {
    Object.defineProperty(object, name, {
      value: inner,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return object;
}
