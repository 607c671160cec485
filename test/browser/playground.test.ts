import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { deflateRawSync, gzipSync } from "node:zlib";
import type { Browser } from "puppeteer-core";
import { bundlePlayground } from "../../src/tools/packaging/bundle-playground.ts";
import { fragmentOf, stateOf } from "../../src/tools/playground/state/link.ts";
import { NOBODY, type PlaygroundState } from "../../src/tools/playground/state/state.ts";
import { startBrowser } from "../support/chromium.ts";
import { until } from "../support/local-stack-process.ts";
import { CONTRASTS } from "../support/page-contrasts.ts";
import { choose, focus, onComplaint, type PatientPage, pressButton } from "../support/patient-page.ts";

// The playground from disk, in a real browser. SCREENSHOTS names a folder for pictures of it.

jest.setTimeout(60_000);

let folder: string;
let file: string;
let browser: Browser;
let page: PatientPage;
let complaints: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "claimgate-playground-"));
  file = join(folder, "playground.html");
  writeFileSync(file, await bundlePlayground("1.2.3"));
  browser = await startBrowser();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** Whatever a page of the playground asks of the network, refuses by its policy, or fails at. */
async function watched(): Promise<PatientPage> {
  const fresh = await browser.newPage();
  complaints = [];
  onComplaint(fresh, (complaint) => complaints.push(complaint));
  fresh.on("request", (request) => {
    if (!/^(?:data:|blob:)/.test(request.url()) && !request.url().startsWith(pathToFileURL(file).href)) {
      complaints.push(`asked for ${request.url()}`);
    }
  });
  await fresh.setViewport({ width: 1280, height: 900 });
  return fresh;
}

async function open(fragment = ""): Promise<void> {
  page = await watched();
  await page.goto(`${pathToFileURL(file).href}${fragment}`);
  await page.waitForSelector(".cm-content");
}

afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.close();
});

const linkTo = (state: Partial<PlaygroundState>) =>
  `#${fragmentOf({ files: [], personas: [NOBODY], chosen: 0, ask: "", parameters: {}, ...state })}`;

const rowsOf = (text: string) => [{ path: "policies/roles.csv", text }];

const textOf = async (selector: string) =>
  String(await page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ""`));
const shows = (selector: string, text: string) =>
  until(`${selector} shows ${text}`, async () => (await textOf(selector)).includes(text), 20_000);
const lit = () =>
  page.evaluate(
    `[...document.querySelectorAll(".cm-line.lit")].map((one) => [one.className.replace(/.*lit-/, ""), one.innerText])`,
  );
const press = (name: string) => pressButton(page, name);
/** The text of the shown file, as the editor holds it. */
const edited = async () =>
  String(
    await page.evaluate(
      `[...document.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\\n")`,
    ),
  );

/** Types at the end of the shown file. */
async function type(text: string): Promise<void> {
  await focus(page, ".cm-content");
  await page.keyboard.down("Control");
  await page.keyboard.press("End");
  await page.keyboard.up("Control");
  await page.keyboard.sendCharacter(text);
}

async function picture(name: string): Promise<void> {
  const pictures = process.env["SCREENSHOTS"];
  if (pictures !== undefined)
    await page.screenshot({ path: `${resolve(pictures, name)}.png`, fullPage: true });
}

test("from disk, it answers, lights the row that decides and lists what is missing", async () => {
  await open();
  await shows(".verdict", "deny");
  await shows(".answer .why", "the token does not hold role:support (held by group:support)");
  await press("Sam, support allow");
  await shows(".verdict", "allow");
  expect(await lit()).toEqual([["allow", "p, role:support, orders:refund, allow"]]);
  await picture("playground-wide");
});

test("what is typed is judged: the row takes effect in answer and matrix, and is undone", async () => {
  await open();
  await shows(".verdict", "deny");
  await type("p, role:viewer, orders:refund, allow\n");
  await shows(".verdict", "allow");
  expect(await lit()).toEqual([["allow", "p, role:viewer, orders:refund, allow"]]);
  await until(
    "a cell flashes",
    async () => Number(await page.evaluate(`document.querySelectorAll(".flash").length`)) > 0,
  );
  await press("Undo");
  await shows(".verdict", "deny");
  expect(await edited()).not.toContain("role:viewer, orders:refund");
  await press("Redo");
  await shows(".verdict", "allow");
  await press("Reset");
  await shows(".verdict", "deny");
});

