import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../announcements.ts";
import type { CellJson, MatrixJson } from "../contract.ts";
import { useServer } from "../live.ts";
import { type ColumnKind, cellKey, changedCells, hasApps, withColumns } from "../models/matrix-changes.ts";
import { hashOf } from "../models/page-place.ts";
import { Empty, Panel, Problem } from "./parts.tsx";

const KINDS: readonly (readonly [ColumnKind, string])[] = [
  ["group", "Groups"],
  ["role", "Roles"],
  ["all", "All"],
  ["app", "Apps"],
];

const FLASH_MS = 6_000;

/** Who may call which route by the policy in force; what an edit changed flashes. */
export function MatrixPanel() {
  const { value, error } = useServer<MatrixJson>("/api/matrix", "policy");
  const [chosen, choose] = useState<ColumnKind>("group");
  const changed = useChanges(value);
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
      {value === undefined ? null : <p class="soft">Version {value.version.slice(0, 12)} is in force.</p>}
    </Panel>
  );
}

/** The cells that the last edit changed, for as long as they flash. */
function useChanges(matrix: MatrixJson | undefined): ReadonlySet<string> {
  const before = useRef(matrix);
  const [changed, flash] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const known = before.current;
    before.current = matrix;
    if (known === undefined || matrix === undefined || known.version === matrix.version) return;
    const cells = changedCells(known, matrix);
    flash(cells);
    announce(
      cells.size === 0 ? "The edit changes no access" : `The edit changes ${cells.size} cells of the matrix`,
    );
    const late = setTimeout(() => flash(new Set()), FLASH_MS);
    return () => clearTimeout(late);
  }, [matrix]);
  return changed;
}

function MatrixTable({
  matrix: { columns, rows },
  changed,
}: {
  readonly matrix: MatrixJson;
  readonly changed: ReadonlySet<string>;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
    <section class="scroller" aria-label="Routes and who may call them, scrolls" tabIndex={0}>
      <table class="matrix">
        <caption class="hidden">Routes and who may call them</caption>
        <thead>
          <tr>
            <th scope="col">Route</th>
            {columns.map((subject) => (
              <th scope="col" key={subject}>
                <span class="subject" title={subject}>
                  {subject.replace(/^(?:group|role):/, "")}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ route, permissions, cells }) => (
            <tr key={route}>
              <th scope="row">
                {route.includes(" /") ? <a href={hashOf("try", { route })}>{route}</a> : route}
                <small>{permissions.length === 0 ? "public" : permissions.join(", ")}</small>
              </th>
              {cells.map((cell, index) => {
                const key = cellKey(route, columns[index] ?? "");
                return <Cell key={key} cell={cell} isChanged={changed.has(key)} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
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

const SIGNS: Readonly<Record<CellJson["kind"], string>> = {
  public: "✓",
  allowed: "✓",
  conditional: "if",
  denied: "✗",
  none: "·",
};

function Cell({ cell, isChanged }: { readonly cell: CellJson; readonly isChanged: boolean }) {
  return (
    <td class={isChanged ? `${cell.kind} flash` : cell.kind} title={cell.text}>
      <span aria-hidden="true">{SIGNS[cell.kind]}</span>
      <span class="hidden">{cell.text}</span>
    </td>
  );
}
