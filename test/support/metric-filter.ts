/**
 * Whether a line matches a CloudWatch Logs filter pattern. Only the part of the language that our patterns use, as
 * documented in https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html:
 *
 * - `{ $.field = "text" && $.number >= 0 }`, or with `||`: JSON patterns, with `=` or `!=` a text and `>=` a number. A
 *   line that is no JSON object never matches, nor does a field that is not there.
 * - `?"term" ?"other"`: any of these terms, as they are written, anywhere in the line.
 *
 * @throws RangeError for a pattern with anything else in it: it must not pass for one that matches nothing
 */
export function matchesFilter(pattern: string, line: string): boolean {
  const json = /^\{(.*)\}$/.exec(pattern)?.[1];
  return json === undefined ? matchesTerms(pattern, line) : matchesJson(json, line);
}

function matchesTerms(pattern: string, line: string): boolean {
  if (!/^(\?"[^"\\]+"\s*)+$/.test(pattern))
    throw new RangeError(`terms that this matcher cannot read: ${pattern}`);
  return [...pattern.matchAll(/\?"([^"]+)"/g)].some(([, term = ""]) => line.includes(term));
}

function matchesJson(expression: string, line: string): boolean {
  const [and, or] = [expression.includes("&&"), expression.includes("||")];
  if (and && or) throw new RangeError(`&& and || in one pattern: ${expression}`);
  // Everything is read before anything is matched: a broken pattern is broken for every line.
  const comparisons = expression.split(or ? "||" : "&&").map(comparison);
  const fields = objectIn(line);
  if (fields === undefined) return false;
  return or ? comparisons.some((holds) => holds(fields)) : comparisons.every((holds) => holds(fields));
}

function comparison(text: string): (fields: Readonly<Record<string, unknown>>) => boolean {
  const [, name = "", operator, word, number] =
    /^\s*\$\.([A-Za-z]+) (?:(!?=) "([^"*\\]*)"|>= (\d+))\s*$/.exec(text) ?? [];
  if (name === "") throw new RangeError(`a comparison that this matcher cannot read: ${text}`);
  return (fields) => {
    const value = fields[name];
    if (word === undefined) return typeof value === "number" && value >= Number(number);
    return operator === "=" ? value === word : value !== undefined && value !== word;
  };
}

function objectIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
