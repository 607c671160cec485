import fc from "fast-check";
import { Document, visit } from "yaml";
import { servicePlaces } from "../../src/tools/service/service-places.ts";
import { linesOf } from "../../src/tools/text/place.ts";

// However a service is written, the place of an event is that of its key.

const methods = fc.constantFrom("GET", "post", "*");
const paths = fc.constantFrom("/", "/orders", "/orders/{id}", "/{proxy+}", "/a b");
const route = fc.record({ method: methods, path: paths, asObject: fc.boolean(), shared: fc.boolean() });
const styles = fc.infiniteStream(fc.nat({ max: 5 }));

interface Route {
  readonly method: string;
  readonly path: string;
  readonly asObject: boolean;
  readonly shared: boolean;
}

const spelled = ({ method, path }: Route) =>
  `${method === "*" ? "ANY" : method.toUpperCase()} ${path === "/" ? "/" : path}`;

/** The functions as YAML in a random mixture of styles; an event that is shared is an alias in its function. */
function written(routes: readonly Route[], style: Iterator<number>): string {
  const eventOf = ({ method, path, asObject }: Route) => ({
    httpApi: asObject ? { path, method } : `${method} ${path}`,
  });
  const shared = routes.filter((one) => one.shared).map((one) => [spelled(one), eventOf(one)] as const);
  const templates = Object.fromEntries(shared);
  const events = routes.map((one) => (one.shared ? templates[spelled(one)] : eventOf(one)));
  const document = new Document(
    { custom: { templates }, functions: { api: { events } } },
    { aliasDuplicateObjects: true },
  );
  visit(document, {
    Collection: (_, node) => {
      if (style.next().value === 0) node.flow = true;
      if (style.next().value === 1) node.commentBefore = " - httpApi: GET /orders";
    },
    Scalar: (key, node) => {
      if (node.value === "*" || style.next().value === 2) node.type = "QUOTE_DOUBLE";
      if (key === "key" && style.next().value === 3) node.type = "QUOTE_SINGLE";
    },
  });
  return document.toString({ lineWidth: 40 });
}

test("the place of every event is the key of an event with its route", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(route, { minLength: 1, maxLength: 6, selector: spelled }),
      styles,
      fc.boolean(),
      (routes, style, windows) => {
        fc.pre(routes.every(({ path, asObject }) => asObject || !path.includes(" ")));
        const unix = written(routes, style[Symbol.iterator]());
        const text = windows ? unix.replaceAll("\n", "\r\n") : unix;
        const places = servicePlaces("serverless.yml", text, () => undefined);
        const lines = linesOf(text);
        const found = routes.map((one) => places.event("api", "httpApi", spelled(one)));
        for (const { line, column } of found) {
          expect(lines[line - 1]?.slice(column - 1)).toMatch(/^["']?httpApi\b/);
        }
        expect(new Set(found.map(({ line, column }) => `${line}:${column}`)).size).toBe(routes.length);
      },
    ),
  );
});

test("a file that is not a service has places all the same", () => {
  const noise = fc.string({
    unit: fc.constantFrom(
      "functions:",
      "\n",
      " ",
      "- ",
      "{",
      "}",
      "[",
      "]",
      "*a",
      "&a ",
      "<<: ",
      "api:",
      "events: ",
      "${self:functions}",
      "\t",
      "'",
      '"',
      "!x ",
      "# ",
      "---\n",
      "? ",
    ),
    maxLength: 30,
  });
  fc.assert(
    fc.property(noise, (text) => {
      const places = servicePlaces("serverless.yml", text, () => text);
      const { line } = places.event("api", "httpApi", "GET /");
      expect(line).toBeGreaterThanOrEqual(1);
      expect(line).toBeLessThanOrEqual(linesOf(text).length);
    }),
    { numRuns: 500 },
  );
});
