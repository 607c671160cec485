import { objectsOf } from "../../json.ts";
import { resourcesOf } from "../cloudformation/template.ts";
import { namedBy } from "../cloudformation/values.ts";
import type { ServiceSource } from "../service/service-source.ts";

/** What the `Schema` of a pool has for the triggers that give groups: docs/rules/marker-missing.md. */
export const MARKER = { Name: "claimgate_assigned", AttributeDataType: "String", Mutable: true } as const;

/** A user pool of the stack that has no marker attribute and gets triggers that write it. */
export interface UnmarkedPool {
  /** Its logical id. */
  readonly id: string;
  /** Logical ids of its app clients that do not say what their users may write, so perhaps the marker too. */
  readonly openClients: readonly string[];
}

/** @param userPool `custom.claimgate.userPool` */
export function unmarkedPool(
  source: ServiceSource,
  userPool: unknown,
  triggers: readonly string[],
): UnmarkedPool | undefined {
  const pool = typeof userPool === "string" ? source.resources.get(userPool) : undefined;
  if (pool === undefined || !triggers.some((name) => name !== "preSignUp")) return undefined;
  const names = objectsOf(pool.properties["Schema"]).map(({ Name: name }) => name);
  if (names.some((name) => name === MARKER.Name || name === `custom:${MARKER.Name}`)) return undefined;
  const clients = resourcesOf(source, "AWS::Cognito::UserPoolClient").filter(({ properties }) =>
    namedBy(properties["UserPoolId"]).includes(pool.id),
  );
  return {
    id: pool.id,
    openClients: clients.flatMap(({ id, properties }) =>
      properties["WriteAttributes"] === undefined ? [id] : [],
    ),
  };
}
