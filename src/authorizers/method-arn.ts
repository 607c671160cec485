import { ClaimgateError } from "../errors.ts";
import { malformed, text } from "./event-shape.ts";

/** The parsed ARN of a request to an API. */
export interface MethodArn {
  /** Up to and including the stage, without a trailing slash: `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE`. */
  readonly stage: string;
  /** E.g. `GET`; undefined for a route of a WebSocket API. */
  readonly method: string | undefined;
  /** E.g. `/orders/42` as spelled in the ARN, or the route of a WebSocket API, `$connect`. */
  readonly path: string;
}

/**
 * The longest resource that API Gateway accepts in an answer, in characters
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
 */
export const MAX_ARN_LENGTH = 512;

// arn:PARTITION:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH. The path may contain anything, colons included, so
// only the first five colons and the slashes after API and stage separate.
const METHOD_ARN = /^(arn:[a-z0-9-]+:execute-api:[^:/]+:[^:/]+:[^:/]+\/[^/]+)\/([A-Z]+)(\/.*)$/s;
const CONNECT_ARN = /^(arn:[a-z0-9-]+:execute-api:[^:/]+:[^:/]+:[^:/]+\/[^/]+)\/(\$connect)$/;

/**
 * Parses the `methodArn` or `routeArn` of an event. Undefined if it is not the ARN of a request.
 *
 * @example parseMethodArn("arn:aws-cn:execute-api:cn-north-1:111122223333:abc123/dev/GET/a:b")?.path // "/a:b"
 */
export function parseMethodArn(arn: string): MethodArn | undefined {
  const [, stage, method, path] = METHOD_ARN.exec(arn) ?? [];
  if (stage !== undefined && method !== undefined && path !== undefined) return { stage, method, path };
  const [, connectStage, connect] = CONNECT_ARN.exec(arn) ?? [];
  if (connectStage === undefined || connect === undefined) return undefined;
  return { stage: connectStage, method: undefined, path: connect };
}

/** The ARN of a method in a field of an event. @throws ClaimgateError request_malformed */
export function readMethodArn(
  event: unknown,
  field: "methodArn" | "routeArn",
): Pick<MethodArn, "stage" | "path"> & { readonly arn: string; readonly method: string } {
  const arn = text(event, field);
  const { stage, method, path } = parseMethodArn(arn) ?? {};
  if (stage === undefined || method === undefined || path === undefined) {
    throw malformed(`method ARN in \`${field}\``);
  }
  return { arn, stage, method, path };
}

/**
 * Why an IAM policy cannot name exactly this request: its ARN is too long for API Gateway, or contains one of `* ? $`,
 * which a policy reads as a pattern or a variable. The stage `$default` and the route `$connect` are names.
 */
export function unnameable(
  arn: string,
  parsed: Pick<MethodArn, "stage" | "path"> | undefined = parseMethodArn(arn),
): ClaimgateError | undefined {
  if (arn.length > MAX_ARN_LENGTH) {
    return new ClaimgateError(
      "request_arn_too_long",
      `the request's ARN is longer than ${MAX_ARN_LENGTH} characters`,
    );
  }
  // Hardly any ARN has one, and every request is asked.
  if (!/[*?$]/.test(arn)) return undefined;
  const stage = parsed?.stage.replace(/\/\$default$/, "/default") ?? arn;
  const path = parsed?.path === "$connect" ? "" : (parsed?.path ?? "");
  if (/[*?$]/.test(stage + path)) {
    return new ClaimgateError("request_not_canonical", "the request's ARN contains one of `* ? $`");
  }
  return undefined;
}
