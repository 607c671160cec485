import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../announcements.ts";
import type { MatrixJson } from "../contract.ts";
import { type ColumnKind, changedCells, hasApps, withColumns } from "../models/matrix-changes.ts";
import { MatrixTable } from "./matrix-table.tsx";
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
}: {
  readonly value: MatrixJson | undefined;
  readonly error: string | undefined;
  /** What the page says of the version of the policy. */
  readonly version: (version: string) => string;
  /** The columns until others are chosen. */
  readonly first?: ColumnKind;
  /** Whether changes are shown and not announced: while typing there are many. */
  readonly isQuiet?: boolean;
}) {
  const [wanted, choose] = useState<ColumnKind>();
  const chosen = wanted ?? first;
  const changed = useChanges(value, isQuiet);
  const withApps = value !== undefined && hasApps(value);
  // An edit can remove the last row about an app.
  const kind = chosen === "app" && !withApps ? "group" : chosen;
  const matrix = value === undefined ? undefined : withColumns(value, kind);
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
      {matrix === undefined ? null : matrix.columns.length === 0 ? (
        <Empty>No row names a {kind}.</Empty>
      ) : (
        <MatrixTable matrix={matrix} changed={changed} />
      )}
      {matrix === undefined ? null : <Origins matrix={matrix} />}
      {withApps && kind !== "app" ? (
        <p class="soft">Users may do this only through apps whose p3 rows cover it: see Apps.</p>
      ) : null}
      {value === undefined ? null : <p class="soft">{version(value.version.slice(0, 12))}</p>}
    </Panel>
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
function Origins({ matrix: { columns, directoryGroups = [] } }: { readonly matrix: MatrixJson }) {
  return directoryGroups
    .filter(({ group }) => columns.includes(group))
    .map(({ group, sources }) => (
      <p class="soft" key={group}>
        {group}: also members of {sources.join(", ")}, by their directory.
      </p>
    ));
}
