import { type JsonObject, textOf } from "../../../json.ts";
import { appOf } from "../../../policy/app.ts";
import { explain } from "../../../policy/explain.ts";
import type { Policy } from "../../../policy/policy.ts";
import { tokenSubjects } from "../../../policy/subject.ts";
import { parseAccessTokenClaims } from "../../../token/claims-schema.ts";
import { proveKind } from "../../../token/verified-token.ts";
import type { PoolConfig } from "../../cognito/config/pool-config.ts";
import type { ExplanationJson } from "../../console/contract.ts";
import { explanationJson } from "../../policy-view/explanation-json.ts";
import { clientName } from "./issued-tokens.ts";

/**
 * What a policy says of a route and the claims of an access token that this pool issued just now.
 *
 * @throws ClaimgateError where the trigger made a token that no authorizer takes
 */
export function explainCall(
  policy: Policy,
  config: PoolConfig,
  claims: JsonObject,
  route: string,
  parameters: Readonly<Record<string, string>>,
): ExplanationJson {
  const parsed = parseAccessTokenClaims(claims, Number(claims["iat"]));
  const { userPoolId } = config.place;
  const client = clientName(config, textOf(claims["client_id"]));
  const token = proveKind(parsed, { userPoolId, poolAlias: undefined, client }, claims);
  const [subjects, app] = [tokenSubjects(token), appOf(token)];
  const times = { time: Date.now() / 1000, authTime: token.kind === "user" ? token.authTime : undefined };
  return explanationJson(explain(policy, { subjects, app, route, parameters, claims, ...times }));
}
