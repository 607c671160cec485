import { objectOf } from "../../json.ts";
import type { RouteAuthorizer, Service } from "../service/service.ts";
import type { AdoptionPlan } from "./plan.ts";

const OURS: RouteAuthorizer = { kind: "lambda", name: "claimgate" };

/** The service once a plan is carried out, for the linter: the plugin that would say so is not installed yet. */
export function serviceAfter(service: Service, { policy, settings }: AdoptionPlan): Service {
  const guarded = new Set(policy.guarded);
  return {
    ...service,
    routes: service.routes.map((one) => (guarded.has(one.route) ? { ...one, authorizer: OURS } : one)),
    // The settings of authorizers are the plugin's.
    authorizers: [],
    clientNames: Object.keys(objectOf(settings["appClients"])),
    groups: settings["groups"] === true ? undefined : service.groups,
  };
}
