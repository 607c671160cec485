import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type ApiOperation, apiOperations } from "../../export/openapi/api-operations.ts";
import type { Described } from "../../export/openapi/components.ts";
import { type DocumentHead, newDocument } from "../../export/openapi/new-document.ts";
import { type SecuredDocument, securedDocument } from "../../export/openapi/secured-document.ts";
import { CommandError } from "../../machine/command-error.ts";
import { whyNotRead } from "../../machine/file-reason.ts";
import { basePathOf } from "../../openapi/base-path.ts";
import type { OpenApiDocument } from "../../openapi/document.ts";
import { readOpenApi } from "../../openapi/read-document.ts";
import { type ResolvedService, resolveService } from "../../service/resolved-service.ts";
import type { ServiceRoute } from "../../service/service.ts";
import { UneditableYaml } from "../../text/uneditable-yaml.ts";
import { yamlOf } from "../../text/yaml-nodes.ts";
import { writeChanges } from "../init/write-changes.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { policyOf } from "../terminal/read-policy.ts";
import type { ExportOpenApiArguments } from "./export-arguments.ts";
import type { ExportOpenApiJson } from "./export-openapi-contract.ts";
import { printExportOpenApi } from "./print-export-openapi.ts";

/** `claimgate export openapi`. @throws CommandError, PolicyError */
export async function runExportOpenApi(context: Context, options: ExportOpenApiArguments): Promise<ExitCode> {
  const path = options.into ?? options.output;
  if (path === undefined) {
    throw new CommandError("command_usage", "the document is missing", {
      fix: "write a new one with `-o openapi.yaml`, or give yours with `--into openapi.yaml`",
    });
  }
  const isNew = options.into === undefined;
  if (!isNew) refuseOfNew(options);
  const before = textOf(context, path, isNew);
  const policy = policyOf(context, options);
  const service = options.service === true ? await serviceOf(context, options) : undefined;
  const { operations, leftOut } = apiOperations(policy, service?.service.routes);
  const described: Described = {
    scheme: options.scheme ?? "claimgate",
    loginUrl: options.loginUrl,
    gateways: gatewaysOf(service?.service.routes ?? []),
  };
  const head = { version: options.openapi ?? "3.1", title: titleOf(service) } as const;
  const made = isNew
    ? newFile(path, operations, described, head)
    : edited(path, before ?? "", options, (document, basePath, text) =>
        securedDocument({ text, document, basePath }, operations, described),
      );
  const { text, ...changes } = made;
  const isCurrent = before === text;
  const isOutdated = made.unknown.some((one) => one.isOutdated);
  if (options.check !== true && !isCurrent) write(context, { path, before, text, isNew });
  const report: ExportOpenApiJson = {
    ...{ file: path, written: options.check !== true && !isCurrent, stale: !isCurrent || isOutdated },
    ...{ operations: operations.size, ...changes, leftOut },
  };
  if (context.output.format === "json") context.output.json(report);
  else printExportOpenApi(context.output.screen, report, options);
  return options.check === true && report.stale ? EXIT.no : EXIT.ok;
}

/** The name of the service, which its stack has with the stage. */
function titleOf(service: ResolvedService | undefined): string {
  return service === undefined ? "API" : service.stackName.replace(new RegExp(`-${service.stage}$`), "");
}

function refuseOfNew({ openapi }: ExportOpenApiArguments): void {
  if (openapi === undefined) return;
  throw new CommandError("command_usage", "`--openapi` is the version of a new document", {
    fix: "leave it out: your document says its own",
  });
}

function newFile(
  path: string,
  operations: ReadonlyMap<string, ApiOperation>,
  described: Described,
  head: DocumentHead,
): SecuredDocument {
  const document = newDocument(operations.values(), described, head);
  const text = path.endsWith(".json") ? `${JSON.stringify(document, null, 2)}\n` : yamlOf(document);
  const changed = Array.from(operations.values(), (one) => `${one.method} ${one.path}`);
  return { text, changed, unknown: [], missing: [] };
}

/** @throws CommandError `openapi_unusable` if the document has mistakes, or an edit would have to guess */
function edited(
  file: string,
  text: string,
  { basePath }: ExportOpenApiArguments,
  edit: (document: OpenApiDocument, basePath: string, text: string) => SecuredDocument,
): SecuredDocument {
  const document = readOpenApi(file, text);
  const base = basePathOf(document, basePath);
  const problem = document.problems[0] ?? ("problem" in base ? base.problem : undefined);
  if (problem !== undefined) {
    const { line, column, message, fix } = problem;
    throw new CommandError("openapi_unusable", `${file}:${line}:${column}: ${message}`, { fix });
  }
  try {
    return edit(document, "basePath" in base ? base.basePath : "", text);
  } catch (cause) {
    if (!(cause instanceof UneditableYaml)) throw cause;
    throw new CommandError("openapi_unusable", `\`${file}\` cannot be edited: ${cause.message}`, {
      cause,
      fix: "write this part out in the usual way, and run the command again",
    });
  }
}

function gatewaysOf(routes: readonly ServiceRoute[]): Described["gateways"] {
  return new Set(routes.flatMap(({ gateway }) => (gateway === "websocket" ? [] : [gateway])));
}

async function serviceOf(
  { directory, output }: Context,
  { stage, region, param }: ExportOpenApiArguments,
): Promise<ResolvedService> {
  output.progress("Reading serverless.yml ...");
  return resolveService({ directory, stage, region, params: param });
}

/** Undefined if a new document is to be written and there is none yet. @throws CommandError `openapi_unusable` */
function textOf({ directory }: Context, path: string, isNew: boolean): string | undefined {
  const full = resolve(directory, path);
  if (isNew && !existsSync(full)) return undefined;
  try {
    return new TextDecoder("utf8", { fatal: true, ignoreBOM: true }).decode(readFileSync(full));
  } catch (cause) {
    const reason = cause instanceof TypeError ? "it is not UTF-8" : whyNotRead(cause);
    throw new CommandError("openapi_unusable", `\`${path}\` cannot be read: ${reason}`, {
      cause,
      fix: "give your document, or write a new one with `-o`",
    });
  }
}

/** @throws CommandError `file_not_written` */
function write({ directory }: Context, { path, before, text, isNew }: Written): void {
  const changes =
    before === undefined || isNew
      ? { files: [{ path, text }], edits: [] }
      : { files: [], edits: [{ path, before, after: text }] };
  writeChanges(directory, changes, { overwrite: true, dryRun: false });
}

interface Written {
  readonly path: string;
  readonly before: string | undefined;
  readonly text: string;
  readonly isNew: boolean;
}
