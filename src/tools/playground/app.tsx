import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { announce } from "../console/announcements.ts";
import { keepFocus } from "../console/kept-focus.ts";
import { MatrixPanel } from "../console/views/matrix.tsx";
import { Openers } from "../console/views/openers.ts";
import { Toast } from "../console/views/toast.tsx";
import type { AskJudge } from "./judge/judge-worker.ts";
import type { Verdict } from "./judge/judging.ts";
import { litRows } from "./judge/lit.ts";
import { useSession } from "./session.ts";
import type { Shown } from "./shown.ts";
import type { Start } from "./start.ts";
import { useVerdicts, type Verdicts } from "./verdicts.ts";
import { FilesPanel } from "./views/files.tsx";
import { Header, Origins } from "./views/header.tsx";
import { PersonasPanel } from "./views/personas.tsx";
import { QuestionPanel } from "./views/question.tsx";

/** Routes that the matrix shows at first, and more with each press of a button. */
const ROWS = 40;

export function App({
  start,
  judgeBy,
}: {
  readonly start: Start;
  readonly judgeBy: (tell: (verdict: Verdict) => void) => AskJudge;
}) {
  const session = useSession(start);
  const { state, change } = session;
  const [filter, look] = useState("");
  const [rows, show] = useState(ROWS);
  const verdicts = useVerdicts(judgeBy, { state, filter, rows }, session.opening);
  const [shown, open] = useState<Shown>({ path: "", line: undefined, turn: 0 });
  const main = useRef<HTMLElement>(null);
  const question = useRef<HTMLInputElement>(null);
  useEffect(() => (main.current === null ? undefined : keepFocus(main.current)), []);
  const openers = useMemo(
    () => ({
      open: (place: string) => {
        const colon = place.lastIndexOf(":");
        const [path, line] = [place.slice(0, colon), Number(place.slice(colon + 1))];
        open(({ turn }) => ({ path, line, turn: turn + 1 }));
      },
      ask: (route: string) => {
        change({ ask: route }, "ask");
        announce(`Asked about ${route}`);
        question.current?.scrollIntoView({ block: "center" });
      },
    }),
    [],
  );
  const answer = verdicts.answered?.answer;
  const lit = useMemo(() => litRows(answer), [answer]);
  return (
    <Openers.Provider value={openers}>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Header session={session} start={start} />
      <main ref={main} id="main" tabIndex={-1}>
        <Origins session={session} />
        <div class="work">
          <FilesPanel
            session={session}
            findings={verdicts.findings}
            lit={lit}
            shown={shown}
            show={(path) => open(({ turn }) => ({ path, line: undefined, turn }))}
          />
          <div class="stack">
            <QuestionPanel session={session} verdicts={verdicts} input={question} />
            <PersonasPanel session={session} verdicts={verdicts} />
          </div>
          <Matrix verdicts={verdicts} filter={filter} look={look} rows={rows} show={show} />
        </div>
      </main>
      <footer class="soft">
        <p>
          claimgate {start.version}. The policy engine is in this page: it sends nothing and stores nothing.
        </p>
      </footer>
      <Toast />
    </Openers.Provider>
  );
}

/** More columns than this are not shown all at once, unless asked for. */
const FEW_COLUMNS = 30;

/** So many routes are found by looking. */
const FEW_ROUTES = 10;

function Matrix({
  verdicts: { matrix, routes, answered },
  filter,
  look,
  rows,
  show,
}: {
  readonly verdicts: Verdicts;
  readonly filter: string;
  readonly look: (filter: string) => void;
  readonly rows: number;
  readonly show: (rows: number) => void;
}) {
  const loads = answered === undefined || answered.answer !== undefined;
  return (
    <div class="whole">
      {routes <= FEW_ROUTES && filter === "" ? null : (
        <label class="filter">
          Routes that contain
          <input
            type="search"
            value={filter}
            placeholder="/orders"
            onInput={(event) => look(event.currentTarget.value)}
          />
        </label>
      )}
      <MatrixPanel
        value={loads ? matrix : undefined}
        error={loads ? undefined : "The policy does not load, so nothing is decided: see the findings."}
        version={(version) => `Version ${version}, as a function would log it.`}
        first={(matrix?.columns.length ?? 0) > FEW_COLUMNS ? "group" : "all"}
        isQuiet
        isPart
      />
      {matrix === undefined || routes <= rows ? null : (
        <button type="button" class="more" onClick={() => show(rows + ROWS)}>
          Show {Math.min(ROWS, routes - rows)} more of {routes} routes
        </button>
      )}
    </div>
  );
}
