import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../announcements.ts";
import type { MatrixJson, MatrixRowJson } from "../contract.ts";
import { changedCells } from "../models/matrix-changes.ts";
import {
  type ColumnKind,
  columnsOf,
  foundColumns,
  foundRows,
  hasApps,
  type MatrixColumn,
  type MatrixSearch,
  NO_SEARCH,
} from "../models/matrix-part.ts";
import { MatrixTable } from "./matrix-table.tsx";
import { More, STEP } from "./more.tsx";
import { Empty, Panel, Problem } from "./parts.tsx";

const KINDS: readonly (readonly [ColumnKind, string])[] = [
  ["group", "Groups"],
  ["role", "Roles"],
  ["all", "All"],
  ["app", "Apps"],
];

const FLASH_MS = 6_000;

/** Who may call which route; what an edit changed flashes. */
export function MatrixPanel({
  value,
  error,
  version,
  first = "group",
  isQuiet = false,
  isPart = false,
}: {
  readonly value: MatrixJson | undefined;
  readonly error: string | undefined;
  /** What the page says of the version of the policy. */
  readonly version: (version: string) => string;
  /** The columns until others are chosen. */
  readonly first?: ColumnKind;
  /** Whether changes are shown and not announced: while typing there are many. */
  readonly isQuiet?: boolean;
  /** Whether the page chose the routes, and lets a person look for others. */
  readonly isPart?: boolean;
}) {
  const [wanted, choose] = useState<ColumnKind>();
  const chosen = wanted ?? first;
  const changed = useChanges(value, isQuiet);
  const withApps = value !== undefined && hasApps(value);
  // An edit can remove the last row about an app.
  const kind = chosen === "app" && !withApps ? "group" : chosen;
  const columns = value === undefined ? [] : columnsOf(value, kind);
  return (
    <Panel
      title="Access matrix"
      actions={
        <fieldset class="segments">
          <legend class="hidden">Columns</legend>
          {KINDS.filter(([one]) => one !== "app" || withApps).map(([one, label]) => (
            <label key={one}>
              <input type="radio" name="columns" checked={one === kind} onChange={() => choose(one)} />
              {label}
            </label>
          ))}
        </fieldset>
      }
    >
      <Problem text={error} />
      {value === undefined ? null : columns.length === 0 ? (
        <Empty>No row names a {kind}.</Empty>
      ) : (
        <Searchable matrix={value} columns={columns} changed={changed} isPart={isPart} />
      )}
      {value === undefined ? null : <Origins matrix={value} columns={columns} />}
      {withApps && kind !== "app" ? (
        <p class="soft">Users may do this only through apps whose p3 rows cover it: see Apps.</p>
      ) : null}
      {value === undefined ? null : <p class="soft">{version(value.version.slice(0, 12))}</p>}
    </Panel>
  );
}

interface Shown {
  readonly matrix: MatrixJson;
  readonly columns: readonly MatrixColumn[];
  readonly changed: ReadonlySet<string>;
}

/** The first routes and subjects of the matrix, and what finds the others where there are more. */
function Searchable({ matrix, columns, changed, isPart }: Shown & { readonly isPart: boolean }) {
  const [search, find] = useState<MatrixSearch>(NO_SEARCH);
  const looksFor = (part: Partial<MatrixSearch>) => find({ ...search, ...part });
  const down = foundRows(matrix.rows, search);
  const across = foundColumns(columns, search);
  const hasManyRoutes = !isPart && (matrix.rows.length > STEP || search.route !== "");
  const hasManySubjects = columns.length > STEP || search.subject !== "";
  const table = (rows: readonly MatrixRowJson[]) => (
    <More items={across} noun="subjects">
      {(some) => <MatrixTable accesses={matrix.accesses} columns={some} rows={rows} changed={changed} />}
    </More>
  );
  return (
    <>
      {hasManyRoutes || hasManySubjects ? (
        <search class="filters pair">
          {hasManyRoutes ? (
            <Search label="Route or permission" value={search.route} find={(route) => looksFor({ route })} />
          ) : null}
          {hasManySubjects ? (
            <Search label="Subject" value={search.subject} find={(subject) => looksFor({ subject })} />
          ) : null}
        </search>
      ) : null}
      {down.length === 0 || across.length === 0 ? (
        <Empty>
          <p>No {down.length === 0 ? "route" : "subject"} fits the search.</p>
          <button type="button" onClick={() => find(NO_SEARCH)}>
            Show all
          </button>
        </Empty>
      ) : isPart ? (
        table(down)
      ) : (
        <More items={down} noun="routes">
          {table}
        </More>
      )}
    </>
  );
}

function Search({
  label,
  value,
  find,
}: {
  readonly label: string;
  readonly value: string;
  readonly find: (text: string) => void;
}) {
  return (
    <label>
      {label}
      <input type="search" value={value} onInput={(event) => find(event.currentTarget.value)} />
    </label>
  );
}

/** The cells that the last edit changed, for as long as they flash. */
function useChanges(matrix: MatrixJson | undefined, isQuiet: boolean): ReadonlySet<string> {
  const before = useRef(matrix);
  const [changed, flash] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const known = before.current;
    before.current = matrix;
    if (known === undefined || matrix === undefined || known.version === matrix.version) return;
    const cells = changedCells(known, matrix);
    flash(cells);
    if (!isQuiet)
      announce(
        cells.size === 0
          ? "The edit changes no access"
          : `The edit changes ${cells.size} cells of the matrix`,
      );
    const late = setTimeout(() => flash(new Set()), FLASH_MS);
    return () => clearTimeout(late);
  }, [matrix]);
  return changed;
}

/** Groups among the columns whose members come from a directory, too. */
function Origins({
  matrix: { directoryGroups = [] },
  columns,
}: {
  readonly matrix: MatrixJson;
  readonly columns: readonly MatrixColumn[];
}) {
  const shown = new Set(columns.map(({ subject }) => subject));
  return directoryGroups
    .filter(({ group }) => shown.has(group))
    .map(({ group, sources }) => (
      <p class="soft" key={group}>
        {group}: also members of {sources.join(", ")}, by their directory.
      </p>
    ));
}
