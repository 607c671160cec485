import { methodPatterns, overlap } from "../policy/method-pattern.ts";
import type { Policy } from "../policy/policy.ts";

/** Why one answer for a whole API could be wrong on a route. */
export interface InexpressibleRoute {
  /** As the policy spells it. */
  readonly route: string;
  /** A clause: "its decision depends on ...". */
  readonly why: string;
}

/**
 * The routes of a REST API that an IAM policy cannot tell from others, whoever asks. Where there is none, the answer
 * that names every route of the API by its pattern ({@link methodPatterns}) is right for each request of each route,
 * so API Gateway may keep it for a token.
 *
 * Two things make a route inexpressible:
 * - a row that may decide it has a condition: the answer depends on the path, the pattern does not;
 * - its pattern also matches requests of a route that other permissions open. A parameter counts as any text, encoded
 *   slashes included: whether API Gateway decodes them in the ARN is not documented. To deny the exceptions would need
 *   the ARN to spell a literal always alike, which is not documented either, so overlaps are refused.
 *
 * @param routes what the authorizer guards, as the gateway spells it; `ANY` included
 */
export function inexpressibleRoutes(
  policy: Policy,
  routes: readonly string[],
): readonly InexpressibleRoute[] {
  const names = new Set(routes);
  const guarded = [...names].sort().map((route) => {
    const entry = policy.routeEntries.get(route);
    const patterns = methodPatterns(route, names);
    return { route, entry, patterns, permissions: entry?.permissions.join(" ") ?? "" };
  });
  return guarded.flatMap(({ route, entry, patterns, permissions }) => {
    const conditional = (entry?.grants ?? [])
      .flatMap((bySubject) => [...bySubject.values()].flat())
      .find(({ condition }) => condition !== undefined);
    if (conditional !== undefined) {
      const at = `${conditional.file}:${conditional.line}`;
      return [{ route, why: `its decision depends on the path, by the condition at ${at}` }];
    }
    const other = guarded.find(
      (candidate) =>
        candidate.permissions !== permissions &&
        candidate.patterns.some((theirs) => patterns.some((ours) => overlap(ours, theirs))),
    );
    if (other === undefined) return [];
    const [pattern] = patterns.filter((ours) => other.patterns.some((theirs) => overlap(ours, theirs)));
    return [{ route, why: `the pattern \`${pattern}\` also matches requests of \`${other.route}\`` }];
  });
}
