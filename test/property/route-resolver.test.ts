import fc from "fast-check";
import { ClaimgateError } from "../../src/errors.ts";
import type { MatchedRoute, ResolvedRoute } from "../../src/policy/route-table.ts";
import { createRouteTable, resolveRoute } from "../../src/policy/route-table.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { nastyPath, routeNames, segment, segments, template } from "../support/generate-route.ts";
import { refines, slowlyResolve } from "../support/slow-route-resolver.ts";

const method = fc.constantFrom("GET", "HEAD", "POST", "DELETE");
const encoding = fc.constantFrom("encoded" as const, "decoded" as const);

/** The segments as a gateway of that encoding delivers them. */
function pathOf(parts: readonly string[], as: "encoded" | "decoded"): string {
  return `/${parts.map((part) => (as === "encoded" ? encodeURIComponent(part) : part)).join("/")}`;
}

function resolve(names: readonly string[], matched: MatchedRoute): ResolvedRoute {
  const { route, parameters } = resolveRoute({ routes: createRouteTable(names) }, matched);
  return { route, parameters: Object.fromEntries(Object.entries(parameters)) };
}

/** Undefined where the path is refused; any other error is one. */
function resolveOrRefuse(names: readonly string[], path: string, as: "encoded" | "decoded") {
  try {
    return resolve(names, { method: "GET", template: "$default", path, encoding: as, parameters: {} });
  } catch (error) {
    if (error instanceof ClaimgateError && error.code === "request_not_canonical") return undefined;
    throw error;
  }
}

describe("a request on $default", () => {
  it("is decided on the route that the slow resolver finds, with its parameters", () => {
    const found = { full: 0, greedy: 0, other: 0 };
    fc.assert(
      fc.property(routeNames, method, segments, encoding, (names, verb, parts, as) => {
        const path = pathOf(parts, as);
        const matched = { method: verb, template: "$default", path, encoding: as, parameters: {} };
        const expected = slowlyResolve(names, verb, parts);
        expect(resolve(names, matched)).toEqual(expected);
        const kind = expected.route?.endsWith("+}")
          ? "greedy"
          : expected.route?.includes("/")
            ? "full"
            : "other";
        found[kind] += 1;
      }),
      drawn(4000),
    );
    expect(Math.min(found.full, found.greedy, found.other)).toBeGreaterThan(partOf(300));
  });

  it("does not depend on the order in which the routes are declared", () => {
    fc.assert(
      fc.property(routeNames, method, segments, (names, verb, parts) => {
        const path = pathOf(parts, "decoded");
        const matched: MatchedRoute = {
          ...{ method: verb, template: "$default", path },
          ...{ encoding: "decoded", parameters: {} },
        };
        expect(resolve([...names].reverse(), matched)).toEqual(resolve(names, matched));
      }),
      drawn(1000),
    );
  });
});

/** A template, and values for its parameters. */
const matchedTemplate = template.chain((text) => {
  const parts = text === "/" ? [] : text.slice(1).split("/");
  const values = parts.map((part) => {
    if (part.endsWith("+}")) return fc.array(segment, { minLength: 1, maxLength: 3 });
    return part.startsWith("{") ? segment.map((one) => [one]) : fc.constant([part]);
  });
  return fc.tuple(fc.constant(text), fc.constant(parts), fc.tuple(...values));
});

describe("a request on a template", () => {
  it("is decided on that template if it is plain, and on the concrete path if it is greedy", () => {
    fc.assert(
      fc.property(routeNames, method, matchedTemplate, encoding, (names, verb, [text, parts, values], as) => {
        const concrete = values.flat();
        const parameters = Object.fromEntries(
          parts.flatMap((part, index) =>
            part.startsWith("{")
              ? [[part.replaceAll(/[{}+]/g, ""), pathOf(values[index] ?? [], as).slice(1)] as const]
              : [],
          ),
        );
        const matched = {
          method: verb,
          template: text,
          path: pathOf(concrete, as),
          encoding: as,
          parameters,
        };
        const declared = [...names, `GET ${text}`];
        const methods = verb === "HEAD" ? ["HEAD", "GET", "ANY"] : [verb, "ANY"];
        const plain = methods.map((one) => `${one} ${text}`).find((name) => declared.includes(name));
        const expected = text.endsWith("+}")
          ? slowlyResolve(
              declared.filter((route) => refines(route, text)),
              verb,
              concrete,
            ).route
          : plain;
        expect(resolve(declared, matched).route).toBe(expected);
      }),
      drawn(3000),
    );
  });
});

