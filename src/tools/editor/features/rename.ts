import {
  type ChangeAnnotation,
  LSPErrorCodes,
  PrepareRenameRequest,
  RenameRequest,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { Edit } from "../../../policy/finding.ts";
import { addTo } from "../../../policy/group-by.ts";
import { feature } from "../feature.ts";
import { nameAt } from "../named-place.ts";
import { rangeAt } from "../positions.ts";
import type { Project } from "../project.ts";
import { RenameRefusal, renamable, renaming } from "../rename/rename.ts";
import type { Workspace } from "../workspace.ts";

/** The range of a name that can be renamed; an error says why one cannot. */
export const prepareRename = feature(
  PrepareRenameRequest.type,
  { renameProvider: { prepareProvider: true } },
  (workspace, params) => {
    const named = nameAt(workspace, params, "open");
    if (named === undefined) return null;
    const { name, ...place } = answered(() => renamable(named.index, named.one));
    return { range: rangeAt(place, place.length), placeholder: name };
  },
);

/** Another name in every file of the service. */
export const rename = feature(
  RenameRequest.type,
  { renameProvider: { prepareProvider: true } },
  (workspace, params) => {
    const named = nameAt(workspace, params, "all");
    if (named === undefined) return null;
    const { edits, caution } = answered(() => renaming(named.index, named.one, params.newName));
    return workspaceEdit(workspace, named.project, edits, caution);
  },
);

/** A refusal is an answer for people, not a failure of the server. */
function answered<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RenameRefusal) throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
    throw error;
  }
}

/** With a caution, clients that can ask for confirmation before they apply the edits. */
function workspaceEdit(
  workspace: Workspace,
  project: Project,
  edits: readonly Edit[],
  caution: string | undefined,
): WorkspaceEdit {
  const changes = new Map<string, TextEdit[]>();
  for (const edit of edits) {
    const textEdit = { range: rangeAt(edit, edit.length), newText: edit.text };
    addTo(changes, workspace.uriOf(project, edit.file), textEdit);
  }
  const { documentChanges, changeAnnotationSupport } = workspace.client.workspace?.workspaceEdit ?? {};
  if (caution === undefined || documentChanges !== true || changeAnnotationSupport === undefined) {
    return { changes: Object.fromEntries(changes) };
  }
  const annotation: ChangeAnnotation = { label: "Rename", description: caution, needsConfirmation: true };
  return {
    changeAnnotations: { [CAUTION]: annotation },
    documentChanges: [...changes].map(([uri, own]) => ({
      textDocument: { uri, version: null },
      edits: own.map((edit) => ({ ...edit, annotationId: CAUTION })),
    })),
  };
}

const CAUTION = "outside";