test("a mistake shows with line and column, and a button fixes it", async () => {
  await open(
    linkTo({
      files: rowsOf("p, group:staff, orders:read, alow\ng2, GET /orders, orders:read\n"),
      ask: "GET /orders",
    }),
  );
  await shows(".findings", "policies/roles.csv:1");
  await shows(".answer", "The policy does not load");
  await picture("playground-error");
  await until("the editor marks it", async () =>
    Boolean(await page.evaluate(`document.querySelector(".cm-lintRange-error")?.textContent === "alow"`)),
  );
  await press("Use allow");
  await shows(".findings", "No findings");
  expect(await edited()).toContain("orders:read, allow");
});

test("files are added, renamed and deleted, and a deleted one comes back", async () => {
  await open(
    linkTo({
      files: rowsOf("g2, GET /orders, orders:read\n"),
      ask: "GET /orders",
      personas: [{ ...NOBODY, groups: ["staff"] }],
    }),
  );
  await press("Add a file");
  await page.locator(".inline input").fill("policies/rows.txt");
  await shows(".inline", "expected a name that ends with `.csv`");
  await page.locator(".inline input").fill("policies/grants.csv");
  await press("Use this name");
  await page.waitForSelector(`[aria-label="Text of policies/grants.csv"]`);
  await type("p, group:staff, orders:read, allow");
  await shows(".verdict", "allow");
  await shows(".files", "grants.csv");
  await press("Delete");
  await shows(".answer", "The policy does not load");
  await press("Undo");
  await shows(".verdict", "allow");
});

test("a persona is what its token says, and a likely name is proposed", async () => {
  await open();
  await shows(".verdict", "deny");
  await page.locator(`::-p-aria([name="Groups"][role="textbox"])`).fill("suport");
  await shows(".note", "did you mean group:support?");
  await page.locator(`::-p-aria([name="Groups"][role="textbox"])`).fill("support");
  await shows(".verdict", "allow");
  await page.locator(`.answer input[list]`).fill("GET /order/17");
  await shows(".note", "the policy has no route");
  await page.locator(`.answer input[list]`).fill("GET /orders/17");
  await shows(".verdict", "GET /orders/{orderId}");
});

test("a link carries the state; the page says so, and forgets the link with the first edit", async () => {
  await open();
  await shows(".verdict", "deny");
  await type("p, role:viewer, orders:refund, allow\n");
  await shows(".verdict", "allow");
  await press("Share");
  const link = String(await page.evaluate(`document.querySelector("dialog textarea").value`));
  expect(stateOf(link)?.files[0]?.text).toContain("role:viewer, orders:refund");
  await shows("dialog", `${link.split("#")[1]?.length} characters after #`);
  await press("Close");
  await page.close();

  await open(`#${link.split("#")[1]}`);
  await shows(".banner", "This policy came with a link.");
  await shows(".verdict", "allow");
  await type("# mine\n");
  await until("the address has no state", () => !page.url().includes("#"));
  await press("Undo");
  await press("Open");
  await page
    .locator("dialog textarea")
    .fill(linkTo({ files: rowsOf("p, group:a, b:c, allow\n"), ask: "b:c" }));
  await press("Open the link");
  await shows(".verdict", "b:c");
});

test("a policy that is too large for a link is offered as a file, and opened from it", async () => {
  const random = Array.from(
    { length: 1_500 },
    (_, n) => `p, group:g${(n * 7919) % 9973}x${n}, r${n}:read, allow`,
  );
  await open(linkTo({ files: rowsOf(random.join("\n")), ask: "r1:read" }));
  await press("Share");
  await shows("dialog", "share the file instead");
  expect(await page.evaluate(`document.querySelector("dialog textarea")`)).toBeNull();
  await press("Close");
  const saved = join(folder, "saved.json");
  writeFileSync(
    saved,
    JSON.stringify({ files: rowsOf("p, group:a, b:c, allow\n"), personas: [], ask: "b:c" }),
  );
  await press("Open");
  const input = await page.waitForSelector("dialog input[type=file]");
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(saved);
  await shows(".answer", "add a persona, who asks");
});

test("links that are damaged, of another version, or would fill the memory are refused with the reason", async () => {
  const bomb = deflateRawSync(Buffer.alloc(60_000_000), { level: 9 }).toString("base64url");
  for (const [fragment, reason] of [
    [`#v1.${bomb}`, "it has more than 1,000,000 bytes"],
    ["#v1.AAAA", "The link was not opened"],
    ["#v7.AAAA", "the link has the form v7, this page reads v1"],
  ] as const) {
    await open(fragment);
    await shows(".problem", reason);
    // What the page begins with is there instead.
    await shows(".verdict", "deny");
    expect(complaints).toEqual([]);
    if (!fragment.startsWith("#v7.")) await page.close();
  }
});

