import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import fc from "fast-check";
import { createAccess, type FrontEndPolicy } from "../../src/library/client.ts";
import { type CaslRule, caslRules } from "../../src/library/client-casl.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import { frontEndPolicy } from "../../src/tools/front-end/front-end-policy.ts";
import { consumerProject } from "../support/consumer-project.ts";
import { decisionCase, spellRow } from "../support/generate-policy.ts";

// claimgate/client with the real React and CASL, which test/frameworks/guards installs.

const MODULES = "test/frameworks/guards/node_modules";
const POLICY = `p, group:support, orders:refund, allow
p, role:authenticated, user-orders:list, allow, {userId}=sub
g2, POST /refunds, orders:refund
g2, DELETE /orders, orders:delete
g2, GET /users/{userId}/orders, user-orders:list
`;
const NOW = 1_764_000_000.5;

function partOf(text: string, permissions: readonly string[], literals: readonly string[] = []) {
  const { rows } = parsePolicy([{ path: "policies/rows.csv", text }]);
  return frontEndPolicy(rows, { permissions, literals });
}

const tokenOf = (claims: object) =>
  `h.${Buffer.from(JSON.stringify({ token_use: "access", username: "u", sub: "me", ...claims })).toString("base64url")}.s`;

describe("claimgate/client/react", () => {
  const project = consumerProject(
    ["react", "react-dom", "@types", "@casl", "typescript", "esbuild"],
    MODULES,
  );
  afterAll(() => project.remove());
  const examples = [...readFileSync("docs/front-end.md", "utf8").matchAll(/^```(tsx?)\n([\s\S]*?)^```$/gm)];

  beforeAll(() => {
    const { policy } = partOf(POLICY, ["orders:delete", "orders:refund", "user-orders:list"]);
    project.write("src/access.json", JSON.stringify(policy));
    for (const [index, [, extension = "", text = ""]] of examples.entries())
      project.write(`src/${extension === "tsx" ? "app" : `example${index}`}.${extension}`, text);
    project.write(
      "src/names.ts",
      `export {};
declare global { namespace Claimgate { interface Names { readonly permission: "orders:delete" | "orders:refund" | "user-orders:list" } } }
`,
    );
    project.write(
      "src/show.tsx",
      `import { renderToStaticMarkup } from "react-dom/server";
import { useCan } from "claimgate/client/react";
import { App } from "./app";
const Bare = () => <>{useCan("orders:refund")}</>;
for (const token of process.argv.slice(2)) console.log(renderToStaticMarkup(<App token={token} />));
try { renderToStaticMarkup(<Bare />); } catch (error) { console.log(String(error)); }
`,
    );
    project.write(
      "tsconfig.json",
      JSON.stringify({
        compilerOptions: {
          ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: false },
          ...{ jsx: "react-jsx", module: "esnext", moduleResolution: "bundler", resolveJsonModule: true },
          ...{ target: "es2023", lib: ["es2023", "dom"], types: ["node"] },
        },
        include: ["src"],
      }),
    );
  });

  it("has types by which every example is right, and a misspelled permission is not", () => {
    expect(project.node("node_modules/typescript/bin/tsc", "-p", ".")).toEqual({ status: 0, output: "" });
    project.write(
      "src/typo.ts",
      'import { useCan } from "claimgate/client/react";\nexport const useTypo = () => useCan("orders:refnd");\n',
    );

    const { output } = project.node("node_modules/typescript/bin/tsc", "-p", ".");

    expect(output).toMatch(
      /^src\/typo\.ts\(2,37\): error TS2345: Argument of type '"orders:refnd"' is not assignable/,
    );
    project.write("src/typo.ts", "export {};\n");
  });

  it("shows what the user of each token may do, and refuses to guess without a provider", () => {
    project.write(
      "build.mjs",
      `import { build } from "esbuild";
await build({ entryPoints: ["src/show.tsx"], outfile: "out/show.cjs", bundle: true, platform: "node", jsx: "automatic" });
`,
    );
    expect(project.node("build.mjs")).toEqual({ status: 0, output: "" });
    const exp = Math.floor(Date.now() / 1000) + 600;

    const { output } = project.node(
      "out/show.cjs",
      tokenOf({ exp, "cognito:groups": ["support"] }),
      tokenOf({ exp }),
      tokenOf({ exp, sub: "other" }),
      tokenOf({ exp: 1, "cognito:groups": ["support"] }),
    );

    const [list, refund, ask] = [
      '<a href="/orders">All orders</a>',
      '<button type="button">Refund</button>',
      "<p>Ask support for a refund.</p>",
    ];
    expect(output.trim().split("\n")).toEqual([
      `${refund}${list}`,
      `${ask}${list}`,
      ask,
      ask,
      "Error: `useCan` and `<Can>` need an `<AccessProvider>` above them",
    ]);
  });
});

