import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { printFinding } from "../../../policy/finding.ts";
import { lintDirectory } from "../../checking/lint-directory.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotWritten } from "../../machine/file-reason.ts";
import type { Screen } from "../../machine/screen.ts";
import { shippedModel } from "../../machine/shipped-model.ts";
import { resolveService } from "../../service/resolved-service.ts";
import { type StarterPolicy, starterPolicy } from "../../service/starter-policy.ts";
import { printCapped } from "../terminal/capped.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { InitJson } from "../terminal/json-contract.ts";
import { type PolicyOptions, placeIn, policiesOf } from "../terminal/policy-options.ts";

export interface InitArguments extends StageArguments, PolicyOptions {
  readonly force?: true;
}

/** `claimgate init`. @throws CommandError */
export async function runInit(context: Context, options: InitArguments): Promise<ExitCode> {
  const { output, directory } = context;
  const policies = policiesOf(context, options);
  output.progress("Reading serverless.yml ...");
  const { stage, region, param: params } = options;
  const { service, lintsPackaging } = await resolveService({ directory, stage, region, params });
  const starter = starterPolicy(service);
  if (starter.guarded.length === 0) throw nothingToGuard(starter);
  const texts = [{ path: "model.conf", text: shippedModel() }, ...starter.files];
  writeAll(
    texts.map(({ path, text }) => ({ path: join(policies, path), text })),
    options.force === true,
    directory,
  );
  const { errors, warnings } = lintDirectory(placeIn(context, options), service);
  const { files: _, ...routes } = starter;
  const report: InitJson = {
    files: texts.map(({ path }) => relative(directory, join(policies, path))),
    ...routes,
    findings: [...errors, ...warnings].map(printFinding),
    lintsPackaging,
  };
  if (output.format === "json") output.json(report);
  else printInit(output.screen, report);
  return EXIT.ok;
}

function nothingToGuard({ open, elsewhere }: StarterPolicy): CommandError {
  const count = open.length + elsewhere.length;
  const message =
    count === 0
      ? "serverless.yml has no route that a policy can decide"
      : "another authorizer decides every route of serverless.yml";
  return new CommandError("service_without_routes", message, {
    fix: "add an `httpApi`, `http` or `websocket` event first; docs/deploying.md shows them with the authorizer",
  });
}

/**
 * Writes all files or none: existing ones are kept unless they may be overwritten.
 * @throws CommandError `file_not_written`
 */
function writeAll(
  files: readonly { readonly path: string; readonly text: string }[],
  overwrite: boolean,
  directory: string,
): void {
  const existing = files.filter(({ path }) => existsSync(path)).map(({ path }) => relative(directory, path));
  if (existing.length > 0 && !overwrite) {
    throw new CommandError(
      "file_not_written",
      `these files already exist: ${existing.join(", ")}; nothing was written`,
      {
        fix: "give another directory with `--policies`, or overwrite them with `--force`",
      },
    );
  }
  try {
    for (const { path, text } of files) {
      mkdirSync(join(path, ".."), { recursive: true });
      writeFileSync(path, text, overwrite ? {} : { flag: "wx" });
    }
  } catch (cause) {
    const why = whyNotWritten(cause);
    throw new CommandError("file_not_written", `the policy could not be written: ${why}`, {
      cause,
      fix: "give another directory with `--policies`",
    });
  }
}

function printInit(screen: Screen, report: InitJson): void {
  const { files, guarded, open, elsewhere, unguarded, findings } = report;
  for (const file of files) screen.line(`wrote ${file}`);
  screen.heading("Routes of serverless.yml");
  screen.line(`  ${guarded.length} with a permission: role:admin may call them, role:reader may read`);
  if (open.length > 0) screen.line(`  ${open.length} public, without an authorizer: ${open.join(", ")}`);
  if (elsewhere.length > 0) {
    screen.line(`  ${elsewhere.length} decided by another authorizer: ${elsewhere.join(", ")}`);
  }
  if (unguarded.length > 0) {
    screen.line(
      screen.style(
        "yellow",
        `  ${unguarded.length} without an authorizer yet: anyone may call them until they have one`,
      ),
    );
  }
  if (findings.length > 0) {
    screen.heading("Findings of the linter");
    printCapped(screen, findings, (finding) => screen.line(`  ${finding}`));
  }
  screen.heading("Next");
  screen.line("  rename permissions in routes.csv and roles.csv, and set who may sign up in sign-up.csv;");
  screen.line("  `claimgate test` tests the policy, `claimgate report -o access.html` shows it;");
  screen.line(
    report.lintsPackaging
      ? "  `sls package` lints it and stops at an error"
      : "  packaging does not lint it: add `claimgate/serverless` to the plugins of serverless.yml",
  );
}
