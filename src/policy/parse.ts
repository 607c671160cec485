import type { Condition } from "./condition.ts";
import { parseCondition } from "./condition.ts";
import type { CsvRecord, Field } from "./csv.ts";
import { columnIn, quoteField, readCsv, rowText } from "./csv.ts";
import { directoryValueProblem } from "./directory-value.ts";
import { parseAddressPattern } from "./email.ts";
import { type Finding, type LikelyFix, likelyFix, type Suggestion } from "./finding.ts";
import { foreignRows } from "./foreign-rows.ts";
import { isPermission, isPermissionPattern, PUBLIC } from "./permission.ts";
import { isPhonePattern } from "./phone.ts";
import { isSpecialRoute, likelyRoute, parsePathRoute } from "./route.ts";
import type { Effect, Row, RowType } from "./row.ts";
import { likelyEffect, splitPermission } from "./split-permission.ts";
import type { Subject, SubjectPrefix } from "./subject.ts";
import { AUTHENTICATED, isSubject, MACHINE, SUBJECT_PREFIXES } from "./subject.ts";
import { likelySubjects, subjectGuide, subjectNameProblem } from "./subject-name.ts";
import { hasBraces } from "./tenant-group.ts";

/** The valid rows of a file, and findings about the others. */
export interface Parsing {
  readonly rows: readonly Row[];
  readonly findings: readonly Finding[];
}

/** Parses all files of a policy; returns the rows in canonical order. */
export function parsePolicy(files: readonly { readonly path: string; readonly text: string }[]): Parsing {
  return joinParsings(files.map((file) => parseRows(file.path, file.text)));
}

/** The parsings of files as one, in canonical order. */
function joinParsings(parsings: readonly Parsing[]): Parsing {
  return {
    rows: parsings.flatMap((parsing) => parsing.rows).sort(byText),
    findings: parsings.flatMap((parsing) => parsing.findings),
  };
}

/** Canonical order: sorted by the row's spelling, so the order of files and lines has no meaning. */
export function byText(a: { readonly text: string }, b: { readonly text: string }): number {
  if (a.text === b.text) return 0;
  return a.text < b.text ? -1 : 1;
}

/** Parses one policy file. Never throws; every line is either a row, a comment, blank or a finding. */
export function parseRows(file: string, text: string): Parsing {
  const reading = readCsv(file, text);
  const rows: Row[] = [];
  const foreign = foreignRows(file, reading.records);
  const findings = [...reading.findings, ...(foreign === undefined ? [] : [foreign.finding])];
  for (const record of reading.records) {
    if (foreign?.records.has(record) === true) continue;
    const reader = new RecordReader(file, record);
    const row = reader.read();
    findings.push(...reader.findings);
    if (row !== undefined && reader.findings.length === 0) rows.push(row);
  }
  return { rows, findings };
}

/** The columns of each row type, and how many at the end are optional. */
const COLUMNS: Record<RowType, { readonly names: readonly string[]; readonly optional: number }> = {
  p: { names: ["subject", "permission", "effect", "condition"], optional: 1 },
  g: { names: ["member", "role"], optional: 0 },
  g2: { names: ["route", "permission"], optional: 0 },
  p2: { names: ["address pattern", "effect"], optional: 0 },
  g3: { names: ["address pattern", "group"], optional: 0 },
  p3: { names: ["client", "permission", "scope"], optional: 1 },
  g4: { names: ["provider/value", "group"], optional: 0 },
};

/** The prefixes that a row type allows. */
export const ROW_TYPES = Object.keys(COLUMNS) as readonly RowType[];

const PATTERNS = "`resource:action`, `resource:*`, `*:action` or `*`";

/** Roles first, since rows name them more often than groups. */
const LIKELY_PREFIXES: readonly SubjectPrefix[] = ["role", "group", "user", "client", "scope"];

/** Reads the fields of one record and collects its problems. */
class RecordReader {
  readonly findings: Finding[] = [];
  readonly #file: string;
  readonly #record: CsvRecord;

  constructor(file: string, record: CsvRecord) {
    this.#file = file;
    this.#record = record;
  }

