import { mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildFunctions } from "./build.ts";
import { countAll, countDefects } from "./collect.ts";
import { differences, type Pins, readPins, reportOf } from "./pins.ts";

// What costs time, counted instead of timed (docs/adr/0092-counts-instead-of-times.md).

let counts: Pins;
let ofDefects: Pins;

beforeAll(async () => {
  // Below the checkout, so that the bundles find their packages; gone with the run.
  const folder = mkdtempSync(join(process.env["TEST_RUN"] ?? resolve(".esbuild"), "counts-"));
  const build = await buildFunctions(folder);
  [counts, ofDefects] = await Promise.all([countAll(build), countDefects(build)]);
}, 60_000);

/** A number of a section that is there; 0 for what did not happen. */
function countOf(section: string, item: string): number {
  const found = counts[section];
  if (found === undefined) throw new Error(`nothing is counted as \`${section}\``);
  return Number(found[item] ?? 0);
}

const SIZES = [10, 100, 1_000, 10_000];
const AUTHORIZERS = [
  "httpAuthorizer",
  "restAuthorizer",
  "restTokenAuthorizer",
  "httpV1Authorizer",
  "httpPolicyAuthorizer",
  "websocketAuthorizer",
  "appSyncAuthorizer",
];
const TRIGGERS = ["preSignUp", "postConfirmation", "preTokenGeneration"];

test("every count is as pinned", () => {
  expect(reportOf(differences(readPins(), counts))).toBe("");
});

describe("a decision", () => {
  test.each([
    // The roles of a group are followed when somebody first has it, and more tokens are the first of theirs.
    ["first decision of a token", 2],
    ["second decision of a token", 1.25],
    ["repeated decision", 1.25],
  ])("costs the same in a large policy as in a small one: %s", (kind, factor) => {
    const ofSizes = (item: string) => SIZES.map((rows) => countOf(`policy of ${rows} rows: ${kind}`, item));
    // Five roles, and hardly any two of them have a row about one route.
    expect(Math.max(...ofSizes("most rows read by one"))).toBeLessThanOrEqual(5);
    for (const item of ["rows read", "rows that casbin matches", "lookups", "items visited"]) {
      const [, small = 0, , large = 0] = ofSizes(item);
      expect(`${item} ${large}`).toBe(`${item} ${Math.min(large, factor * small)}`);
    }
  });

  test("on a route that is asked for the first time, reads the rows of the route and no others", () => {
    for (const rows of SIZES) {
      const most = countOf(`policy of ${rows} rows: first decision on a route`, "most rows read by one");
      expect(most).toBeLessThanOrEqual(20);
    }
  });

  test("asks casbin twice, and again only where a row of the route has a condition", () => {
    for (const rows of SIZES) {
      const kinds = ["first decision of a token", "second decision of a token", "repeated decision"];
      const [first, second, again] = kinds.map((kind) => {
        const section = `policy of ${rows} rows: ${kind}`;
        return ["decisions", "casbin asked", "with a condition"].map((item) => countOf(section, item));
      });
      expect(first?.[1]).toBeLessThanOrEqual(first?.[0] ?? 0);
      expect(second?.[1]).toBeLessThanOrEqual(second?.[0] ?? 0);
      expect(again?.[1]).toEqual(again?.[2]);
    }
  });
});

test("a policy takes memory in proportion to its rows", () => {
  for (const item of ["objects kept", "arrays kept", "maps kept"]) {
    const [small, large] = [100, 1_000].map((rows) => countOf(`policy of ${rows} rows: in memory`, item));
    expect(large).toBeLessThanOrEqual(10.5 * (small ?? 0));
  }
});

