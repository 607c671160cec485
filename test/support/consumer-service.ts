import { cpSync } from "node:fs";
import { LOCAL } from "../../src/tools/local/identifiers.ts";
import { tokenOf } from "./authorization.ts";
import type { ConsumerProject, ConsumerRun, Invoked } from "./consumer-project.ts";

/** The service of test/fixtures/consumer in a project. */
export interface ConsumerService {
  /** Writes serverless.yml with some of its text replaced. */
  edited(...replacements: readonly Replacement[]): void;
  /** The same, and packages it. @throws Error with what the framework says */
  packaged(...replacements: readonly Replacement[]): void;
  /** Packages it with another text of a file, which is as before afterwards. */
  packagedWith(file: string, change: (text: string) => string): ConsumerRun;
  /** What the packaged authorizer of the HTTP API answers. */
  http(token: string, path?: string, routeKey?: string): Invoked;
  /** What the packaged authorizer of the REST API answers. */
  rest(token: string): Invoked;
}

type Replacement = readonly [old: string, next: string];

export function consumerService(project: ConsumerProject): ConsumerService {
  cpSync("test/fixtures/consumer", project.folder, { recursive: true });
  project.write("policies/model.conf", project.read("node_modules/claimgate/policies/model.conf"));
  const service = project.read("serverless.yml");
  const edited = (...replacements: readonly Replacement[]) => {
    let text = service;
    for (const [old, next] of replacements) {
      if (!text.includes(old)) throw new Error(`serverless.yml has no \`${old}\``);
      text = text.replace(old, () => next);
    }
    project.write("serverless.yml", text);
  };
  return {
    edited,
    packaged: (...replacements) => {
      edited(...replacements);
      const { status, output } = project.sls("package");
      if (status !== 0) throw new Error(output);
    },
    packagedWith: (file, change) => {
      const good = project.read(file);
      project.write(file, change(good));
      const run = project.sls("package");
      project.write(file, good);
      return run;
    },
    http: (...asked) => project.invoke("httpAuthorizer", httpEvent(...asked), ENVIRONMENT),
    rest: (token) => project.invoke("restAuthorizer", restEvent(token), ENVIRONMENT),
  };
}

/** Where claimgate/serverless is, seen from serverless-esbuild; the service has the first. */
export const PLUGIN_ORDERS = {
  before: "  - claimgate/serverless\n  - serverless-esbuild\n",
  after: "  - serverless-esbuild\n  - claimgate/serverless\n",
};

/** What the deployment fills in, with the values of the tests. */
export const ENVIRONMENT = {
  CLAIMGATE_USER_POOL_ID: LOCAL.userPoolId,
  CLAIMGATE_APP_CLIENTS: JSON.stringify(LOCAL.appClients),
};

/** The event of the authorizer of an HTTP API. */
export const httpEvent = (token: string, path = "/orders/17", routeKey = "GET /orders/{orderId}") => ({
  version: "2.0",
  type: "REQUEST",
  routeArn: `arn:aws:execute-api:us-east-1:111122223333:abc123/$default/GET${path}`,
  identitySource: [`Bearer ${token}`],
  routeKey,
  rawPath: path,
  rawQueryString: "",
  headers: { authorization: `Bearer ${token}` },
  requestContext: {
    domainName: "abc123.execute-api.us-east-1.amazonaws.com",
    http: { method: "GET", path },
    requestId: "JKJaXmPLvHcESHA=",
    routeKey,
    stage: "$default",
  },
  pathParameters: { orderId: "17" },
});

/** The event of the authorizer of a REST API. */
const restEvent = (token: string) => ({
  type: "REQUEST",
  methodArn: "arn:aws:execute-api:us-east-1:111122223333:abc123/dev/GET/reports/17",
  resource: "/reports/{orderId}",
  path: "/reports/17",
  httpMethod: "GET",
  headers: { Authorization: `Bearer ${token}` },
  multiValueHeaders: { Authorization: [`Bearer ${token}`] },
  pathParameters: { orderId: "17" },
  requestContext: {
    domainName: "abc123.execute-api.us-east-1.amazonaws.com",
    path: "/dev/reports/17",
    stage: "dev",
    requestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
    resourcePath: "/reports/{orderId}",
    httpMethod: "GET",
  },
});

/** A token that may read orders. */
export const staff = () => tokenOf("alice", { "cognito:groups": ["staff"] });
/** A token that may only list them. */
export const nobody = () => tokenOf("alice", { "cognito:groups": undefined });