  read(): Row | undefined {
    const [first, ...values] = this.#record.fields;
    const type = first === undefined ? undefined : this.#type(first);
    if (first === undefined || type === undefined || this.#isSplitPermission(type, values)) return undefined;
    if (!this.#arity(type, first, values)) return undefined;
    const fields = values.map((field) => field.text);
    const placed = {
      file: this.#file,
      line: this.#record.line,
      fields,
      columns: values.map((field) => field.column),
      lengths: values.map((field) => field.length),
      text: rowText(type, fields),
    };
    const [a, b, c, d] = values;
    if (a === undefined || b === undefined) return undefined;
    switch (type) {
      case "p": {
        if (c === undefined) return undefined;
        const subject = this.#concrete(a, this.#subject(a));
        const permission = this.#permission(b, isPermissionPattern, PATTERNS);
        const effect = this.#effect(c);
        const condition = d === undefined ? undefined : this.#condition(d);
        if (subject === undefined || effect === undefined) return undefined;
        return { type, ...placed, subject, permission, effect, condition };
      }
      case "g": {
        const member = this.#subject(a);
        const role = this.#role(b);
        return member === undefined || role === undefined ? undefined : { type, ...placed, member, role };
      }
      case "g2": {
        const route = this.#route(a);
        const permission =
          b.text === PUBLIC ? PUBLIC : this.#permission(b, isPermission, "`resource:action` or `public`");
        return { type, ...placed, route, permission };
      }
      case "p2": {
        const effect = this.#effect(b);
        const pattern = this.#pattern(a);
        return effect === undefined ? undefined : { type, ...placed, pattern, effect };
      }
      case "g3": {
        const group = this.#group(b, "a `g3` row adds new users to a Cognito group");
        const pattern = this.#pattern(a);
        return group === undefined ? undefined : { type, ...placed, pattern, group };
      }
      case "p3": {
        const client = this.#client(a);
        const permission = this.#permission(b, isPermissionPattern, PATTERNS);
        const scope = c === undefined ? undefined : this.#scope(c);
        return client === undefined ? undefined : { type, ...placed, client, permission, scope };
      }
      case "g4": {
        const group = this.#group(b, "a `g4` row adds a Cognito group to tokens");
        const source = this.#directoryValue(a);
        return group === undefined ? undefined : { type, ...placed, source, group };
      }
    }
  }

  #report(at: Field, offset: number, rule: string, message: string, fix: string | LikelyFix): undefined {
    const place = { file: this.#file, line: this.#record.line, column: columnIn(at, offset) };
    this.findings.push({ rule, ...place, message, ...(typeof fix === "string" ? { fix } : fix) });
  }

  /** One replacement of the field by each of the strings. */
  #instead({ column, length }: Field, ...texts: readonly (string | undefined)[]): Suggestion[] {
    const place = { file: this.#file, line: this.#record.line, column, length };
    return texts.flatMap((text) =>
      text === undefined ? [] : [{ meant: text, edits: [{ ...place, text: quoteField(text) }] }],
    );
  }

  #type(field: Field): RowType | undefined {
    const type = ROW_TYPES.find((name) => name === field.text);
    if (type !== undefined) return type;
    const message = `unknown row type \`${field.text}\`; expected one of ${ROW_TYPES.join(", ")}`;
    const folded = ROW_TYPES.find((name) => name === field.text.toLowerCase());
    const fix = likelyFix(this.#instead(field, folded), typeGuide(field.text));
    return this.#report(field, 0, "unknown-row-type", message, fix);
  }

  #arity(type: RowType, first: Field, values: readonly Field[]): boolean {
    const { names, optional } = COLUMNS[type];
    const shape = `\`${type}, ${names.map((name, i) => (i < names.length - optional ? name : `[${name}]`)).join(", ")}\``;
    if (values.length < names.length - optional) {
      const missing = names[values.length] ?? "";
      const message = `the \`${type}\` row has ${values.length === 1 ? "one column" : `${values.length} columns`}; the ${missing} is missing`;
      this.#report(values.at(-1) ?? first, 0, "too-few-columns", message, `write ${shape}`);
      return false;
    }
    const surplus = values[names.length];
    if (surplus !== undefined) {
      const message = `a \`${type}\` row has at most ${names.length} columns; \`${surplus.text}\` is one too many`;
      const comment = surplus.text.startsWith("#");
      const fix = comment
        ? "put the comment on a line of its own"
        : `write ${shape}, with one row for each case`;
      this.#report(surplus, 0, "too-many-columns", message, fix);
      return false;
    }
    for (const [index, value] of values.entries()) {
      if (value.text !== "") continue;
      const trailing = index >= names.length - optional;
      const fix = trailing ? "remove the comma at the end of the line" : `write ${shape}`;
      this.#report(value, 0, "empty-field", `the ${names[index] ?? "field"} is empty`, fix);
      return false;
    }
    return this.#noComment(values);
  }

  /** casbin reads a `#` after a row as data, so it must not look like a comment. */
  #noComment(values: readonly Field[]): boolean {
    const last = values.at(-1);
    const hash = last?.text.search(/\s#/) ?? -1;
    if (last === undefined || hash < 0) return true;
    const message = "a comment after a row would become part of its last column";
    this.#report(last, hash + 1, "inline-comment", message, "put the comment on a line of its own");
    return false;
  }

  /** `p, role:admin, orders, delete[, EFFECT]` */
  #isSplitPermission(type: RowType, values: readonly Field[]): boolean {
    const split = type === "p" ? splitPermission(values) : undefined;
    if (split === undefined) return false;
    const { resource, action, last, permission, effect } = split;
    const length = last.column + last.length - resource.column;
    const place = { file: this.#file, line: this.#record.line, column: resource.column, length };
    const meant =
      permission === undefined
        ? []
        : [
            {
              meant: rowText("p", [values[0]?.text ?? "", permission, effect]),
              edits: [{ ...place, text: `${permission}, ${effect}` }],
            },
          ];
    const message = `the resource \`${resource.text}\` and the action \`${action.text}\` are in two columns`;
    const guide = "write the permission in one column, `resource:action`, and the effect in the next";
    this.#report(resource, 0, "permission-shape", message, likelyFix(meant, guide));
    return true;
  }

  /**
   * @param prefixes the prefixes that its column allows
   */
  #subject(field: Field, prefixes: readonly SubjectPrefix[] = LIKELY_PREFIXES): Subject | undefined {
    if (!isSubject(field.text)) {
      const known = SUBJECT_PREFIXES.map((prefix) => `\`${prefix}:\``).join(", ");
      const message = `\`${field.text}\` is not a subject; expected one of the prefixes ${known}`;
      const meant = this.#instead(field, ...likelySubjects(field.text, prefixes));
      return this.#report(field, 0, "subject-prefix", message, likelyFix(meant, subjectGuide(field.text)));
    }
    const problem = subjectNameProblem(field.text);
    if (problem === undefined) return field.text;
    const offset = field.text.indexOf(":") + 1;
    return this.#report(field, offset, "subject-name", `\`${field.text}\`: ${problem}`, "correct the name");
  }

