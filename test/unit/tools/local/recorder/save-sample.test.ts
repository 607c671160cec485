import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "../../../../../src/json.ts";
import type { Delivery } from "../../../../../src/tools/local/recorder/delivery.ts";
import { runIn, type SampleRun } from "../../../../../src/tools/local/recorder/sample-entry.ts";
import { SampleFiles } from "../../../../../src/tools/local/recorder/sample-files.ts";
import { sampleJson } from "../../../../../src/tools/local/recorder/sample-json.ts";
import { saveSample } from "../../../../../src/tools/local/recorder/save-sample.ts";
import { PERSONAS } from "../../../../support/authorization.ts";

let folder: string;
let files: SampleFiles;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claimgate-samples-"));
  files = new SampleFiles(join(folder, "events"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const scrubbing = { personas: PERSONAS, known: new Set<string>(), tokenOf: () => undefined };
const ORDERS = {
  version: "2.0",
  routeArn: "arn:aws:execute-api:us-east-1:000000000000:localhttp/$default/GET/orders",
  identitySource: ["Bearer opaque"],
  requestContext: { routeKey: "GET /orders", stage: "$default" },
};
const SIGN_UP = {
  version: "1",
  triggerSource: "PreSignUp_SignUp",
  userName: "0f4f3a8e-1c1e-4b9e-9f0a-3b8f6f3a1d2c",
  request: { userAttributes: { email: "erin@corp.test" } },
};

function save(
  name: string,
  event: JsonObject = ORDERS,
  run: SampleRun = { logged: [], answer: { isAuthorized: false } },
  outcome: Delivery["outcome"] = { kind: "answered", payload: { isAuthorized: false } },
) {
  const functionName = "triggerSource" in event ? "preSignUp" : "httpAuthorizer";
  const recorded = { functionName, event, outcome, scrubbing };
  return saveSample(files, () => Promise.resolve(run), recorded, { name, what: "" });
}

const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), "utf8"));

test("writes the sample, and what its run answered in the manifest", async () => {
  expect(await save("denied")).toEqual({
    path: "events/http/denied.json",
    functionName: "httpAuthorizer",
    differs: undefined,
  });
  expect(read("events/http/denied.json")).toMatchObject({
    identitySource: ["Bearer not-a-token"],
    routeArn: "arn:aws:execute-api:us-east-1:111122223333:localhttp/$default/GET/orders",
  });
  await save("again.json");
  expect(read("events/http/manifest.json")).toMatchObject([
    {
      file: "denied.json",
      function: "httpAuthorizer",
      what: "recorded: GET /orders",
      documentedAt: expect.stringMatching(/^https:\/\/docs\.aws\.amazon\.com\/apigateway\//) as string,
      expected: { isAuthorized: false },
    },
    { file: "again.json" },
  ]);
});

test("writes of a trigger its source, and the reason in the log of a refusal", async () => {
  const run = runIn(
    [
      '{"level":"warn","kind":"sign-up-refused","reason":"address_not_allowed"}',
      "{",
      '    "errorMessage": "This address cannot be used",',
      '    "errorType": "PublicRefusal"',
      "}",
    ].join("\n"),
  );
  if (run === undefined) throw new Error("no run");
  await save("refused", SIGN_UP, run, { kind: "failed", message: "This address cannot be used" });
  expect(read("events/cognito/manifest.json")).toMatchObject([
    { kind: "PreSignUp_SignUp", function: "preSignUp", expected: { refused: "address_not_allowed" } },
  ]);
});

test("says so where the sample is answered otherwise than the event", async () => {
  const { differs } = await save("allowed", ORDERS, { logged: [], answer: { isAuthorized: true } });
  expect(differs).toBe(
    "the event was answered isAuthorized: false, the sample is answered isAuthorized: true",
  );
});

test("never writes over a file, whether the manifest knows it or not", async () => {
  await save("one");
  await expect(save("one")).rejects.toMatchObject({ code: "exists" });
  writeFileSync(join(folder, "events/http/two.json"), "mine");
  await expect(save("two")).rejects.toMatchObject({ code: "exists" });
  expect(readFileSync(join(folder, "events/http/two.json"), "utf8")).toBe("mine");
  expect(files.freeName("http", "one")).toBe("one-2");
});

test.each([
  "../outside",
  "/tmp/x",
  "a/b",
  "a\\b",
  "..",
  ".",
  "",
  "manifest",
  "Upper",
  "a.b",
  "x\0",
  "a".repeat(81),
])("refuses any other name: %j", async (name) => {
  await expect(save(name)).rejects.toMatchObject({ code: "name" });
  expect(readdirSync(folder)).toEqual([]);
});

test("writes through no link that leads out of the samples", async () => {
  mkdirSync(join(folder, "events"));
  mkdirSync(join(folder, "elsewhere"));
  symlinkSync(join(folder, "elsewhere"), join(folder, "events/http"));
  await expect(save("one")).rejects.toMatchObject({ code: "write" });
  expect(readdirSync(join(folder, "elsewhere"))).toEqual([]);
});

test("saves nothing of a function that fails with the sample, and of an event of nobody known", async () => {
  const failing = { logged: [], answer: { errorMessage: "boom", errorType: "TypeError" } };
  await expect(save("one", ORDERS, failing)).rejects.toMatchObject({ code: "run" });
  await expect(save("one", { detail: {} })).rejects.toMatchObject({ code: "event" });
  const tokenOf = () => ({ kind: "token", claims: { sub: "1", "cognito:groups": ["pirates"] } }) as const;
  const event = { ...ORDERS, identitySource: ["Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"] };
  const recorded = {
    functionName: "httpAuthorizer",
    event,
    outcome: { kind: "failed", message: "" } as const,
  };
  const saved = saveSample(
    files,
    () => Promise.reject(new Error("not run")),
    { ...recorded, scrubbing: { ...scrubbing, tokenOf } },
    { name: "one", what: "" },
  );
  await expect(saved).rejects.toMatchObject({
    code: "persona",
    message:
      "the token is that of a user in `pirates`, and events/personas.json has none; add one and save again",
  });
  expect(readdirSync(folder)).toEqual([]);
});

test("writes every sample that the repository has as the formatter keeps it", () => {
  const folders = readdirSync("events", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) {
    for (const file of readdirSync(join("events", name))) {
      const text = readFileSync(join("events", name, file), "utf8");
      expect(sampleJson(JSON.parse(text))).toBe(text);
    }
  }
});
