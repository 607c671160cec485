import { textOf } from "../../../json.ts";
import { functionBehind, functionNamed } from "../../cloudformation/functions.ts";
import { isOfWebSocket } from "../../cloudformation/invocations.ts";
import { valueAt } from "../../cloudformation/places.ts";
import { textList } from "../../cloudformation/statements.ts";
import { resourcesOf, type Template } from "../../cloudformation/template.ts";
import { hasTokenCookie } from "../../service/cache-key.ts";
import { identitySourcesOf, variablesBehind } from "../authorizer-facts.ts";
import type { TemplateCheck, TemplateProblem } from "../template-check.ts";

/** An API whose gateway expects the token elsewhere than its authorizer. */
export const tokenPlace: TemplateCheck = {
  id: "token-place",
  summary:
    "an authorizer whose `identitySource` is not where `CLAIMGATE_TOKEN_PLACE` or `CLAIMGATE_TOKEN_COOKIE` expects the token",
  check,
};

/** Token place -> what API Gateway requires before it calls the authorizer. src/authorizers/websocket.ts reads them. */
const SOURCES: ReadonlyMap<string, string> = new Map([
  ["subprotocol", "route.request.header.Sec-WebSocket-Protocol"],
  ["header", "route.request.header.Authorization"],
  ["query", "route.request.querystring.access_token"],
]);

function* check(template: Template): Iterable<TemplateProblem> {
  yield* inSubprotocols(template);
  yield* inCookies(template);
}

/** An authorizer of type TOKEN reads no cookies. */
function* inCookies(template: Template): Iterable<TemplateProblem> {
  for (const authorizer of REQUEST_AUTHORIZERS.flatMap((type) => resourcesOf(template, type))) {
    const { Type: rest, AuthorizerType: http } = authorizer.properties;
    if (rest === "TOKEN" || http === "JWT" || isOfWebSocket(template, authorizer)) continue;
    if (!hasTokenCookie(variablesBehind(template, authorizer))) continue;
    const header = identitySourcesOf(authorizer).find((one) => /\.header\.authorization$/i.test(one));
    if (header === undefined) continue;
    yield {
      resource: authorizer.id,
      property: "IdentitySource",
      message: `is \`${header}\`, but \`CLAIMGATE_TOKEN_COOKIE\` is set: every client that sends its token in the cookie is refused`,
      fix: "remove `identitySource`, and set `resultTtlInSeconds: 0`",
    };
  }
}

const REQUEST_AUTHORIZERS = ["AWS::ApiGatewayV2::Authorizer", "AWS::ApiGateway::Authorizer"];

function* inSubprotocols(template: Template): Iterable<TemplateProblem> {
  for (const authorizer of resourcesOf(template, "AWS::ApiGatewayV2::Authorizer")) {
    const { AuthorizerUri: uri, IdentitySource: written } = authorizer.properties;
    if (!isOfWebSocket(template, authorizer)) continue;
    const place = placeOf(template, functionNamed(template, uri));
    const source = SOURCES.get(place ?? "");
    const sources = textList(written);
    // Without a source the gateway calls the authorizer for every handshake.
    if (source === undefined || sources.length === 0 || sources.some((one) => isSame(one, source))) continue;
    yield {
      resource: authorizer.id,
      property: "IdentitySource",
      message: `is ${sources.map((one) => `\`${one}\``).join(", ")}, but \`CLAIMGATE_TOKEN_PLACE\` is \`${place}\`: every client that sends its token there is refused`,
      fix: `set \`identitySource\` to \`${source}\`, or change \`CLAIMGATE_TOKEN_PLACE\``,
    };
  }
}

/** Undefined for a function that is not an authorizer of claimgate, or whose place is not known yet. */
function placeOf(template: Template, functionName: string | undefined): string | undefined {
  const properties = template.resources.get(functionBehind(functionName ?? ""))?.properties;
  const variable = (name: string) => valueAt(properties, `Environment.Variables.${name}`);
  if (variable("CLAIMGATE_USER_POOL_ID") === undefined) return undefined;
  return textOf(variable("CLAIMGATE_TOKEN_PLACE") ?? "subprotocol");
}

/** Header names ignore case, query parameters do not. */
function isSame(one: string, other: string): boolean {
  return one === other || (other.includes(".header.") && one.toLowerCase() === other.toLowerCase());
}
