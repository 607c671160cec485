import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "puppeteer-core";
import { createKeyPair, signClaims } from "../../src/tools/cognito/tokens/signing.ts";
import { localMinter } from "../../src/tools/local/personas/local-minter.ts";
import { startBrowser } from "../support/chromium.ts";
import { freePort, LocalStackProcess } from "../support/local-stack-process.ts";

// claimgate/client hides buttons and protects nothing: a page of the local stack's API, as its user sees it, and as
// somebody who edits it does.

/** Draws a button for what the user may do, presses each, and gives the status of each answer. */
const PAGE = `
import { createAccess } from "claimgate/client";

globalThis.pressAll = async (policy, token) => {
  const { can } = createAccess(policy, token);
  const answers = {};
  const button = (label, permission, method, path) => {
    if (!can(permission)) return [];
    const element = document.createElement("button");
    element.textContent = label;
    element.answered = new Promise((resolve) => {
      element.addEventListener("click", async () => {
        const { status } = await fetch(path, { method, headers: { authorization: "Bearer " + token } });
        answers[label] = status;
        resolve();
      });
    });
    return [element];
  };
  document.body.replaceChildren(
    ...button("All orders", "orders:list", "GET", "/orders"),
    ...button("Delete", "orders:delete", "DELETE", "/orders/nothing"),
  );
  for (const element of document.querySelectorAll("button")) {
    element.click();
    await element.answered;
  }
  return answers;
};
`;

const POLICY: unknown = JSON.parse(readFileSync("examples/web/src/access.json", "utf8"));
/** What somebody writes in the developer tools. */
const EVERYTHING = {
  format: 1,
  permissions: Object.fromEntries(
    ["orders:list", "orders:delete"].map((name) => [name, { allow: [{ everyone: true }], deny: [] }]),
  ),
};

const data = mkdtempSync(join(tmpdir(), "claimgate front end-"));
let stack: LocalStackProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const [api, cognito, websocket, own] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const places = ["--port", `${api}`, "--cognito-port", `${cognito}`, "--websocket-port", `${websocket}`];
  stack = new LocalStackProcess(["--no-story", "--data", data, ...places, "--console-port", `${own}`]);
  const { outputFiles } = await build({
    stdin: { contents: PAGE, resolveDir: "." },
    bundle: true,
    format: "iife",
    platform: "browser",
    conditions: ["claimgate-source"],
    write: false,
  });
  await stack.ready();
  browser = await startBrowser();
  page = await browser.newPage();
  // A page of the API's own origin.
  await page.goto(`http://localhost:${api}/health`);
  await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await stack?.end();
  rmSync(data, { recursive: true, force: true });
}, 60_000);

const minted = (name: string) => localMinter(data)(name, "token");

/** What the page offers to the user of a token, and what the API answers. */
async function offered(policy: unknown, token: string): Promise<unknown> {
  return page.evaluate(`pressAll(${JSON.stringify(policy)}, ${JSON.stringify(token)})`);
}

test("a page offers each user what the API allows", async () => {
  expect(await offered(POLICY, minted("ada"))).toEqual({ "All orders": 200, Delete: 404 });
  expect(await offered(POLICY, minted("alice"))).toEqual({});
});

test("who edits what the page knows of the policy sees every button, and the API denies", async () => {
  expect(await offered(EVERYTHING, minted("alice"))).toEqual({ "All orders": 403, Delete: 403 });
});

test("who forges a token sees every button, and the API refuses it", async () => {
  const [, payload = ""] = minted("alice").split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
  const forged = signClaims({ ...claims, "cognito:groups": ["admins"] }, createKeyPair("forged"));
  // 403, since the simple answer of an HTTP API cannot say 401.
  expect(await offered(POLICY, forged)).toEqual({ "All orders": 403, Delete: 403 });
});
