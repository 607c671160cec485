import { parseArgs } from "node:util";
import { messageOf } from "../../../errors.ts";
import { jsonIn, objectOf, objectsOf, textOf } from "../../../json.ts";
import { printable, printableLines } from "../../text/printable.ts";
import { USUAL_PORTS } from "../ports.ts";

// `npm run events:record`: asks the console of the running stack, as its page does.

const HELP = `usage: npm run --silent events:record -- [ID NAME] [--what SENTENCE] [--console-port N]

Lists the events that the functions of the running local stack received, newest first. With the number of an event
and a name, saves it as a sample: scrubbed, in events/KIND/NAME.json and in the manifest beside it.

  ID                the number in the list, or \`last\`
  NAME              lower-case letters, digits and hyphens
  --what SENTENCE   what the sample shows, for the manifest
  --console-port N  port of the console (default ${USUAL_PORTS.console})
`;

interface Arguments {
  readonly id: string | undefined;
  readonly name: string;
  readonly what: string;
  readonly port: string;
  readonly help: boolean;
}

/** Undefined if the arguments are invalid. */
function readArguments(words: readonly string[]): Arguments | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        what: { type: "string", default: "" },
        "console-port": { type: "string", default: String(USUAL_PORTS.console) },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const [id, name, other] = positionals;
    const port = values["console-port"];
    if (other !== undefined || (id !== undefined && name === undefined) || !/^\d{1,5}$/.test(port))
      return undefined;
    return { id, name: name ?? "", what: values.what, port, help: values.help };
  } catch {
    return undefined;
  }
}

/** Refused, in words for the person at the terminal. */
class Refusal extends Error {}

/** The console of the stack, as a program of the same user may call it. */
class RunningConsole {
  readonly #origin: string;
  readonly #token: string;

  private constructor(origin: string, token: string) {
    this.#origin = origin;
    this.#token = token;
  }

  /** @throws Refusal where no console answers */
  static async at(port: string): Promise<RunningConsole> {
    const origin = `http://127.0.0.1:${port}`;
    const page = await fetch(origin).then(
      (response) => response.text(),
      () => "",
    );
    const token = /<meta name="console-token" content="([\w-]+)">/.exec(page)?.[1];
    if (token !== undefined) return new RunningConsole(origin, token);
    throw new Refusal(
      `no console of a local stack answers at port ${port}: start it with npm start, or name its port with --console-port`,
    );
  }

  /** @throws Refusal with the words of the console */
  async ask(path: string, body?: object): Promise<unknown> {
    const headers = { "x-console-token": this.#token, "content-type": "application/json" };
    const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(`${this.#origin}${path}`, init);
    const answer = jsonIn(await response.text());
    if (response.ok) return answer;
    throw new Refusal(textOf(objectOf(answer)["message"]) ?? `the console answered ${response.status}`);
  }
}

async function main(words: readonly string[]): Promise<number> {
  const parsed = readArguments(words);
  if (parsed === undefined || parsed.help) {
    (parsed === undefined ? process.stderr : process.stdout).write(HELP);
    return parsed === undefined ? 1 : 0;
  }
  try {
    const running = await RunningConsole.at(parsed.port);
    for (const line of parsed.id === undefined ? await list(running) : await save(running, parsed)) {
      process.stdout.write(`${printable(line)}\n`);
    }
    return 0;
  } catch (error) {
    process.stderr.write(`${printableLines(messageOf(error))}\n`);
    return 1;
  }
}

async function list(running: RunningConsole): Promise<readonly string[]> {
  const events = objectsOf(await running.ask("/api/events"));
  if (events.length === 0) return ["no events yet: sign in, or call the API"];
  return events.map(({ id, at, functionName, about, answered }) => {
    const time = new Date(Number(at)).toLocaleTimeString("en-GB");
    return `${String(id).padStart(4)}  ${time}  ${String(functionName).padEnd(19)} ${String(about)} -> ${String(answered)}`;
  });
}

async function save(running: RunningConsole, { id, name, what }: Arguments): Promise<readonly string[]> {
  const { path, command, differs } = objectOf(await running.ask("/api/event/save", { id, name, what }));
  return [
    `saved ${String(path)}`,
    `  run it: ${String(command)}`,
    ...(typeof differs === "string" ? [`  look at it: ${differs}`] : []),
  ];
}

process.exitCode = await main(process.argv.slice(2));
