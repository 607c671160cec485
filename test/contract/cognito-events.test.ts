import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { POST_CONFIRMATION_SOURCES, PRE_SIGN_UP_SOURCES, TOKEN_SOURCES } from "../../src/triggers/events.ts";
import { ADDRESS_NEEDED, PHONE_REFUSED, SIGN_UP_REFUSED } from "../../src/triggers/pre-sign-up.ts";
import { TRY_LATER } from "../../src/triggers/report.ts";

const DIRECTORY = "events/cognito";

interface ManifestEntry {
  readonly file: string;
  readonly function: "preSignUp" | "postConfirmation" | "preTokenGeneration";
  readonly kind: string;
  readonly version?: string;
  readonly what: string;
  readonly documentedAt: string;
  /** What has to be set for the expected answer, beyond the defaults. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly expected: {
    /** The response part of the returned event. */
    readonly response?: unknown;
    /** The reason or code that the log has, where the event is refused. */
    readonly refused?: string;
    /** A kind of line that the log has. */
    readonly logged?: string;
    /** What differs where there is a user pool. */
    readonly online?: string;
  };
}

type Handler = (event: unknown, context: { awsRequestId: string }) => Promise<unknown>;

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(DIRECTORY, file), "utf8"));
}

const manifest = readJson("manifest.json") as readonly ManifestEntry[];

const MODULES = {
  preSignUp: () => import("../../src/handlers/pre-sign-up.ts"),
  postConfirmation: () => import("../../src/handlers/post-confirmation.ts"),
  preTokenGeneration: () => import("../../src/handlers/pre-token-generation.ts"),
} as const;

const before = { ...process.env };
const written: string[] = [];

const started = new Map<string, Handler>();

/** A handler as it starts with this environment: it reads the variables once, when it is loaded. */
async function startHandler({ function: name, environment }: ManifestEntry): Promise<Handler> {
  for (const key of Object.keys(process.env)) {
    if (key.startsWith("CLAIMGATE_") || key.startsWith("AWS_")) delete process.env[key];
  }
  // Pre-sign-up asks a pool without users. The others have none, as with `sls invoke local`: nothing listens on the
  // port.
  const port = name === "preSignUp" ? (pool.address() as AddressInfo).port : 1;
  Object.assign(process.env, environment, {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: `http://127.0.0.1:${port}`,
  });
  const key = JSON.stringify([name, environment]);
  let handler = started.get(key);
  if (handler !== undefined) return handler;
  await jest.isolateModulesAsync(async () => {
    ({ handler } = await MODULES[name]());
  });
  if (handler === undefined) throw new Error(`no handler ${name}`);
  started.set(key, handler);
  return handler;
}

/** What answers ListUsers, as a pool without users does. */
let pool: Server;

beforeAll(async () => {
  pool = createServer((request, response) => {
    request.resume().on("end", () => {
      const asked = request.headers["x-amz-target"] === "AWSCognitoIdentityProviderService.ListUsers";
      response.writeHead(asked ? 200 : 500, { "content-type": "application/x-amz-json-1.1" });
      response.end(asked ? '{"Users":[]}' : "{}");
    });
  });
  await new Promise<void>((resolve) => pool.listen(0, "127.0.0.1", resolve));
});

beforeEach(() => {
  written.length = 0;
  jest.spyOn(process.stdout, "write").mockImplementation((line) => {
    written.push(String(line));
    return true;
  });
});

afterEach(() => jest.restoreAllMocks());

afterAll(async () => {
  process.env = before;
  pool.closeAllConnections();
  await new Promise((resolve) => pool.close(resolve));
});

describe("every event in events/cognito gets the answer that its manifest entry expects", () => {
  it.each(manifest.map((entry) => [entry.function, entry.file, entry] as const))(
    "%s %s",
    async (_f, file, entry) => {
      const handler = await startHandler(entry);
      const event = readJson(file) as Readonly<Record<string, unknown>>;
      const untouched = structuredClone(event);

      const answer = handler(event, { awsRequestId: "r1" });

      const { refused, response, logged } = entry.expected;
      if (refused === undefined) {
        await expect(answer).resolves.toEqual({ ...untouched, response });
      } else {
        const sentence = refused.startsWith("trigger_")
          ? TRY_LATER
          : refused === "address_missing"
            ? ADDRESS_NEEDED
            : refused.startsWith("phone_")
              ? PHONE_REFUSED
              : SIGN_UP_REFUSED;
        await expect(answer).rejects.toThrow(new Error(sentence));
      }
      const lines = written.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
      if (refused !== undefined) expect(lines.map(({ reason, code }) => reason ?? code)).toContain(refused);
      if (logged !== undefined) expect(lines.map(({ kind }) => kind)).toContain(logged);
      if (logged === undefined && entry.function === "preTokenGeneration") expect(lines).toEqual([]);
      expect(lines.every(({ requestId }) => requestId === "r1")).toBe(true);
      expect(event).toEqual(untouched);
    },
  );
});

describe("the log of every event", () => {
  it.each(manifest.map((entry) => [entry.file, entry] as const))(
    "has no address and no phone number: %s",
    async (file, entry) => {
      const handler = await startHandler(entry);

      await handler(readJson(file), { awsRequestId: "r1" }).catch(() => undefined);

      expect(written.join("")).not.toMatch(/@|\+\d/);
    },
  );
});

describe("the manifest", () => {
  const files = readdirSync(DIRECTORY).filter((file) => file !== "manifest.json");

  it("claims every file, once, and no file that is not there", () => {
    expect(manifest.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  it("says of each event what it is and where AWS documents it", () => {
    for (const { file, kind, what, documentedAt, version } of manifest) {
      const event = readJson(file) as Readonly<Record<string, unknown>>;
      expect(event["triggerSource"]).toBe(kind);
      expect(what).toMatch(/\w/);
      expect(documentedAt).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/cognito\//);
      if (kind.startsWith("TokenGeneration_")) expect(version).toBe(`V${String(event["version"])}_0`);
    }
  });

  it("has every trigger source, and of the token sources every version", () => {
    const kinds = new Set(
      manifest.map(({ kind, version }) => (version === undefined ? kind : `${kind} ${version}`)),
    );
    for (const source of [...PRE_SIGN_UP_SOURCES, ...POST_CONFIRMATION_SOURCES])
      expect(kinds).toContain(source);
    for (const source of TOKEN_SOURCES) {
      const versions = source === "TokenGeneration_ClientCredentials" ? ["V3_0"] : ["V1_0", "V2_0", "V3_0"];
      for (const version of versions) expect(kinds).toContain(`${source} ${version}`);
    }
  });

  it.each(files)("has scrubbed %s", (file) => {
    const text = readFileSync(join(DIRECTORY, file), "utf8");
    const addresses = text.match(/[\w.+-]+@[\w.-]+/g) ?? [];
    expect(
      addresses.filter((address) => !/@(example\.(com|org)|privaterelay\.appleid\.com)$/.test(address)),
    ).toEqual([]);
    expect(
      text.match(/\b[a-z]{2}-[a-z]+-\d_\w+/g)?.filter((pool) => !pool.startsWith("us-east-1_LocalPool")) ??
        [],
    ).toEqual([]);
    expect(text.match(/\b\d{12}\b(?!")/g)?.filter((id) => id !== "000000000000") ?? []).toEqual([]);
  });
});
