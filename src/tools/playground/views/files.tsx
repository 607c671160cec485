import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { announce } from "../../console/announcements.ts";
import type { FindingJson, FixJson } from "../../console/contract.ts";
import { FileEditor } from "../../console/editor/file-editor.tsx";
import { withEdits } from "../../console/models/text-edits.ts";
import { Findings } from "../../console/views/findings.tsx";
import { Empty, Panel } from "../../console/views/parts.tsx";
import type { LitRows } from "../judge/lit.ts";
import type { Session } from "../session.ts";
import type { Shown } from "../shown.ts";
import { pathProblem } from "../state/state.ts";
import { FileTabs } from "./file-tabs.tsx";

/** The files of the policy in an editor, with what the linter finds. */
export function FilesPanel({
  session,
  findings,
  lit,
  shown,
  show,
}: {
  readonly session: Session;
  readonly findings: readonly FindingJson[];
  readonly lit: LitRows;
  readonly shown: Shown;
  readonly show: (path: string) => void;
}) {
  const { state, change, revision } = session;
  const { files } = state;
  const [naming, name] = useState(false);
  const file = files.find(({ path }) => path === shown.path) ?? firstOf(files);
  // The same list until there is another one: the editor moves what it shows along with what is typed.
  const own = useMemo(() => findings.filter((one) => one.file === file?.path), [findings, file?.path]);
  const apply = (fix: FixJson) => {
    change({ files: withEdits(files, fix.edits) }, "", true);
    announce(`Fixed: ${fix.label}`);
  };
  const add = () => {
    const path = freePath(files.map((one) => one.path));
    change({ files: [...files, { path, text: "" }] }, "", true);
    show(path);
    name(true);
  };
  const rename = (path: string) => {
    change({ files: files.map((one) => (one === file ? { ...one, path } : one)) }, "", true);
    show(path);
    name(false);
  };
  const remove = () => {
    change({ files: files.filter((one) => one !== file) }, "", true);
    announce(`Deleted ${file?.path}; Undo brings it back`);
  };
  return (
    <Panel
      title="Policy files"
      className="editing"
      actions={
        <div class="buttons">
          <button type="button" class="small" onClick={add}>
            Add a file
          </button>
          {file === undefined ? null : (
            <>
              <button type="button" class="small" aria-expanded={naming} onClick={() => name(!naming)}>
                Rename
              </button>
              <button type="button" class="small" onClick={remove}>
                Delete
              </button>
            </>
          )}
        </div>
      }
    >
      <FileTabs files={files} shown={file?.path} findings={findings} lit={lit} show={show} />
      {naming && file !== undefined ? (
        <NameForm
          key={file.path}
          path={file.path}
          others={files.filter((one) => one !== file).map(({ path }) => path)}
          rename={rename}
        />
      ) : null}
      {file === undefined ? (
        <Empty>The policy has no file. Add one.</Empty>
      ) : (
        <FileEditor
          path={file.path}
          text={file.text}
          revision={revision}
          findings={own}
          lit={lit.get(file.path) ?? NO_ROWS}
          line={shown.path === file.path ? shown.line : undefined}
          turn={shown.turn}
          edited={(text) => {
            const edited = session.state.files.map((one) =>
              one.path === file.path ? { ...one, text } : one,
            );
            change({ files: edited }, file.path);
          }}
          apply={apply}
          save={() => announce("Nothing is saved here; Share makes a link or a file")}
        />
      )}
      <Findings findings={findings} apply={apply} />
    </Panel>
  );
}

const NO_ROWS: readonly never[] = [];

const firstOf = (files: Session["state"]["files"]) =>
  files.find(({ path }) => path.endsWith("/roles.csv")) ?? files[0];

function freePath(taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const path = `policies/rows${number === 1 ? "" : `-${number}`}.csv`;
    if (!taken.includes(path)) return path;
  }
}

function NameForm({
  path,
  others,
  rename,
}: {
  readonly path: string;
  readonly others: readonly string[];
  readonly rename: (path: string) => void;
}) {
  const [name, enter] = useState(path);
  const problem = pathProblem(name, others);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      class="inline"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined) rename(name);
      }}
    >
      <label>
        <span class="hidden">Name of the file</span>
        <input
          ref={field}
          value={name}
          spellcheck={false}
          aria-invalid={problem !== undefined}
          onInput={(event) => enter(event.currentTarget.value)}
        />
        <small role="status">{problem ?? ""}</small>
      </label>
      <button type="submit" aria-disabled={problem !== undefined}>
        Use this name
      </button>
    </form>
  );
}
