import { objectOf, textOf } from "../../json.ts";
import type { At } from "../text/place.ts";
import { identitySourcesOf, type ReadAuthorizer } from "./read-http-authorizer.ts";
import { isClaimgateAuthorizer, type ServiceSource } from "./service-source.ts";

/** The `authorizer` of a `websocket` event: a function's name, an ARN, or an object of either. */
export function readWebsocketAuthorizer(source: ServiceSource, value: unknown, at: At): ReadAuthorizer {
  const text = textOf(value);
  const event = text === undefined ? objectOf(value) : text.includes(":") ? { arn: text } : { name: text };
  const { arn } = event;
  const name = textOf(event["name"]) ?? textOf(arn)?.split(":").at(-1) ?? "an authorizer";
  if (arn === undefined && !isClaimgateAuthorizer(source, name))
    return { authorizer: { kind: "foreign", name } };
  return {
    authorizer: { kind: arn === undefined ? "lambda" : "other", name },
    settings: {
      gateway: "websocket",
      name,
      type: "request",
      stringForm: text !== undefined,
      resultTtl: undefined,
      identitySources: identitySourcesOf(event["identitySource"]),
      identityValidation: undefined,
      simpleResponses: undefined,
      payloadVersion: undefined,
      at,
    },
  };
}
