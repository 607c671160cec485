import type { RefObject } from "preact";
import { Explanation } from "../../console/views/explanation.tsx";
import { Empty, OutcomeBadge, Panel } from "../../console/views/parts.tsx";
import type { Answer, NoAnswer } from "../judge/answer.ts";
import type { Session } from "../session.ts";
import type { Verdicts } from "../verdicts.ts";

/** What is asked, and what the policy says to it. */
export function QuestionPanel({
  session: { state, change },
  verdicts: { answered },
  input,
}: {
  readonly session: Session;
  readonly verdicts: Verdicts;
  readonly input: RefObject<HTMLInputElement | null>;
}) {
  const { ask, parameters, personas, chosen } = state;
  const answer = answered?.answer;
  const names = answer === undefined || "problem" in answer ? [] : answer.parameters;
  return (
    <Panel title="Question" className="answer">
      <form onSubmit={(event) => event.preventDefault()}>
        <label>
          Who asks
          <select
            value={String(chosen)}
            onChange={(event) => change({ chosen: Number(event.currentTarget.value) }, "chosen")}
          >
            {personas.map(({ name }, index) => (
              <option key={`${index} ${name}`} value={String(index)}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Route or permission
          <input
            ref={input}
            list="targets"
            value={ask}
            autocomplete="off"
            spellcheck={false}
            placeholder="GET /orders/17"
            onInput={(event) => change({ ask: event.currentTarget.value }, "ask")}
          />
        </label>
        <datalist id="targets">
          {answered?.targets.map((target) => (
            <option key={target} value={target} />
          ))}
        </datalist>
        {names.map((name) => (
          <label key={name}>
            <code>{`{${name}}`}</code>
            <input
              value={Object.hasOwn(parameters, name) ? parameters[name] : ""}
              autocomplete="off"
              spellcheck={false}
              placeholder="not given"
              onInput={(event) =>
                change({ parameters: { ...parameters, [name]: event.currentTarget.value } }, `{${name}}`)
              }
            />
          </label>
        ))}
      </form>
      {answered === undefined ? null : (
        <Said answer={answered.answer} use={(target) => change({ ask: target }, "")} />
      )}
    </Panel>
  );
}

function Said({
  answer,
  use,
}: {
  readonly answer: Answer | NoAnswer | undefined;
  readonly use: (target: string) => void;
}) {
  if (answer === undefined) {
    return (
      <Empty>
        <span role="status">The policy does not load, so nothing is decided. The findings say why.</span>
      </Empty>
    );
  }
  if ("problem" in answer) return <Problem {...answer} use={use} />;
  const { explanation, target, notes } = answer;
  return (
    <>
      <p class="verdict" role="status">
        <OutcomeBadge outcome={explanation.effect} />
        <code>{target}</code>
      </p>
      {notes.map((note) => (
        <p class="note" key={note}>
          <Marked text={note} />
        </p>
      ))}
      <Explanation explanation={explanation} />
    </>
  );
}

function Problem({ problem, fix, use }: NoAnswer & { readonly use: (target: string) => void }) {
  const [, meant] = /^did you mean `([^`]+)`\?$/.exec(fix ?? "") ?? [];
  return (
    <div class="note" role="status">
      <p>
        <Marked text={problem} />
        {fix === undefined || meant !== undefined ? null : (
          <>
            ; <Marked text={fix} />
          </>
        )}
      </p>
      {meant === undefined ? null : (
        <button type="button" class="small" onClick={() => use(meant)}>
          Use <code>{meant}</code>
        </button>
      )}
    </div>
  );
}

/** A sentence with code in backticks. */
function Marked({ text }: { readonly text: string }) {
  return text
    .split("`")
    .map((part, index) => (index % 2 === 0 ? part : <code key={`${index} ${part}`}>{part}</code>));
}
