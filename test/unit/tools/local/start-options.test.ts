import { parseStartOptions, USAGE } from "../../../../src/tools/local/start-options.ts";

test("without options", () => {
  expect(parseStartOptions([])).toEqual({
    help: false,
    reset: false,
    story: true,
    data: ".local",
    port: undefined,
    cognitoPort: undefined,
    websocketPort: undefined,
    consolePort: undefined,
    quiet: false,
    open: undefined,
  });
});

test("with all of them", () => {
  const ports = [
    "--port",
    "4000",
    "--cognito-port",
    "4001",
    "--websocket-port",
    "4002",
    "--console-port",
    "4003",
  ];
  const args = ["--reset", "--no-story", "--quiet", "--open", "--data", "d", ...ports, "--help"];

  expect(parseStartOptions(args)).toEqual({
    help: true,
    reset: true,
    story: false,
    data: "d",
    port: 4000,
    cognitoPort: 4001,
    websocketPort: 4002,
    consolePort: 4003,
    quiet: true,
    open: true,
  });
});

test.each([
  ["--prot", "1"],
  ["--port", "x"],
  ["--port", "0"],
  ["--port", "65533"],
  ["--console-port", "65536"],
  ["--port", "1.5"],
  ["rest"],
])("%s %s is refused, without a stack trace for an answer", (...args) => {
  expect(() => parseStartOptions(args)).toThrow(/--help|expected a port/);
});

test("the help names every option", () => {
  for (const option of [
    "--port",
    "--cognito-port",
    "--websocket-port",
    "--console-port",
    "--open",
    "--no-open",
    "--no-story",
    "--quiet",
    "--reset",
    "--data",
    "--help",
  ]) {
    expect(USAGE).toContain(option);
  }
});

test("--no-open keeps the browser closed, and excludes --open", () => {
  expect(parseStartOptions(["--no-open"]).open).toBe(false);
  expect(() => parseStartOptions(["--open", "--no-open"])).toThrow("exclude each other");
});
