import { type JsonObject, objectOf, textOf } from "../../json.ts";
import { type Resource, resourcesOf } from "../cloudformation/template.ts";
import { UNRESOLVED } from "../cloudformation/values.ts";
import type { BothSides } from "./both-sides.ts";
import { validityOf } from "./client-validity.ts";
import { differencesFrom } from "./compare-values.ts";
import { type Comparison, type ComparisonMaker, comparisonsOn } from "./comparison.ts";
import { authorizerVariables, jsonVariable } from "./deployed-variables.ts";
import { directoryComparisons } from "./directory-comparisons.ts";
import { MARKER, writersOf } from "./pool-update/marker.ts";

/** The app clients: their settings against the template, and who may write attributes that decide something. */
export function clientComparisons(sides: BothSides): Comparison[] {
  const { pool } = sides.deployment;
  if (!pool.read || pool.value === undefined) {
    return [comparisonsOn("clients").skipped("client-missing", "there is no user pool to compare")];
  }
  const { clients } = pool.value;
  if (!clients.read) return [comparisonsOn("clients").unread("client-missing", clients.why)];
  const byId = new Map(clients.value.map((client) => [textOf(client["ClientId"]) ?? "", client]));
  return [
    ...resourcesOf(sides.packaged.template, "AWS::Cognito::UserPoolClient").flatMap((resource) =>
      clientComparisonsOf(sides, resource, byId),
    ),
    ...acceptedComparisons(sides, byId),
    ...markerComparisons(clients.value),
    ...directoryComparisons(sides, clients.value),
  ];
}

/** Settings that are compared together; the template and AWS name them alike. */
const COMPARED: readonly (readonly string[])[] = [
  ["ExplicitAuthFlows"],
  ["AllowedOAuthFlows", "AllowedOAuthFlowsUserPoolClient"],
  ["AllowedOAuthScopes"],
  ["CallbackURLs", "LogoutURLs", "DefaultRedirectURI"],
  ["SupportedIdentityProviders"],
  ["AccessTokenValidity", "IdTokenValidity", "RefreshTokenValidity"],
  ["RefreshTokenRotation"],
  ["WriteAttributes", "ReadAttributes"],
  ["GenerateSecret"],
  ["PreventUserExistenceErrors", "EnableTokenRevocation"],
];

function clientComparisonsOf(
  sides: BothSides,
  resource: Resource,
  byId: ReadonlyMap<string, JsonObject>,
): Comparison[] {
  const about = comparisonsOn("clients", resource.id);
  const id = sides.deployment.resources.get(resource.id)?.physicalId ?? "";
  const client = byId.get(id);
  if (client === undefined) {
    return [
      about.wrong("fail", "client-missing", {
        message: id === "" ? "the stack has no such app client yet" : `the pool has no app client ${id}`,
        fix: sides.deploy,
      }),
    ];
  }
  const wanted = normalized(resolved(sides, resource.properties));
  const found = normalized({ ...client, GenerateSecret: client["HasSecret"] });
  return [
    about.ok("client-missing", `it is ${id}`),
    ...COMPARED.map((properties) => compared(sides, about, properties, wanted, found)),
  ];
}

function resolved({ resolve }: BothSides, properties: JsonObject): JsonObject {
  const entries = Object.entries(properties).map(([name, value]): [string, unknown] => [
    name,
    resolve(value),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== UNRESOLVED));
}

/** Normalizes settings: durations get their unit, and a disabled setting equals a missing one. */
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
  { deploy }: BothSides,
  about: ComparisonMaker,
  properties: readonly string[],
  wanted: JsonObject,
  found: JsonObject,
): Comparison {
  const expected = Object.fromEntries(
    properties.flatMap((property) => (wanted[property] === undefined ? [] : [[property, wanted[property]]])),
  ) as JsonObject;
  const [first] = differencesFrom(expected, found);
  if (first === undefined) return about.ok("client-setting", `${properties.join(", ")} as in the template`);
  return about.wrong("fail", "client-setting", {
    message: `${first.path} differs from the template`,
    found: first.found ?? null,
    expected: first.expected,
    fix: `it was changed by hand or never deployed; ${deploy}`,
  });
}

/** Compares the app clients that the deployed authorizers accept with the clients of the pool. */
function acceptedComparisons({ deployment }: BothSides, byId: ReadonlyMap<string, JsonObject>): Comparison[] {
  const accepted = new Map<string, string>();
  for (const { variables } of authorizerVariables(deployment)) {
    for (const [name, id] of Object.entries(jsonVariable(variables, "CLAIMGATE_APP_CLIENTS"))) {
      accepted.set(`client:${name}`, String(id));
    }
  }
  return [...accepted].map(([name, id]) => {
    const about = comparisonsOn("clients", name);
    if (byId.has(id)) return about.ok("client-missing", `the authorizers accept tokens of ${id}`);
    return about.wrong("fail", "client-missing", {
      message: `the authorizers accept tokens of ${id}, which is not an app client of the pool`,
      fix: "deploy again; with a pool of your own, fix the stage parameter existingAppClients",
    });
  });
}

function markerComparisons(clients: readonly JsonObject[]): Comparison[] {
  const writers = writersOf(MARKER, clients);
  if (writers.length === 0) {
    return [comparisonsOn("clients").ok("client-writes", `no app client lets its users write ${MARKER}`)];
  }
  return writers.map(({ client, named }) =>
    comparisonsOn("clients", client).wrong(named ? "fail" : "warn", "client-writes", {
      message: named
        ? `its users may write ${MARKER}, and so prevent the healing of groups`
        : `it has no WriteAttributes, and sources disagree whether its users may then write ${MARKER}`,
      fix: "name the attributes that its users may write, without that one",
    }),
  );
}
