import { compilePolicy } from "../../../policy/compile.ts";
import { parsePolicy } from "../../../policy/parse.ts";
import { type FurtherNames, namesModule, policyNames } from "../../front-end/policy-names.ts";
import { parseGroupsFile } from "../../lint/groups-file.ts";
import { readGroupsFile } from "../../machine/policy-files.ts";
import { resolveService } from "../../service/resolved-service.ts";
import { counted } from "../../text/counted.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import type { ExitCode } from "../terminal/exit-code.ts";
import { assertOutputName, type GeneratedArguments, generateFile } from "../terminal/generated-file.ts";
import { type PolicyOptions, placeIn, readPolicies } from "../terminal/policy-options.ts";

export interface TypesArguments extends StageArguments, PolicyOptions, GeneratedArguments {
  readonly service?: true;
}

/** `claimgate types -o FILE.ts`. @throws CommandError; PolicyError if the policy has errors */
export async function runTypes(context: Context, options: TypesArguments): Promise<ExitCode> {
  assertOutputName(options.output, /\.[cm]?ts$/, ".ts or .d.ts");
  const sources = readPolicies(context, options);
  compilePolicy(sources);
  const names = policyNames(parsePolicy(sources.rows).rows, await furtherNames(context, options));
  const summary = [
    counted(names.permissions.length, "permission"),
    counted(names.routes.length, "route"),
    counted(names.roles.length, "role"),
    counted(names.groups.length, "group"),
    counted(names.clients.length, "app client"),
  ].join(", ");
  return generateFile(context, options, namesModule(names), summary);
}

async function furtherNames(context: Context, options: TypesArguments): Promise<FurtherNames> {
  const file = readGroupsFile(placeIn(context, options));
  const groups = (file && parseGroupsFile(file.path, file.text).groups)?.map(({ name }) => name) ?? [];
  if (options.service !== true) return { groups };
  context.output.progress("Reading serverless.yml ...");
  const { stage, region, param: params } = options;
  const { service } = await resolveService({ directory: context.directory, stage, region, params });
  return {
    routes: service.routes.map(({ route }) => route),
    groups: [...groups, ...(service.groups ?? []).map(({ name }) => name)],
    clients: service.clients.map(({ name }) => name),
  };
}
