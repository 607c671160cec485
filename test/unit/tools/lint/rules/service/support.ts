import { parsePolicy } from "../../../../../../src/policy/parse.ts";
import type { GroupSettings } from "../../../../../../src/tools/lint/groups-file.ts";
import type { Problem, Rule } from "../../../../../../src/tools/lint/rule.ts";
import type {
  RouteAuthorizer,
  Service,
  ServiceAuthorizer,
  ServiceRoute,
} from "../../../../../../src/tools/service/service.ts";

/** An authorizer function that decides by the policy. */
export const LAMBDA: RouteAuthorizer = { kind: "lambda", name: "claimgate" };

/** A service without anything but what is given. */
export function serviceWith(parts: Partial<Service>): Service {
  return {
    file: "serverless.yml",
    routes: [],
    routesComplete: true,
    authorizers: [],
    groups: undefined,
    clients: [],
    clientNames: undefined,
    clientsSwitchedOff: [],
    scopes: undefined,
    copiedClaims: new Map(),
    ...parts,
  };
}

/** A guarded route of an HTTP API, at line 7, unless said otherwise. */
export function route(name: string, parts: Partial<ServiceRoute> = {}): ServiceRoute {
  return { gateway: "http", route: name, functionName: "f", authorizer: LAMBDA, at: atLine(7), ...parts };
}

/** An uncached request authorizer of an HTTP API, at line 9, unless said otherwise. */
export function authorizer(parts: Partial<ServiceAuthorizer> = {}): ServiceAuthorizer {
  return {
    gateway: "http",
    name: "claimgate",
    type: "request",
    stringForm: false,
    resultTtl: 0,
    identitySources: ["$request.header.Authorization"],
    identityValidation: undefined,
    simpleResponses: true,
    payloadVersion: "2.0",
    at: atLine(9),
    ...parts,
  };
}

/** What the rule finds. */
export function problems(
  rule: Rule,
  csv: string,
  service: Service | undefined,
  groupSettings?: readonly GroupSettings[],
): Problem[] {
  const { rows, findings } = parsePolicy([{ path: "policies/test.csv", text: csv }]);
  expect(findings).toEqual([]);
  return [...rule.check({ rows, files: [], service, groupSettings })];
}

/** What the rule finds, as `file:line:column: message; fix`. */
export function found(
  rule: Rule,
  csv: string,
  parts: Partial<Service>,
  groupSettings?: readonly GroupSettings[],
): string[] {
  return problems(rule, csv, serviceWith(parts), groupSettings).map(
    ({ file, line, column, message, fix }) => `${file}:${line}:${column}: ${message}; ${fix}`,
  );
}

/** The beginning of a line of serverless.yml. */
export function atLine(line: number) {
  return { file: "serverless.yml", line, column: 1 };
}
