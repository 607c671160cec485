import { isPermission } from "../../../policy/permission.ts";
import type { Segment } from "../../../policy/route.ts";
import type { Problem } from "../refusal.ts";
import type { Template } from "../templates.ts";
import { type Comparison, THROW_ON_STAR } from "./matcher.ts";
import type { Column } from "./model.ts";
import { isAnchored, regexPaths } from "./regex-paths.ts";

/** What the object of a row matches: paths, one resource that is not a path, or everything. */
export type ObjectPattern =
  | { readonly kind: "paths"; readonly templates: readonly Template[] }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "everything" }
  | { readonly kind: "problem"; readonly problem: Problem };

const GREEDY: Segment = { kind: "greedy", name: "proxy" };

/** All paths: `/`, and everything below it. */
export const ALL_PATHS: readonly Template[] = [[], [GREEDY]];

/** Reads the object of a row as its comparison does, for canonical paths. */
export function objectPattern(text: string, { comparison, star }: Column): ObjectPattern {
  if (text === "*" && (isStar(comparison) || (star && !THROW_ON_STAR.has(comparison)))) {
    return { kind: "everything" };
  }
  if (comparison === "regexMatch" && /^\^?\(?\.\*\)?\$?$/.test(text)) return { kind: "everything" };
  const expression = comparison === "regexMatch" ? regexPaths(text) : undefined;
  if (expression !== undefined) return { kind: "paths", templates: expression };
  const known = comparisonProblem(text, comparison);
  if (known !== undefined) return { kind: "problem", problem: known };
  return text.startsWith("/") ? pathPattern(text, comparison) : namePattern(text, comparison);
}

/** Whether a lone `*` matches every path; globMatch("/x", "*") is false. */
function isStar(comparison: Comparison): boolean {
  return comparison === "keyMatch" || comparison === "keyMatch2";
}

function comparisonProblem(text: string, comparison: Comparison): Problem | undefined {
  if (text === "*" && comparison.startsWith("keyMatch")) {
    return { message: `\`*\` alone makes \`${comparison}\` throw`, fix: "write `/*`" };
  }
  if (comparison === "regexMatch") {
    return {
      message: isAnchored(text)
        ? `\`regexMatch\` reads \`${text}\` as more than segments`
        : "`regexMatch` finds the expression anywhere in the path",
      fix: "write it as `^/orders/[^/]+$`, with `.*` for all that follows, or a `g2` row for each route that is meant",
    };
  }
  if (comparison === "globMatch" && /[*?[\]{}!()#\\]/.test(text)) {
    return {
      message: "`globMatch` does not match segments that begin with a dot, and `{name}` of a route does",
      fix: "write a `g2` row for each route that is meant",
    };
  }
  if (comparison === "==" && text === "*") {
    return {
      message: "`==` compares `*` as it is written, so the row has no effect",
      fix: "delete the row, or write a row for each object that is meant",
    };
  }
  return undefined;
}

function namePattern(name: string, comparison: Comparison): ObjectPattern {
  if (READS_EXPRESSIONS.has(comparison) && /[^A-Za-z0-9_-]/.test(name)) {
    return problem(
      `\`${comparison}\` reads \`${name}\` as a regular expression`,
      "write a row for each resource that is meant, in letters, digits and `_ -`",
    );
  }
  if (isPermission(`${name}:x`)) return { kind: "name", name };
  return problem(
    `\`${name}\` is neither a path nor the resource of a permission`,
    "rename it to letters, digits and `. _ -`, or begin the path with `/`",
  );
}

/** These put the pattern into a regular expression as it is. */
const READS_EXPRESSIONS: ReadonlySet<Comparison> = new Set([
  "keyMatch2",
  "keyMatch3",
  "keyMatch4",
  "keyMatch5",
]);

function pathPattern(text: string, comparison: Comparison): ObjectPattern {
  if (text === "/") return { kind: "paths", templates: [[]] };
  if (text === "/*" && comparison.startsWith("keyMatch")) return { kind: "paths", templates: ALL_PATHS };
  const parts = text.slice(1).split("/");
  const template: Segment[] = [];
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const segment = part === "*" ? starSegment(text, comparison, isLast) : segmentOf(part, text, comparison);
    if ("problem" in segment) return { kind: "problem", ...segment };
    template.push(segment);
  }
  const names = template.flatMap((segment) => (segment.kind === "parameter" ? [segment.name] : []));
  if (comparison === "keyMatch4" && new Set(names).size < names.length) {
    return problem(
      "`keyMatch4` compares parameters of the same name with each other",
      "compare them in your service, and give each its own name",
    );
  }
  return { kind: "paths", templates: [template] };
}

type SegmentReading = Segment | { readonly problem: Problem };

