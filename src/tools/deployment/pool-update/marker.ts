import { type JsonObject, objectsOf, textOf, textsOf } from "../../../json.ts";

/**
 * The attribute in which post-confirmation notes that it has assigned a user's groups; see src/triggers/directory.ts.
 */
export const MARKER = "custom:claimgate_assigned";

/** The marker in the form of AddCustomAttributes. An added attribute can never be removed. */
export const MARKER_DEFINITION: JsonObject = {
  Name: MARKER.replace(/^custom:/, ""),
  AttributeDataType: "String",
  Mutable: true,
};

export type MarkerState = "present" | "missing" | "unusable";

/** Whether a described pool has the marker as a mutable string. */
export function markerState(pool: JsonObject): MarkerState {
  const found = objectsOf(pool["SchemaAttributes"]).find(({ Name }) => Name === MARKER);
  if (found === undefined) return "missing";
  return found["AttributeDataType"] === "String" && found["Mutable"] === true ? "present" : "unusable";
}

/** An app client that lets its users write an attribute. */
export interface AttributeWriter {
  /** Its name, else its id. */
  readonly client: string;
  /** Whether `WriteAttributes` names the attribute; false if there is no such list, about which sources disagree. */
  readonly named: boolean;
}

/** The app clients, as DescribeUserPoolClient returns them, whose users may write an attribute. */
export function writersOf(attribute: string, clients: readonly JsonObject[]): AttributeWriter[] {
  return clients.flatMap((client): AttributeWriter[] => {
    const name = textOf(client["ClientName"]) ?? textOf(client["ClientId"]) ?? "an app client";
    const listed = textsOf(client["WriteAttributes"]);
    if (listed.includes(attribute)) return [{ client: name, named: true }];
    // A client for machines has no users.
    return listed.length === 0 && hasUsers(client) ? [{ client: name, named: false }] : [];
  });
}

function hasUsers(client: JsonObject): boolean {
  const flows = textsOf(client["AllowedOAuthFlows"]);
  const signsIn = textsOf(client["ExplicitAuthFlows"]).some(
    (flow) => !/REFRESH_TOKEN|CLIENT_TOKEN/.test(flow),
  );
  return signsIn || flows.length === 0 || flows.some((flow) => flow !== "client_credentials");
}
