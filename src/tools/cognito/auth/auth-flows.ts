import { CognitoError, invalidParameter } from "../cognito-error.ts";
import type { ClientConfig, PoolConfig } from "../config/pool-config.ts";

/** What an app client allows that names no flows. */
const USUAL_FLOWS = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"];

/** The names before `ALLOW_`; a client that uses them never had to name SRP and refresh. */
const FORMER_FLOWS: ReadonlyMap<string, string> = new Map([
  ["ADMIN_NO_SRP_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
  ["USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
  ["CUSTOM_AUTH_FLOW_ONLY", "ALLOW_CUSTOM_AUTH"],
]);

/** Flow of a request -> what the client has to allow. */
const NEEDS = {
  USER_SRP_AUTH: "ALLOW_USER_SRP_AUTH",
  USER_PASSWORD_AUTH: "ALLOW_USER_PASSWORD_AUTH",
  ADMIN_USER_PASSWORD_AUTH: "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  ADMIN_NO_SRP_AUTH: "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  CUSTOM_AUTH: "ALLOW_CUSTOM_AUTH",
  USER_AUTH: "ALLOW_USER_AUTH",
  REFRESH_TOKEN_AUTH: "ALLOW_REFRESH_TOKEN_AUTH",
  REFRESH_TOKEN: "ALLOW_REFRESH_TOKEN_AUTH",
} as const;

export type AuthFlow = keyof typeof NEEDS;

const isFlow = (name: string): name is AuthFlow => Object.hasOwn(NEEDS, name);

/**
 * The flow of this name, where this caller may use it through this client.
 *
 * @param byAdmin whether the caller has AWS credentials: the `ADMIN_` flows are theirs
 * @throws CognitoError `InvalidParameterException`, `FeatureUnavailableInTierException`
 */
export function permittedFlow(
  { tier }: Pick<PoolConfig, "tier">,
  client: ClientConfig,
  name: string,
  byAdmin: boolean,
): AuthFlow {
  if (!isFlow(name)) {
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'authFlow' failed to satisfy constraint: ` +
        `Member must satisfy enum value set: [${Object.keys(NEEDS).join(", ")}]`,
    );
  }
  if (!byAdmin && name.startsWith("ADMIN_")) throw invalidParameter("Initiate Auth method not supported.");
  if (!allowsFlow(client, name)) throw invalidParameter(refusal(name, byAdmin));
  if (name.startsWith("REFRESH_TOKEN") && client.rotationGraceSeconds !== undefined) {
    throw invalidParameter(refusal(name, byAdmin));
  }
  if (name === "USER_AUTH" && tier === "LITE") {
    throw new CognitoError(
      "FeatureUnavailableInTierException",
      "USER_AUTH is not available in the feature plan of this user pool",
    );
  }
  return name;
}

/** Whether `ExplicitAuthFlows` of the client let it begin a sign-in this way. */
export const allowsFlow = (client: ClientConfig, flow: AuthFlow) => allowedFlows(client).has(NEEDS[flow]);

function allowedFlows({ explicitAuthFlows }: ClientConfig): ReadonlySet<string> {
  if (explicitAuthFlows === undefined || explicitAuthFlows.length === 0) return new Set(USUAL_FLOWS);
  const former = explicitAuthFlows.flatMap((flow) => FORMER_FLOWS.get(flow) ?? []);
  if (former.length === 0) return new Set(explicitAuthFlows);
  const only = explicitAuthFlows.includes("CUSTOM_AUTH_FLOW_ONLY");
  return new Set([...former, "ALLOW_REFRESH_TOKEN_AUTH", ...(only ? [] : ["ALLOW_USER_SRP_AUTH"])]);
}

/** AWS has a sentence for each. */
function refusal(flow: AuthFlow, byAdmin: boolean): string {
  if (byAdmin && flow !== "USER_SRP_AUTH") return "Auth flow not enabled for this client";
  return flow === "USER_PASSWORD_AUTH"
    ? "USER_PASSWORD_AUTH flow not enabled for this client"
    : `${flow} is not enabled for the client.`;
}
