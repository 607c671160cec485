import { type JsonObject, objectOf, textOf } from "../../../json.ts";
import type { DeployedApi, DeployedRoute } from "../deployed-stage.ts";
import { callAws, clientSettings } from "./call.ts";

export interface GatewayReader {
  httpApi(id: string): Promise<DeployedApi>;
  /** The current configuration; a stage serves its last deployment. */
  restApi(id: string): Promise<DeployedApi>;
}

/** Reads APIs with the AWS SDK. Every call throws CommandError. */
export function createGatewayReader(region: string): GatewayReader {
  return {
    async httpApi(id) {
      const sdk = await import("@aws-sdk/client-apigatewayv2");
      const client = new sdk.ApiGatewayV2Client(clientSettings(region));
      const authorizers = await allPages((NextToken) =>
        callAws("apigateway:GET", () => client.send(new sdk.GetAuthorizersCommand({ ApiId: id, NextToken }))),
      );
      const routes = await allPages((NextToken) =>
        callAws("apigateway:GET", () => client.send(new sdk.GetRoutesCommand({ ApiId: id, NextToken }))),
      );
      return {
        authorizers: authorizers.map(objectOf),
        routes: routes.map(({ RouteKey = "", AuthorizationType = "NONE", AuthorizerId }) => ({
          route: RouteKey,
          authorization: AuthorizationType,
          authorizerId: AuthorizerId,
        })),
      };
    },

    async restApi(restApiId) {
      const sdk = await import("@aws-sdk/client-api-gateway");
      const client = new sdk.APIGatewayClient(clientSettings(region));
      const authorizers = await allPages(async (position) => {
        const { items = [], position: next } = await callAws("apigateway:GET", () =>
          client.send(new sdk.GetAuthorizersCommand({ restApiId, position })),
        );
        return { Items: items, NextToken: next };
      });
      const routes: DeployedRoute[] = [];
      await callAws("apigateway:GET", async () => {
        const pages = sdk.paginateGetResources({ client }, { restApiId, embed: ["methods"], limit: 500 });
        for await (const { items = [] } of pages) routes.push(...items.flatMap(routesOf));
      });
      return { authorizers: authorizers.map(inCaseOfHttpApi), routes };
    },
  };
}

async function allPages<T>(
  page: (token: string | undefined) => Promise<{ Items?: T[] | undefined; NextToken?: string | undefined }>,
): Promise<T[]> {
  const items: T[] = [];
  let token: string | undefined;
  do {
    const { Items = [], NextToken } = await page(token);
    items.push(...Items);
    token = NextToken === "" ? undefined : NextToken;
  } while (token !== undefined);
  return items;
}

/** Without the CORS preflights that a REST API answers itself, where no authorizer can be asked. */
function routesOf({ path = "", resourceMethods = {} }: RestResource): DeployedRoute[] {
  return Object.entries(resourceMethods)
    .filter(([method, { methodIntegration }]) => method !== "OPTIONS" || methodIntegration?.type !== "MOCK")
    .map(([method, { authorizationType, authorizerId }]) => ({
      route: `${method} ${path}`,
      authorization: authorizationType ?? "NONE",
      authorizerId,
    }));
}

/** The part of an API Gateway resource that is read. */
interface RestResource {
  readonly path?: string | undefined;
  readonly resourceMethods?:
    | Readonly<
        Record<
          string,
          {
            readonly authorizationType?: string | undefined;
            readonly authorizerId?: string | undefined;
            readonly methodIntegration?: { readonly type?: string | undefined } | undefined;
          }
        >
      >
    | undefined;
}

function inCaseOfHttpApi(authorizer: object): JsonObject {
  const { id, type, identitySource, ...rest } = objectOf(authorizer);
  const renamed = Object.entries(rest).map(([name, value]) => [
    `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
    value,
  ]);
  return {
    ...objectOf(Object.fromEntries(renamed)),
    AuthorizerId: id,
    AuthorizerType: type,
    IdentitySource: (textOf(identitySource) ?? "").split(",").flatMap((source) => source.trim() || []),
  };
}
