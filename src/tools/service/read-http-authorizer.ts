import { type JsonObject, objectOf, textOf } from "../../json.ts";
import { hasTokenCookie } from "./cache-key.ts";
import type { RouteAuthorizer, ServiceAuthorizer } from "./service.ts";
import type { ServicePlaces } from "./service-places.ts";
import { isClaimgateAuthorizer, numberOf, type ServiceSource, variablesOf } from "./service-source.ts";

/** The authorizer of a route, with settings if the event has its own. */
export interface ReadAuthorizer {
  readonly authorizer: RouteAuthorizer;
  readonly settings?: ServiceAuthorizer;
}

/** The `authorizer` of an `httpApi` event: `name`, `{ name, scopes }`, `{ id, type }` or `{ type: aws_iam }`. */
export function readHttpAuthorizer(source: ServiceSource, value: unknown): ReadAuthorizer {
  const event = typeof value === "string" ? { name: value } : objectOf(value);
  const name = textOf(event["name"]);
  const scopes = scopesOf(event["scopes"]);
  if (name === undefined) {
    const type = textOf(event["type"]);
    const id = textOf(event["id"]) ?? "an authorizer of another stack";
    if (type === "aws_iam") return { authorizer: { kind: "foreign", name: "AWS_IAM" } };
    // The framework takes an id without a type for a JWT authorizer (serverless/serverless#9018).
    if (type !== "request") return { authorizer: { kind: "native", name: id, scopes } };
    return { authorizer: { kind: "other", name: id } };
  }
  const configured = providerAuthorizers(source).get(name);
  if (configured === undefined) return { authorizer: { kind: "other", name } };
  if (configured["type"] !== "request") return { authorizer: { kind: "native", name, scopes } };
  const target = textOf(configured["functionName"]);
  if (target === undefined) return { authorizer: { kind: "other", name } };
  return { authorizer: { kind: isClaimgateAuthorizer(source, target) ? "lambda" : "foreign", name } };
}

/** The Lambda authorizers of `provider.httpApi.authorizers` that may decide by the policy. */
export function readProviderAuthorizers(source: ServiceSource, places: ServicePlaces): ServiceAuthorizer[] {
  return [...providerAuthorizers(source)].flatMap(([name, settings]) => {
    const target = textOf(settings["functionName"]);
    if (settings["type"] !== "request") return [];
    if (target !== undefined && !isClaimgateAuthorizer(source, target)) return [];
    return [
      {
        gateway: "http",
        name,
        type: "request",
        stringForm: false,
        resultTtl: numberOf(settings["resultTtlInSeconds"]),
        identitySources: identitySourcesOf(settings["identitySource"]),
        identityValidation: undefined,
        simpleResponses: flagOf(settings["enableSimpleResponses"]),
        payloadVersion: versionOf(settings["payloadVersion"]),
        tokenCookie: hasTokenCookie(variablesOf(source, target)),
        at: places.at(["provider", "httpApi", "authorizers", name]),
      },
    ];
  });
}

/** Identity sources as a list; undefined where one of them is not known before deployment. */
export function identitySourcesOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  const sources = [value].flat().map((source: unknown) => textOf(source)?.split(","));
  if (!sources.every((source) => source !== undefined)) return undefined;
  return sources.flat().flatMap((source) => (source.trim() === "" ? [] : [source.trim()]));
}

/** The scopes that a native authorizer requires, including those that CloudFormation fills in. */
export function scopesOf(value: unknown): readonly string[] {
  const scopes: readonly unknown[] = value === undefined || value === null ? [] : [value].flat();
  return scopes.map((scope) => textOf(scope) ?? JSON.stringify(scope));
}

function providerAuthorizers({ provider }: ServiceSource): ReadonlyMap<string, JsonObject> {
  const authorizers = objectOf(objectOf(provider["httpApi"])["authorizers"]);
  return new Map(Object.entries(authorizers).map(([name, settings]) => [name, objectOf(settings)]));
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

function versionOf(value: unknown): string | undefined {
  return typeof value === "number" ? value.toFixed(1) : textOf(value);
}
