import { useContext } from "preact/hooks";
import type { CellJson, MatrixRowJson } from "../contract.ts";
import { cellKey } from "../models/matrix-changes.ts";
import { type MatrixColumn, openedBy } from "../models/matrix-part.ts";
import { hashOf } from "../models/page-place.ts";
import { Openers } from "./openers.ts";

/** A row for each route, a column for each subject. */
export function MatrixTable({
  accesses,
  columns,
  rows,
  changed,
}: {
  readonly accesses: readonly CellJson[];
  readonly columns: readonly MatrixColumn[];
  readonly rows: readonly MatrixRowJson[];
  readonly changed: ReadonlySet<string>;
}) {
  const kinds = new Set(columns.map(({ subject }) => subject.slice(0, subject.indexOf(":"))));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
    <section class="scroller" aria-label="Routes and who may call them, scrolls" tabIndex={0}>
      <table class="matrix">
        <caption class="hidden">Routes and who may call them</caption>
        <thead>
          <tr>
            <th scope="col">Route</th>
            {columns.map(({ subject }) => (
              <th scope="col" key={subject}>
                <span class="subject" title={subject}>
                  {kinds.size === 1 ? subject.replace(/^(?:group|role):/, "") : subject}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.route}>
              <th scope="row">
                <RouteName route={row.route} />
                <small>{openedBy(row)}</small>
              </th>
              {columns.map(({ subject, index }) => {
                const access = accesses[row.cells[index] ?? -1];
                const key = cellKey(row.route, subject);
                return access && <Cell key={key} cell={access} isChanged={changed.has(key)} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RouteName({ route }: { readonly route: string }) {
  const { ask } = useContext(Openers);
  if (ask !== undefined) {
    return (
      <button type="button" class="link" onClick={() => ask(route)}>
        {route}
      </button>
    );
  }
  return route.includes(" /") ? <a href={hashOf("try", { route })}>{route}</a> : route;
}

/** Its class is the kind of access, whose sign the style sheet shows; the words are for screen readers. */
function Cell({ cell: { kind, text }, isChanged }: { readonly cell: CellJson; readonly isChanged: boolean }) {
  return (
    <td class={isChanged ? `${kind} flash` : kind} title={text}>
      {text}
    </td>
  );
}
