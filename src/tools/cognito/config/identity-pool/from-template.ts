import { type JsonObject, objectOf, objectsOf, textOf } from "../../../../json.ts";
import type { Name } from "../../../cloudformation/intrinsics.ts";
import { resourcesOf, type Template } from "../../../cloudformation/template.ts";
import { UNRESOLVED, valueWith } from "../../../cloudformation/values.ts";
import type { PoolPlace } from "../pool-config.ts";
import type { IdentityPoolConfig } from "./identity-pool-config.ts";
import { identityPoolOf, providerName } from "./read-identity-pool.ts";

/**
 * The identity pool of a template; undefined where it has none. A value that is known only on AWS counts as absent.
 *
 * @param clientIds logical id of an app client -> its id here
 */
export function identityPoolFromTemplate(
  template: Template,
  place: PoolPlace,
  clientIds: ReadonlyMap<string, string>,
): IdentityPoolConfig | undefined {
  const pool = resourcesOf(template, "AWS::Cognito::IdentityPool")[0];
  if (pool === undefined) return undefined;
  const properties = resolved(template, place, clientIds, pool.properties);
  const provider = providerName(place);
  const own = objectsOf(properties["CognitoIdentityProviders"]).filter(
    ({ ProviderName: name }) => name === provider,
  );
  const attachment = resourcesOf(template, "AWS::Cognito::IdentityPoolRoleAttachment")[0];
  const attached = resolved(template, place, clientIds, attachment?.properties ?? {});
  const tags = resourcesOf(template, "AWS::Cognito::IdentityPoolPrincipalTag")
    .map((resource) => resolved(template, place, clientIds, resource.properties))
    .find(({ IdentityProviderName: name }) => name === provider);
  return identityPoolOf(place, {
    guests: properties["AllowUnauthenticatedIdentities"] === true,
    clients: new Map(
      own.flatMap(({ ClientId: id, ServerSideTokenCheck: check }) =>
        typeof id === "string" ? [[id, { serverSideTokenCheck: check === true }] as const] : [],
      ),
    ),
    roles: objectOf(attached["Roles"]),
    tags: tags ?? {},
    mappings: new Map(
      Object.entries(objectOf(attached["RoleMappings"])).flatMap(([key, mapping]) => {
        // The key is the provider itself, where the mapping does not name it.
        const name = textOf(objectOf(mapping)["IdentityProvider"]) ?? key;
        const client = name.startsWith(`${provider}:`) ? name.slice(provider.length + 1) : undefined;
        return client === undefined ? [] : [[client, objectOf(mapping)] as const];
      }),
    ),
  });
}

function resolved(
  template: Template,
  place: PoolPlace,
  clientIds: ReadonlyMap<string, string>,
  properties: JsonObject,
): JsonObject {
  const look = (name: Name) => lookUp(template, place, clientIds, name);
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, known(value, look)]));
}

/** The value without the parts that nobody knows yet. */
function known(value: unknown, look: (name: Name) => string | undefined): unknown {
  const whole = valueWith(value, look);
  if (whole !== UNRESOLVED) return whole;
  if (Array.isArray(value)) return value.map((item: unknown) => known(item, look));
  const entries = Object.entries(objectOf(value));
  const isIntrinsic = entries.length === 1 && /^(?:Ref|Fn::)/.test(entries[0]?.[0] ?? "");
  return isIntrinsic ? undefined : Object.fromEntries(entries.map(([key, item]) => [key, known(item, look)]));
}

function lookUp(
  template: Template,
  place: PoolPlace,
  clientIds: ReadonlyMap<string, string>,
  { id, attribute }: Name,
): string | undefined {
  const type = template.resources.get(id)?.type;
  if (type === "AWS::IAM::Role" && attribute === "Arn") return `arn:aws:iam::${place.accountId}:role/${id}`;
  if (type === "AWS::Cognito::UserPool") {
    return attribute === "ProviderName"
      ? providerName(place)
      : attribute === undefined
        ? place.userPoolId
        : undefined;
  }
  if (attribute !== undefined) return undefined;
  const pseudo: Readonly<Record<string, string>> = {
    "AWS::Region": place.region,
    "AWS::AccountId": place.accountId,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
  };
  return clientIds.get(id) ?? pseudo[id];
}
