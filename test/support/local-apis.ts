import { messageOf } from "../../src/errors.ts";
import type { JsonObject } from "../../src/json.ts";
import { jsonIn, objectOf } from "../../src/json.ts";
import { answerRequest } from "../../src/tools/gateways/answer-request.ts";
import { apisFromTemplate } from "../../src/tools/gateways/apis-from-template.ts";
import { ResultCache } from "../../src/tools/gateways/authorizers/result-cache.ts";
import type { Invocation } from "../../src/tools/gateways/invoke.ts";
import type { ClientRequest, Pairs } from "../../src/tools/gateways/request.ts";

type Resources = Record<string, { readonly Type: string; readonly Properties: JsonObject }>;

const PLACE = { region: "us-east-1", accountId: "000000000000" };
const HEADER = { http: "$request.header.Authorization", rest: "method.request.header.Authorization" };

/** A function that answers with the event that it gets. */
const ECHO = (event: JsonObject): Invocation => ({
  kind: "answered",
  payload: { statusCode: 200, body: JSON.stringify(event) },
});

const functionNamed = (name: string) => ({
  Type: "AWS::Lambda::Function",
  Properties: { FunctionName: name },
});
const uriOf = (id: string) => ({
  "Fn::Join": [
    "",
    ["arn:aws:apigateway:us-east-1:lambda:path/", { "Fn::GetAtt": [id, "Arn"] }, "/invocations"],
  ],
});

/** An HTTP API: the function `backend` behind each route, and `authorizer` in front of those that begin with `!`. */
export function httpApi(
  routes: readonly string[],
  authorizer: JsonObject = {},
  more: { readonly cors?: JsonObject; readonly payload?: string } = {},
): Resources {
  const entries = routes.map((written, index) => {
    const guarded = written.startsWith("!");
    return [
      `Route${index}`,
      {
        Type: "AWS::ApiGatewayV2::Route",
        Properties: {
          ApiId: { Ref: "HttpApi" },
          RouteKey: written.replace("!", ""),
          Target: { "Fn::Join": ["/", ["integrations", { Ref: "Integration" }]] },
          ...(guarded && { AuthorizationType: "CUSTOM", AuthorizerId: { Ref: "Authorizer" } }),
        },
      },
    ] as const;
  });
  return {
    Backend: functionNamed("backend"),
    Decider: functionNamed("authorizer"),
    HttpApi: {
      Type: "AWS::ApiGatewayV2::Api",
      Properties: { ProtocolType: "HTTP", ...(more.cors && { CorsConfiguration: more.cors }) },
    },
    Integration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId: { Ref: "HttpApi" },
        IntegrationUri: { "Fn::GetAtt": ["Backend", "Arn"] },
        PayloadFormatVersion: more.payload ?? "2.0",
      },
    },
    Authorizer: {
      Type: "AWS::ApiGatewayV2::Authorizer",
      Properties: {
        ApiId: { Ref: "HttpApi" },
        AuthorizerUri: uriOf("Decider"),
        AuthorizerPayloadFormatVersion: "2.0",
        EnableSimpleResponses: true,
        AuthorizerResultTtlInSeconds: 0,
        IdentitySource: [HEADER.http],
        ...authorizer,
      },
    },
    ...Object.fromEntries(entries),
  };
}

