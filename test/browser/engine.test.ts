import { build } from "esbuild";
import type { Browser } from "puppeteer-core";
import { decide } from "../../src/policy/decide.ts";
import { explain } from "../../src/policy/explain.ts";
import { loadPolicy } from "../../src/policy/load.ts";
import { PUBLIC } from "../../src/policy/permission.ts";
import { readPolicyDirectory } from "../../src/tools/machine/policy-files.ts";
import { browserBuild } from "../../src/tools/packaging/browser-build.ts";
import { startBrowser } from "../support/chromium.ts";

// The policy engine in a real browser, without polyfills.

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
}, 600_000);
afterAll(async () => browser?.close(), 60_000);

test("a browser decides every route of the sample policy as Node does, by the same version", async () => {
  const { outputFiles } = await build({
    ...browserBuild(),
    entryPoints: ["src/library/policy.ts"],
    format: "iife",
    globalName: "engine",
    write: false,
  });
  const { model, rows } = readPolicyDirectory("policies");
  const sources = { model, rows };
  const policy = loadPolicy(sources);
  const callers = [
    ["role:authenticated"],
    ["role:machine"],
    ...[...policy.directRoles.keys(), ...policy.decisionRows.map(({ subject }) => subject)].map((one) => [
      /^(?:client|scope):/.test(one) ? "role:machine" : "role:authenticated",
      one,
    ]),
  ];
  const questions = [...policy.routeEntries]
    .filter(([, { permissions }]) => permissions.length > 0 && !permissions.includes(PUBLIC))
    .flatMap(([route]) =>
      callers.map((subjects) => ({
        subjects,
        route,
        parameters: { userId: "42", customerId: "42" },
        claims: { sub: "42" },
        app: { client: "web", scopes: [] },
      })),
    );
  expect(questions.length).toBeGreaterThan(100);
  const page = await browser.newPage();
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(String(error)));
  await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
  const asked = JSON.stringify({ sources, questions });
  const inBrowser: unknown = JSON.parse(
    String(
      await page.evaluate(`(() => {
        const { sources, questions } = ${asked};
        const policy = engine.loadPolicy(sources);
        const answers = questions.map((one) => [engine.decide(policy, one), engine.explain(policy, one)]);
        return JSON.stringify([policy.version, answers]);
      })()`),
    ),
  );
  const typed = questions as unknown as readonly Parameters<typeof decide>[1][];
  const inNode = [policy.version, typed.map((one) => [decide(policy, one), explain(policy, one)])];
  expect(failures).toEqual([]);
  expect(inBrowser).toEqual(JSON.parse(JSON.stringify(inNode)));
}, 60_000);
