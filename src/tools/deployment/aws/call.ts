import { CommandError } from "../../machine/command-error.ts";

/**
 * Settings of every AWS client of a command. A person waits, so a client retries when AWS throttles and gives up when
 * nothing answers. The SDK itself resolves credentials and endpoints (`AWS_PROFILE`, `AWS_ENDPOINT_URL`, ...).
 */
export function clientSettings(region: string) {
  return {
    region,
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
  };
}

/** For an endpoint on this machine: it answers at once, or it is not running. */
export const LOCAL_SETTINGS = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};

/**
 * Makes one call of the SDK.
 *
 * @param action as IAM names it: `cognito-idp:DescribeUserPool`
 * @throws CommandError with the call, the answer of AWS and the likely fix
 */
export async function callAws<T>(action: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw commandErrorOf(error, action);
  }
}

/** Like {@link callAws}; undefined if AWS says that the thing does not exist. */
export async function findInAws<T>(action: string, call: () => Promise<T>): Promise<T | undefined> {
  return callAws(action, async () => {
    try {
      return await call();
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  });
}

/**
 * A member that an answer of AWS always has, if only as an empty list. An answer without it is not from AWS, and must
 * not be read as "there is none".
 *
 * @throws CommandError
 */
export function answered<T>(action: string, member: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new CommandError("aws_call_failed", `${action} answered without \`${member}\``, {
    fix: "check what answers at AWS_ENDPOINT_URL, if it is set",
  });
}

function isNotFound(error: unknown): boolean {
  const { name, message } = textsOf(error);
  // CloudFormation has no error name of its own for it.
  const noStack = name === "ValidationError" && /does not exist/.test(message);
  return (
    noStack || ["ResourceNotFoundException", "NotFoundException", "UserNotFoundException"].includes(name)
  );
}

const REFUSED = [
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "RequestExpired",
  "SignatureDoesNotMatch",
  "TokenProviderError",
  "UnrecognizedClientException",
];
const DENIED = ["AccessDenied", "AccessDeniedException", "NotAuthorizedException", "UnauthorizedOperation"];
const UNREACHABLE =
  /^(TimeoutError|NetworkingError)$|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|EPIPE/;

function commandErrorOf(cause: unknown, action: string): CommandError {
  if (cause instanceof CommandError) return cause;
  const { name, message, code } = textsOf(cause);
  if (name === "CredentialsProviderError" && !/expired|sso session/i.test(message)) {
    return new CommandError("aws_credentials_missing", "no AWS credentials were found", {
      cause,
      fix: "set AWS_PROFILE, or sign in with aws sso login",
    });
  }
  if (name === "CredentialsProviderError" || REFUSED.includes(name)) {
    return new CommandError("aws_credentials_refused", `the AWS credentials were not accepted: ${message}`, {
      cause,
      fix: "sign in again; if they are new, check the clock of this machine",
    });
  }
  if (DENIED.includes(name)) {
    return new CommandError("aws_access_denied", `the credentials do not allow ${action}: ${message}`, {
      cause,
      fix: `allow ${action}`,
    });
  }
  if (UNREACHABLE.test(name) || UNREACHABLE.test(code)) {
    return new CommandError("aws_unreachable", `${action} got no answer: ${message || code}`, {
      cause,
      fix: "check the network, the region, and AWS_ENDPOINT_URL if it is set",
    });
  }
  return new CommandError("aws_call_failed", `${action} failed: ${name}: ${message}`, { cause });
}

function textsOf(error: unknown): { name: string; message: string; code: string } {
  if (!(error instanceof Error)) return { name: "", message: String(error), code: "" };
  // A failed connection to several addresses is an AggregateError without a message.
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return { name: error.name, message: error.message, code };
}

/** Runs the calls a few at a time, so that AWS does not throttle; returns the results in the order of the items. */
export async function fewAtATime<T, R>(items: readonly T[], call: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += 4) {
    results.push(...(await Promise.all(items.slice(start, start + 4).map(call))));
  }
  return results;
}
