import type { Row } from "../../../policy/row.ts";
import type { Project } from "../project.ts";
import type { Edit, EditLens } from "./edit-lens.ts";
import type { RowLens } from "./row-lens.ts";

/** What a lens opens: names, each with its place if it has one. */
export interface LensList {
  readonly title: string;
  readonly items: readonly LensItem[];
}

interface LensItem {
  readonly label: string;
  readonly place: { readonly file: string; readonly line: number } | undefined;
}

/** The holders or routes of a row, each at a row that names it, then its tests. */
export function listOfRow(project: Project, { title, names, tests }: RowLens): LensList {
  const named = new Map<string, Row>();
  for (const row of project.rows) {
    const name = row.fields[0] ?? "";
    if ((row.type === "p" || row.type === "g" || row.type === "g2") && !named.has(name)) named.set(name, row);
  }
  return {
    title,
    items: [
      ...names.map((name) => ({ label: name, place: named.get(name) })),
      ...tests.map((test) => ({ label: `test: ${test.name}`, place: test })),
    ],
  };
}

/** The changes of an edit, or the findings of a policy that does not load. */
export function listOfEdit(edit: Edit, { title, lines }: EditLens): LensList {
  if (edit.kind === "broken") {
    return { title, items: edit.findings.map((finding) => ({ label: finding.message, place: finding })) };
  }
  return { title, items: lines.map((label) => ({ label, place: undefined })) };
}
