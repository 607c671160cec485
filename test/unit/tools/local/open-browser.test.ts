import { browserOpener, openInBrowser, type Surroundings } from "../../../../src/tools/local/open-browser.ts";

const DESK: Surroundings = {
  asked: undefined,
  isTerminal: true,
  platform: "linux",
  env: { DISPLAY: ":0" },
};

test.each<[string, Partial<Surroundings>, string | undefined]>([
  ["in a terminal with a desktop", {}, "xdg-open"],
  ["with Wayland", { env: { WAYLAND_DISPLAY: "wayland-0" } }, "xdg-open"],
  ["on macOS", { platform: "darwin", env: {} }, "open"],
  ["on Windows", { platform: "win32", env: {} }, "cmd"],
  ["where `CI` is `false`", { env: { DISPLAY: ":0", CI: "false" } }, "xdg-open"],
  ["with --open and without a terminal", { asked: true, isTerminal: false, env: {} }, "xdg-open"],
  ["with --open in CI", { asked: true, env: { CI: "true" } }, "xdg-open"],
])("the console opens %s", (_where, given, program) => {
  expect(browserOpener({ ...DESK, ...given })?.[0]).toBe(program);
});

test.each<[string, Partial<Surroundings>]>([
  ["with --no-open", { asked: false }],
  ["with BROWSER=none", { env: { DISPLAY: ":0", BROWSER: "none" } }],
  ["with BROWSER=none and --open", { asked: true, env: { DISPLAY: ":0", BROWSER: "none" } }],
  ["where the output goes to a file or another program", { isTerminal: false }],
  ["in CI", { env: { DISPLAY: ":0", CI: "true" } }],
  ["without a desktop", { env: {} }],
  ["for a login from elsewhere", { platform: "darwin", env: { SSH_CONNECTION: "192.0.2.1 1 192.0.2.2 22" } }],
])("the console stays closed %s", (_where, given) => {
  expect(browserOpener({ ...DESK, ...given })).toBeUndefined();
});

const failureOf = (...args: readonly string[]) =>
  new Promise<string>((resolve) => {
    openInBrowser("http://127.0.0.1:4000", [process.execPath, ...args], resolve);
  });

test("a program that fails says so, once", async () => {
  expect(await failureOf("-e", "process.exit(process.argv[1] === 'http://127.0.0.1:4000' ? 3 : 0)")).toMatch(
    /ended with exit status 3$/,
  );
});

test("a program that is missing says so", async () => {
  const why = await new Promise<string>((resolve) => {
    openInBrowser("http://127.0.0.1:4000", ["claimgate-no-such-program"], resolve);
  });
  expect(why).toContain("ENOENT");
});
