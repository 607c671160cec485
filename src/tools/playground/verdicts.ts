import { useEffect, useRef, useState } from "preact/hooks";
import type { FindingJson, MatrixJson } from "../console/contract.ts";
import type { Answer, NoAnswer } from "./judge/answer.ts";
import type { AskJudge } from "./judge/judge-worker.ts";
import type { JudgeRequest, Verdict } from "./judge/judging.ts";

/** The last verdicts; those on an older state stay until newer ones come. */
export interface Verdicts {
  /** Undefined until the first answer. */
  readonly answered:
    | { readonly answer: Answer | NoAnswer | undefined; readonly targets: readonly string[] }
    | undefined;
  readonly findings: readonly FindingJson[];
  readonly matrix: MatrixJson | undefined;
  /** How many routes the filter leaves. */
  readonly routes: number;
  /** Whether newer ones are on their way. */
  readonly judging: boolean;
}

const NONE: Verdicts = { answered: undefined, findings: [], matrix: undefined, routes: 0, judging: true };

/**
 * Has the state judged whenever it changes.
 *
 * @param opening another number where another state was opened: nothing of the former one stays
 */
export function useVerdicts(
  judgeBy: (tell: (verdict: Verdict) => void) => AskJudge,
  wish: Omit<JudgeRequest, "revision">,
  opening: number,
): Verdicts {
  const [verdicts, show] = useState(NONE);
  const revision = useRef(0);
  const ask = useRef<AskJudge | undefined>(undefined);
  useEffect(() => show(NONE), [opening]);
  useEffect(() => {
    ask.current ??= judgeBy((verdict) => {
      if (verdict.revision === revision.current) show((before) => ({ ...before, ...partOf(verdict) }));
    });
    revision.current += 1;
    show((before) => ({ ...before, judging: true }));
    ask.current({ ...wish, revision: revision.current });
  }, [wish.state, wish.filter, wish.rows]);
  return verdicts;
}

function partOf(verdict: Verdict): Partial<Verdicts> {
  switch (verdict.type) {
    case "answer":
      return { answered: { answer: verdict.answer, targets: verdict.targets } };
    case "findings":
      return { findings: verdict.findings };
    case "matrix":
      return { matrix: verdict.matrix, routes: verdict.routes, judging: false };
  }
}