describe("a warm authorizer", () => {
  test.each(["HTTP, fresh token", "HTTP, denied", "HTTP, forged token", "REST, fresh token"])(
    "verifies one signature, writes one line and prepares nothing again: %s",
    (kind) => {
      const section = `${kind}: one warm invocation`;
      const once = ["signatures verified", "log lines"].map((item) => countOf(section, item));
      const again = ["keys imported", "regular expressions compiled"].map((item) => countOf(section, item));
      expect([once, again, counts[section]?.["modules"]]).toEqual([[1, 1], [0, 0], []]);
    },
  );

  test("verifies and parses nothing for a token that it remembers", () => {
    const section = "HTTP, token seen before: one warm invocation";
    expect(["signatures verified", "JSON.parse"].map((item) => countOf(section, item))).toEqual([0, 0]);
  });
});

describe("a bundle", () => {
  const partsOf = (name: string) => Object.keys(counts[`${name}: bytes of the bundle`] ?? {});
  const modulesOf = (name: string) => counts[`${name}: modules that it may load`]?.["all"];

  test.each([...AUTHORIZERS, ...TRIGGERS])(
    "has no tool, no CSV parser and no glob matcher in it: %s",
    (name) => {
      expect(partsOf(name)).toEqual(expect.arrayContaining(["all", "src/policy", "policy rows"]));
      expect(
        partsOf(name).filter((part) => /^(src\/tools|csv-parse|minimatch|commander|yaml)$/.test(part)),
      ).toEqual([]);
    },
  );

  test.each(TRIGGERS)("of a trigger has no package in it, casbin included: %s", (name) => {
    expect(
      partsOf(name).filter((part) => !/^(all|src|policy rows|code of esbuild|stub of @aws-sdk)/.test(part)),
    ).toEqual([]);
  });

  test("leaves the AWS SDK to the runtime, and loads only the client that it calls, and not at its start", () => {
    const clients = Object.fromEntries(
      [...AUTHORIZERS, ...TRIGGERS, "orders", "feed"].map((name) => {
        const modules = modulesOf(name);
        return [name, typeof modules === "object" ? modules.filter((one) => one.startsWith("@")) : modules];
      }),
    );
    const [pool, table] = ["@aws-sdk/client-cognito-identity-provider", "@aws-sdk/client-dynamodb"];
    expect(clients).toEqual({
      ...Object.fromEntries(AUTHORIZERS.map((name) => [name, [table]])),
      preSignUp: [pool, table],
      postConfirmation: [pool],
      preTokenGeneration: [pool],
      orders: [],
      feed: [],
    });
    const atStart = Object.values(counts).flatMap(({ modules }) =>
      typeof modules === "object" ? modules : [],
    );
    expect(atStart).toContain("crypto");
    expect(atStart.filter((name) => name.startsWith("@"))).toEqual([]);
  });
});

describe("a defect is found and named:", () => {
  const found = () => {
    const same = Object.entries(counts).filter(([section]) => section in ofDefects);
    return differences(Object.fromEntries(same), ofDefects).join("\n");
  };

  test.each([
    ["a scan of all rows", /^policy of 1000 rows: repeated decision: most rows read by one grew by 99\d/m],
    ["a loop over all routes", /^policy of 1000 rows: repeated decision: items visited grew by/m],
    ["an event that is read twice", /^HTTP, fresh token: one warm invocation: JSON\.parse grew by 1, /m],
    [
      "an expression built each time",
      /^HTTP, denied: one warm invocation: regular expressions compiled grew by 1/m,
    ],
    ["a module that loads at the start", /^httpAuthorizer: its start: modules also has `dns`/m],
    ["a module that is imported", /^preSignUp: modules that it may load: all .*also has `dns`/m],
    ["a package in a trigger", /^preSignUp: bytes of the bundle: yaml grew by \d+,/m],
    ["a tool in a trigger", /^preSignUp: bytes of the bundle: src\/tools grew by/m],
    [
      "a larger room",
      /^preSignUp: bytes of the bundle: src\/policy grew by .* 2 % or 256 bytes are tolerated$/m,
    ],
  ])("%s", (_, sentence) => {
    expect(found()).toMatch(sentence);
  });
});
