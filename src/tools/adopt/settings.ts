import { objectOf, textOf } from "../../json.ts";
import { knownText } from "../cloudformation/known-text.ts";
import { clientNameOf } from "../cloudformation/logical-names.ts";
import { selectedPart } from "../cloudformation/selected-part.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import { namedBy } from "../cloudformation/values.ts";
import type { GatewayKind } from "../service/service.ts";
import type { ServiceSource } from "../service/service-source.ts";
import type { GivenRoute, GivenToday } from "./given-today.ts";
import type { TrustedPool } from "./trusted-pool.ts";

/** What somebody says on the command line about what serverless.yml does not. */
export interface Told {
  /** The id of the user pool. */
  readonly userPoolId?: string | undefined;
  /** Name of an app client in policies -> its id. */
  readonly appClients: ReadonlyMap<string, string>;
  /** Whether the triggers of the pool become claimgate's. */
  readonly triggers: boolean;
  /** The directory of the policy. */
  readonly policies: string;
}

/** `custom.claimgate` of serverless.yml, and what it still lacks. */
export interface Settings {
  readonly value: Readonly<Record<string, unknown>>;
  /** What is not known, a sentence each. */
  readonly missing: readonly string[];
}

const TRIGGERS = ["preSignUp", "postConfirmation", "preTokenGeneration"];

/** The settings of the plugin for what the service gives today. */
export function settingsFor(source: ServiceSource, today: GivenToday, told: Told): Settings {
  const missing: string[] = [];
  const pool = poolOf(source, today, told);
  if (pool === undefined)
    missing.push("`userPool`: the user pool whose tokens count, by its logical id or its id");
  const clients = clientsOf(source, today, pool, told);
  if (Object.keys(clients).length === 0) {
    missing.push("`appClients`: the app clients whose tokens count, `NAME: ID` each");
  }
  const triggers = triggersFor(source, today, told);
  return {
    value: {
      ...(told.policies === "policies" ? {} : { policies: told.policies }),
      ...(pool === undefined ? {} : { userPool: settingOf(pool) }),
      appClients: clients,
      authorizers: gatewaysOf(today.routes),
      ...(triggers.length === 0 ? {} : { triggers }),
      ...(pool?.kind === "resource" ? { groups: true } : {}),
    },
    missing,
  };
}

/** The gateways whose routes claimgate decides: each needs an authorizer of its own. */
export function gatewaysOf(routes: readonly GivenRoute[]): readonly GatewayKind[] {
  const guarded = routes.filter(({ given }) => given.to === "subjects" || given.to === "roles");
  return (["http", "rest", "websocket"] as const).filter((kind) =>
    guarded.some(({ route }) => route.gateway === kind),
  );
}

function poolOf(source: ServiceSource, today: GivenToday, { userPoolId }: Told): TrustedPool | undefined {
  if (userPoolId !== undefined) return { kind: "id", id: userPoolId };
  if (today.trust !== undefined) return today.trust.pool;
  const [own, ...more] = resourcesOf(source, "AWS::Cognito::UserPool");
  return own === undefined || more.length > 0 ? undefined : { kind: "resource", id: own.id };
}

/** An ARN and an issuer URL end in the id of the pool. */
function settingOf(pool: TrustedPool): unknown {
  switch (pool.kind) {
    case "resource":
    case "id":
      return pool.id;
    case "arn":
      return selectedPart(pool.value, "/", 1);
    case "issuer":
      return selectedPart(pool.value, "/", 3);
    case "other":
      return undefined;
  }
}

function clientsOf(
  source: ServiceSource,
  today: GivenToday,
  pool: TrustedPool | undefined,
  told: Told,
): Readonly<Record<string, unknown>> {
  if (told.appClients.size > 0) return Object.fromEntries(told.appClients);
  const audience = today.trust?.audience;
  if (audience !== undefined) {
    return named(
      audience.map((value, index) => {
        const [id] = namedBy(value);
        if (id !== undefined && source.resources.has(id)) return id;
        return [audience.length === 1 ? "app" : `app${index + 1}`, knownText(source, value) ?? value];
      }),
    );
  }
  if (pool?.kind !== "resource") return {};
  const own = resourcesOf(source, "AWS::Cognito::UserPoolClient").filter(({ properties }) =>
    namedBy(properties["UserPoolId"]).includes(pool.id),
  );
  return named(own.map(({ id }) => id));
}

/** Clients of the stack by the name that policies give them, or by their logical id if another has that name. */
function named(clients: readonly (string | readonly [string, unknown])[]): Readonly<Record<string, unknown>> {
  const names = new Map<string, unknown>();
  for (const client of clients) {
    const [name, value] = typeof client === "string" ? [clientNameOf(client), client] : client;
    names.set(names.has(name) && typeof client === "string" ? client : name, value);
  }
  return Object.fromEntries(names);
}

/** The triggers that become claimgate's: those that the pool does not have, if any are wanted. */
export function triggersFor(source: ServiceSource, today: GivenToday, told: Told): readonly string[] {
  if (!told.triggers) return [];
  const pool = poolOf(source, today, told);
  const configured =
    pool?.kind === "resource" ? source.resources.get(pool.id)?.properties["LambdaConfig"] : undefined;
  const taken = new Set([
    ...Object.keys(objectOf(configured)),
    ...source.functions.flatMap(({ events }) =>
      events.flatMap(({ cognitoUserPool }) => textOf(objectOf(cognitoUserPool)["trigger"]) ?? []),
    ),
  ]);
  return TRIGGERS.filter((name) => {
    const spelled = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
    return !taken.has(spelled) && !taken.has(`${spelled}Config`);
  });
}
