import { type JsonObject, objectOf, textOf } from "../../json.ts";
import { namedBy } from "../cloudformation/values.ts";
import type { At } from "../text/place.ts";
import { hasTokenCookie } from "./cache-key.ts";
import { identitySourcesOf, type ReadAuthorizer, scopesOf } from "./read-http-authorizer.ts";
import type { ServiceAuthorizer } from "./service.ts";
import {
  functionInUri,
  isClaimgateAuthorizer,
  numberOf,
  type ServiceSource,
  variablesOf,
} from "./service-source.ts";

const COGNITO_ARN = /^arn:[^:]+:cognito-idp:/;

/**
 * The `authorizer` of an `http` event: a function's name, an ARN, `aws_iam`, or an object of `name` or `arn` or
 * `authorizerId` with settings.
 */
export function readRestAuthorizer(source: ServiceSource, value: unknown, at: At): ReadAuthorizer {
  const stringForm = typeof value === "string";
  const event = typeof value === "string" ? fromText(value) : objectOf(value);
  const type = textOf(event["type"])?.toLowerCase();
  const { authorizerId, arn } = event;
  if (type === "aws_iam") return { authorizer: { kind: "foreign", name: "AWS_IAM" } };
  if (authorizerId !== undefined && type !== undefined) return byId(source, event, type, at);
  const name = textOf(event["name"]) ?? nameInArn(arn);
  if (type === "cognito_user_pools" || COGNITO_ARN.test(textOf(arn) ?? "")) {
    return { authorizer: { kind: "native", name, scopes: scopesOf(event["scopes"]) } };
  }
  const foreign = arn === undefined && !isClaimgateAuthorizer(source, name);
  if (foreign) return { authorizer: { kind: "foreign", name } };
  return {
    authorizer: { kind: arn === undefined ? "lambda" : "other", name },
    settings: settingsOf(event, {
      name,
      type: type ?? "token",
      stringForm,
      at,
      ...answersOf(source, name),
    }),
  };
}

function fromText(text: string): JsonObject {
  if (text.toUpperCase() === "AWS_IAM") return { type: "aws_iam" };
  return text.includes(":") ? { arn: text } : { name: text };
}

/** `{ type, authorizerId }`: the settings are elsewhere, maybe in a resource of this stack. */
function byId(source: ServiceSource, event: JsonObject, type: string, at: At): ReadAuthorizer {
  const id = namedBy(event["authorizerId"])[0] ?? textOf(event["authorizerId"]) ?? "an authorizer";
  if (type === "cognito_user_pools") {
    return { authorizer: { kind: "native", name: id, scopes: scopesOf(event["scopes"]) } };
  }
  const resource = source.resources.get(id);
  if (resource?.type !== "AWS::ApiGateway::Authorizer") return { authorizer: { kind: "other", name: id } };
  const { properties } = resource;
  const target = functionInUri(source, properties["AuthorizerUri"]);
  if (target !== undefined && !isClaimgateAuthorizer(source, target)) {
    return { authorizer: { kind: "foreign", name: id } };
  }
  const settings = {
    resultTtlInSeconds: properties["AuthorizerResultTtlInSeconds"],
    identitySource: properties["IdentitySource"],
    identityValidationExpression: properties["IdentityValidationExpression"],
  };
  const kind = textOf(properties["Type"])?.toLowerCase() ?? type;
  return {
    authorizer: { kind: target === undefined ? "other" : "lambda", name: id },
    settings: settingsOf(settings, {
      name: id,
      type: kind,
      stringForm: false,
      at,
      ...answersOf(source, target),
    }),
  };
}

function settingsOf(
  event: JsonObject,
  known: Pick<ServiceAuthorizer, "name" | "type" | "stringForm" | "at" | "wholeApi" | "tokenCookie">,
): ServiceAuthorizer {
  return {
    gateway: "rest",
    ...known,
    resultTtl: numberOf(event["resultTtlInSeconds"]),
    identitySources: identitySourcesOf(event["identitySource"]),
    identityValidation: textOf(event["identityValidationExpression"]),
    simpleResponses: undefined,
    payloadVersion: undefined,
  };
}

/** What the variables of its function say of the answers. */
function answersOf(
  source: ServiceSource,
  name: string | undefined,
): Pick<ServiceAuthorizer, "wholeApi" | "tokenCookie"> {
  const variables = variablesOf(source, name);
  return {
    wholeApi: variables["CLAIMGATE_WHOLE_API_ANSWER"] === "true",
    tokenCookie: hasTokenCookie(variables),
  };
}

/** The framework names an authorizer after its ARN: the part after the last colon and the last dash. */
function nameInArn(arn: unknown): string {
  return textOf(arn)?.split(":").at(-1)?.split("-").at(-1) ?? "an authorizer";
}
