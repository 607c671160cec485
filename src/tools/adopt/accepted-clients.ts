import { textsOf } from "../../json.ts";
import { knownText } from "../cloudformation/known-text.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import { namedBy } from "../cloudformation/values.ts";
import type { ServiceSource } from "../service/service-source.ts";
import type { Trust } from "./trusted-pool.ts";

/** The app clients whose tokens an authorizer accepts. */
export interface AcceptedClients {
  /** Logical ids of app clients of this stack, ids, or values that only the deployment knows, as text; sorted. */
  readonly names: readonly string[];
  /** Those of this stack. */
  readonly own: readonly AcceptedClient[];
  /** Whether all of them are of this stack. */
  readonly allKnown: boolean;
}

interface AcceptedClient {
  /** OAuth flows: `code`, `client_credentials`; undefined if unknown. */
  readonly flows: readonly string[] | undefined;
  readonly scopes: readonly string[];
}

/** Every app client of a pool elsewhere. */
const EVERY_CLIENT: AcceptedClients = { names: ["every app client"], own: [], allKnown: false };

/** A COGNITO_USER_POOLS authorizer accepts every client of its pool; of those, claimgate accepts the stack's. */
export function acceptedClients(source: ServiceSource, { pool, audience }: Trust): AcceptedClients {
  const clients = resourcesOf(source, "AWS::Cognito::UserPoolClient");
  if (audience === undefined) {
    if (pool.kind !== "resource") return EVERY_CLIENT;
    const own = clients.filter(({ properties }) => namedBy(properties["UserPoolId"]).includes(pool.id));
    return {
      names: own.length === 0 ? EVERY_CLIENT.names : own.map(({ id }) => id).sort(),
      own: own.map((client) => read(source, client.properties)),
      allKnown: true,
    };
  }
  const found = audience.map((value) => clients.find(({ id }) => namedBy(value).includes(id)));
  const names = audience.map(
    (value, index) => found[index]?.id ?? knownText(source, value) ?? JSON.stringify(value),
  );
  return {
    names: [...new Set(names)].sort(),
    own: found.flatMap((client) => (client === undefined ? [] : [read(source, client.properties)])),
    allKnown: found.every((client) => client !== undefined),
  };
}

export function sameClients(a: AcceptedClients, b: AcceptedClients): boolean {
  return JSON.stringify(a.names) === JSON.stringify(b.names);
}

/** Whether one of them gives tokens to machines, with the scope if given; assumed of unknown clients. */
export function haveMachines({ own, allKnown }: AcceptedClients, scope?: string): boolean {
  return (
    !allKnown ||
    own.some(
      ({ flows, scopes }) =>
        (flows?.includes("client_credentials") ?? true) &&
        // It may leave its scopes to the plugin.
        (scope === undefined || scopes.length === 0 || scopes.includes(scope)),
    )
  );
}

/** Whether a user can sign in with one of the known clients and ask for the scope. */
export function usersMayAsk({ own }: AcceptedClients, scope: string): boolean {
  return own.some(
    ({ flows, scopes }) =>
      scopes.includes(scope) && (flows === undefined || flows.some((flow) => flow !== "client_credentials")),
  );
}

function read(source: ServiceSource, properties: Readonly<Record<string, unknown>>): AcceptedClient {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: scopes = [] } = properties;
  const isPlain = Array.isArray(flows) && flows.every((flow) => typeof flow === "string");
  return {
    flows: isPlain ? textsOf(flows) : undefined,
    scopes: [scopes].flat().flatMap((scope) => knownText(source, scope) ?? []),
  };
}
