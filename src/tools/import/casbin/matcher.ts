import type { Problem } from "../refusal.ts";

/** How a value of the request is compared with a column of a row. */
export type Comparison =
  | "=="
  | "g"
  | "keyMatch"
  | "keyMatch2"
  | "keyMatch3"
  | "keyMatch4"
  | "keyMatch5"
  | "regexMatch"
  | "globMatch";

/** One part of a matcher: `keyMatch2(r.obj, p.obj)`. */
export interface MatcherTerm {
  /** The name of the value in `request_definition`. */
  readonly request: string;
  /** The name of the column in `policy_definition`. */
  readonly column: string;
  readonly comparison: Comparison;
  /** Whether `*` in the column matches everything, by `|| p.obj == "*"`. */
  readonly star: boolean;
}

const COMPARISONS: readonly string[] = [
  "g",
  "keyMatch",
  "keyMatch2",
  "keyMatch3",
  "keyMatch4",
  "keyMatch5",
  "regexMatch",
  "globMatch",
];

const REQUEST = "r[._](\\w+)";
const COLUMN = "p[._](\\w+)";
const EQUAL = new RegExp(`^(?:${REQUEST}==${COLUMN}|${COLUMN}==${REQUEST})$`);
const CALL = new RegExp(`^(\\w+)\\(${REQUEST},${COLUMN}\\)$`);
const REVERSED = new RegExp(`^(\\w+)\\(${COLUMN},${REQUEST}\\)$`);
const STAR = new RegExp(`^${COLUMN}==(?:"\\*"|'\\*')$`);

/** The terms of a matcher that is a conjunction of comparisons; the reason if it is anything else. */
export function readMatcher(matcher: string): readonly MatcherTerm[] | { readonly problem: Problem } {
  // Blanks inside of quotes are part of what is compared.
  const text = matcher.replace(/("[^"]*"|'[^']*')|\s+/g, "$1");
  const known = namedProblem(text);
  if (known !== undefined) return { problem: known };
  const terms: MatcherTerm[] = [];
  for (const part of conjunctsOf(text)) {
    const term = readTerm(part);
    if (term === undefined) return { problem: unknownTerm(part) };
    terms.push(term);
  }
  return terms;
}

/** What must all hold. `&&` binds closer than `||`, so a text with an alternative of its own is one. */
function conjunctsOf(text: string): readonly string[] {
  const inner = withoutParentheses(text);
  const parts = splitOutside(inner, "||").length > 1 ? [inner] : splitOutside(inner, "&&");
  return parts.length === 1 ? parts : parts.flatMap(conjunctsOf);
}

function readTerm(text: string): MatcherTerm | undefined {
  const [first = "", second, ...more] = splitOutside(text, "||").map(withoutParentheses);
  if (second === undefined) return readComparison(first);
  const compared = readComparison(first) ?? readComparison(second);
  if (compared === undefined) return undefined;
  const star = (STAR.exec(second) ?? STAR.exec(first))?.[1];
  return star === compared.column && more.length === 0 && compared.comparison !== "g"
    ? { ...compared, star: true }
    : undefined;
}

function readComparison(text: string): MatcherTerm | undefined {
  const equal = EQUAL.exec(text);
  if (equal !== null) {
    const [, request = equal[4] ?? "", column = equal[3] ?? ""] = equal;
    return { request, column, comparison: "==", star: false };
  }
  const [, name = "", request = "", column = ""] = CALL.exec(text) ?? [];
  if (!COMPARISONS.includes(name)) return undefined;
  return { request, column, comparison: name as Comparison, star: false };
}

/** Splits at an operator outside of parentheses. */
function splitOutside(text: string, operator: "&&" | "||"): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth === 0 && text.startsWith(operator, at)) {
      parts.push(text.slice(start, at));
      start = at + operator.length;
    }
  }
  return [...parts, text.slice(start)];
}

/** These make a regular expression of a lone `*`, which is not one. */
export const THROW_ON_STAR: ReadonlySet<Comparison> = new Set([
  "keyMatch3",
  "keyMatch4",
  "keyMatch5",
  "regexMatch",
]);

/** Removes parentheses around the whole. */
function withoutParentheses(text: string): string {
  if (!text.startsWith("(")) return text;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")") depth -= 1;
    if (depth === 0) return at === text.length - 1 ? withoutParentheses(text.slice(1, -1)) : text;
  }
  return text;
}

/** Kinds of matchers that have a name, and what claimgate has for them. */
function namedProblem(text: string): Problem | undefined {
  if (/\beval\(/.test(text)) {
    return {
      message: "the matcher calls `eval`: rows are expressions (ABAC)",
      fix: "a condition such as `{userId}=sub` compares a parameter of the route with a claim; check everything else in your service",
    };
  }
  if (/\b[rp][._]\w+\./.test(text)) {
    return {
      message: "the matcher reads properties of objects (ABAC)",
      fix: "a condition such as `{userId}=sub` compares a parameter of the route with a claim; check everything else in your service",
    };
  }
  if (/\bipMatch\(/.test(text)) {
    return {
      message: "the matcher compares IP addresses",
      fix: "restrict addresses in the resource policy of the API or in AWS WAF, and remove the function from the model",
    };
  }
  if (/\bg\d*\([^(),]*,[^(),]*,/.test(text)) {
    return {
      message: "the matcher has roles by domain, `g(_, _, _)`",
      fix: "write `g, group:{tenantId}.NAME, role:NAME` (docs/tenants.md), or the condition `{tenantId}=tenant_id`: the tenant is a parameter of the path",
    };
  }
  if (/\bg\d+\(/.test(text)) {
    return {
      message: "the matcher has roles of resources, `g2`",
      fix: "write a `p` row for each resource of the role, and remove `g2` from the model",
    };
  }
  if (/(?<![\w.])!(?!=)|!=/.test(text)) {
    return {
      message: "the matcher negates a comparison",
      fix: "write a `deny` row for what is excepted, and remove the negation from the model",
    };
  }
  return undefined;
}

function unknownTerm(text: string): Problem {
  const name = /^(\w+)\(/.exec(text)?.[1];
  if (name !== undefined && !COMPARISONS.includes(name)) {
    return {
      message: `the matcher calls \`${name}\`, which is not one of casbin's matching functions`,
      fix: "write the rows by hand; docs/from-casbin.md shows each kind",
    };
  }
  const [, reversed = "", column = "", request = ""] = REVERSED.exec(text) ?? [];
  if (COMPARISONS.includes(reversed)) {
    return {
      message: `\`${reversed}\` takes the value of the request for the pattern, so a caller chooses what it matches`,
      fix: `write \`${reversed}(r.${request}, p.${column})\` if that is meant`,
    };
  }
  if (text.includes("||")) {
    return {
      message: `the matcher has an alternative, \`${text}\``,
      fix: 'remove the alternative from the model and write rows for it: `p, role:root, *, allow` for `r.sub == "root"`',
    };
  }
  return {
    message: `the matcher has \`${text}\`, which does not compare a value of the request with a column`,
    fix: "remove it from the model, or write the rows by hand; docs/from-casbin.md shows each kind",
  };
}
