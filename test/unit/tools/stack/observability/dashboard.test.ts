import type { ObservedStage } from "../../../../../src/tools/stack/observability/alarms.ts";
import { dashboard } from "../../../../../src/tools/stack/observability/dashboard.ts";
import { LOG_METRICS } from "../../../../../src/tools/stack/observability/log-metrics.ts";

const STAGE: ObservedStage = {
  service: "claimgate",
  stage: "prod",
  functions: new Set([
    "preSignUp",
    "postConfirmation",
    "preTokenGeneration",
    "httpAuthorizer",
    "restAuthorizer",
  ]),
  httpApi: true,
  restApiName: "prod-claimgate",
};

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly properties: {
    readonly title: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly query?: string;
  };
}

function widgets(changes: Partial<ObservedStage> = {}, pool = "${UserPool}"): readonly Widget[] {
  const { Properties } = dashboard({ ...STAGE, ...changes }, pool) as {
    Properties: { DashboardBody: { "Fn::Sub": string } };
  };
  return (JSON.parse(Properties.DashboardBody["Fn::Sub"]) as { widgets: Widget[] }).widgets;
}

const text = (of: readonly Widget[]) => JSON.stringify(of);
const titles = (of: readonly Widget[]) => of.map(({ properties }) => properties.title).join("\n");

describe("the dashboard", () => {
  it("shows decisions, refusals, durations, throttles and what Cognito counts", () => {
    expect(titles(widgets())).toMatch(
      /Decisions.*without a decision.*by code.*Denied routes.*Triggers.*Authorizers.*errors.*Throttles.*Latency.*Cognito/s,
    );
  });

  it("puts no widget on another", () => {
    const places = widgets().map(({ x, y }) => `${x}/${y}`);
    expect(new Set(places).size).toBe(places.length);
    expect(widgets().every(({ x, width }) => x + width <= 24)).toBe(true);
  });

  it("graphs only metrics of its own that something writes", () => {
    const own = widgets()
      .flatMap(({ properties }) => properties.metrics ?? [])
      .filter(([namespace]) => namespace === "claimgate/prod")
      .map(([, name]) => name);
    expect(own.length).toBeGreaterThan(4);
    const written = LOG_METRICS.map(({ name }) => name);
    expect(own.filter((name) => !written.includes(String(name)))).toEqual([]);
  });

  it("reads its tables from the logs of the functions that the stage has", () => {
    const { query = "" } = widgets({ functions: new Set(["httpAuthorizer"]) })[2]?.properties ?? {};
    expect(query).toMatch(/^SOURCE '\$\{HttpAuthorizerLogGroup\}' \| filter kind in /);
    expect(query).not.toContain("RestAuthorizer");
  });

  it("speaks of no API, function or authorizer that the stage lacks", () => {
    const few = widgets({ functions: new Set(["preSignUp"]), httpApi: false, restApiName: undefined });
    expect(text(few)).not.toMatch(/HttpApi|ApiGateway|Authorizer|decision/);
    expect(text(few)).toContain("${PreSignUpLambdaFunction}");
  });

  it("follows the pool of the stack, or the one that it is attached to", () => {
    expect(text(widgets())).toContain('UserPool=\\"${UserPool}\\"');
    expect(text(widgets({}, "us-east-1_EXAMPLE"))).toContain('UserPool=\\"us-east-1_EXAMPLE\\"');
  });

  it("substitutes nothing but names of resources and the region", () => {
    const names = [...text(widgets()).matchAll(/\$\{([^}]*)\}/g)].map(([, name]) => name);
    expect(
      new Set(
        names.filter(
          (name) => !/^(AWS::Region|UserPool|HttpApi|\w+(LambdaFunction|LogGroup))$/.test(name ?? ""),
        ),
      ),
    ).toEqual(new Set());
  });
});