describe("a HEAD request", () => {
  const places = fc.constantFrom("$default", undefined);
  const head = (
    names: readonly string[],
    verb: string,
    template: string | undefined,
    parts: readonly string[],
  ) =>
    resolve(names, {
      ...{ method: verb, template, path: pathOf(parts, "decoded") },
      ...{ encoding: "decoded", parameters: {} },
    });

  it("is decided as GET is where the policy has no row for HEAD", () => {
    let met = 0;
    fc.assert(
      fc.property(routeNames, places, segments, (all, template, parts) => {
        const names = all.filter((name) => !name.startsWith("HEAD "));
        const found = head(names, "HEAD", template, parts);
        expect(found).toEqual(head(names, "GET", template, parts));
        if (found.route?.startsWith("GET ")) met += 1;
      }),
      drawn(3000),
    );
    expect(met).toBeGreaterThan(partOf(300));
  });

  it("is never decided by a row that is coarser than the one that decides GET", () => {
    let own = 0;
    fc.assert(
      fc.property(routeNames, places, segments, (names, template, parts) => {
        const byGet = head(names, "GET", template, parts).route;
        const byHead = head(names, "HEAD", template, parts).route;
        if (byHead === byGet) return;
        own += 1;
        expect(byHead).toMatch(/^HEAD /);
        // With both of them and nothing else, GET's row loses only to one that is as exact or more.
        const two = [byGet, byHead?.replace("HEAD", "GET")].filter((name) => name !== undefined);
        expect(head(two, "GET", template, parts).route?.replace(/^\S+/, "")).toBe(
          byHead?.replace(/^\S+/, ""),
        );
      }),
      drawn(3000),
    );
    expect(own).toBeGreaterThan(partOf(100));
  });
});

describe("a path that is not canonical", () => {
  /** How a lenient reader behind the gateway might read the path: each of them, and what it makes of it. */
  const READERS: readonly ((path: string) => string)[] = [
    (path) => new URL(path.replaceAll(/[#? ]/g, encodeURIComponent), "http://host").pathname,
    (path) => path.replaceAll(/\/+/g, "/"),
    (path) => path.replace(/(?<=.)\/$/, ""),
    (path) => path.replaceAll("\\", "/").replaceAll(/%5c/gi, "/"),
    (path) => path.replaceAll(/%2f/gi, "/"),
    (path) => path.replaceAll(/%2e/gi, "."),
    (path) => path.replace(/\?.*$/s, ""),
    (path) => path.replaceAll(/%25/g, "%"),
    (path) => path.replaceAll(/[\p{Cc}\p{Cf}]|%0[0-9a-f]/giu, ""),
  ];

  it("is refused, or no lenient reader reads another route from it", () => {
    const seen = { resolved: 0, refused: 0 };
    fc.assert(
      fc.property(routeNames, nastyPath, (names, path) => {
        const first = resolveOrRefuse(names, path, "encoded");
        seen[first === undefined ? "refused" : "resolved"] += 1;
        if (first === undefined) return;
        for (const read of READERS) {
          const second = resolveOrRefuse(names, read(path), "encoded");
          if (second !== undefined) expect(second.route).toBe(first.route);
        }
      }),
      drawn(5000),
    );
    expect(Math.min(seen.resolved, seen.refused)).toBeGreaterThan(partOf(500));
  });

  it("never gives a parameter that holds more than a canonical segment", () => {
    fc.assert(
      fc.property(routeNames, nastyPath, encoding, (names, path, as) => {
        const { parameters = {} } = resolveOrRefuse(names, path, as) ?? {};
        for (const [name, value] of Object.entries(parameters)) {
          const parts = name === "proxy" ? value.split("/") : [value];
          for (const part of parts) {
            expect(part).not.toMatch(/^\.{0,2}$|[/\\*?$\p{C}]|%[0-9a-f]{2}/iu);
          }
        }
      }),
      drawn(3000),
    );
  });
});

describe("a long path", () => {
  // The time limit is the test runner's: anything quadratic in 64,000 segments would not come back in it.
  it.each([
    ["many segments", "a/".repeat(64_000)],
    ["one long segment", `${"a".repeat(128_000)}/`],
    ["many escapes", "%C3%A9".repeat(20_000).concat("/")],
  ])("of %s is resolved, and refused with a slash at its end", (_name, text) => {
    const names = ["GET /a/{p1}/{p2}", "GET /{p0}", "ANY /a/a/{proxy+}", "ANY /{p0}/a/{proxy+}", "$default"];
    const path = `/${text.slice(0, -1)}`;
    expect(resolveOrRefuse(names, path, "encoded")?.route).toBe(
      slowlyResolve(names, "GET", path.slice(1).split("/").map(decodeURIComponent)).route,
    );
    expect(resolveOrRefuse(names, `${path}/`, "encoded")).toBeUndefined();
  });

  it("that could be read in a thousand ways is read in one", () => {
    const names = Array.from({ length: 2 ** 10 }, (_, bits) => {
      const parts = Array.from({ length: 10 }, (_unused, index) =>
        (bits >> index) & 1 ? `{p${index}}` : "a",
      );
      return `GET /${parts.join("/")}/{proxy+}`;
    });
    const parts = [..."aaaaxaaaax", ...Array.from({ length: 4000 }, () => "a")];
    const expected = slowlyResolve(names, "GET", parts);
    expect(resolveOrRefuse(names, pathOf(parts, "encoded"), "encoded")).toEqual(expected);
    expect(expected.route).toBe("GET /a/a/a/a/{p4}/a/a/a/a/{p9}/{proxy+}");
  });
});