function starSegment(text: string, comparison: Comparison, isLast: boolean): SegmentReading {
  const before = text.slice(0, text.indexOf("*"));
  if (isLast && comparison.startsWith("keyMatch")) return GREEDY;
  if (comparison === "keyMatch") {
    return {
      problem: {
        message: `\`keyMatch\` ignores what follows the first \`*\`: the row matches every path below \`${before}\``,
        fix: `write \`${before}*\` if that is meant; else a \`g2\` row for each route, such as \`${before}{id}${text.slice(before.length + 1)}\``,
      },
    };
  }
  if (comparison.startsWith("keyMatch")) {
    const one = comparison === "keyMatch2" ? ":id" : "{id}";
    return {
      problem: {
        message: "a `*` in the middle matches any number of segments, which a route cannot",
        fix: `write \`${text.replace("/*/", `/${one}/`)}\` if one segment is meant; else a row for each route`,
      },
    };
  }
  return literalProblem("*", comparison);
}

function segmentOf(part: string, text: string, comparison: Comparison): SegmentReading {
  if (part === "") {
    return {
      problem: {
        message: text.endsWith("/") ? "the path ends with a slash" : "the path has an empty segment",
        fix: "claimgate denies such a request: delete the row, or write the path without the slash",
      },
    };
  }
  const parameter = parameterOf(part, comparison);
  if (parameter !== undefined) return parameter;
  if (part.includes("*")) return partialStar(part, text, comparison);
  return literalOf(part, text, comparison);
}

/** `:id` for keyMatch2, `{id}` for keyMatch3, 4 and 5. */
function parameterOf(part: string, comparison: Comparison): SegmentReading | undefined {
  const isColon = comparison === "keyMatch2";
  if (!READS_EXPRESSIONS.has(comparison) || !part.startsWith(isColon ? ":" : "{")) return undefined;
  const name = (isColon ? /^:([A-Za-z0-9_-]+)$/ : /^\{([A-Za-z0-9_-]+)\}$/).exec(part)?.[1];
  if (name !== undefined) return { kind: "parameter", name };
  if (/^(?::|\{\}?)$/.test(part) || (!isColon && !part.includes("}"))) {
    return {
      problem: {
        message: `\`${part}\` makes \`${comparison}\` run forever`,
        fix: isColon ? "write a name after the colon" : "write `{name}`",
      },
    };
  }
  return {
    problem: {
      message: `\`${comparison}\` reads \`${part}\` as one whole segment, or as a part of an expression`,
      fix: isColon
        ? "write `:name` for one segment"
        : "write `{name}` for one segment, `*` for all that follow",
    },
  };
}

function partialStar(part: string, text: string, comparison: Comparison): SegmentReading {
  if (!comparison.startsWith("keyMatch")) return literalProblem(part, comparison);
  const path = text.slice(0, text.indexOf("*"));
  const parent = path.slice(0, path.lastIndexOf("/") + 1);
  const message =
    comparison === "keyMatch"
      ? `\`keyMatch\` matches every path that begins with \`${path}\`, such as \`${path}-secret\``
      : `\`${comparison}\` reads \`${part}\` as a regular expression`;
  return {
    problem: {
      message,
      fix: `write \`${path}\` and \`${path}/*\` as two rows if that is meant; else a row for each route below \`${parent}\``,
    },
  };
}

/** What a route can have in a literal segment. */
const LITERAL = /^(?!:)[A-Za-z0-9._~:-]+$/;

function literalOf(part: string, text: string, comparison: Comparison): SegmentReading {
  if (!READS_EXPRESSIONS.has(comparison)) {
    if (LITERAL.test(part) && part !== "." && part !== "..") return { kind: "literal", text: part };
    return literalProblem(part, comparison);
  }
  const plain = part.replaceAll("\\.", "_");
  if (plain.includes(".")) {
    return {
      problem: {
        message: `in \`${comparison}\` the dot of \`${part}\` matches any character`,
        fix: `write \`${part.replaceAll(/(?<!\\)\./g, "\\.")}\` in the old row if a dot is meant`,
      },
    };
  }
  const isColonSafe = !part.includes(":") || comparison !== "keyMatch2" || !text.includes("/:");
  const literal = part.replaceAll("\\.", ".");
  if (LITERAL.test(literal) && isColonSafe && literal !== "." && literal !== "..") {
    return { kind: "literal", text: literal };
  }
  return literalProblem(part, comparison);
}

function literalProblem(part: string, comparison: Comparison): { readonly problem: Problem } {
  if (READS_EXPRESSIONS.has(comparison)) {
    return {
      problem: {
        message: `\`${comparison}\` reads \`${part}\` as a part of a regular expression`,
        fix: "write a `g2` row for each route that is meant",
      },
    };
  }
  const isParameter = /^(?::|\{)/.test(part);
  return {
    problem: {
      message: `\`${comparison}\` compares \`${part}\` as it is written`,
      fix: isParameter
        ? "if your service asks with the template of the route instead of the path, write the `g2` row by hand"
        : "a segment of a route has letters, digits and `. _ ~ : -`; write the `g2` row of the route that is meant",
    },
  };
}

function problem(message: string, fix: string): ObjectPattern {
  return { kind: "problem", problem: { message, fix } };
}
