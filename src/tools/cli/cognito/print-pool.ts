import type { ClientConfig } from "../../cognito/config/pool-config.ts";
import { jwksPath } from "../../cognito-server/http/well-known.ts";
import type { UserPool } from "../../cognito-server/user-pool.ts";
import type { Screen } from "../../machine/screen.ts";
import type { CognitoClientJson, CognitoJson } from "./cognito-contract.ts";

/** What is needed to use a pool that is served. */
export function poolReport({ url, pool }: UserPool): CognitoJson {
  const { place, clients } = pool.config;
  return {
    endpoint: url,
    userPoolId: place.userPoolId,
    region: place.region,
    issuer: place.issuer,
    jwksUrl: `${url}${jwksPath(place)}`,
    mailboxUrl: `${url}/_mailbox`,
    clients: clients.map((client) => clientReport(url, client)),
    users: pool.users.size,
  };
}

function clientReport(
  url: string,
  { name, id, secret, flows, callbackUrls }: ClientConfig,
): CognitoClientJson {
  const [callback] = callbackUrls;
  const query = new URLSearchParams({ client_id: id, response_type: "code", redirect_uri: callback ?? "" });
  return {
    name,
    id,
    ...(secret === undefined ? {} : { secret }),
    ...(callback === undefined || !flows.includes("code")
      ? {}
      : { signInUrl: `${url}/oauth2/authorize?${query}` }),
  };
}

/** @param expected the port that was asked for */
export function printPool(screen: Screen, report: CognitoJson, expected: number): void {
  const { endpoint, userPoolId, issuer, jwksUrl, mailboxUrl, clients, users } = report;
  const { port } = new URL(endpoint);
  if (expected !== 0 && Number(port) !== expected) {
    screen.line(`Port ${expected} is taken; this pool uses ${port} instead.`);
  }
  screen.heading("Ready");
  screen.line(`  endpoint   ${endpoint}`);
  screen.line(`  user pool  ${userPoolId} (${users} ${users === 1 ? "user" : "users"})`);
  screen.line(`  issuer     ${issuer}`);
  screen.line(`  keys       ${jwksUrl}`);
  screen.line(`  mails      ${mailboxUrl}`);
  for (const { name, id, secret, signInUrl } of clients) {
    screen.line(`  client     ${name}: ${id}${secret === undefined ? "" : `, secret ${secret}`}`);
    if (signInUrl !== undefined) screen.line(`             sign in: ${signInUrl}`);
  }
  screen.line("\nCtrl-C stops it.");
}
