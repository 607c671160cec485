import type { ChainJson } from "../../console/contract.ts";
import type { LitRow } from "../../console/editor/lit-rows.ts";
import type { Answer, NoAnswer } from "./answer.ts";

/** Rows that are part of the answer, by file. */
export type LitRows = ReadonlyMap<string, readonly LitRow[]>;

/** The rows that the editor lights, by file: those that decided, and the allow rows that a deny row beat. */
export function litRows(answer: Answer | NoAnswer | undefined): LitRows {
  const lit = new Map<string, LitRow[]>();
  if (answer === undefined || "problem" in answer) return lit;
  const { effect, determining, overruled } = answer.explanation;
  const add = ({ place }: ChainJson, role: LitRow["role"]) => {
    const colon = place.lastIndexOf(":");
    const path = place.slice(0, colon);
    const rows = lit.get(path) ?? [];
    rows.push({ line: Number(place.slice(colon + 1)), role });
    lit.set(path, rows);
  };
  for (const chain of determining) add(chain, effect);
  for (const chain of overruled) add(chain, "overruled");
  return lit;
}
