import { parseAddressPattern } from "../../../policy/email.ts";
import { factsOf } from "../policy-facts.ts";
import { isPublicSuffix } from "../public-suffix.ts";
import { atField, type LintSubject, type Problem, type Rule } from "../rule.ts";

/** An allow or a group for every domain below a suffix where anyone can register one. */
export const signUpPublicSuffix: Rule = {
  id: "sign-up-public-suffix",
  category: "structure",
  severity: "warning",
  summary: "a row admits every domain below a public suffix such as `co.uk`, where anyone can register one",
  check,
};

function* check({ rows }: LintSubject): Iterable<Problem> {
  const { signUpRows, landingRows } = factsOf(rows);
  const admitting = [...signUpRows.filter(({ effect }) => effect === "allow"), ...landingRows];
  for (const row of admitting) {
    const pattern = parseAddressPattern(row.pattern);
    if (pattern?.kind !== "subdomains" || !isPublicSuffix(pattern.domain)) continue;
    const { domain } = pattern;
    const who = row.type === "g3" ? `and is put in \`group:${row.group}\`` : "and may sign up";
    yield {
      ...atField(row, 0),
      message: `\`${domain}\` is a public suffix: anyone who registers a domain below it matches \`${row.pattern}\` ${who}`,
      fix: `name the domains, as in \`*@example.${domain}\` or \`*@*.example.${domain}\``,
    };
  }
}
