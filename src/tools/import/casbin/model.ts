import type { Problem, Refusal } from "../refusal.ts";
import { type Comparison, type MatcherTerm, readMatcher } from "./matcher.ts";
import { type ModelEntry, readModelFile } from "./model-file.ts";

/** A column of `p` rows, and how the request's value is compared with it. */
export interface Column {
  /** The index among the fields after `p`, from 0. */
  readonly index: number;
  readonly name: string;
  readonly comparison: Comparison;
  /** Whether `*` in the column matches everything. */
  readonly star: boolean;
}

/** A model that claimgate can say the same as: who, what and how, with roles and denies or without. */
export interface CasbinModel {
  readonly subject: Column;
  readonly object: Column;
  readonly action: Column;
  /** The index of the effect; undefined if every row allows. */
  readonly effect: number | undefined;
  /** The names of the columns of a `p` row. */
  readonly columns: readonly string[];
  /** Whether a `deny` row denies; else it has no effect. */
  readonly denies: boolean;
}

const ALLOW = "some(where(p.eft==allow))";
const DENY_OVERRIDE = `${ALLOW}&&!some(where(p.eft==deny))`;

/** Reads a model file; refuses it by name if claimgate cannot say the same. */
export function readModel(
  file: string,
  text: string,
): { readonly model: CasbinModel } | { readonly refused: readonly Refusal[] } {
  const { entries, refused } = readModelFile(file, text);
  // Of a file that is not a model, what is missing says nothing.
  if (entries.length === 0 && refused.length > 0) return { refused };
  const problems = [...refused];
  const refuse = (entry: Pick<ModelEntry, "line"> | undefined, problem: Problem) => {
    problems.push({ file, line: entry?.line ?? 1, column: 1, ...problem });
  };
  const entryOf = (section: string, key: string) => {
    // The last of several, as casbin's map has it.
    const entry = entries.findLast((one) => one.section === section && one.key === key);
    if (entry === undefined) refuse(undefined, missing(section, key));
    return entry;
  };
  for (const entry of entries) {
    const problem = /^[rpem]\d+$/.test(entry.key) ? severalDefinitions(entry.key) : roleProblem(entry);
    if (problem !== undefined) refuse(entry, problem);
  }
  const request = entryOf("request_definition", "r");
  const policy = entryOf("policy_definition", "p");
  const effect = entryOf("policy_effect", "e");
  const matcher = entryOf("matchers", "m");
  if (problems.length > 0 || !request || !policy || !effect || !matcher) return { refused: problems };
  const denies = readEffect(effect.value);
  if (typeof denies !== "boolean") refuse(effect, denies);
  const terms = readMatcher(matcher.value);
  if ("problem" in terms) refuse(matcher, terms.problem);
  const names = namesIn(request.value);
  if (names.length !== 3) refuse(request, { ...WRONG_REQUEST, message: requestHas(names.length) });
  else if (["sub", "obj", "act"].some((name, index) => names.includes(name) && names[index] !== name)) {
    refuse(request, WRONG_ORDER);
  }
  if (problems.length > 0 || "problem" in terms || typeof denies !== "boolean") return { refused: problems };
  const columns = namesIn(policy.value);
  const read = columnsOf(names, columns, terms);
  if ("problem" in read) refuse(matcher, read.problem);
  const hasRoles = entries.some(({ section, key }) => section === "role_definition" && key === "g");
  if (!("problem" in read) && read.subject.comparison === "g" && !hasRoles) refuse(matcher, NO_ROLES);
  if (problems.length > 0 || "problem" in read) return { refused: problems };
  return { model: { ...read, columns, denies } };
}

function namesIn(value: string): readonly string[] {
  return value.split(",").map((name) => name.trim());
}

/** Whether a `deny` denies. */
function readEffect(value: string): boolean | Problem {
  const text = value.replace(/\s+/g, "").replaceAll("p_eft", "p.eft");
  if (text === DENY_OVERRIDE) return true;
  if (text === ALLOW) return false;
  if (text.includes("riority")) {
    return {
      message: "the first matching row decides (`priority`)",
      fix: "claimgate has no order of rows, and a deny always wins: rewrite the rows without priorities first",
    };
  }
  if (text.startsWith("!some")) {
    return {
      message: "everything is allowed that no row denies",
      fix: "claimgate denies what no row allows: write `allow` rows for what is open",
    };
  }
  return {
    message: `\`${value}\` is not an effect that claimgate has`,
    fix: "claimgate allows if some matching row allows and none denies",
  };
}

