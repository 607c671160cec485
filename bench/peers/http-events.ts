import type { BenchRequest } from "../decision-workload.ts";
import { accessToken } from "./tokens.ts";

/** An event of an HTTP API, payload 2.0, with the answer that it must get. */
export interface AskedEvent {
  readonly event: object;
  readonly isAllowed: boolean;
}

/** An event of the request, with a new token whose groups are named like its roles. */
export function eventOf({ route, path, method, subjects }: BenchRequest, token = tokenOf(subjects)): object {
  const authorization = `Bearer ${token}`;
  return {
    version: "2.0",
    type: "REQUEST",
    routeArn: `arn:aws:execute-api:us-east-1:111122223333:abc123/$default/${method}${path}`,
    identitySource: [authorization],
    routeKey: route,
    rawPath: path,
    rawQueryString: "",
    headers: { authorization, accept: "application/json", "user-agent": "bench" },
    requestContext: {
      accountId: "111122223333",
      apiId: "abc123",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.10", userAgent: "bench" },
      requestId: "request-1",
      routeKey: route,
      stage: "$default",
    },
    ...(path.includes("/17/") && { pathParameters: { id: "17" } }),
  };
}

function tokenOf(subjects: readonly string[]): string {
  return accessToken(groupsOf(subjects));
}

export function groupsOf(subjects: readonly string[]): readonly string[] {
  return subjects.map((subject) => subject.slice("role:".length));
}
