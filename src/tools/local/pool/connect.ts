import { parseArgs } from "node:util";
import WebSocket from "ws";
import { SUBPROTOCOL } from "../../../authorizers/handshake-subprotocols.ts";
import { ClaimgateError } from "../../../errors.ts";
import { printable } from "../../text/printable.ts";
import { localMinter } from "../personas/local-minter.ts";
import { USUAL_PORTS } from "../ports.ts";

const HELP = `usage: npm run --silent connect -- NAME [MESSAGE] [--port N] [--data DIRECTORY]

Connects to the local WebSocket API as a persona of events/personas.json, sends one message and prints the answer.

  MESSAGE           what to send (default {"action":"list"})
  --port N          port of the WebSocket API (default ${USUAL_PORTS.websocket})
  --data DIRECTORY  the data of the local stack; its key is under keys/ (default .local)
`;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ClaimgateError || error instanceof RangeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function main(words: readonly string[]): Promise<number> {
  const parsed = readArguments(words);
  if (parsed === undefined) {
    process.stderr.write(HELP);
    return 1;
  }
  const { name, message, port, data } = parsed;
  const token = localMinter(data)(name, "token");
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, [SUBPROTOCOL, token]);
  return new Promise((resolve) => {
    const fail = (text: string) => {
      process.stderr.write(`${printable(text)}\n`);
      resolve(2);
    };
    socket.once("unexpected-response", (_request, { statusCode, statusMessage }) =>
      fail(`${statusCode} ${statusMessage}`),
    );
    socket.once("error", ({ message: text }) =>
      fail(`nothing answers at port ${port}: start it with npm start (${text})`),
    );
    socket.once("open", () => socket.send(message));
    socket.once("message", (answer: Buffer) => {
      process.stdout.write(`${printable(answer.toString())}\n`);
      socket.close();
      resolve(0);
    });
  });
}

function readArguments(words: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        port: { type: "string", default: String(USUAL_PORTS.websocket) },
        data: { type: "string", default: ".local" },
      },
    });
    const [name, message = '{"action":"list"}', other] = positionals;
    if (name === undefined || other !== undefined) return undefined;
    return { name, message, port: values.port, data: values.data };
  } catch {
    return undefined;
  }
}
