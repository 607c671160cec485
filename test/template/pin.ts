import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readTemplate } from "../../src/tools/cloudformation/template.ts";
import { printReplacement, replacedResources } from "../../src/tools/template-checks/upgrades/replaced.ts";
import { pinOf } from "../../src/tools/template-checks/upgrades/stateful.ts";
import { packageVariant } from "./packaging.ts";
import { PIN } from "./pin-file.ts";

// `npm run pin:stateful`: what `npm run test:template` holds later templates against.

const USAGE = `npm run pin:stateful -- [options]

Packages the default stage and writes its user pool, clients, domain, groups and identity pool to
${PIN}. Refuses where an update from the old pin would replace or lose one of them.

  --replace   write it all the same: everybody who has deployed the stack loses what is named
  --help      print this

Ends with 0 (written), 2 (refused), 1 (could not package).
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { replace: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    return await pin(values.replace ?? false);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function pin(force: boolean): Promise<number> {
  const { template } = await packageVariant("dev");
  const before: unknown = existsSync(PIN) ? JSON.parse(readFileSync(PIN, "utf8")) : { Resources: {} };
  const lost = replacedResources(before, template);
  for (const one of lost) process.stdout.write(`${printReplacement(one)}\n`);
  if (lost.length > 0 && !force) {
    process.stdout.write(`${PIN} is left as it was; --replace writes it all the same\n`);
    return 2;
  }
  const text = JSON.stringify(pinOf(readTemplate(template)), null, 2);
  writeFileSync(PIN, `${text}\n`);
  return 0;
}
