import { type ClientRequest, headerValues, queryOf, valuesOf } from "../request.ts";

/** The values that identify a caller, in the order of the identity sources. */
export interface Identity {
  readonly values: readonly string[];
  /** A source without a value: the gateway answers 401 and asks no function. */
  readonly missing: boolean;
}

/** `$context` variables that identity sources may name. */
export type ContextVariables = Readonly<Record<string, string>>;

/**
 * Reads identity sources of either API: `$request.header.X`, `method.request.querystring.x`, `context.path`,
 * `$context.routeKey`. A source of a kind that is not simulated counts as missing.
 */
export function identityOf(
  sources: readonly string[],
  request: ClientRequest,
  context: ContextVariables,
): Identity {
  const values = sources.map((source) => sourceValue(source, request, context));
  return {
    values: values.map((value) => value ?? ""),
    missing: values.some((value) => value === undefined || value === ""),
  };
}

function sourceValue(source: string, request: ClientRequest, context: ContextVariables): string | undefined {
  const [, kind = "", name = ""] =
    /^(?:\$|method\.|route\.)?(request\.header|request\.querystring|context)\.(.+)$/.exec(source) ?? [];
  if (kind === "request.header") return joined(headerValues(request, name));
  if (kind === "request.querystring") return joined(valuesOf(queryOf(request), name));
  return kind === "context" ? context[name] : undefined;
}

function joined(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : values.join(",");
}