test("no text of a link becomes HTML, loads or runs anything", async () => {
  const hostile = `"><img src=x onerror="document.title='run'"><script>document.title='run'</script>`;
  const files = [
    {
      path: `policies/${hostile.replaceAll("\\\\", "")}.csv`,
      text: `# ${hostile}\n${hostile}\np, "group:${hostile.replaceAll('"', '""')}", a:b, allow\n`,
    },
  ];
  const personas = [{ ...NOBODY, name: hostile, groups: [hostile], claims: { [hostile]: hostile } }];
  await open(linkTo({ files, personas, ask: hostile, parameters: { [hostile]: hostile } }));
  await shows(".findings", "finding");
  expect(await page.title()).toBe("claimgate playground");
  expect(
    await page.evaluate(`document.querySelectorAll("img, script:not([type]):not(:last-of-type)").length`),
  ).toBe(0);
});

test("it allows no connection, and its files name none", async () => {
  await open();
  await shows(".verdict", "deny");
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(/content="default-src &#39;none&#39;; script-src &#39;sha256-[^;]+;; style-src/);
  expect(text).not.toMatch(/unsafe-inline|unsafe-eval|connect-src/);
  await expect(page.evaluate(`fetch("https://example.com/")`)).rejects.toThrow("Failed to fetch");
  expect(complaints.splice(0).join("\n")).toContain("Content Security Policy");
});

test("it is a page of less than 900 kB, 300 kB compressed", async () => {
  await open();
  const bytes = readFileSync(file);
  expect(bytes.length).toBeLessThan(900_000);
  expect(gzipSync(bytes).length).toBeLessThan(300_000);
});

test("a thousand rows are judged while typing, by a worker", async () => {
  const rows = Array.from({ length: 250 }, (_, n) =>
    [
      `g2, GET /things${n}/{id}, things${n}:read`,
      `g2, POST /things${n}, things${n}:write`,
      `p, role:reader${n % 40}, things${n}:read, allow`,
      `p, role:writer${n % 40}, things${n}:write, allow`,
    ].join("\n"),
  );
  const groups = Array.from(
    { length: 40 },
    (_, n) => `g, group:team${n}, role:reader${n}\ng, group:team${n}, role:writer${n}`,
  );
  const personas = [{ ...NOBODY, name: "team1", groups: ["team1"] }];
  await open(
    linkTo({ files: rowsOf(`${[...groups, ...rows].join("\n")}\n`), personas, ask: "GET /things2/1" }),
  );
  await shows(".verdict", "deny");
  await type("p, role:reader1, things2:read, allow\n");
  await shows(".verdict", "allow");
  await shows(".whole", "of 500 routes");
  await picture("playground-thousand-rows");
  await page.locator("input[type=search]").fill("things33");
  await until(
    "the matrix shows two routes",
    async () => Number(await page.evaluate(`document.querySelectorAll(".matrix tbody tr").length`)) === 2,
  );
});

test.each([
  ["light", 1280],
  ["dark", 400],
] as const)("in %s, at %i pixels, nothing overflows and every text can be read", async (scheme, width) => {
  const long = "a-very-long-name-of-a-role-or-of-a-route-that-nobody-would-choose-and-a-generator-does";
  const text = `g, group:${long}, role:${long}\np, role:${long}, orders:read, deny\np, role:authenticated, orders:read, allow\ng2, GET /${long}/{orderId}, orders:read\n`;
  const personas = [{ ...NOBODY, name: long, groups: [long] }];
  await open(linkTo({ files: [{ path: `policies/${long}.csv`, text }], personas, ask: `GET /${long}/17` }));
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width, height: 900 });
  await shows(".verdict", "deny");
  await picture(`playground-${scheme}-${width}`);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
  const contrasts = (await page.evaluate(CONTRASTS)) as readonly {
    readonly text: string;
    readonly ratio: number;
  }[];
  expect(contrasts.length).toBeGreaterThan(20);
  expect(contrasts.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
});

test("it is worked by keyboard, and every control has a name", async () => {
  await open();
  await shows(".verdict", "deny");
  await choose(page, ".answer select", "0");
  await shows(".verdict", "allow");
  await focus(page, ".skip");
  await page.keyboard.press("Enter");
  expect(await page.evaluate("document.activeElement.id")).toBe("main");
  const nameless =
    await page.evaluate(`[...document.querySelectorAll("button, input, select, textarea, [role=textbox]")]
    .filter((one) => (one.innerText || one.ariaLabel || one.labels?.[0]?.innerText || one.labels?.[0]?.textContent || "").trim() === "")
    .map((one) => one.outerHTML.slice(0, 100))`);
  expect(nameless).toEqual([]);
});
