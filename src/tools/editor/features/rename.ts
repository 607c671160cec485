import {
  type ChangeAnnotation,
  LSPErrorCodes,
  PrepareRenameRequest,
  RenameRequest,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { groupBy } from "../../../policy/group-by.ts";
import { feature } from "../feature.ts";
import { nameAt, namedBySharing } from "../named-place.ts";
import { rangeAt } from "../positions.ts";
import type { Project } from "../project.ts";
import { RenameRefusal, type Renaming, renamable, renaming } from "../rename/rename.ts";
import type { Workspace } from "../workspace.ts";

/** The range of a name that can be renamed; an error says why one cannot. */
export const prepareRename = feature(
  PrepareRenameRequest.type,
  { renameProvider: { prepareProvider: true } },
  (workspace, params) => {
    const named = nameAt(workspace, params);
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
    const named = nameAt(workspace, params);
    if (named === undefined) return null;
    const renamings = namedBySharing(workspace, named, "all").map(({ project, index, one }) => ({
      project,
      ...answered(() => renaming(index, one, params.newName)),
    }));
    return workspaceEdit(workspace, renamings);
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

interface RenamingIn extends Renaming {
  readonly project: Project;
}

/** With a caution, clients that can ask for confirmation before they apply the edits; others show it. */
function workspaceEdit(workspace: Workspace, renamings: readonly RenamingIn[]): WorkspaceEdit {
  const changes = new Map<string, TextEdit[]>();
  for (const [uri, edits] of groupBy(editsOf(workspace, renamings), ([one]) => one)) {
    changes.set(uri, [...edits.map(([, edit]) => edit)]);
  }
  const cautions = new Set(renamings.flatMap(({ caution }) => caution ?? []));
  const caution = cautions.size === 0 ? undefined : [...cautions].join("; ");
  const { documentChanges, changeAnnotationSupport } = workspace.client.workspace?.workspaceEdit ?? {};
  if (caution === undefined || documentChanges !== true || changeAnnotationSupport === undefined) {
    if (caution !== undefined) workspace.say(`the rename leaves something to do: ${caution}`);
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

/** Each once: services that share a policy change the same in it. */
function editsOf(
  workspace: Workspace,
  renamings: readonly RenamingIn[],
): readonly (readonly [uri: string, edit: TextEdit])[] {
  const edits = renamings.flatMap(({ project, edits: own }) =>
    own.map((edit) => {
      const textEdit: TextEdit = { range: rangeAt(edit, edit.length), newText: edit.text };
      return [workspace.uriOf(project, edit.file), textEdit] as const;
    }),
  );
  return [...new Map(edits.map((one) => [JSON.stringify(one), one])).values()];
}

const CAUTION = "outside";
