import type { Policy } from "../../../policy/policy.ts";
import type { Subject } from "../../../policy/subject.ts";
import type { Access } from "../../access/access.ts";
import { type AccessHolder, accessHolders } from "../../access/access-holders.ts";
import { accessOfHolders } from "../../access/access-of-holders.ts";
import type { TermsTarget } from "../../access/access-terms.ts";
import { accessThrough, limitedApps } from "../../access/app-access.ts";
import { directorySources } from "../../access/directory-sources.ts";
import { emptyPattern, namePattern, subjectPattern } from "../../access/name-pattern.ts";
import { byPath } from "../../access/route-order.ts";
import { accessOnBehalf, usersThroughApps } from "../../access/users-through-apps.ts";
import { CommandError } from "../../machine/command-error.ts";
import { matrixPage } from "../../report/matrix-page.ts";
import type { CommonOptions } from "../terminal/common-options.ts";
import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import type { PolicyOptions } from "../terminal/policy-options.ts";
import { policyOf } from "../terminal/read-policy.ts";
import { csvOf, excelOf, type Matrix, markdownOf, prettyOf } from "./print-matrix.ts";
import type { MatrixJson } from "./show-contract.ts";

export interface MatrixArguments extends CommonOptions, PolicyOptions {
  readonly format: "pretty" | "json" | "markdown" | "csv" | "html";
  readonly columns: "roles" | "groups" | "all";
  readonly rows: "permissions" | "routes";
  readonly by: "subject" | "app" | "both";
  readonly excel?: "comma" | "semicolon";
  /** A name, or a pattern with `*`; the same for the columns. */
  readonly onlyRows?: string;
  readonly onlyColumns?: string;
}

/** `claimgate matrix`. @throws CommandError, PolicyError */
export function runMatrix(context: Context, options: MatrixArguments): Promise<ExitCode> {
  if (options.excel !== undefined && options.format !== "csv") {
    throw new CommandError("command_usage", "`--excel` requires CSV", { fix: "add --format csv" });
  }
  const policy = policyOf(context, options);
  const matrix = matrixOf(policy, options);
  const { output } = context;
  for (const line of notesOf(policy, options)) output.notes.line(line);
  switch (options.format) {
    case "json":
      output.json({ policyVersion: policy.version, ...matrix } satisfies MatrixJson);
      break;
    case "html":
      output.screen.document(matrixPage({ policyVersion: policy.version, ...matrix, what: options.rows }));
      break;
    case "csv":
      output.screen.document(options.excel === undefined ? csvOf(matrix) : excelOf(matrix, options.excel));
      break;
    case "markdown":
      output.screen.document(markdownOf(matrix));
      break;
    case "pretty":
      output.screen.line(prettyOf(matrix, context.columns).replace(/\n$/, ""));
  }
  return Promise.resolve(EXIT.ok);
}

function matrixOf(policy: Policy, options: MatrixArguments): Matrix {
  const { columns, accessTo } = columnsOf(policy, options);
  const names = rowNamesOf(policy, options.rows).filter(namePattern(options.onlyRows));
  const shown = new Set(columns.map(({ subject, user }) => user ?? subject));
  const directoryGroups = directorySources(policy).filter(({ group }) => shown.has(group));
  return {
    columns: columns.map(({ subject }) => subject),
    rows: names.map((name) => ({
      name,
      access: accessTo(options.rows === "routes" ? { route: name } : { permission: name }),
    })),
    ...(directoryGroups.length > 0 && { directoryGroups }),
  };
}

interface MatrixColumns {
  readonly columns: readonly {
    /** The heading. */
    readonly subject: Subject;
    /** The subject without an app; undefined for all users of an app. */
    readonly user?: Subject;
  }[];
  /** One for each column. */
  readonly accessTo: (target: TermsTarget) => readonly Access[];
}

/** Without `p3` rows, who asks through an app is who asks. */
function columnsOf(policy: Policy, options: MatrixArguments): MatrixColumns {
  const isColumn = subjectPattern(options.onlyColumns);
  if (options.by === "app") {
    const clients = limitedApps(policy).filter((client) => isColumn(`client:${client}`));
    return {
      columns: clients.map((client) => ({ subject: `client:${client}` })),
      accessTo: (target) => clients.map((client) => accessThrough(policy, target, client)),
    };
  }
  if (options.by === "both" && policy.apps.size > 0) {
    const columns = usersThroughApps(policy)
      .filter(({ user }) => user.startsWith(prefixOf(options)))
      .filter(({ user, client }) => isColumn(user) || isColumn(`client:${client}`));
    return { columns, accessTo: (target) => columns.map((one) => accessOnBehalf(policy, target, one)) };
  }
  const columns = holdersOf(policy, options).filter(({ subject }) => isColumn(subject));
  return {
    columns: columns.map(({ subject }) => ({ subject })),
    accessTo: accessOfHolders(
      policy,
      columns.map(({ held }) => held),
    ),
  };
}

function holdersOf(policy: Policy, columns: Pick<MatrixArguments, "columns">): readonly AccessHolder[] {
  return accessHolders(policy).filter(({ subject }) => subject.startsWith(prefixOf(columns)));
}

function prefixOf({ columns }: Pick<MatrixArguments, "columns">): string {
  return columns === "all" ? "" : columns === "roles" ? "role:" : "group:";
}

function rowNamesOf(policy: Policy, rows: MatrixArguments["rows"]): readonly string[] {
  return rows === "routes" ? [...policy.routeEntries.keys()].sort(byPath) : permissionsOf(policy);
}

function notesOf(policy: Policy, options: MatrixArguments): readonly string[] {
  const { rows, onlyRows, onlyColumns, by } = options;
  const otherRows = rows === "routes" ? "permissions" : "routes";
  return [
    emptyPattern("--only-rows", onlyRows, rowNamesOf(policy, rows), {
      names: rowNamesOf(policy, otherRows),
      option: `--rows ${otherRows}`,
    }),
    emptyPattern("--only-columns", onlyColumns, columnNamesOf(policy, options), {
      names: by === "app" ? [] : columnNamesOf(policy, { ...options, columns: "all" }),
      option: "--columns all",
    }),
    by !== "subject" && policy.apps.size === 0
      ? "the policy has no `p3` rows: every app may do everything that its users may"
      : undefined,
    by === "subject" && policy.apps.size > 0
      ? "users may do this only through apps whose `p3` rows cover it; `--by both` shows each app"
      : undefined,
  ].filter((line) => line !== undefined);
}

/** The names that `--only-columns` selects from. */
function columnNamesOf(policy: Policy, options: MatrixArguments): readonly string[] {
  const apps = limitedApps(policy).map((client) => `client:${client}`);
  if (options.by === "app") return apps;
  const subjects = holdersOf(policy, options).map(({ subject }) => subject);
  return options.by === "both" ? [...subjects, ...apps] : subjects;
}

/** Those that open a route. */
function permissionsOf(policy: Policy): readonly string[] {
  const all = [...policy.routeEntries.values()].flatMap(({ permissions }) => permissions);
  return [...new Set(all)].sort();
}
