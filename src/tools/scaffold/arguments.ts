import { parseArgs } from "node:util";
import { commandPlan } from "./command.ts";
import { gatewayPlan } from "./gateway.ts";
import { type Name, parseName, ScaffoldError } from "./name.ts";
import type { Plan, Words } from "./plan.ts";
import { rulePlan } from "./rule.ts";

export const USAGE = `npm run scaffold -- rule|command|gateway NAME [options]

Writes the skeleton of a lint rule, a command or a gateway, with its test and its page, and says what is left to do.
NAME is made of lower-case words joined by \`-\`. No file is overwritten: if one exists, nothing is written.

Options:
  --service         the rule is about serverless.yml: it finds nothing where that is not read
  --family FAMILY   the folder of src/tools/cli that a command goes to (default: its name)
  --help            print this

Examples:
  npm run scaffold -- rule row-too-old
  npm run scaffold -- rule route-too-open --service
  npm run scaffold -- command who-was --family ask
  npm run scaffold -- gateway mqtt
`;

/** What the command line asks for. */
export interface Request {
  readonly plan: Plan;
  readonly words: Words;
}

const KINDS = ["rule", "command", "gateway"] as const;
type Kind = (typeof KINDS)[number];

/** @returns undefined for `--help` @throws ScaffoldError */
export function parseRequest(args: readonly string[]): Request | undefined {
  const { positionals, values } = parsed(args);
  if (values.help === true) return undefined;
  const [kind, text, ...more] = positionals;
  if (!isKind(kind) || text === undefined || more.length > 0) {
    const said = kind === undefined || isKind(kind) ? "" : `there is no scaffold for \`${kind}\`; `;
    throw new ScaffoldError(`${said}expected \`rule\`, \`command\` or \`gateway\` and one name; see --help`);
  }
  if (values.family !== undefined && kind !== "command") {
    throw new ScaffoldError(`--family is for commands, not for a ${kind}`);
  }
  if (values.service === true && kind !== "rule") {
    throw new ScaffoldError(`--service is for rules, not for a ${kind}`);
  }
  const name = parseName(text, kind);
  const family = values.family === undefined ? name : parseName(values.family, "family");
  return {
    plan: planOf(kind, name, { family, service: values.service === true }),
    words: wordsOf(name, family),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        family: { type: "string" },
        service: { type: "boolean" },
      },
    });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new ScaffoldError(`${message}; see --help`, { cause });
  }
}

function isKind(text: string | undefined): text is Kind {
  return KINDS.some((kind) => kind === text);
}

interface Options {
  readonly family: Name;
  readonly service: boolean;
}

function planOf(kind: Kind, name: Name, { family, service }: Options): Plan {
  switch (kind) {
    case "rule":
      return rulePlan(name, service);
    case "command":
      return commandPlan(name, family);
    case "gateway":
      return gatewayPlan(name);
  }
}

const wordsOf = ({ kebab, camel, pascal }: Name, family: Name): Words => ({
  NAME: kebab,
  CAMEL: camel,
  PASCAL: pascal,
  FAMILY: family.kebab,
});
