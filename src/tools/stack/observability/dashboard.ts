import type { JsonObject } from "../../../json.ts";
import { functionIds } from "../../cloudformation/logical-names.ts";
import { AUTHORIZERS, type StackFunction, TRIGGERS } from "../stack-functions.ts";
import type { ObservedStage } from "./alarms.ts";
import { metricNamespace } from "./log-metrics.ts";

/** A line of a graph: what CloudWatch calls a metric of a widget. */
type Line = readonly unknown[];

interface Graph {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly stat?: string;
  /** A line across it, e.g. the five seconds that Cognito waits. */
  readonly limit?: { readonly label: string; readonly value: number };
}

/** What people write in Logs Insights, over the log groups of some functions. */
interface Query {
  readonly title: string;
  readonly functions: readonly StackFunction[];
  readonly query: string;
}

/**
 * The dashboard of a stage: decisions, refusals by code, durations, errors, throttles, and what Cognito counts.
 * Its text is `Fn::Sub`stituted, so `${...}` in it are names of resources.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 *
 * @param userPoolId CloudFormation text of the pool's id: `${UserPool}`, or an id
 */
export function dashboard(stage: ObservedStage, userPoolId: string): JsonObject {
  const panels = [...decisions(stage), ...functions(stage), ...apis(stage), ...cognito(userPoolId)];
  const body = { widgets: panels.map((panel, index) => ({ ...panel, ...placed(index) })) };
  return {
    Type: "AWS::CloudWatch::Dashboard",
    Properties: {
      DashboardName: `${stage.service}-${stage.stage}`,
      DashboardBody: { "Fn::Sub": JSON.stringify(body) },
    },
  };
}

function decisions(stage: ObservedStage): JsonObject[] {
  const namespace = metricNamespace(stage.service, stage.stage);
  const own = (metric: string, ...options: readonly unknown[]): Line => [namespace, metric, ...options];
  const authorizers = AUTHORIZERS.filter((name) => stage.functions.has(name));
  if (authorizers.length === 0) return [];
  return [
    graph({
      title: "Decisions",
      lines: [
        own("DecisionsAllowed", { label: "allow", color: "#2ca02c" }),
        own("DecisionsDenied", { label: "deny", color: "#d62728" }),
      ],
    }),
    graph({
      title: "Calls without a decision",
      lines: [
        own("TokensRefused", { label: "token refused" }),
        own("AuthorizersFailed", { label: "authorizer failed" }),
        own("KeysUnavailable", { label: "keys unavailable" }),
      ],
    }),
    table({
      title: "Refused tokens and failures by code",
      functions: authorizers,
      query:
        'filter kind in ["token-refused", "authorizer-failed"] | stats count(*) as calls by kind, code | sort calls desc',
    }),
    table({
      title: "Denied routes",
      functions: authorizers,
      query:
        'filter kind = "decision" and effect = "deny" | stats count(*) as calls by route, reason | sort calls desc | limit 20',
    }),
    graph({
      title: "Milliseconds from event to answer, in the authorizers' own account",
      lines: ["p50", "p99", "Maximum"].map((stat) => own("DecisionDuration", { stat, label: stat })),
    }),
  ];
}