/** Pairs each value of the request with its column. */
function columnsOf(
  request: readonly string[],
  columns: readonly string[],
  terms: readonly MatcherTerm[],
): Pick<CasbinModel, "subject" | "object" | "action" | "effect"> | { readonly problem: Problem } {
  const found = request.map((name) => {
    const [term, ...more] = terms.filter((one) => one.request === name);
    const index = columns.indexOf(term?.column ?? "");
    if (term === undefined || more.length > 0 || index < 0) return undefined;
    const { column, comparison, star } = term;
    return { index, name: column, comparison, star };
  });
  const effect = columns.indexOf("eft");
  const compared = new Set(found.map((column) => column?.index));
  const unused = columns.filter((_, index) => index !== effect && !compared.has(index));
  const [subject, object, action] = found;
  if (!subject || !object || !action || terms.length !== 3 || compared.size !== 3 || unused.length > 0) {
    return { problem: { ...WRONG_MATCHER, message: matcherMisses(request, found, unused) } };
  }
  if (subject.star || !["==", "g"].includes(subject.comparison)) {
    return {
      problem: {
        message: "the matcher compares subjects by a pattern",
        fix: "write `role:authenticated` for every signed-in user, or a role for the subjects that match",
      },
    };
  }
  const byRole = [object, action].find(({ comparison }) => comparison === "g");
  if (byRole !== undefined) {
    return {
      problem: {
        message: `the matcher follows roles of \`p.${byRole.name}\``,
        fix: "write a `p` row for each value of the role, and compare it by `==`",
      },
    };
  }
  return { subject, object, action, effect: effect < 0 ? undefined : effect };
}

function matcherMisses(
  request: readonly string[],
  found: readonly (Column | undefined)[],
  unused: readonly string[],
): string {
  const missed = request.find((_, index) => found[index] === undefined);
  if (missed !== undefined) return `the matcher does not compare \`r.${missed}\` with one column of \`p\``;
  const column = unused[0];
  return column === undefined
    ? "the matcher compares more than subject, object and action"
    : `the matcher does not read the column \`p.${column}\``;
}

const WRONG_MATCHER = { fix: "expected a comparison each of subject, object and action, joined by `&&`" };

function requestHas(count: number): string {
  return `a request has ${count} ${count === 1 ? "value" : "values"}; expected subject, object and action`;
}

const WRONG_REQUEST = {
  fix: "docs/from-casbin.md shows the rows for domains and attributes; for a request without a subject or an action write the rows by hand",
};

const WRONG_ORDER = {
  message: "the values of a request are in another order than subject, object and action",
  fix: "write `r = sub, obj, act`; the order of the columns of `p` does not matter",
};

const NO_ROLES = {
  message: "the matcher calls `g`, but the model has no `[role_definition]` with `g = _, _`",
  fix: "give the model that your service loads, which casbin reads",
};

function missing(section: string, key: string): Problem {
  return {
    message: `the model has no \`${key}\` in \`[${section}]\``,
    fix: "give the model that your service loads, which casbin reads",
  };
}

function severalDefinitions(key: string): Problem {
  return {
    message: `the model has a second definition, \`${key}\``,
    fix: "convert each definition on its own: give a model with one `r`, `p`, `e` and `m`, and its rows",
  };
}

function roleProblem({ section, key, value }: ModelEntry): Problem | undefined {
  if (section !== "role_definition") return undefined;
  if (key !== "g") {
    return {
      message: `the model has a second kind of roles, \`${key}\``,
      fix: "write a `p` row for each resource of a role, and remove the definition from the model",
    };
  }
  if (namesIn(value).length === 2) return undefined;
  return {
    message: "the model has roles by domain, `g = _, _, _`",
    fix: "write `g, group:{tenantId}.NAME, role:NAME` (docs/tenants.md), or the condition `{tenantId}=tenant_id`: the tenant is a parameter of the path",
  };
}
