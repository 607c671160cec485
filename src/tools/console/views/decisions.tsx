import { useEffect, useState } from "preact/hooks";
import type { LogEntryJson, Outcome } from "../contract.ts";
import { useLive, useServer } from "../live.ts";
import { filtered, type LogFilter, NO_FILTER, withEntry } from "../models/log-filter.ts";
import { More } from "./more.tsx";
import { Empty, OutcomeBadge, Panel, Problem, Time, Why } from "./parts.tsx";

const OUTCOMES: readonly Outcome[] = ["allow", "deny", "refused", "failed", "other"];

/** Every call of the APIs and of the pool as it happens, with what decided it. */
export function Decisions() {
  const { value, error } = useServer<readonly LogEntryJson[]>("/api/log");
  const [entries, change] = useState<readonly LogEntryJson[]>([]);
  const [filter, narrow] = useState<LogFilter>(NO_FILTER);
  useEffect(() => {
    if (value !== undefined) change(value);
  }, [value]);
  useLive((live) => {
    if (live.type === "entry") change((before) => withEntry(before, live.entry));
  });
  const shown = filtered(entries, filter);
  return (
    <Panel title="Decisions" actions={<p class="soft">{countOf(shown.length, entries.length)}</p>}>
      <Problem text={error} />
      <p class="hidden" role="status">
        {filter === NO_FILTER ? "" : shown.length === 1 ? "1 call fits" : `${shown.length} calls fit`}
      </p>
      <search class="filters">
        <label>
          Outcome
          <select
            value={filter.outcome}
            onChange={(event) =>
              narrow({ ...filter, outcome: event.currentTarget.value as LogFilter["outcome"] })
            }
          >
            <option value="">all</option>
            {OUTCOMES.map((outcome) => (
              <option key={outcome} value={outcome}>
                {outcome === "other" ? "no decision" : outcome}
              </option>
            ))}
          </select>
        </label>
        <label>
          Who
          <input
            type="search"
            value={filter.who}
            onInput={(event) => narrow({ ...filter, who: event.currentTarget.value })}
          />
        </label>
        <label>
          Route
          <input
            type="search"
            value={filter.route}
            onInput={(event) => narrow({ ...filter, route: event.currentTarget.value })}
          />
        </label>
      </search>
      {entries.length === 0 ? (
        <Empty>
          <p>No calls yet.</p>
          <p>
            <a href="#try">Try a route</a>, sign up, or call the API: each call appears here with the row that
            decided.
          </p>
        </Empty>
      ) : shown.length === 0 ? (
        <Empty>
          <p>No call fits the filter.</p>
          <button type="button" onClick={() => narrow(NO_FILTER)}>
            Show all calls
          </button>
        </Empty>
      ) : (
        <More items={shown}>{(some) => <LogTable entries={some} />}</More>
      )}
    </Panel>
  );
}

function countOf(shown: number, all: number): string {
  const calls = all === 1 ? "1 call" : `${all} calls`;
  return shown === all ? calls : `${shown} of ${calls}`;
}

function LogTable({ entries }: { readonly entries: readonly LogEntryJson[] }) {
  return (
    <table class="log">
      <caption class="hidden">Calls, newest first</caption>
      <thead class="log-head">
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Outcome</th>
          <th scope="col">Who</th>
          <th scope="col">Call</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id}>
            <td class="when">
              <Time at={entry.at} />
            </td>
            <td>
              <OutcomeBadge outcome={entry.outcome} /> <span class="soft">{entry.status}</span>
            </td>
            <td class="who">{entry.who}</td>
            <td class="what">
              <code>{entry.what}</code>
            </td>
            <td class="why">
              <Why entry={entry} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
