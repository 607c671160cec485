import type { ApiRoute } from "../../import/casbin/api-routes.ts";
import { CommandError } from "../../machine/command-error.ts";
import { isDecidedByPath } from "../../service/decided-by-path.ts";
import { resolveService } from "../../service/resolved-service.ts";
import type { Service } from "../../service/service.ts";
import type { StageArguments } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";

/** The routes of the HTTP and REST API of serverless.yml. @throws CommandError */
export async function apiOfService(
  { directory, output }: Context,
  { stage, region, param }: StageArguments,
): Promise<readonly ApiRoute[]> {
  output.progress("Reading serverless.yml ...");
  const { service } = await resolveService({ directory, stage, region, params: param });
  const api = service.routes.flatMap((one): ApiRoute[] =>
    one.gateway === "websocket"
      ? []
      : [{ gateway: one.gateway, route: one.route, byPath: isDecidedByPath(service, one), at: one.at }],
  );
  if (api.length === 0 || !service.routesComplete) throw incomplete(service, api.length);
  return api;
}

/** Of routes that are not known, no row can be exact. */
function incomplete({ file }: Service, count: number): CommandError {
  const message =
    count === 0
      ? `${file} has no route of an HTTP or REST API`
      : `${file} does not have all routes of its APIs: an API is of another stack, or has CloudFormation resources for routes`;
  return new CommandError("service_without_routes", message, {
    fix: "convert without `--service`; `claimgate check --service` names the routes that are missing",
  });
}
