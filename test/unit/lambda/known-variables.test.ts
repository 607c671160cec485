import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { refuseUnknownVariables, VARIABLES } from "../../../src/lambda/known-variables.ts";
import { localVariables as ofDeployed } from "../../../src/token/published-keys.ts";
import { POLICY_VERSION } from "../../../src/tools/deployment/policy-version.ts";
import { localVariables } from "../../../src/tools/local/personas/signing-keys.ts";

/** The names in the sources of a directory that `find` finds. */
function namesIn(directory: string, find: RegExp): string[] {
  const files = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.(?:[cm]?ts|cjs)$/.test(path) && !path.includes("node_modules"),
  );
  const found = files.flatMap((path) => {
    const text = readFileSync(join(directory, path), "utf8");
    return Array.from(text.matchAll(find), ([, name = ""]) => name);
  });
  return [...new Set(found)].sort();
}

const DEPLOYED = [
  "handlers",
  "triggers",
  "authorizers",
  "middleware",
  "token",
  "policy",
  "lambda",
  "sample",
  "library",
];

describe("the known variables", () => {
  it("are those that deployed code reads, and what packaging adds", () => {
    const read = DEPLOYED.flatMap((room) =>
      namesIn(join("src", room), /(?:\b(?:env|process\.env)(?:, |\[)|= )"(CLAIMGATE_[A-Z_]+)"/g),
    );
    expect([...new Set([...read, POLICY_VERSION])].sort()).toEqual([...VARIABLES].sort());
  });

  it("are all that deployed code names, besides the former names", () => {
    const named = DEPLOYED.flatMap((room) => namesIn(join("src", room), /\b(CLAIMGATE_[A-Z_]+)/g));
    expect([...new Set(named)].filter((name) => !VARIABLES.has(name)).sort()).toEqual([
      "CLAIMGATE_REST_ANSWER",
      "CLAIMGATE_SUBJECT_PREFIX",
      "CLAIMGATE_WEBSOCKET_TOKEN",
    ]);
  });

  it("of the local stack are those that tools and tests read from the environment of the machine", () => {
    const read = ["src/tools", "test", "bench"].flatMap((room) =>
      namesIn(room, /\benv(?:\[|, |\.)"?(CLAIMGATE_[A-Z_]+)\b/g),
    );
    expect([...new Set(read)].filter((name) => !VARIABLES.has(name)).sort()).toEqual(
      [...localVariables].sort(),
    );
  });
});

describe("a function", () => {
  it.each([
    ["CLAIMGATE_REVOCATION_TABEL", /^unknown .* did you mean `CLAIMGATE_REVOCATION_TABLE`\?$/],
    ["CLAIMGATE_REVOCATION", /^unknown environment variable `CLAIMGATE_REVOCATION`; delete it/],
    [
      "CLAIMGATE_REST_ANSWER",
      /^environment variable `CLAIMGATE_REST_ANSWER` was renamed to `CLAIMGATE_WHOLE_API_ANSWER`; rename it, and write `true` for `api`/,
    ],
    ["CLAIMGATE_SUBJECT_PREFIX", /was renamed to `CLAIMGATE_POOL_ALIAS`; rename it$/],
    ["CLAIMGATE_WEBSOCKET_TOKEN", /was renamed to `CLAIMGATE_TOKEN_PLACE`; rename it$/],
  ])("does not start with %s", (name, message) => {
    expect(() => refuseUnknownVariables({ [name]: "x" })).toThrow(message);
    expect(() => refuseUnknownVariables({ [name]: "" })).not.toThrow();
  });

  it("starts with variables that are not of claimgate, and in a local build with those of the local stack", () => {
    const names = [...VARIABLES, ...localVariables, "PATH", "MY_CLAIMGATE_TABLE"];
    expect(() =>
      refuseUnknownVariables(Object.fromEntries(names.map((name) => [name, "x"])), localVariables),
    ).not.toThrow();
  });

  it("knows no variable of the local stack where it is deployed", () => {
    expect(ofDeployed).toEqual(new Set());
  });
});
