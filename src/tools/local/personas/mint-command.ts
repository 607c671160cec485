import { parseArgs } from "node:util";
import { ClaimgateError } from "../../../errors.ts";
import { localMinter, PERSONAS_FILE } from "./local-minter.ts";
import type { TokenKind } from "./minting.ts";

const HELP = `usage: npm run --silent token -- NAME [--id | --expired] [--events FILE] [--data DIRECTORY]

Prints a token of the local user pool for one of the personas of ${PERSONAS_FILE}. Functions that run on this
machine accept it; deployed ones do not.

  --id              an identity token, which the authorizer refuses
  --expired         an access token that has expired
  --events FILE     the personas (default ${PERSONAS_FILE})
  --data DIRECTORY  the data of the local pool; its key is under keys/ (default .local)
`;

interface Arguments {
  readonly name: string;
  readonly kind: TokenKind;
  readonly personas: string;
  readonly data: string;
}

/** Undefined if the arguments are invalid. */
function readArguments(words: readonly string[]): Arguments | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        id: { type: "boolean" },
        expired: { type: "boolean" },
        events: { type: "string", default: PERSONAS_FILE },
        data: { type: "string", default: ".local" },
      },
    });
    const [name, other] = positionals;
    if (name === undefined || other !== undefined || (values.id && values.expired)) return undefined;
    const kind = values.id ? "id-token" : values.expired ? "expired-token" : "token";
    return { name, kind, personas: values.events, data: values.data };
  } catch {
    return undefined;
  }
}

function main(words: readonly string[]): number {
  if (words.includes("--help") || words.includes("-h")) {
    process.stdout.write(HELP);
    return 0;
  }
  const parsed = readArguments(words);
  if (parsed === undefined) {
    process.stderr.write(HELP);
    return 1;
  }
  try {
    const mint = localMinter(parsed.data, parsed.personas);
    process.stdout.write(`${mint(parsed.name, parsed.kind)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ClaimgateError || error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