  /** Only a member of a `g` row can be the group of each tenant. */
  #concrete(field: Field, subject: Subject | undefined): Subject | undefined {
    if (subject === undefined || !hasBraces(subject)) return subject;
    const message = `\`${subject}\` has a placeholder, which only the member of a \`g\` row can have`;
    const fix = "name one group, or give the group a role by a `g` row and name the role";
    return this.#report(field, subject.indexOf("{"), "tenant-group", message, fix);
  }

  #role(field: Field): Subject | undefined {
    const role = this.#subject(field, ["role"]);
    if (role === undefined) return undefined;
    if (!role.startsWith("role:")) {
      const fix = "write `g, member, role`; swap the two columns if they are reversed";
      return this.#report(field, 0, "role-expected", `\`${role}\` is not a role`, fix);
    }
    if (role === AUTHENTICATED || role === MACHINE) {
      const message = `\`${role}\` follows from the kind of token and cannot be assigned`;
      return this.#report(
        field,
        0,
        "role-built-in",
        message,
        "assign another role, and grant the permissions to that role",
      );
    }
    return role;
  }

  #permission(field: Field, accept: (text: string) => boolean, expected: string): string {
    if (accept(field.text)) return field.text;
    const message = `\`${field.text}\` is not a permission; expected ${expected}`;
    if (field.text === "*:*" && accept("*")) {
      this.#report(field, 0, "permission-shape", message, likelyFix(this.#instead(field, "*"), "write `*`"));
      return field.text;
    }
    const fix = field.text.includes("/")
      ? "name a permission here; a `g2` row maps a route to it"
      : "name a resource and an action, e.g. `orders:read`";
    this.#report(field, 0, "permission-shape", message, fix);
    return field.text;
  }

  #effect(field: Field): Effect | undefined {
    if (field.text === "allow" || field.text === "deny") return field.text;
    const message = `the effect is \`${field.text}\`; expected exactly \`allow\` or \`deny\``;
    const fix = likelyFix(this.#instead(field, likelyEffect(field.text)), "write `allow` or `deny`");
    return this.#report(field, 0, "effect", message, fix);
  }

  #condition(field: Field): Condition | undefined {
    const parsed = parseCondition(field.text);
    if ("condition" in parsed) return parsed.condition;
    const message = `\`${parsed.part}\` is not a comparison; expected \`{parameter}=claim\`, \`{parameter}='literal'\` or \`max_age=seconds\`, each also with \`!=\``;
    const fix = likelyFix(this.#instead(field, likelyCondition(field.text)), conditionGuide(parsed.part));
    return this.#report(field, parsed.offset, "condition-shape", message, fix);
  }

  #route(field: Field): string {
    if (isSpecialRoute(field.text)) return field.text;
    const parsed = parsePathRoute(field.text);
    if ("problem" in parsed) {
      const { offset, message, fix } = parsed.problem;
      const meant = this.#instead(field, likelyRoute(field.text));
      this.#report(field, offset, "route-shape", message, likelyFix(meant, fix));
    }
    return field.text;
  }

  #pattern(field: Field): string {
    if (parseAddressPattern(field.text) !== undefined || isPhonePattern(field.text)) return field.text;
    if (/^\+?[\d\s().*/-]+$/.test(field.text)) return this.#phonePattern(field);
    const ofDomain = `*@${field.text.replace(/^@/, "")}`;
    const meant = parseAddressPattern(ofDomain) === undefined ? undefined : ofDomain;
    const guide =
      "write `*@domain`, `*@*.domain` for all domains below it, a whole address, or `*` for every address, in ASCII (domains as punycode) and without quotation marks, comments, `%` or `!`";
    const fix = likelyFix(this.#instead(field, meant), guide);
    this.#report(field, 0, "address-pattern", `\`${field.text}\` is not an address pattern`, fix);
    return field.text;
  }

  #phonePattern(field: Field): string {
    const digits = `+${field.text.replaceAll(/[^\d*]/g, "")}`;
    const meant = field.text.startsWith("+") && isPhonePattern(digits) ? [digits] : [];
    const guide =
      "write `+49*` for all numbers that begin so, `+*` for every number, or a whole number: a plus sign, the country code, and digits only";
    const message = `\`${field.text}\` is not a pattern for phone numbers`;
    this.#report(field, 0, "address-pattern", message, likelyFix(this.#instead(field, ...meant), guide));
    return field.text;
  }

  #directoryValue(field: Field): string {
    const problem = directoryValueProblem(field.text);
    if (problem !== undefined) {
      const { offset, message, fix, meant } = problem;
      this.#report(field, offset, "directory-value", message, likelyFix(this.#instead(field, meant), fix));
    }
    return field.text;
  }

  /** @param purpose what the row does with the group */
  #group(field: Field, purpose: string): string | undefined {
    const subject = this.#concrete(field, this.#subject(field, ["group"]));
    if (subject === undefined) return undefined;
    if (subject.startsWith("group:")) return subject.slice("group:".length);
    const message = `\`${subject}\` is not a group; ${purpose}`;
    return this.#report(field, 0, "group-expected", message, "write `group:NAME`");
  }

  #client(field: Field): Subject | undefined {
    const subject = this.#subject(field, ["client"]);
    if (subject === undefined || subject.startsWith("client:")) return subject;
    const message = `\`${subject}\` is not an app client; a \`p3\` row says what an app may do on behalf of its users`;
    const fix = "write `client:NAME`; a `p` row grants permissions to other subjects";
    return this.#report(field, 0, "client-expected", message, fix);
  }

  #scope(field: Field): string | undefined {
    const name = field.text.startsWith("scope:") ? field.text.slice("scope:".length) : field.text;
    const problem = subjectNameProblem(`scope:${name}`);
    if (problem === undefined && name === field.text) return name;
    const message = `\`${field.text}\`: ${problem ?? "the scope of a `p3` row has no prefix"}`;
    const meant = problem === undefined ? this.#instead(field, name) : [];
    const guide = "write the scope as the token has it, such as `orders-api/orders.read`";
    return this.#report(field, 0, "scope-shape", message, likelyFix(meant, guide));
  }
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3_600 };

