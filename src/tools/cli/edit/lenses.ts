import {
  type CodeLens,
  CodeLensRequest,
  CodeLensResolveRequest,
  ExecuteCommandRequest,
} from "vscode-languageserver";
import { objectOf } from "../../../json.ts";
import { type Feature, feature } from "../../editor/feature.ts";
import { editLens } from "../../editor/lenses/edit-lens.ts";
import { type LensList, listOfEdit, listOfRow } from "../../editor/lenses/lens-list.ts";
import { hasLens, rowLens } from "../../editor/lenses/row-lens.ts";
import { rowRange } from "../../editor/positions.ts";
import type { Project } from "../../editor/project.ts";
import type { Workspace } from "../../editor/workspace.ts";
import type { LensSources } from "./lens-sources.ts";

/** Opens the list of a lens. */
const SHOW_LENS = "claimgate.showLens";
/** Lines of a list in a message. */
const MOST_LINES = 20;

export interface LensesOptions {
  readonly sourcesOf: (project: Project) => LensSources;
  /** Shows a list in a client that has no view for it. */
  readonly show: (text: string) => void;
}

/** Which lens of which file. */
interface LensData {
  readonly uri: string;
  /** Counted from 1; undefined for the lens at the top. */
  readonly line: number | undefined;
}

/** The lenses of policy files: one at the top and one above each row. Each is computed when the editor shows it. */
export function lensFeatures({ sourcesOf, show }: LensesOptions): readonly Feature[] {
  const listAt = async (workspace: Workspace, given: unknown) => {
    const data = dataOf(given);
    const placed = data && workspace.at(data.uri);
    if (data === undefined || placed === undefined) return undefined;
    const { project, file } = placed;
    return data.line === undefined
      ? listOfTop(project, sourcesOf(project))
      : listAbove(project, file.name, data.line, sourcesOf(project));
  };
  return [
    feature(
      CodeLensRequest.type,
      { codeLensProvider: { resolveProvider: true } },
      ({ at }, { textDocument }) => {
        const placed = at(textDocument.uri);
        return placed?.file.kind === "policy" ? lensesOf(textDocument.uri, placed) : null;
      },
    ),
    feature(CodeLensResolveRequest.type, {}, async (workspace, lens) => {
      const list = await listAt(workspace, lens.data);
      // A lens without a title is not shown.
      const command = list === undefined ? "" : SHOW_LENS;
      return { ...lens, command: { title: list?.title ?? "", command, arguments: [lens.data] } };
    }),
    feature(
      ExecuteCommandRequest.type,
      { executeCommandProvider: { commands: [SHOW_LENS] } },
      async (workspace, { command, arguments: given = [] }) => {
        const list = command === SHOW_LENS ? await listAt(workspace, given[0]) : undefined;
        if (list === undefined) return null;
        show(messageOf(list));
        const project = workspace.at(dataOf(given[0])?.uri ?? "")?.project;
        return project === undefined ? null : answerOf(workspace, project, list);
      },
    ),
  ];
}

function dataOf(value: unknown): LensData | undefined {
  const { uri, line } = objectOf(value);
  return typeof uri === "string" ? { uri, line: typeof line === "number" ? line : undefined } : undefined;
}

function lensesOf(uri: string, { project, file }: NonNullable<ReturnType<Workspace["at"]>>): CodeLens[] {
  const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const rows = project.rowsOf(file.name).filter(hasLens);
  return [
    { range: top, data: { uri } },
    ...rows.map((row) => ({ range: rowRange(row), data: { uri, line: row.line } })),
  ];
}

async function listOfTop(project: Project, sources: LensSources): Promise<LensList> {
  const edit = await sources.edit(project);
  return listOfEdit(edit, editLens(edit));
}

/** Undefined where nothing is known of the row. */
async function listAbove(
  project: Project,
  name: string,
  line: number,
  sources: LensSources,
): Promise<LensList | undefined> {
  const row = project.rowOn(name, line);
  const loaded = await sources.policy(project);
  // While the policy does not load, rows that it had before keep their lens.
  if (row === undefined || loaded?.texts.has(row.text) !== true) return undefined;
  const lens = rowLens(loaded.policy, row, await sources.facts(project));
  return lens && listOfRow(project, lens);
}

function messageOf({ title, items }: LensList): string {
  const more = items.length - MOST_LINES;
  const lines = items.slice(0, MOST_LINES).map(({ label }) => label);
  return [title, ...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n");
}

/** With places as the protocol has them. */
function answerOf(workspace: Workspace, project: Project, { title, items }: LensList) {
  return {
    title,
    items: items.map(({ label, place }) =>
      place === undefined
        ? { label }
        : { label, uri: workspace.uriOf(project, place.file), line: place.line - 1 },
    ),
  };
}
