import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

// The server reads and runs the tests, on the text in the editor. What it answers is in docs/editor.md.

interface TestItemJson {
  readonly id: string;
  readonly label: string;
  readonly uri: string;
  /** Counted from 0. */
  readonly line: number;
  readonly children: readonly TestItemJson[];
}

interface TestItemsJson {
  readonly items: readonly TestItemJson[];
  readonly complete: boolean;
}

interface TestRunJson {
  readonly results: readonly {
    readonly id: string;
    readonly outcome: "passed" | "failed" | "errored";
    readonly messages: readonly { readonly text: string; readonly uri: string; readonly line: number }[];
  }[];
  readonly coverage: readonly {
    readonly uri: string;
    readonly rows: readonly { readonly line: number; readonly hits: number }[];
  }[];
}

/** The policy tests in the test view: a file, its suites and invariants. */
export function policyTests(client: LanguageClient): vscode.Disposable {
  const controller = vscode.tests.createTestController("claimgate", "Policy tests");
  const rows = new WeakMap<vscode.FileCoverage, readonly vscode.StatementCoverage[]>();

  const refresh = async () => {
    const { items, complete } = await client.sendRequest<TestItemsJson>("claimgate/policyTests", {});
    // While a policy does not load, what is shown stays.
    if (!complete && controller.items.size > 0) return;
    controller.items.replace(items.map((item) => testItem(controller, item)));
  };

  const run = async (request: vscode.TestRunRequest, token: vscode.CancellationToken, covers: boolean) => {
    const run = controller.createTestRun(request);
    const wanted = leavesOf(request.include ?? [...controller.items].map(([, item]) => item)).filter(
      (item) => request.exclude?.includes(item) !== true,
    );
    const byId = new Map(wanted.map((item) => [item.id, item]));
    for (const item of wanted) run.started(item);
    try {
      const answer = await client.sendRequest<TestRunJson>(
        "claimgate/runPolicyTests",
        { ids: [...byId.keys()] },
        token,
      );
      for (const { id, outcome, messages } of answer.results) {
        const item = byId.get(id);
        if (item === undefined) continue;
        if (outcome === "passed") run.passed(item);
        else run[outcome](item, messages.map(messageOf));
      }
      for (const { uri, rows: own } of covers ? answer.coverage : []) {
        const statements = own.map(
          ({ line, hits }) => new vscode.StatementCoverage(hits, new vscode.Position(line, 0)),
        );
        const file = vscode.FileCoverage.fromDetails(vscode.Uri.parse(uri), statements);
        rows.set(file, statements);
        run.addCoverage(file);
      }
    } catch (error) {
      for (const item of wanted) run.errored(item, new vscode.TestMessage(String(error)));
    } finally {
      run.end();
    }
  };

  controller.refreshHandler = refresh;
  controller.createRunProfile(
    "Run",
    vscode.TestRunProfileKind.Run,
    (request, token) => run(request, token, false),
    true,
  );
  const coverage = controller.createRunProfile(
    "Coverage",
    vscode.TestRunProfileKind.Coverage,
    (request, token) => run(request, token, true),
    true,
  );
  coverage.loadDetailedCoverage = async (_, file) => [...(rows.get(file) ?? [])];

  // A refresh while a key is held would come too often.
  let due: NodeJS.Timeout | undefined;
  const soon = () => {
    clearTimeout(due);
    due = setTimeout(() => void refresh(), 500);
  };
  const changed = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (/\.(test\.yaml|csv)$/.test(document.fileName)) soon();
  });
  const files = vscode.workspace.createFileSystemWatcher("**/policies/**");
  for (const happens of [files.onDidCreate, files.onDidChange, files.onDidDelete]) happens(soon);
  void refresh();
  return vscode.Disposable.from(controller, changed, files, new vscode.Disposable(() => clearTimeout(due)));
}

function testItem(controller: vscode.TestController, json: TestItemJson): vscode.TestItem {
  const item = controller.createTestItem(json.id, json.label, vscode.Uri.parse(json.uri));
  const at = new vscode.Position(json.line, 0);
  item.range = new vscode.Range(at, at);
  item.children.replace(json.children.map((child) => testItem(controller, child)));
  return item;
}

function leavesOf(items: readonly vscode.TestItem[]): readonly vscode.TestItem[] {
  return items.flatMap((item) =>
    item.children.size === 0 ? [item] : leavesOf([...item.children].map(([, child]) => child)),
  );
}

function messageOf({
  text,
  uri,
  line,
}: TestRunJson["results"][number]["messages"][number]): vscode.TestMessage {
  const message = new vscode.TestMessage(text);
  message.location = new vscode.Location(vscode.Uri.parse(uri), new vscode.Position(line, 0));
  return message;
}
