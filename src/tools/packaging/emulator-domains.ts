import { jsonIn, objectOf } from "../../json.ts";

/** What serverless-offline 14 calls its domain: to an authorizer, and to a function behind it. */
const EMULATORS = ["random-api-id.execute-api.us-east-1.amazonaws.com", "offlinecontext_domainname"];

/**
 * `CLAIMGATE_API_DOMAINS` with the domains of the emulator, which serves HTTP APIs at the root, whatever their stage is
 * called: as listed ones, so that the path of its events begins at the route.
 */
export function withEmulatorDomains(listed: unknown): string {
  const own = objectOf(typeof listed === "string" ? jsonIn(listed) : undefined);
  return JSON.stringify({ ...own, ...Object.fromEntries(EMULATORS.map((name) => [name, ""])) });
}