function functions({ functions: present }: ObservedStage): JsonObject[] {
  const triggers = TRIGGERS.filter((name) => present.has(name));
  const authorizers = AUTHORIZERS.filter((name) => present.has(name));
  const all = [...triggers, ...authorizers];
  const each = (names: readonly StackFunction[], metric: string, options: JsonObject = {}) =>
    names.map((name): Line => lambda(name, metric, { label: name, ...options }));
  return [
    graph({
      title: "Triggers, milliseconds",
      lines: [
        ...triggers.map((name) => lambda(name, "Duration", { label: `${name} p99`, stat: "p99" })),
        ...triggers.map((name) => lambda(name, "Duration", { label: `${name} most`, stat: "Maximum" })),
      ],
      limit: { label: "Cognito gives up", value: 5000 },
    }),
    ...(authorizers.length === 0
      ? []
      : [
          graph({
            title: "Authorizers, milliseconds, p99",
            lines: each(authorizers, "Duration", { stat: "p99" }),
          }),
        ]),
    graph({
      title: "Lambda errors (a refused sign-up and a 401 of the REST API are among them)",
      lines: each(all, "Errors"),
    }),
    graph({ title: "Throttles", lines: each(all, "Throttles") }),
    graph({ title: "Executions at once", lines: each(all, "ConcurrentExecutions"), stat: "Maximum" }),
    table({
      title: "Cold starts",
      functions: all,
      query:
        'filter @type = "REPORT" and ispresent(@initDuration) | stats count(*) as starts, pct(@initDuration, 50) as p50, max(@initDuration) as most by @log',
    }),
  ];
}

function apis({ httpApi, restApiName, stage }: ObservedStage): JsonObject[] {
  const http = (metric: string): Line => [
    "AWS/ApiGateway",
    metric,
    "ApiId",
    `\${HttpApi}`,
    { label: `HTTP API ${metric}` },
  ];
  const rest = (metric: string): Line => [
    "AWS/ApiGateway",
    metric,
    "ApiName",
    restApiName,
    "Stage",
    stage,
    { label: `REST API ${metric}` },
  ];
  const lines = (ofHttp: readonly string[], ofRest: readonly string[]) => [
    ...(httpApi ? ofHttp.map(http) : []),
    ...(restApiName === undefined ? [] : ofRest.map(rest)),
  ];
  if (!httpApi && restApiName === undefined) return [];
  return [
    graph({
      title: "Requests and errors",
      lines: lines(["Count", "4xx", "5xx"], ["Count", "4XXError", "5XXError"]),
    }),
    graph({ title: "Latency, milliseconds, p99", lines: lines(["Latency"], ["Latency"]), stat: "p99" }),
  ];
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/metrics-for-cognito-user-pools.html */
function cognito(userPoolId: string): JsonObject[] {
  const search = (metric: string, stat: string): Line => [
    {
      expression: `SEARCH('{AWS/Cognito,UserPool,UserPoolClient} UserPool="${userPoolId}" MetricName="${metric}"', '${stat}', ${PERIOD})`,
      label: metric,
    },
  ];
  const events = ["SignUp", "SignIn", "TokenRefresh", "Federation"];
  return [
    graph({
      title: "Cognito: successes by app client",
      lines: events.map((name) => search(`${name}Successes`, "Sum")),
    }),
    graph({
      title: "Cognito: throttled by app client",
      lines: events.map((name) => search(`${name}Throttles`, "Sum")),
    }),
  ];
}

const PERIOD = 300;
const REGION = `\${AWS::Region}`;

function lambda(name: StackFunction, metric: string, options: JsonObject): Line {
  return ["AWS/Lambda", metric, "FunctionName", `\${${functionIds(name).function}}`, options];
}

function graph({ title, lines, stat = "Sum", limit }: Graph): JsonObject {
  return {
    type: "metric",
    properties: {
      title,
      view: "timeSeries",
      region: REGION,
      period: PERIOD,
      stat,
      metrics: lines,
      ...(limit !== undefined && { annotations: { horizontal: [limit] } }),
    },
  };
}

function table({ title, functions, query }: Query): JsonObject {
  const sources = functions.map((name) => `SOURCE '\${${functionIds(name).logGroup}}'`);
  return {
    type: "log",
    properties: {
      title,
      view: "table",
      region: REGION,
      query: [...sources, query].join(" | "),
    },
  };
}

/** Two beside each other, on a grid of 24 columns. */
function placed(index: number): JsonObject {
  return { x: (index % 2) * 12, y: Math.floor(index / 2) * 6, width: 12, height: 6 };
}
