import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { fillTokens } from "../../src/tools/local/personas/event-placeholders.ts";
import { mintToken } from "../../src/tools/local/personas/minting.ts";
import { personaNamed } from "../../src/tools/local/personas/personas.ts";
import { keysCache, nowSeconds, PERSONAS, POOL_KEY } from "../support/authorization.ts";
import {
  COGNITO_EVENTS,
  deployedHandler,
  EVENT_FOLDERS,
  type Handler,
} from "../support/deployed-functions.ts";
import { GATEWAYS_UNDER_TEST } from "../support/gateways/gateways.ts";

// What a local build does by its resolve condition: the handlers find these keys instead of the pool's.
jest.mock("#signing-keys", () => ({
  signingKeys: () => keysCache(),
  localVariables: new Set(["CLAIMGATE_POLICIES"]),
}));

interface Sample {
  readonly file: string;
  readonly function: string;
  /** Variables of the function beside those of every sample. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly what: string;
  readonly documentedAt: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

const DIRECTORIES = EVENT_FOLDERS.filter((folder) => folder !== COGNITO_EVENTS);
const GATEWAYS =
  /^https:\/\/docs\.aws\.amazon\.com\/(apigateway\/latest\/developerguide|appsync\/latest\/devguide)\//;

const json = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const manifestOf = (directory: string) => json(join(directory, "manifest.json")) as Sample[];

const SAMPLES = DIRECTORIES.flatMap((directory) =>
  manifestOf(directory).map((sample) => ({ ...sample, path: join(directory, sample.file) })),
);

/** An expectation of the manifests that lets the request pass. */
const ALLOWED = /"(isAuthorized":true|effect":"Allow")/;

/** They decide nothing that the decision log would have. */
const BACKENDS = ["orders", "feed"];

/** Variables decide when a module is loaded, so each set of them has a handler of its own. */
const handlers = new Map<string, Handler>();
const keyOf = ({ function: name, environment = {} }: Sample) => `${name} ${JSON.stringify(environment)}`;
const lines: string[] = [];

beforeAll(async () => {
  process.env["CLAIMGATE_USER_POOL_ID"] = LOCAL.userPoolId;
  process.env["CLAIMGATE_APP_CLIENTS"] = JSON.stringify(LOCAL.appClients);
  jest.spyOn(process.stdout, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  for (const sample of SAMPLES) {
    if (!handlers.has(keyOf(sample))) handlers.set(keyOf(sample), await handlerFor(sample));
  }
});

afterAll(() => {
  jest.restoreAllMocks();
});

async function handlerFor({ function: name, environment = {} }: Sample): Promise<Handler> {
  let handler: Handler | undefined;
  await withVariables(environment, () =>
    jest.isolateModulesAsync(async () => {
      handler = await deployedHandler(name);
    }),
  );
  if (handler === undefined) throw new Error(`no handler \`${name}\``);
  return handler;
}

/** Some are read when the module is loaded, the directory of the policy at each call. */
async function withVariables<T>(environment: Sample["environment"], run: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    return await run();
  } finally {
    process.env = before;
  }
}

function eventOf(path: string): unknown {
  const mint = (name: string, kind: Parameters<typeof mintToken>[0]) =>
    mintToken(kind, personaNamed(PERSONAS, name), POOL_KEY, nowSeconds());
  return JSON.parse(fillTokens(readFileSync(path, "utf8"), mint));
}

/** An answer in the words of the manifest. */
async function summaryOf(run: () => Promise<unknown>): Promise<Readonly<Record<string, unknown>>> {
  let answer: unknown;
  try {
    answer = await run();
  } catch (error) {
    return (error as Error).message === "Unauthorized" ? { unauthorized: true } : { error: String(error) };
  }
  const { isAuthorized, deniedFields, statusCode, policyDocument } = answer as {
    isAuthorized?: boolean;
    deniedFields?: readonly string[];
    statusCode?: number;
    policyDocument?: { Statement: [{ Effect: string }] };
  };
  if (policyDocument !== undefined) return { effect: policyDocument.Statement[0].Effect };
  if (isAuthorized === undefined) return { statusCode };
  return deniedFields === undefined ? { isAuthorized } : { isAuthorized, deniedFields };
}

describe("every sample event of a gateway gets the answer that the manifest says", () => {
  test.each(SAMPLES)("$path: $what", async (sample) => {
    const { path, function: name, environment, expected } = sample;
    const handler = handlers.get(keyOf(sample));
    if (handler === undefined) throw new Error(`no handler \`${name}\``);
    lines.length = 0;

    const answer = summaryOf(() => withVariables(environment, () => handler(eventOf(path))));
    expect(await answer).toEqual(expected);
    const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
    const logged = BACKENDS.includes(name)
      ? kinds.filter((kind) => kind !== "message-refused")
      : kinds.filter((kind) => !/^(decision|whole-api-answer|token-refused)$/.test(kind));
    expect(logged).toEqual([]);
    if (!BACKENDS.includes(name)) expect(kinds).toHaveLength(1);
  });
});

describe("the manifests", () => {
  test.each(DIRECTORIES)("of %s name every file once, and only files that are there", (directory) => {
    const files = readdirSync(directory).filter((file) => file !== "manifest.json");
    expect(
      manifestOf(directory)
        .map(({ file }) => file)
        .sort(),
    ).toEqual(files.sort());
  });

  test.each(SAMPLES)("say where the shape of $path is documented, and what it shows", (sample) => {
    expect(sample.documentedAt).toMatch(GATEWAYS);
    expect(sample.what).not.toBe("");
  });
});

test.each(GATEWAYS_UNDER_TEST)("$title has samples: one is allowed, one is refused", ({ functionName }) => {
  const samples = SAMPLES.filter((sample) => sample.function === functionName);
  expect(samples.some(({ expected }) => ALLOWED.test(JSON.stringify(expected)))).toBe(true);
  expect(samples.some(({ expected }) => !ALLOWED.test(JSON.stringify(expected)))).toBe(true);
});

test("no sample contains a real token or account", () => {
  for (const { path } of SAMPLES) {
    const text = readFileSync(path, "utf8");
    expect(text).not.toMatch(/eyJ[A-Za-z0-9_-]+\./);
    for (const [account] of text.matchAll(/(?<![\w-])\d{12}\b/g)) expect(account).toBe("111122223333");
  }
});
