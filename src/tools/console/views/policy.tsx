import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../announcements.ts";
import { post } from "../api.ts";
import { reasonOf } from "../api-error.ts";
import type {
  CheckedJson,
  FindingJson,
  FixJson,
  MatrixJson,
  PolicyFileJson,
  PolicyJson,
} from "../contract.ts";
import { FileEditor } from "../editor/file-editor.tsx";
import { type Loaded, useServer } from "../live.ts";
import { type Drafts, editedFiles, settled, withEdited, written } from "../models/drafts.ts";
import { hashOf } from "../models/page-place.ts";
import { withEdits } from "../models/text-edits.ts";
import { Changes } from "./changes.tsx";
import { Findings } from "./findings.tsx";
import { MatrixPanel } from "./matrix.tsx";
import { Panel, Problem } from "./parts.tsx";

/** The files of the policy in an editor, next to the matrix that they make. */
export function PolicyView({ about }: { readonly about: Readonly<Record<string, string>> }) {
  const loaded = useServer<PolicyJson>("/api/policy", "policy");
  const matrix = useServer<MatrixJson>("/api/matrix", "policy");
  return (
    <div class="policy">
      {loaded.value === undefined ? (
        <Problem text={loaded.error} />
      ) : (
        <PolicyEditor saved={loaded.value} loaded={loaded} about={about} />
      )}
      <MatrixPanel
        value={matrix.value}
        error={matrix.error}
        version={(version) => `Version ${version} is in force.`}
      />
    </div>
  );
}

const SETTLED_MS = 250;

function PolicyEditor({
  saved,
  loaded,
  about,
}: {
  readonly saved: PolicyJson;
  readonly loaded: Loaded<PolicyJson>;
  readonly about: Readonly<Record<string, string>>;
}) {
  const [drafts, showDrafts] = useState<Drafts>({});
  // Not only in the state: a key to save may follow a typed one before the page is rendered.
  const current = useRef(drafts);
  const draft = (next: Drafts) => {
    current.current = next;
    showDrafts(next);
  };
  const [error, fail] = useState("");
  const [revision, revise] = useState(0);
  const replace = () => revise((count) => count + 1);
  const files = editedFiles(saved.files, drafts);
  const file = files.find(({ path }) => path === about["file"]) ?? firstOf(files);
  const checked = useCheck(files, saved, drafts);
  const findings = checked?.findings ?? saved.findings;
  const isDrafted = file !== undefined && Object.hasOwn(drafts, file.path);
  useEffect(() => {
    draft(settled(current.current, saved.files));
    // What another program wrote, unless it is being edited here.
    if (!isDrafted) replace();
  }, [saved]);
  const change = (edited: readonly PolicyFileJson[]) => {
    draft(withEdited(current.current, saved.files, edited));
  };
  const apply = (fix: FixJson) => {
    change(withEdits(files, fix.edits).filter((edited, index) => edited.text !== files[index]?.text));
    replace();
    announce(`Fixed: ${fix.label}`);
  };
  const save = async () => {
    const edits = Object.entries(current.current).map(([path, one]) => ({ path, ...one }));
    if (edits.length === 0) return;
    try {
      await post("/api/policy/save", { files: edits });
      draft(written(current.current, edits));
      fail("");
      announce("Saved");
      loaded.reload();
    } catch (cause) {
      fail(reasonOf(cause));
    }
  };
  const discard = () => {
    if (Object.keys(current.current).length === 0) return;
    draft({});
    fail("");
    replace();
    loaded.reload();
  };
  const unsaved = Object.keys(drafts).length;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  if (file === undefined) return <Problem text={reasonNotRead(saved.findings)} />;
  return (
    <Panel
      title="Policy files"
      className="editing"
      actions={
        <div class="buttons">
          <button type="button" aria-disabled={unsaved === 0} onClick={discard}>
            Discard
          </button>
          <button type="button" class="primary" aria-disabled={unsaved === 0} onClick={() => void save()}>
            {unsaved > 0 && errors > 0 ? "Save anyway" : "Save"}
          </button>
        </div>
      }
    >
      <Problem text={error === "" ? loaded.error : error} />
      {saved.refused ? (
        <p class="problem" role="alert">
          The saved files are refused: an earlier policy, version {saved.version.slice(0, 12)}, stays in force
          until you fix them.
        </p>
      ) : null}
      <FileTabs files={files} shown={file.path} drafts={drafts} findings={findings} />
      <FileEditor
        path={file.path}
        text={file.text}
        revision={revision}
        findings={findings.filter(({ file: at }) => at === file.path)}
        line={about["file"] === file.path && about["line"] !== undefined ? Number(about["line"]) : undefined}
        edited={(text) => change([{ path: file.path, text }])}
        apply={apply}
        save={() => void save()}
      />
      <Changes checked={unsaved === 0 ? undefined : checked} errors={errors} />
      <Findings findings={findings} apply={apply} />
    </Panel>
  );
}

const firstOf = (files: readonly PolicyFileJson[]) =>
  files.find(({ path }) => path.endsWith("/roles.csv")) ?? files[0];

const reasonNotRead = (findings: readonly FindingJson[]) =>
  findings[0] === undefined ? "The policy has no files." : `${findings[0].file}: ${findings[0].message}`;

/** The findings of what is being typed, once nothing is typed for a moment. */
function useCheck(
  files: readonly PolicyFileJson[],
  saved: PolicyJson,
  drafts: Drafts,
): CheckedJson | undefined {
  const [checked, show] = useState<CheckedJson>();
  useEffect(() => {
    if (Object.keys(drafts).length === 0) return show(undefined);
    let current = true;
    const late = setTimeout(() => {
      post<CheckedJson>("/api/policy/check", { files }).then(
        (answer) => current && show(answer),
        // The state of the stack is on top of the page; the next key tries again.
        () => undefined,
      );
    }, SETTLED_MS);
    return () => {
      current = false;
      clearTimeout(late);
    };
  }, [drafts, saved]);
  return checked;
}

function FileTabs({
  files,
  shown,
  drafts,
  findings,
}: {
  readonly files: readonly PolicyFileJson[];
  readonly shown: string;
  readonly drafts: Drafts;
  readonly findings: readonly FindingJson[];
}) {
  return (
    <nav class="files" aria-label="Policy files">
      {files.map(({ path }) => {
        const errors = findings.filter(({ file, severity }) => file === path && severity === "error").length;
        return (
          <a
            key={path}
            href={hashOf("policy", { file: path })}
            aria-current={path === shown ? "true" : undefined}
          >
            {path.slice(path.indexOf("/") + 1)}
            {Object.hasOwn(drafts, path) ? <span title="not saved"> ●</span> : null}
            {errors === 0 ? null : <span class="badge deny">{errors}</span>}
          </a>
        );
      })}
    </nav>
  );
}