/** Double or typographic quotes for single ones, and an age with a unit in seconds. */
function likelyCondition(text: string): string | undefined {
  const meant = text
    .replace(/["\u2018\u2019\u201A\u201C\u201D\u201E`]/g, "'")
    .replace(
      /\bmax_age(!?=)(\d{1,6})(s|m|min|h)(?=&|$)/g,
      (_whole, relation: string, count: string, unit: string) => {
        return `max_age${relation}${Number(count) * (SECONDS[unit] ?? 1)}`;
      },
    );
  return meant !== text && "condition" in parseCondition(meant) ? meant : undefined;
}

function conditionGuide(part: string): string {
  if (/^max_?age/i.test(part)) return "write the age of a sign-in in whole seconds, as in `max_age=300`";
  if (/['"]/.test(part))
    return "a literal is letters, digits and `. _ ~ -` in single quotes, as in `{env}='dev'`";
  if (/\s/.test(part)) return "write it without spaces, and join comparisons with `&`";
  return "write e.g. `{userId}=sub`; join several comparisons with `&`";
}

function typeGuide(text: string): string {
  if (/[;\t]/.test(text)) return "separate the columns with commas";
  if (text.startsWith("//") || text.startsWith("--")) return "a comment begins with `#`";
  return "begin every row with its type; policy files have no header row";
}
