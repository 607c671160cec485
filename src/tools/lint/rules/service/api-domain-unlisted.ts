import { isSpecialRoute } from "../../../../policy/route.ts";
import type { LintSubject, Problem, Rule } from "../../rule.ts";

/**
 * Behind `$default` the concrete path decides, and for a custom domain only the list says where that path begins. All
 * requests of a domain that is not listed are refused (`request_domain_unlisted`).
 */
export const apiDomainUnlisted: Rule = {
  id: "api-domain-unlisted",
  category: "service",
  severity: "error",
  summary: "requests to a custom domain on `$default` would be refused, since its base path is not listed",
  check,
};

function* check({ rows, service }: LintSubject): Iterable<Problem> {
  if (service?.apiDomains === undefined) return;
  const asked = service.routes.some(
    ({ gateway, route, authorizer }) =>
      gateway === "http" && route === "$default" && authorizer?.kind === "lambda",
  );
  const finer = rows.find((row) => row.type === "g2" && !isSpecialRoute(row.route));
  if (!asked || finer?.type !== "g2") return;
  const { declared, listed } = service.apiDomains;
  for (const { name, basePath, at } of declared) {
    const domain = name.toLowerCase();
    const basePaths = listed.get(domain) ?? listed.get(domain.replace(/^[^.]*/, "*"));
    if (basePaths !== undefined && (basePath === undefined || basePaths.includes(basePath))) continue;
    const missing = basePaths === undefined ? "the domain" : `its base path \`${basePath ?? ""}\``;
    yield {
      ...at,
      message: `requests on \`$default\` through \`${name}\` would be refused: they may mean \`${finer.route}\`, and parameter \`apiDomains\` does not list ${missing}`,
      fix: `add \`${JSON.stringify({ [domain]: basePath ?? "" })}\` to \`apiDomains\``,
    };
  }
}
