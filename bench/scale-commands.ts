import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { JsonObject } from "../src/json.ts";
import { objectOf, objectsOf } from "../src/json.ts";
import { asFunction, bundlingOf } from "./bundled.ts";
import { checkDiff, checkMatrix, expectEqual } from "./scale-answers.ts";
import { changedPolicy, createScalePolicy, type ScalePolicy } from "./scale-policy.ts";

export const COMMANDS = [
  "can",
  "compile",
  "start",
  "check",
  "matrix",
  "diff",
  "prove",
  "prove equal",
  "test",
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** A command on one policy. */
export interface ScaleCommand {
  /** What the curve of the command shows. */
  readonly what: string;
  /** The arguments of Node, in the folder of the policies. */
  readonly args: readonly string[];
  readonly status: number;
  /**
   * @param output what the command printed
   * @throws Error if the answer is wrong
   */
  readonly checkAnswer: (output: string) => void;
}

/** A policy that is measured. */
export interface ScaleShape {
  readonly name: string;
  /** `p` rows. */
  readonly rows: number;
  /** By default one for each role. */
  readonly groups?: number;
}

/** At most so many invariants hold, half of them over every route; and one does not. */
const INVARIANTS = 200;
const PROGRAM = resolve("dist/claimgate.cjs");
const MODEL = readFileSync("policies/model.conf", "utf8");

/**
 * Writes the policies of a shape, and gives the commands on them.
 *
 * @param folder below the checkout, so that bundles find their packages
 */
export async function commandsOn(
  folder: string,
  { rows, groups }: ScaleShape,
): Promise<Readonly<Record<CommandName, ScaleCommand>>> {
  const [policy, changed] = [createScalePolicy(rows, groups), changedPolicy(rows, groups)];
  const asked = askedOf(policy);
  writePolicy(join(folder, "policies"), policy.rows);
  writePolicy(join(folder, "changed"), changed.rows);
  writePolicy(join(folder, "same"), [...policy.rows].reverse());
  const holding = writeInvariants(join(folder, "tested"), policy, asked);
  const json = ["--format", "json"];
  return {
    can: {
      what: "reads the rows, decides once",
      args: [PROGRAM, "can", asked.group, asked.route, ...json],
      status: 0,
      checkAnswer: (output) => expectEqual("effect", jsonOf(output)["effect"], "allow"),
    },
    compile: {
      what: "lints, and writes the compiled policy",
      args: [PROGRAM, "compile", "--output", "policy.json"],
      status: 0,
      checkAnswer: () => {
        const compiled = jsonOf(readFileSync(join(folder, "policy.json"), "utf8"));
        expectEqual("number of rows", (compiled["rows"] as readonly unknown[]).length, policy.rows.length);
      },
    },
    start: {
      what: "a deployed bundle starts and decides once",
      args: [await bundleOf(folder, asked)],
      status: 0,
      checkAnswer: (output) => expectEqual("effect", output, "allow"),
    },
    check: {
      what: "lints",
      args: [PROGRAM, "check", ...json],
      status: 0,
      checkAnswer: (output) => {
        const errors = objectsOf(jsonOf(output)["findings"]).filter(({ severity }) => severity === "error");
        expectEqual("errors", errors, []);
      },
    },
    matrix: {
      what: "every group on every route",
      args: [PROGRAM, "matrix", "--columns", "groups", "--rows", "routes", "--format", "csv"],
      status: 0,
      checkAnswer: (output) => checkMatrix(policy, output),
    },
    diff: {
      what: "40 rows differ",
      args: [PROGRAM, "diff", "./policies", "./changed", ...json],
      status: 2,
      checkAnswer: (output) => checkDiff(policy, changed, jsonOf(output)),
    },
    prove: {
      what: "40 rows differ",
      args: [PROGRAM, "prove", "./policies", "./changed", ...json],
      status: 2,
      checkAnswer: (output) => expectEqual("verdict", jsonOf(output)["verdict"], "different"),
    },
    "prove equal": {
      what: "the rows in another order",
      args: [PROGRAM, "prove", "./policies", "./same", ...json],
      status: 0,
      checkAnswer: (output) => expectEqual("verdict", jsonOf(output)["verdict"], "equal"),
    },
    test: {
      what: `${INVARIANTS} invariants`,
      args: [PROGRAM, "test", "--policies", "tested", ...json],
      status: 4,
      checkAnswer: (output) => {
        const { passed, failed } = jsonOf(output);
        expectEqual("results", [passed, failed], [holding, 1]);
      },
    },
  };
}

function jsonOf(output: string): JsonObject {
  return objectOf(JSON.parse(output));
}

/** A group, and a route that it may call whatever the request. */
interface Asked {
  readonly group: string;
  readonly route: string;
  readonly permission: string;
}

function askedOf(policy: ScalePolicy): Asked {
  for (const group of policy.groups) {
    const accessTo = policy.accessOf(group);
    for (const [route, permission] of policy.routes) {
      const { always, denied } = accessTo(route);
      if (always && !denied) return { group, route, permission };
    }
  }
  throw new Error("no group may call any route");
}

function writePolicy(directory: string, rows: readonly string[]): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "model.conf"), MODEL);
  writeFileSync(join(directory, "rows.csv"), `${rows.join("\n")}\n`);
}

/**
 * The policy with roles that deny everything, and invariants: half of them about these roles and every guarded route,
 * half about who may have a permission, and a broken one.
 *
 * @returns how many hold
 */
function writeInvariants(directory: string, policy: ScalePolicy, asked: Asked): number {
  const suspended = Array.from({ length: INVARIANTS / 2 }, (_, index) => `suspended${index}`);
  writePolicy(directory, [
    ...policy.rows,
    ...suspended.map((name) => `p, role:${name}, *, deny`),
    ...suspended.map((name) => `g, group:${name}, role:${name}`),
  ]);
  const permissions = [...new Set(policy.routes.values())].slice(0, INVARIANTS / 2);
  const holding = [
    ...suspended.map((name) => ({ never: [`role:${name}`], reach: "guarded" })),
    ...permissions.flatMap((permission) => {
      const only = policy.rolesAllowed(permission);
      return only.length === 0 ? [] : [{ only, hold: permission }];
    }),
  ];
  const broken = { never: [asked.group], hold: asked.permission };
  mkdirSync(join(directory, "tests"), { recursive: true });
  // JSON is YAML.
  const text = JSON.stringify({ invariants: [...holding, broken] });
  writeFileSync(join(directory, "tests/scale.test.yaml"), text);
  return holding.length;
}

/** A function that decides once, bundled as it is deployed. */
async function bundleOf(folder: string, { group, route }: Asked): Promise<string> {
  const outfile = join(folder, "start.cjs");
  const request = { subjects: ["role:authenticated", group], route, parameters: { id: "17" }, claims: {} };
  await build({
    stdin: {
      contents: `import { currentPolicy } from "claimgate/lambda";
import { decide } from "claimgate/policy";
process.stdout.write(decide(currentPolicy(), ${JSON.stringify(request)}).effect);`,
      resolveDir: resolve("."),
    },
    outfile,
    ...asFunction(),
    plugins: [bundlingOf(join(folder, "policies"))],
  });
  return outfile;
}
