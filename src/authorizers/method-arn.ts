import { ClaimgateError } from "../errors.ts";
import { malformed, text } from "./event-shape.ts";

/** The ARN of a request to an API, taken apart. */
export interface MethodArn {
  /** Up to and with the stage, without a slash behind it: `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE`. */
  readonly stage: string;
  /** `GET`; undefined for a route of a WebSocket API, which has none. */
  readonly method: string | undefined;
  /** `/orders/42` as the ARN has it, or the route of a WebSocket API, `$connect`. */
  readonly path: string;
}

/**
 * The longest resource that API Gateway takes in an answer, in characters
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
 */
export const MAX_ARN_LENGTH = 512;

// arn:PARTITION:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH. The path may hold anything, colons included, so
// nothing is split: five colons, and the slashes behind the API and the stage, are where they are.
const METHOD_ARN = /^(arn:[a-z0-9-]+:execute-api:[^:/]+:[^:/]+:[^:/]+\/[^/]+)\/([A-Z]+)(\/.*)$/s;
const CONNECT_ARN = /^(arn:[a-z0-9-]+:execute-api:[^:/]+:[^:/]+:[^:/]+\/[^/]+)\/(\$connect)$/;

/**
 * Reads the `methodArn` or `routeArn` of an event. Undefined for what is none.
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

/** The ARN of a method that an event has in a field. @throws ClaimgateError request_malformed */
export function readMethodArn(
  event: unknown,
  field: "methodArn" | "routeArn",
): Pick<MethodArn, "path"> & { readonly arn: string; readonly method: string } {
  const arn = text(event, field);
  const { method, path } = parseMethodArn(arn) ?? {};
  if (method === undefined || path === undefined) {
    throw malformed(`\`${field}\` that is the ARN of a method`);
  }
  return { arn, method, path };
}

/**
 * Why an IAM policy cannot name exactly this request: its ARN is longer than API Gateway takes, or holds one of
 * `* ? $`, which a policy reads as a pattern or a variable. The stage `$default` and the route `$connect` are names.
 */
export function unnameable(arn: string): ClaimgateError | undefined {
  if (arn.length > MAX_ARN_LENGTH) {
    return new ClaimgateError(
      "request_arn_too_long",
      `the request's ARN is longer than ${MAX_ARN_LENGTH} characters`,
    );
  }
  const parsed = parseMethodArn(arn);
  const stage = parsed?.stage.replace(/\/\$default$/, "/default") ?? arn;
  const path = parsed?.path === "$connect" ? "" : (parsed?.path ?? "");
  if (/[*?$]/.test(stage + path)) {
    return new ClaimgateError("request_not_canonical", "the request's ARN holds one of `* ? $`");
  }
  return undefined;
}
