import { newEnforcer, newModelFromString, StringAdapter } from "casbin";
import fc from "fast-check";
import { decide } from "../../src/policy/decide.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import { resolveRoute } from "../../src/policy/route-table.ts";
import type { Subject } from "../../src/policy/subject.ts";
import type { ApiRoute } from "../../src/tools/import/casbin/api-routes.ts";
import { convertCasbin } from "../../src/tools/import/casbin/convert.ts";
import { casbinPolicy, filesOf, modelText, NAMES } from "../support/casbin-models.ts";
import { drawn, partOf } from "../support/drawn.ts";
import { MODEL } from "../support/policy.ts";
import { slowlyResolve } from "../support/slow-route-resolver.ts";

const METHODS = ["GET", "HEAD", "POST", "DELETE", "PUT"];
const TEMPLATES = [
  "/",
  "/a",
  "/{thing}",
  "/a/b",
  "/a/{item}",
  "/{thing}/b",
  "/a/{item}/c",
  "/a/{rest+}",
  "/{proxy+}",
  "/v1.0",
  "/a/b/{proxy+}",
  "/{one}/{two}/{rest+}",
];
const PATHS = [
  "/",
  "/a",
  "/b",
  "/a/b",
  "/a/c",
  "/x/b",
  "/a/b/c",
  "/a/x/c",
  "/x/y/z",
  "/a/b/c/d",
  "/v1.0",
  "/a:b",
];

const path = fc
  .tuple(fc.constantFrom("ANY", ...METHODS), fc.constantFrom(...TEMPLATES))
  .map((parts) => parts.join(" "));
const at = { file: "serverless.yml", line: 1, column: 1 };

/** An HTTP API, perhaps with `$default`, and perhaps a REST API, whose authorizer may get paths alone. */
const service: fc.Arbitrary<readonly ApiRoute[]> = fc
  .record({
    http: fc.uniqueArray(path, { maxLength: 6 }),
    hasDefault: fc.boolean(),
    rest: fc.uniqueArray(path, { maxLength: 3 }),
    byPath: fc.boolean(),
  })
  .map(({ http, hasDefault, rest, byPath }) => [
    ...[...http, ...(hasDefault && http.length % 2 === 0 ? ["$default"] : [])].map((route) => ({
      ...{ gateway: "http", route, byPath: false, at },
    })),
    ...rest.map((route) => ({ gateway: "rest", route, byPath, at })),
  ]);

/** What the gateway matches. It gives no `HEAD` to a route of `GET`. */
function matched(api: readonly ApiRoute[], gateway: string, method: string, segments: readonly string[]) {
  const own = api.filter(
    (one) => one.gateway === gateway && (method !== "HEAD" || !one.route.startsWith("GET ")),
  );
  const { route, parameters } = slowlyResolve(
    own.map((one) => one.route),
    method,
    segments,
  );
  const found = own.find((one) => one.route === route);
  return found && { ...found, parameters };
}

describe("a policy that is converted for the routes of a service", () => {
  it("decides every request that the service has a route for as casbin does", async () => {
    const met = { converted: 0, asked: 0, allowed: 0, unreached: 0, misfits: 0 };
    await fc.assert(
      fc.asyncProperty(casbinPolicy("paths"), service, async (one, api) => {
        const { files, refused, unreached } = convertCasbin({ ...filesOf(one), api }, "groups");
        met.misfits += refused.filter(({ message }) => message.includes("such a request reaches")).length;
        if (files.length === 0) return;
        met.converted += 1;
        met.unreached += unreached.length;
        const left = new Set(refused.map(({ line }) => line));
        // Rows that no request meets are casbin's too: they must change nothing.
        const rows = one.rows.filter((_, index) => !left.has(index + 1));
        const text = rows.map((row) => row.join(", ")).join("\n");
        const enforcer = await newEnforcer(newModelFromString(modelText(one.model)), new StringAdapter(text));
        const policy = loadPolicy({ model: MODEL, rows: files });
        const otherwise: string[] = [];
        for (const asked of PATHS) {
          const segments = asked === "/" ? [] : asked.slice(1).split("/");
          for (const [method, gateway] of METHODS.flatMap(
            (each) =>
              [
                [each, "http"],
                [each, "rest"],
              ] as const,
          )) {
            const found = matched(api, gateway, method, segments);
            if (found === undefined) continue;
            const { route } = resolveRoute(policy, {
              ...{ method, path: asked, encoding: "decoded" },
              template: found.byPath ? undefined : found.route.slice(found.route.indexOf(" ") + 1),
              parameters: found.byPath ? {} : found.parameters,
            });
            for (const name of NAMES) {
              const subjects: Subject[] = ["role:authenticated", `group:${name}`];
              const is = decide(policy, { subjects, route, parameters: {}, claims: {} }).effect;
              // `HEAD` is decided as `GET`.
              const old = enforcer.enforceSync(name, asked, method === "HEAD" ? "GET" : method);
              met.asked += 1;
              if (old) met.allowed += 1;
              if (is !== (old ? "allow" : "deny")) {
                otherwise.push(`${name} ${gateway} ${method} ${asked} on ${found.route}: ${is}`);
              }
            }
          }
        }
        expect(otherwise).toEqual([]);
      }),
      drawn(2400, 300),
    );
    // The law says little about what is refused or never asked.
    expect(met.converted).toBeGreaterThan(partOf(1000));
    expect(met.unreached).toBeGreaterThan(partOf(400));
    expect(met.misfits).toBeGreaterThan(partOf(300));
    expect(met.allowed / met.asked).toBeGreaterThan(0.02);
  }, 240_000);
});
