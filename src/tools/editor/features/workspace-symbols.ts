import { SymbolKind, type WorkspaceSymbol, WorkspaceSymbolRequest } from "vscode-languageserver";
import type { Row } from "../../../policy/row.ts";
import { feature } from "../feature.ts";
import { fieldRange } from "../positions.ts";
import type { Project } from "../project.ts";

/** An editor shows a list that people read. */
const MOST = 500;

/** The names of all policies: subjects, permissions and routes, each at the first row that has it. */
export const workspaceSymbols = feature(
  WorkspaceSymbolRequest.type,
  { workspaceSymbolProvider: true },
  (workspace, { query }) => {
    const found: WorkspaceSymbol[] = [];
    for (const project of workspace.projects) {
      for (const { name, kind, row, field } of namesOf(project)) {
        if (!hasInOrder(name, query)) continue;
        const location = { uri: workspace.uriOf(project, row.file), range: fieldRange(row, field) };
        found.push({ name, kind, location, containerName: row.file });
        if (found.length === MOST) return found;
      }
    }
    return found;
  },
);

interface PlacedName {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly row: Row;
  readonly field: number;
}

const known = new WeakMap<readonly Row[], readonly PlacedName[]>();

function namesOf({ rows }: Project): readonly PlacedName[] {
  const found = known.get(rows) ?? placedNames(rows);
  known.set(rows, found);
  return found;
}

function placedNames(rows: readonly Row[]): readonly PlacedName[] {
  const names = new Map<string, PlacedName>();
  for (const row of rows) {
    for (const [field, name] of row.fields.entries()) {
      const kind = kindOf(row, field);
      if (kind !== undefined && !names.has(name)) names.set(name, { name, kind, row, field });
    }
  }
  return [...names.values()];
}

function kindOf({ type }: Row, field: number): SymbolKind | undefined {
  if (type === "p") return [SymbolKind.Class, SymbolKind.Key][field];
  if (type === "g") return SymbolKind.Class;
  if (type === "g2") return [SymbolKind.Interface, SymbolKind.Key][field];
  if (type === "p3") return [SymbolKind.Module, SymbolKind.Key][field];
  return undefined;
}

/** Whether a name has the characters of the query in their order, as editors filter symbols. */
function hasInOrder(name: string, query: string): boolean {
  const text = name.toLowerCase();
  let at = 0;
  for (const character of query.toLowerCase()) {
    at = text.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
