import { ConfigurationError } from "../../errors.ts";
import type { Policy } from "../../policy/policy.ts";
import { isToolRoute } from "../../policy/route.ts";
import { toolRoute } from "./tool-decision.ts";

/**
 * Compares the tools of a server with the `g2` rows of the policy.
 *
 * @param tools the names of all tools of this server
 * @param elsewhere the names of tools that other servers have, for a policy of several servers
 * @throws ConfigurationError that names every tool without a row, every row without a tool, every name that a route
 *   cannot have, and every duplicate
 */
export function checkTools(policy: Policy, tools: readonly string[], elsewhere: readonly string[]): void {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const name of tools) {
    const route = toolRoute(name);
    if (!isToolRoute(route)) {
      problems.push(
        `the tool \`${name}\` cannot be a route: MCP allows 1 to 128 letters, digits and \`_ - .\``,
      );
    } else if (seen.has(name)) problems.push(`the tool \`${name}\` is listed twice`);
    else if (!policy.routeEntries.has(route)) {
      problems.push(`the tool \`${name}\` has no \`g2\` row: add \`g2, ${route}, PERMISSION\``);
    } else if (policy.routeEntries.get(route)?.permissions.length === 0) {
      problems.push(`the tool \`${name}\` is \`public\`, which no tool can be: name a permission`);
    }
    seen.add(name);
  }
  const known = new Set([...tools, ...elsewhere].map(toolRoute));
  for (const route of [...policy.routeEntries.keys()].filter(isToolRoute).sort()) {
    if (!known.has(route))
      problems.push(`the route \`${route}\` has no tool: remove the row, or correct its name`);
  }
  if (problems.length > 0) throw new ConfigurationError(problems.join("; "));
}
