import { parseArgs } from "node:util";
import { USUAL_DATA } from "./ready-block.ts";
import { StartError } from "./start-error.ts";

export interface StartOptions {
  readonly help: boolean;
  readonly reset: boolean;
  readonly story: boolean;
  /** Do not print a line for each call. */
  readonly quiet: boolean;
  /** Whether to open the console in a browser; undefined where neither was asked for. */
  readonly open: boolean | undefined;
  readonly data: string;
  /** Undefined for the default port, or the next free one. */
  readonly port: number | undefined;
  readonly cognitoPort: number | undefined;
  readonly websocketPort: number | undefined;
  readonly consolePort: number | undefined;
}

export const USAGE = `npm start -- [options]

Runs claimgate on this machine: an emulated Cognito user pool, the triggers, the APIs with their authorizers,
and the sample orders service. No AWS account, no Docker, no network. Ctrl-C stops it.

  --port N           port of the APIs (default: 3000). With it, the WebSocket API, the user pool and the console
                     follow: N+1, N+2, N+3
  --websocket-port N port of the WebSocket API (default: 3001)
  --cognito-port N   port of the user pool (default: 9229)
  --console-port N   port of the console, a page to look and edit (default: 4000)
                     A port that you name must be free; for any other, the next free one is taken.
  --open             open the console in the browser, also where it would stay closed
  --no-open          do not open it. Without either it opens if a person can see it: in a terminal, with a
                     desktop, not in CI, and not if BROWSER is \`none\`
  --no-story         run without signing up users and without calls
  --quiet            do not print a line for each call, sign-up and sign-in
  --reset            forget users, orders and logs of earlier runs; the signing keys stay
  --data DIRECTORY   where users, orders, keys and logs are kept (default: .local)
  --help             print this
`;

/** Reads the command line. @throws StartError on an unknown or invalid option */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const { values } = parse(args);
  if (values.data?.trim() === "") throw new StartError("--data is empty; expected a directory");
  return {
    help: values.help ?? false,
    reset: values.reset ?? false,
    story: !(values["no-story"] ?? false),
    quiet: values.quiet ?? false,
    open: openOf(values.open, values["no-open"]),
    data: values.data ?? USUAL_DATA,
    port: portOf("--port", values.port, LAST_PORT - 3),
    cognitoPort: portOf("--cognito-port", values["cognito-port"]),
    websocketPort: portOf("--websocket-port", values["websocket-port"]),
    consolePort: portOf("--console-port", values["console-port"]),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: "boolean", short: "h" },
        reset: { type: "boolean" },
        "no-story": { type: "boolean" },
        open: { type: "boolean" },
        "no-open": { type: "boolean" },
        quiet: { type: "boolean", short: "q" },
        data: { type: "string" },
        port: { type: "string" },
        "cognito-port": { type: "string" },
        "websocket-port": { type: "string" },
        "console-port": { type: "string" },
      },
    });
  } catch (error) {
    const text = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new StartError(`${text}; see npm start -- --help`);
  }
}

function openOf(open: boolean | undefined, noOpen: boolean | undefined): boolean | undefined {
  if (open === true && noOpen === true) throw new StartError("--open and --no-open exclude each other");
  return open ?? (noOpen === true ? false : undefined);
}

const LAST_PORT = 65_535;

function portOf(flag: string, text: string | undefined, last = LAST_PORT): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > last) {
    throw new StartError(`${flag} is \`${text}\`; expected a port from 1 to ${last}`);
  }
  return port;
}
