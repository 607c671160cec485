import { parseArgs } from "node:util";
import { messageOf } from "../../errors.ts";
import { printFindings } from "../../policy/finding.ts";
import { lintDirectory } from "../machine/lint-directory.ts";
import { policiesDirectory } from "../machine/policy-files.ts";
import { printable, printableLines } from "../machine/printable.ts";
import { resolveService } from "../service/resolved-service.ts";
import type { Service } from "../service/service.ts";

// `npm run lint:policy`: what `sls package` says about the policy, without building anything.

const USAGE = `npm run lint:policy -- [options]

Holds the policy against what serverless.yml deploys, as the framework resolves it. Needs no credentials.

  --stage NAME   the stage to look at (default: the one of serverless.yml)
  --help         print this

Ends with 0 (no errors), 3 (errors), 1 (could not look).
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: { readonly stage: string | undefined; readonly help: boolean };
  try {
    options = optionsOf(args);
  } catch (error) {
    process.stderr.write(`${printableLines(messageOf(error))}; see npm run lint:policy -- --help\n`);
    return 1;
  }
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    const { service } = await resolveService({ directory: process.cwd(), stage: options.stage });
    return report(service);
  } catch (error) {
    process.stderr.write(`${printableLines(messageOf(error))}\n`);
    return 1;
  }
}

function optionsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: { stage: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  return { stage: values.stage, help: values.help ?? false };
}

function report(service: Service): number {
  const { errors, warnings, switchedOff } = lintDirectory(policiesDirectory(process.env), service);
  const marked = warnings.map((finding) => ({ ...finding, message: `warning: ${finding.message}` }));
  for (const line of printFindings([...errors, ...marked])) process.stdout.write(`${printable(line)}\n`);
  for (const line of switchedOff) process.stdout.write(`${printableLines(line)}\n`);
  process.stdout.write(`${counted(errors.length, "error")}, ${counted(warnings.length, "warning")}\n`);
  return errors.length === 0 ? 0 : 3;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
