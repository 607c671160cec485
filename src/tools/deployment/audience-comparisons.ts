import { textOf } from "../../json.ts";
import type { BothSides } from "./both-sides.ts";
import { type Comparison, comparisonsOn } from "./comparison.ts";
import { authorizerVariables, listVariable } from "./deployed-variables.ts";

/** Whether an authorizer checks `aud` where tokens may have it: a token for one API is accepted by all others. */
export function audienceComparisons({ deployment }: BothSides): Comparison[] {
  const pool = deployment.pool.read ? deployment.pool.value : undefined;
  if (pool === undefined) return [];
  const about = comparisonsOn("functions");
  const { resourceServers } = pool;
  if (!resourceServers.read) return [about.unread("audience-unchecked", resourceServers.why)];
  const authorizers = authorizerVariables(deployment).map(({ id, variables }) => ({
    id,
    names: listVariable(variables, "CLAIMGATE_AUDIENCE"),
  }));
  const named = [
    ...resourceServers.value.flatMap(({ Identifier }) => textOf(Identifier) ?? []).filter(isUrl),
    ...authorizers.flatMap(({ names }) => names),
  ];
  const unchecked = authorizers.filter(({ names }) => names.length === 0);
  const [api] = named;
  if (api === undefined || unchecked.length === 0) {
    // An authorizer that was not read may check nothing, or name the first API.
    const unread = [...deployment.functions.values()].find((reading) => !reading.read);
    if (unread?.read === false) return [about.unread("audience-unchecked", unread.why)];
    const message = api === undefined ? "no API has a name for `aud`" : "every authorizer checks `aud`";
    return [about.ok("audience-unchecked", message)];
  }
  return unchecked.map(({ id }) =>
    comparisonsOn("functions", id).wrong("warn", "audience-unchecked", {
      message: `it accepts tokens that name another API in \`aud\`, such as ${api}`,
      fix: "set CLAIMGATE_AUDIENCE to the name of its API and deploy (docs/audience.md)",
    }),
  );
}

/** A name that an app can ask for in the parameter `resource`; other resource servers only have scopes. */
function isUrl(identifier: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(identifier);
}
