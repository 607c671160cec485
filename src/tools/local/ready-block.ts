import type { DataDirectory } from "./data-directory.ts";
import { LOCAL } from "./identifiers.ts";
import { type Ports, USUAL_PORTS } from "./ports.ts";
import { ALICE } from "./story/story.ts";

/** The values of a run that its commands need. */
export interface RunFacts {
  readonly ports: Ports;
  /** As typed in the terminal, relative to the working directory. */
  readonly data: string;
  readonly functionsLog: string;
  readonly policies: string;
  /** Whether the pool has Alice, so that her password gets a token. */
  readonly hasAlice: boolean;
  /** The secret of the client `reporting`; a service may have no client for machines. */
  readonly secret: string | undefined;
}

/** The usual data directory, which no command needs to be told. */
export const USUAL_DATA = ".local";

/** Where everything is, and commands to copy: each works as printed, in the directory of `npm start`. */
export function readyLines({
  ports,
  data,
  functionsLog,
  policies,
  hasAlice,
  secret,
}: RunFacts): readonly string[] {
  const api = `http://127.0.0.1:${ports.api}`;
  const cognito = `http://127.0.0.1:${ports.cognito}`;
  const kept = dataOption(data);
  const port = ports.websocket === USUAL_PORTS.websocket ? "" : ` --port ${ports.websocket}`;
  const token = hasAlice
    ? `curl -s -u ${ALICE.email}:${ALICE.password} ${cognito}/_access-token`
    : `npm run --silent token -- alice${kept}`;
  return [
    `  HTTP API   ${api}            REST API  ${api}/dev`,
    `  WebSocket  ws://127.0.0.1:${ports.websocket}              npm run --silent connect -- sam${port}${kept}`,
    `  Cognito    ${cognito}            mails     ${cognito}/_mailbox`,
    `  Console    ${consoleUrl(ports)}            users, tokens, calls and the policy in a browser`,
    `  functions log to ${functionsLog}; edit ${policies}/*.csv and call again: it takes effect`,
    "",
    `  TOKEN=$(${token})`,
    `  curl ${api}/orders -H "Authorization: Bearer $TOKEN" -d '{"item":"Teapot","quantity":1}'`,
    `  curl -i ${api}/orders -H "Authorization: Bearer $TOKEN"`,
    ...(secret === undefined
      ? []
      : [
          `  curl -s -u ${LOCAL.appClients.reporting}:${secret} -d grant_type=client_credentials \\`,
          `    ${cognito}/oauth2/token`,
        ]),
  ];
}

/** The address of the console. */
export function consoleUrl({ console: port }: Pick<Ports, "console">): string {
  return `http://127.0.0.1:${port}`;
}

/** ` --data DIRECTORY` for commands on this data directory; empty for the usual one. */
export function dataOption(data: DataDirectory["root"]): string {
  return data === USUAL_DATA ? "" : ` --data ${quoted(data)}`;
}

/** A word for the shell. */
function quoted(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
