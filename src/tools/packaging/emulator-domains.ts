import { jsonIn, objectOf } from "../../json.ts";

/** The domain names of serverless-offline 14: for an authorizer, and for a function behind it. */
const EMULATORS = ["random-api-id.execute-api.us-east-1.amazonaws.com", "offlinecontext_domainname"];

/**
 * `CLAIMGATE_API_DOMAINS` with the domains of the emulator, which serves HTTP APIs at the root for any stage name. As
 * listed domains they make the path of its events begin at the route.
 */
export function withEmulatorDomains(listed: unknown): string {
  const own = objectOf(typeof listed === "string" ? jsonIn(listed) : undefined);
  return JSON.stringify({ ...own, ...Object.fromEntries(EMULATORS.map((name) => [name, ""])) });
}