/** A REST API with `GET /orders/{orderId}`, guarded, and `ANY /files/{proxy+}`, open. */
export function restApi(authorizer: JsonObject = {}, more: Resources = {}): Resources {
  const resource = (parent: unknown, part: string) => ({
    Type: "AWS::ApiGateway::Resource",
    Properties: { RestApiId: { Ref: "Rest" }, ParentId: parent, PathPart: part },
  });
  const root = { "Fn::GetAtt": ["Rest", "RootResourceId"] };
  const method = (id: string, name: string, properties: JsonObject) => ({
    Type: "AWS::ApiGateway::Method",
    Properties: {
      RestApiId: { Ref: "Rest" },
      ResourceId: { Ref: id },
      HttpMethod: name,
      AuthorizationType: "NONE",
      Integration: { Type: "AWS_PROXY", Uri: uriOf("Backend") },
      ...properties,
    },
  });
  return {
    Backend: functionNamed("backend"),
    Decider: functionNamed("authorizer"),
    Rest: { Type: "AWS::ApiGateway::RestApi", Properties: {} },
    Stage: { Type: "AWS::ApiGateway::Stage", Properties: { RestApiId: { Ref: "Rest" }, StageName: "dev" } },
    Orders: resource(root, "orders"),
    Order: resource({ Ref: "Orders" }, "{orderId}"),
    Files: resource(root, "files"),
    File: resource({ Ref: "Files" }, "{proxy+}"),
    GetOrder: method("Order", "GET", { AuthorizationType: "CUSTOM", AuthorizerId: { Ref: "Authorizer" } }),
    AnyFile: method("File", "ANY", {}),
    Authorizer: {
      Type: "AWS::ApiGateway::Authorizer",
      Properties: {
        RestApiId: { Ref: "Rest" },
        AuthorizerUri: uriOf("Decider"),
        Type: "REQUEST",
        AuthorizerResultTtlInSeconds: 0,
        IdentitySource: HEADER.rest,
        ...authorizer,
      },
    },
    ...more,
  };
}

/** A real function in place of one that is written in the test. */
export function running(handler: (event: unknown) => Promise<object>): Behaviour {
  return async (event) => {
    try {
      return { kind: "answered", payload: JSON.parse(JSON.stringify(await handler(event))) as unknown };
    } catch (error) {
      return { kind: "threw", message: messageOf(error) };
    }
  };
}

/** What a client gets. */
interface Reply {
  readonly status: number;
  readonly body: JsonObject;
  /** The body as it was sent. */
  readonly text: string;
  /** By lower-case name; the last value of each. */
  readonly headers: Readonly<Record<string, string>>;
}

type Behaviour = (event: JsonObject) => Invocation | Promise<Invocation>;

interface Sent {
  readonly headers?: Pairs;
  readonly body?: string;
  /** Milliseconds. */
  readonly at?: number;
}

/** The gateways of a template, with functions that run here. */
export class LocalApis {
  /** The events that the authorizer got. */
  readonly asked: JsonObject[] = [];
  readonly #apis: ReturnType<typeof apisFromTemplate>;
  readonly #cache = new ResultCache();
  readonly #functions: Readonly<Record<string, Behaviour>>;

  constructor(resources: Resources, authorizer: Behaviour, backend: Behaviour = ECHO) {
    this.#apis = apisFromTemplate({ Resources: resources }, PLACE);
    this.#functions = {
      backend,
      authorizer: (event) => {
        this.asked.push(event);
        return authorizer(event);
      },
    };
  }

  async send(line: string, { headers = [], body = "", at = 0 }: Sent = {}): Promise<Reply> {
    const [method = "", target = ""] = line.split(" ");
    const request: ClientRequest = {
      id: "request-1",
      method,
      target,
      headers,
      body: Buffer.from(body),
      sourceIp: "127.0.0.1",
      protocol: "HTTP/1.1",
      at,
    };
    const answer = await answerRequest(this.#apis, request, {
      cache: this.#cache,
      invoke: async (name, event) =>
        (await this.#functions[name]?.(objectOf(event))) ?? { kind: "unreachable" },
    });
    const text = Buffer.from(answer.body).toString();
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers.map(([name, value]) => [name.toLowerCase(), value])),
      body: objectOf(jsonIn(text)),
      text,
    };
  }

  /** With a token. */
  with(token: string, line: string, at = 0): Promise<Reply> {
    return this.send(line, { headers: [["Authorization", token]], at });
  }
}
