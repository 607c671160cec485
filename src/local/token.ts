import { ClaimgateError } from "../errors.ts";
import { localTokens, PERSONAS_FILE } from "./local-tokens.ts";
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

/** Undefined where the arguments make no sense. */
function parseArguments(words: readonly string[]): Arguments | undefined {
  const names: string[] = [];
  let kind: TokenKind = "token";
  let personas = PERSONAS_FILE;
  let data = ".local";
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const value = words[index + 1];
    if (word === "--id") kind = "id-token";
    else if (word === "--expired") kind = "expired-token";
    else if (word === "--events" && value !== undefined) {
      personas = value;
      index += 1;
    } else if (word === "--data" && value !== undefined) {
      data = value;
      index += 1;
    } else if (word.startsWith("-")) return undefined;
    else names.push(word);
  }
  const [name, other] = names;
  return name === undefined || other !== undefined ? undefined : { name, kind, personas, data };
}

function main(words: readonly string[]): number {
  if (words.includes("--help") || words.includes("-h")) {
    process.stdout.write(HELP);
    return 0;
  }
  const parsed = parseArguments(words);
  if (parsed === undefined) {
    process.stderr.write(HELP);
    return 1;
  }
  try {
    const mint = localTokens(parsed.data, parsed.personas);
    process.stdout.write(`${mint(parsed.name, parsed.kind)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ClaimgateError || error instanceof RangeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
