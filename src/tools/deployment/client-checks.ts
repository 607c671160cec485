import { type JsonObject, jsonIn, objectOf, textOf } from "../../json.ts";
import { type Resource, resourcesOf } from "../cloudformation/template.ts";
import { UNRESOLVED } from "../cloudformation/values.ts";
import { type Check, type CheckMaker, checksOn } from "./check.ts";
import { validityOf } from "./client-validity.ts";
import { differencesFrom } from "./compare-values.ts";
import type { Comparison } from "./comparison.ts";
import { MARKER, writersOf } from "./pool-update/marker.ts";

/** The app clients: their settings against the template, and who may write what decides. */
export function clientChecks(comparison: Comparison): Check[] {
  const { pool } = comparison.deployment;
  if (!pool.read || pool.value === undefined) {
    return [checksOn("clients").skipped("client-exists", "there is no user pool to look at")];
  }
  const { clients } = pool.value;
  if (!clients.read) return [checksOn("clients").unread("client-exists", clients.why)];
  const byId = new Map(clients.value.map((client) => [textOf(client["ClientId"]) ?? "", client]));
  return [
    ...resourcesOf(comparison.packaged.template, "AWS::Cognito::UserPoolClient").flatMap((resource) =>
      clientChecksOf(comparison, resource, byId),
    ),
    ...acceptedChecks(comparison, byId),
    ...markerChecks(clients.value),
  ];
}

/** Name of the check -> the properties that it compares, named alike in the template and by AWS. */
const COMPARED: Readonly<Record<string, readonly string[]>> = {
  "client-auth-flows": ["ExplicitAuthFlows"],
  "client-oauth-flows": ["AllowedOAuthFlows", "AllowedOAuthFlowsUserPoolClient"],
  "client-scopes": ["AllowedOAuthScopes"],
  "client-urls": ["CallbackURLs", "LogoutURLs", "DefaultRedirectURI"],
  "client-providers": ["SupportedIdentityProviders"],
  "client-token-validity": ["AccessTokenValidity", "IdTokenValidity", "RefreshTokenValidity"],
  "client-refresh-rotation": ["RefreshTokenRotation"],
  "client-attributes": ["WriteAttributes", "ReadAttributes"],
  "client-secret": ["GenerateSecret"],
  "client-protection": ["PreventUserExistenceErrors", "EnableTokenRevocation"],
};

function clientChecksOf(
  comparison: Comparison,
  resource: Resource,
  byId: ReadonlyMap<string, JsonObject>,
): Check[] {
  const about = checksOn("clients", resource.id);
  const id = comparison.deployment.resources.get(resource.id)?.physicalId ?? "";
  const client = byId.get(id);
  if (client === undefined) {
    return [
      about.wrong("fail", "client-exists", {
        message: id === "" ? "the stack has no such app client yet" : `the pool has no app client ${id}`,
        fix: comparison.deploy,
      }),
    ];
  }
  const wanted = normalized(resolved(comparison, resource.properties));
  const found = normalized({ ...client, GenerateSecret: client["HasSecret"] });
  return [
    about.ok("client-exists", `it is ${id}`),
    ...Object.entries(COMPARED).map(([name, properties]) =>
      compared(comparison, about, name, properties, wanted, found),
    ),
  ];
}

function resolved({ resolve }: Comparison, properties: JsonObject): JsonObject {
  const entries = Object.entries(properties).map(([name, value]): [string, unknown] => [
    name,
    resolve(value),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== UNRESOLVED));
}

/** So that the same setting looks the same: durations with their unit, and what is off like what is not there. */
function normalized(settings: JsonObject): JsonObject {
  const rotation = objectOf(settings["RefreshTokenRotation"]);
  const rotates = rotation["Feature"] === "ENABLED";
  return {
    ...settings,
    ...validityOf(settings),
    RefreshTokenRotation: rotates ? rotation : "off",
    GenerateSecret: settings["GenerateSecret"] ?? false,
  };
}

function compared(
  { deploy }: Comparison,
  about: CheckMaker,
  name: string,
  properties: readonly string[],
  wanted: JsonObject,
  found: JsonObject,
): Check {
  const expected = Object.fromEntries(
    properties.flatMap((property) => (wanted[property] === undefined ? [] : [[property, wanted[property]]])),
  ) as JsonObject;
  const [first] = differencesFrom(expected, found);
  if (first === undefined) return about.ok(name, "as in the template");
  return about.wrong("fail", name, {
    message: `${first.path} is not what the template says`,
    found: first.found ?? null,
    expected: first.expected,
    fix: `somebody changed it, or it was never deployed; ${deploy}`,
  });
}

/** The app clients that the deployed authorizers accept are clients of the pool. */
function acceptedChecks({ deployment }: Comparison, byId: ReadonlyMap<string, JsonObject>): Check[] {
  const accepted = new Map<string, string>();
  for (const reading of deployment.functions.values()) {
    const configuration = reading.read ? reading.value?.configuration : undefined;
    const variables = objectOf(objectOf(configuration?.["Environment"])["Variables"]);
    for (const [name, id] of Object.entries(jsonObject(variables["CLAIMGATE_APP_CLIENTS"]))) {
      accepted.set(`client:${name}`, String(id));
    }
  }
  return [...accepted].map(([name, id]) => {
    const about = checksOn("clients", name);
    if (byId.has(id)) return about.ok("client-accepted", `the authorizers accept tokens of ${id}`);
    return about.wrong("fail", "client-accepted", {
      message: `the authorizers accept tokens of ${id}, which is no app client of the pool`,
      fix: "deploy again; with a pool of your own, mend the stage parameter existingAppClients",
    });
  });
}

function jsonObject(text: unknown): JsonObject {
  return objectOf(jsonIn(textOf(text) ?? ""));
}

function markerChecks(clients: readonly JsonObject[]): Check[] {
  const writers = writersOf(MARKER, clients);
  if (writers.length === 0) {
    return [checksOn("clients").ok("client-writes-marker", `no app client lets its users write ${MARKER}`)];
  }
  return writers.map(({ client, named }) =>
    checksOn("clients", client).wrong(named ? "fail" : "warn", "client-writes-marker", {
      message: named
        ? `its users may write ${MARKER}, and so keep groups from being given back`
        : `it has no WriteAttributes, and sources disagree whether its users may write ${MARKER} then`,
      fix: "name the attributes that its users may write, without that one",
    }),
  );
}
