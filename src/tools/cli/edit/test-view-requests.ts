import { type CancellationToken, RequestType } from "vscode-languageserver";
import { textsOf } from "../../../json.ts";
import { groupBy } from "../../../policy/group-by.ts";
import { type Feature, feature } from "../../editor/feature.ts";
import type { Project } from "../../editor/project.ts";
import { runTests, type TestItem, testItems } from "../../editor/test-view.ts";
import type { Workspace } from "../../editor/workspace.ts";
import { inSlices } from "./in-slices.ts";

/** An item of the test view. Lines are counted from 0, as everywhere in the protocol. */
interface TestItemJson {
  readonly id: string;
  readonly label: string;
  readonly uri: string;
  readonly line: number;
  readonly children: readonly TestItemJson[];
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

interface TestItemsJson {
  readonly items: readonly TestItemJson[];
  /** False while a policy does not load: its test files have no items below them. */
  readonly complete: boolean;
}

/** The policy tests of the workspace, and a run of some, on the text in the editor: for the test view of an editor. */
export const TEST_VIEW: readonly Feature[] = [
  feature(new RequestType<unknown, TestItemsJson, void>("claimgate/policyTests"), {}, (workspace) => ({
    items: workspace.projects.flatMap((project) => itemsOf(workspace, project)),
    complete: workspace.projects.every(({ policy }) => policy !== undefined),
  })),
  feature(
    new RequestType<{ readonly ids: unknown }, TestRunJson, void>("claimgate/runPolicyTests"),
    {},
    (workspace, { ids }, token) => runAll(workspace, new Set(textsOf(ids)), token),
  ),
];

function itemsOf(workspace: Workspace, project: Project): readonly TestItemJson[] {
  const files = project.filesOf("test");
  const { policy } = project;
  const items =
    policy === undefined
      ? files.map(({ name }) => ({ id: name, label: name, file: name, line: 1, children: [] }))
      : testItems(policy, files);
  const json = ({ id, label, file, line, children }: TestItem): TestItemJson => ({
    id: sentId(workspace, project, { id, file }),
    label,
    uri: workspace.uriOf(project, file),
    line: line - 1,
    children: children.map(json),
  });
  return items.map(json);
}

/** Two projects may have files of the same name. */
function sentId(workspace: Workspace, project: Project, { id, file }: Pick<TestItem, "id" | "file">): string {
  return workspace.uriOf(project, file) + id.slice(file.length);
}

async function runAll(
  workspace: Workspace,
  wanted: ReadonlySet<string>,
  token: CancellationToken,
): Promise<TestRunJson> {
  const runs: TestRunJson[] = [];
  for (const project of workspace.projects) {
    const run = await runOf(workspace, project, wanted, token);
    // The answer to a cancelled request is not sent.
    if (run === undefined) break;
    runs.push(run);
  }
  return {
    results: runs.flatMap(({ results }) => results),
    coverage: runs.flatMap(({ coverage }) => coverage),
  };
}

/** Undefined if it was cancelled. */
async function runOf(
  workspace: Workspace,
  project: Project,
  wanted: ReadonlySet<string>,
  token: CancellationToken,
): Promise<TestRunJson | undefined> {
  const sent = idsOf(workspace, project, wanted);
  if (sent.size === 0) return { results: [], coverage: [] };
  const { policy, rows } = project;
  if (policy === undefined) {
    const uri = workspace.uriOf(project, project.policyFiles[0]?.path ?? project.policies);
    const messages = [{ text: "the policy does not load", uri, line: 0 }];
    return { results: [...sent.values()].map((id) => ({ id, outcome: "errored", messages })), coverage: [] };
  }
  const steps = runTests(policy, rows, project.filesOf("test"), new Set(sent.keys()));
  const run = await inSlices(steps, () => token.isCancellationRequested);
  if (run === undefined) return undefined;
  const place = ({ file, line }: { readonly file: string; readonly line: number }) => {
    return { uri: workspace.uriOf(project, file), line: line - 1 };
  };
  return {
    results: run.results.map(({ id, outcome, messages }) => ({
      id: sent.get(id) ?? id,
      outcome,
      messages: messages.map(({ text, ...at }) => ({ text, ...place(at) })),
    })),
    coverage: [...groupBy(run.coverage, ({ file }) => file)].map(([file, own]) => ({
      uri: workspace.uriOf(project, file),
      rows: own.map(({ line, hits }) => ({ line: line - 1, hits })),
    })),
  };
}

/** The wanted items of a project: own id -> as it was sent. */
function idsOf(
  workspace: Workspace,
  project: Project,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const files = new Map(project.filesOf("test").map(({ name }) => [workspace.uriOf(project, name), name]));
  return new Map(
    [...wanted].flatMap((id) => {
      const [uri = ""] = id.split("#", 1);
      const name = files.get(uri);
      return name === undefined ? [] : [[name + id.slice(uri.length), id] as const];
    }),
  );
}
