import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "preact/hooks";
import type { FindingJson, FixJson } from "../contract.ts";
import { changeBetween, offsetOf } from "../models/text-edits.ts";
import { type LitRow, lightRows, litRows } from "./lit-rows.ts";
import { partColours } from "./part-colours.ts";

const nonce = () => document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "";

interface FileEditorProps {
  readonly path: string;
  readonly text: string;
  /** Another number where `text` is not what was typed here, so that the editor takes it. */
  readonly revision: number;
  /** Those of this file. */
  readonly findings: readonly FindingJson[];
  /** Those of this file that answer the question on the page. */
  readonly lit?: readonly LitRow[];
  /** The line to show, counted from 1. */
  readonly line: number | undefined;
  /** Another number to show the same line again. */
  readonly turn?: number;
  readonly edited: (text: string) => void;
  readonly apply: (fix: FixJson) => void;
  readonly save: () => void;
}

/** A change that was not typed. */
const given = Annotation.define<boolean>();

/** An editor of one policy file, with its findings at their places. */
export function FileEditor(props: FileEditorProps) {
  const { path, findings, lit, line, revision } = props;
  const text = unixLines(props.text);
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (parent.current === null) return;
    const editor = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: unixLines(latest.current.text),
        extensions: extensionsFor(path, latest),
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, [path]);
  useEffect(() => {
    const editor = view.current;
    if (editor === undefined) return;
    const change = changeBetween(editor.state.doc.toString(), unixLines(latest.current.text));
    // What is being typed is newer than the text of the last rendering, and must not be replaced by it.
    if (change !== undefined) editor.dispatch({ changes: change, annotations: given.of(true) });
  }, [path, revision]);
  useEffect(() => {
    const editor = view.current;
    if (editor === undefined) return;
    const { length } = editor.state.doc;
    const shown = findings.map((finding) =>
      diagnosticOf(finding, text, length, (fix) => latest.current.apply(fix)),
    );
    editor.dispatch(setDiagnostics(editor.state, shown));
  }, [path, findings]);
  useEffect(() => {
    if (lit !== undefined && view.current !== undefined) lightRows(view.current, lit);
  }, [path, lit]);
  useEffect(() => {
    if (line === undefined || view.current === undefined) return;
    reveal(view.current, line);
  }, [path, line, props.turn]);
  return <div class="editor" ref={parent} />;
}

function extensionsFor(path: string, latest: { readonly current: FileEditorProps }) {
  const save = () => {
    latest.current.save();
    return true;
  };
  return [
    EditorView.cspNonce.of(nonce()),
    lineNumbers(),
    history(),
    highlightActiveLine(),
    lintGutter(),
    partColours(path),
    litRows,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": `Text of ${path}`, autocapitalize: "off" }),
    keymap.of([
      { key: "Mod-s", run: save, preventDefault: true },
      ...defaultKeymap,
      ...historyKeymap,
      ...lintKeymap,
    ]),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged || update.transactions.some((one) => one.annotation(given) === true)) return;
      const text = update.state.doc.toString();
      latest.current.edited(latest.current.text.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text);
    }),
  ];
}

/** The editor has one kind of line ending; the file keeps its own. */
const unixLines = (text: string) => text.replaceAll("\r\n", "\n");

/** From the place of the finding to the end of its word, or of its line. */
function diagnosticOf(
  { line, column, severity, message, fix, fixes, rule }: FindingJson,
  text: string,
  length: number,
  apply: (fix: FixJson) => void,
): Diagnostic {
  const from = Math.min(length, offsetOf(text, line, column));
  const word = /^[^\s,]*/.exec(text.slice(from))?.[0].length ?? 0;
  return {
    from,
    to: Math.min(length, from + Math.max(1, word)),
    severity,
    source: rule,
    message: fix === null ? message : `${message}; ${fix}`,
    actions: fixes.map((one) => ({ name: `Use ${one.label}`, apply: () => apply(one) })),
  };
}

function reveal(view: EditorView, line: number): void {
  const { doc } = view.state;
  const { from } = doc.line(Math.max(1, Math.min(line, doc.lines)));
  view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  view.focus();
}
