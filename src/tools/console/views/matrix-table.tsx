import { useContext } from "preact/hooks";
import type { CellJson, MatrixJson } from "../contract.ts";
import { cellKey } from "../models/matrix-changes.ts";
import { hashOf } from "../models/page-place.ts";
import { Openers } from "./openers.ts";

/** A row for each route, a column for each subject. */
export function MatrixTable({
  matrix: { columns, rows },
  changed,
}: {
  readonly matrix: MatrixJson;
  readonly changed: ReadonlySet<string>;
}) {
  const isOneKind = new Set(columns.map((subject) => subject.slice(0, subject.indexOf(":")))).size === 1;
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
                  {isOneKind ? subject.replace(/^(?:group|role):/, "") : subject}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ route, permissions, cells }) => (
            <tr key={route}>
              <th scope="row">
                <RouteName route={route} />
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
