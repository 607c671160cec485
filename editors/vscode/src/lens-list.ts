import * as vscode from "vscode";

/** What the server answers for a lens that was clicked. */
export interface LensList {
  readonly title: string;
  readonly items: readonly {
    readonly label: string;
    /** Where it is; undefined for a name alone. */
    readonly uri?: string;
    /** Counted from 0, as in the protocol. */
    readonly line?: number;
  }[];
}

/** Shows the list of a lens; choosing an item goes to its place. */
export async function showList({ title, items }: LensList): Promise<void> {
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: title });
  if (chosen?.uri === undefined) return;
  const at = new vscode.Position(chosen.line ?? 0, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(chosen.uri), { selection: new vscode.Range(at, at) });
}
