import type { PolicyFile } from "../../policy/compile.ts";
import { RULES } from "../lint/registry.ts";
import type { Service } from "../service/service.ts";
import type { FirstPolicy } from "./first-policy.ts";

/** The finding of a rule about an authorizer that stays as it is. */
export interface LintException {
  readonly rule: string;
  readonly authorizer: string;
  readonly reason: string;
}

/**
 * What would stop packaging because of authorizers that stay as they were, one authorizer and rule each. What the rules
 * say of every other authorizer continues to apply.
 *
 * @param after the service once the plan is carried out
 */
export function lintExceptions(after: Service, { elsewhere }: FirstPolicy): readonly LintException[] {
  const subject = { rows: [], files: [], service: after };
  return RULES.filter(
    ({ ofAuthorizers, severity }) => ofAuthorizers === true && severity === "error",
  ).flatMap(({ id, check }) => {
    const names = new Set([...check(subject)].flatMap(({ authorizer }) => authorizer ?? []));
    return [...names].sort().map((authorizer) => {
      const why = elsewhere.find((one) => one.authorizer === authorizer)?.why ?? "no route uses it";
      return { rule: id, authorizer, reason: `as before claimgate: ${why}` };
    });
  });
}

/** lint.json; none without exceptions. */
export function lintFile(exceptions: readonly LintException[]): readonly PolicyFile[] {
  if (exceptions.length === 0) return [];
  const off: Record<string, Record<string, string>> = {};
  for (const { rule, authorizer, reason } of exceptions) off[rule] = { ...off[rule], [authorizer]: reason };
  return [{ path: "lint.json", text: `${JSON.stringify({ off }, undefined, 2)}\n` }];
}

/** One sentence for each authorizer. */
export function exceptionNotes(exceptions: readonly LintException[]): readonly string[] {
  const authorizers = [...new Set(exceptions.map(({ authorizer }) => authorizer))];
  return authorizers.map((name) => {
    const rules = exceptions.flatMap(({ rule, authorizer }) => (authorizer === name ? [`\`${rule}\``] : []));
    return `the authorizer \`${name}\` stays as it is, and packaging would stop at ${rules.join(" and ")}; \`lint.json\` switches that off for it alone`;
  });
}
