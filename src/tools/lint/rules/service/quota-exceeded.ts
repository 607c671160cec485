import { policyGroups } from "../../../access/named-subjects.ts";
import { QUOTAS } from "../../../cloudformation/quotas.ts";
import type { Service } from "../../../service/service.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../../rule.ts";
import { topOf } from "../../service-routes.ts";

/** More of something than AWS accepts: the deployment would fail halfway. */
export const quotaExceeded: Rule = {
  id: "quota-exceeded",
  category: "service",
  severity: "error",
  summary: "more groups, scopes, mapping rules or resources than AWS allows",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service === undefined) return;
  yield* groupProblems(rows, service);
  const found = [...scopeProblems(service), ...stackProblems(service)];
  for (const [message, fix] of found) yield { ...topOf(service), message, fix };
}

function* groupProblems(rows: LintSubject["rows"], { groups }: Service): Iterable<Problem> {
  const surplus = [...policyGroups(rows).values()][QUOTAS.groupsOfAPool];
  if (groups === undefined || surplus === undefined) return;
  yield {
    ...atField(surplus.row, surplus.field),
    message: `the policy names more than ${QUOTAS.groupsOfAPool} groups, the limit of a user pool`,
    fix: "use groups for functions, and attributes of users for the rest",
  };
}

type Sentence = readonly [message: string, fix: string];

function scopeProblems({ scopes, clients }: Service): Sentence[] {
  const servers = (scopes ?? []).map((scope) => scope.slice(0, scope.lastIndexOf("/")));
  return [
    ...[...new Set(servers)].flatMap((server) => {
      const count = servers.filter((one) => one === server).length;
      return exceeds(
        count,
        QUOTAS.scopesOfAServer,
        `the resource server \`${server}\``,
        "scopes",
        "use a second resource server",
      );
    }),
    ...clients.flatMap(({ name, scopes: { length } }) =>
      exceeds(
        length,
        QUOTAS.scopesOfAClient,
        `the app client \`${name}\``,
        "scopes",
        "list `AllowedOAuthScopes`",
      ),
    ),
  ];
}

function stackProblems({ identityPool, resourceCount }: Service): Sentence[] {
  const rules = identityPool?.rules.length ?? 0;
  const fewer = "use fewer groups, or set `groupsFromPolicy` to `false` and create them elsewhere";
  return [
    ...exceeds(
      rules,
      QUOTAS.mappingRules,
      "the identity pool",
      "mapping rules",
      "set `roleMapping` to `token`",
    ),
    ...exceeds(resourceCount ?? 0, QUOTAS.resourcesOfAStack, "the stack", "resources", fewer),
  ];
}

function exceeds(count: number, most: number, who: string, what: string, fix: string): Sentence[] {
  return count <= most ? [] : [[`${who} has ${count} ${what}; AWS allows at most ${most}`, fix]];
}
