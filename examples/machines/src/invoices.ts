import { readCaller } from "claimgate/caller";

interface Request {
  readonly httpMethod: string;
  readonly resource: string;
}

/** The caller is a person or a machine: `kind` says which, and `client` is the name in serverless.yml. */
export async function handler(event: Request) {
  const caller = readCaller(event);
  if (caller === undefined) return answer(403, { message: "Forbidden" });
  const by = caller.kind === "machine" ? caller.client : caller.sub;
  return answer(200, { did: `${event.httpMethod} ${event.resource}`, by, permission: caller.permission });
}

function answer(statusCode: number, body: unknown) {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
