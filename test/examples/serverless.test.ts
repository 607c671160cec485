import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { objectOf } from "../../src/json.ts";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { type Claims, createKeyPair, signClaims } from "../../src/tools/local/personas/signing.ts";
import { claimsOf, POOL_KEY } from "../support/authorization.ts";
import { type ConsumerProject, consumerProject } from "../support/consumer-project.ts";

// Each example as somebody gets it: copied to a folder whose name has a space, with the packed package and what its
// package.json names, and nothing else.

interface Sample {
  readonly file: string;
  readonly function: string;
  readonly what: string;
  readonly expected: Readonly<Record<string, unknown>>;
  /** What the decision log says. */
  readonly logged: Readonly<Record<string, unknown>>;
}

/** Of a persona's access token: its app client, whether it is a machine's, and its claims. */
interface Persona {
  readonly client?: string;
  readonly machine?: true;
  readonly [claim: string]: unknown;
}

const jsonOf = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** The ids of app clients, by the names in serverless.yml. */
const CLIENTS: Readonly<Record<string, string>> = {
  web: LOCAL.appClients.web,
  importer: "localimporterclient0000001",
  reports: "localreportsclient00000001",
};
const ENVIRONMENT = {
  CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
  CLAIMGATE_APP_CLIENTS: JSON.stringify(CLIENTS),
};
const FOREIGN_KEY = createKeyPair(POOL_KEY.kid);

function claimsIn({ client = "web", machine, ...claims }: Persona): Claims {
  const id = CLIENTS[client];
  return machine === true
    ? claimsOf("reporting", { client_id: id, sub: id, ...claims })
    : claimsOf("zoe", { client_id: id, ...claims });
}

/** The event of a sample, with tokens for `{{token:NAME}}`, and for `{{forged:NAME}}` those that another key signed. */
function eventIn(folder: string, file: string): unknown {
  const personas = jsonOf(join(folder, "personas.json")) as Readonly<Record<string, Persona>>;
  const tokens = new Map<string, string>();
  const tokenFor = (placeholder: string, kind: string, name: string): string => {
    const persona = personas[name];
    if (persona === undefined) throw new RangeError(`${folder} has no persona \`${name}\``);
    const token =
      tokens.get(placeholder) ?? signClaims(claimsIn(persona), kind === "forged" ? FOREIGN_KEY : POOL_KEY);
    tokens.set(placeholder, token);
    return token;
  };
  const text = readFileSync(join(folder, file), "utf8");
  return JSON.parse(text.replace(/\{\{(token|forged):([^}]+)\}\}/g, tokenFor));
}

/** The part of an answer that the manifest's expectation speaks of. */
function shapeOf(expected: Sample["expected"]): object {
  if ("unauthorized" in expected) return { error: "Unauthorized" };
  if ("effect" in expected) {
    return { answer: { policyDocument: { Statement: [{ Effect: expected["effect"] }] } } };
  }
  return { answer: expected };
}

const modulesOf = (folder: string): readonly string[] => {
  const { dependencies, devDependencies } = objectOf(jsonOf(join(folder, "package.json")));
  const names = Object.keys({ ...objectOf(dependencies), ...objectOf(devDependencies) });
  expect(names).toContain("claimgate");
  return names.filter((name) => name !== "claimgate");
};

describe.each(["multi-tenant", "machines", "appsync", "websocket"])("examples/%s", (name) => {
  const folder = join("examples", name);
  const samples = jsonOf(join(folder, "events/manifest.json")) as readonly Sample[];
  let project: ConsumerProject;
  const claimgate = (...args: readonly string[]) =>
    project.node("node_modules/claimgate/dist/claimgate.cjs", ...args);

  beforeAll(() => {
    project = consumerProject(modulesOf(folder));
    cpSync(folder, project.folder, { recursive: true });
  });

  afterAll(() => project.remove());

  it("has a policy that fits its routes, and that its tests cover", () => {
    expect(claimgate("check", "--service", "--max-warnings", "0")).toMatchObject({ status: 0 });
    const { status, output } = claimgate("test", "--coverage", "--threshold", "100");
    expect(output).toContain("(100 %)");
    expect(status).toBe(0);
  });

  it("compiles", () => {
    expect(project.node("node_modules/typescript/bin/tsc")).toEqual({ status: 0, output: "" });
  });

  it("packages, into a template without a finding", () => {
    expect(project.sls("package")).toMatchObject({ status: 0 });
    const { status, output } = claimgate("check", "--packaged", "--max-warnings", "0");
    expect(output).toContain("0 errors, 0 warnings");
    expect(status).toBe(0);
  });

  it.each(samples.map((sample) => [sample.file, sample.what, sample] as const))(
    "answers %s: %s",
    (file, _, sample) => {
      const answer = project.invoke(sample.function, eventIn(join(folder, "events"), file), ENVIRONMENT);
      expect(answer).toMatchObject(shapeOf(sample.expected));
      expect(project.logged().at(-1)).toMatchObject(sample.logged);
    },
  );
});
