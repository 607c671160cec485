import { readCaller } from "claimgate/caller";

interface Project {
  readonly tenant: string;
  readonly id: string;
  readonly name: string;
}

/** In place of a table whose partition key is the tenant. */
const PROJECTS: readonly Project[] = [
  { tenant: "acme", id: "p1", name: "Rocket" },
  { tenant: "globex", id: "p1", name: "Volcano" },
];

interface Request {
  readonly routeKey: string;
  readonly pathParameters: { readonly tenantId: string };
}

/** The authorizer has compared {tenantId} with the tenant of the token. So the path says whose data to read. */
export async function handler(event: Request) {
  const caller = readCaller(event);
  if (caller === undefined) return answer(403, { message: "Forbidden" });
  if (event.routeKey !== "GET /tenants/{tenantId}/projects") {
    return answer(501, { message: `the example does not implement ${event.routeKey}` });
  }
  const { tenantId } = event.pathParameters;
  return answer(200, { projects: PROJECTS.filter(({ tenant }) => tenant === tenantId) });
}

function answer(statusCode: number, body: unknown) {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