interface Casl {
  createMongoAbility(rules: readonly CaslRule[]): { can(action: string, subject: unknown): boolean };
  subject(type: string, fields: object): unknown;
}

describe("claimgate/client/casl", () => {
  const casl = createRequire(resolve(MODULES, "x.js"))("@casl/ability") as Casl;
  const ask = (policy: FrontEndPolicy, token: string, permission: string, fields: object) => {
    const [resource = "", action = ""] = permission.split(":");
    const rules = JSON.parse(JSON.stringify(caslRules(policy, token, { now: () => NOW }))) as CaslRule[];
    return casl.createMongoAbility(rules).can(action, casl.subject(resource, { ...fields }));
  };

  it("answers as `can`, or narrower where CASL has no clock and reads other fields", () => {
    const counts = { equal: 0, allowed: 0, narrower: 0 };
    fc.assert(
      fc.property(decisionCase({ min: 6, max: 6 }), ({ rows, requests }) => {
        const text = rows.map(spellRow).join("\n");
        const permissions = [
          ...new Set(
            rows.flatMap(([type, , name = ""]) => (type === "g2" && name !== "public" ? [name] : [])),
          ),
        ];
        const { policy } = partOf(text, permissions, ["userId", "tenantId"]);
        for (const { subjects, claims, parameters, authTime } of requests) {
          const groups = subjects.flatMap((one) => (one.startsWith("group:") ? [one.slice(6)] : []));
          const times = { exp: Math.ceil(NOW) + 60, ...(authTime !== undefined && { auth_time: authTime }) };
          const sub = typeof claims["sub"] === "string" && claims["sub"] !== "" ? claims["sub"] : "me";
          const token = tokenOf({ ...claims, ...times, sub, "cognito:groups": groups });
          const { can } = createAccess(policy, token, { now: () => NOW });
          for (const permission of permissions) {
            const expected = can(permission, parameters);
            const answered = ask(policy, token, permission, parameters);
            const { allow = [], deny = [] } = policy.permissions[permission] ?? {};
            const compared = [...allow, ...deny].flatMap(({ when = [], tenants = [] }) => [
              ...when,
              ...tenants,
            ]);
            const isExact = compared.every(
              (one) => !("maxAge" in one) && !/^(?:__proto__|constructor|a\.b-c)$/.test(one.parameter ?? ""),
            );
            if (isExact ? answered !== expected : answered && !expected)
              throw new Error(JSON.stringify({ text, permission, parameters, token, expected, answered }));
            counts.equal += Number(isExact);
            counts.allowed += Number(answered);
            counts.narrower += Number(expected && !answered);
          }
        }
      }),
      { numRuns: 300 },
    );
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
  });

  it("never allows what CASL would read as everything", () => {
    const text = "p, role:authenticated, *, allow\ng2, GET /a, all:read\ng2, GET /b, orders:manage\n";
    const { policy } = partOf(text, ["all:read", "orders:manage"]);

    expect(caslRules(policy, tokenOf({ exp: Math.ceil(NOW) + 60 }), { now: () => NOW })).toEqual([]);
    expect(caslRules(policy, tokenOf({ exp: 1 }), { now: () => NOW })).toEqual([]);
  });
});
