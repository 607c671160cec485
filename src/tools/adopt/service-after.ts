import { objectOf } from "../../json.ts";
import type { RouteAuthorizer, Service } from "../service/service.ts";
import type { FirstPolicy } from "./first-policy.ts";

const OURS: RouteAuthorizer = { kind: "lambda", name: "claimgate" };

/** What a plan makes of a service. */
interface Adopted {
  readonly policy: FirstPolicy;
  /** `custom.claimgate`. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The service once a plan is carried out, for the linter: the plugin that would say so is not installed yet. */
export function serviceAfter(service: Service, { policy, settings }: Adopted): Service {
  const guarded = new Set(policy.guarded);
  const replaced = new Set(
    service.routes.flatMap(({ route, authorizer }) => (guarded.has(route) ? [authorizer?.name] : [])),
  );
  return {
    ...service,
    routes: service.routes.map((one) => (guarded.has(one.route) ? { ...one, authorizer: OURS } : one)),
    // The settings of claimgate's authorizers are the plugin's.
    authorizers: service.authorizers.filter(({ name }) => !replaced.has(name)),
    clientNames: Object.keys(objectOf(settings["appClients"])),
    groups: settings["groups"] === true ? undefined : service.groups,
  };
}
