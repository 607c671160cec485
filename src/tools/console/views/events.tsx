import { useEffect, useState } from "preact/hooks";
import type { DeliveryDetailJson, DeliveryJson } from "../contract.ts";
import { useLive, useServer } from "../live.ts";
import { NO_EVENT_FILTER, shownEvents, withDelivery } from "../models/event-list.ts";
import { hashOf } from "../models/page-place.ts";
import { ChoiceList, tabStop } from "./choice-list.tsx";
import { Code, CopyButton, Empty, Name, Panel, Problem, Time } from "./parts.tsx";
import { SaveSample } from "./save-sample.tsx";

/** The events that functions of the stack received, and what they answered. */
export function Events({ about }: { readonly about: Readonly<Record<string, string>> }) {
  const { value, error } = useServer<readonly DeliveryJson[]>("/api/events");
  const [events, change] = useState<readonly DeliveryJson[]>([]);
  const [filter, narrow] = useState(NO_EVENT_FILTER);
  useEffect(() => {
    if (value !== undefined) change(value);
  }, [value]);
  useLive((live) => {
    if (live.type === "delivery") change((before) => withDelivery(before, live.delivery));
  });
  const shown = shownEvents(events, filter);
  const chosen = events.find(({ id }) => String(id) === about["event"]) ?? shown[0];
  const reached = shown.find((event) => event === chosen) ?? shown[0];
  const names = [...new Set(events.map(({ functionName }) => functionName))].sort();
  return (
    <div class="two-panes">
      <Panel title="Events">
        <Problem text={error} />
        {events.length === 0 ? (
          value !== undefined && (
            <Empty>
              <p>No events yet.</p>
              <p>
                What Cognito and the gateways send to the functions shows up here, with the answer.{" "}
                <a href="#try">Try a route</a> to get some.
              </p>
            </Empty>
          )
        ) : (
          <>
            <label>
              Function
              <select value={filter} onChange={(event) => narrow(event.currentTarget.value)}>
                <option value={NO_EVENT_FILTER}>all</option>
                {names.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <ChoiceList label="Events, newest first">
              {shown.map((event) => (
                <li key={event.id}>
                  <Item event={event} isChosen={event === chosen} isReached={event === reached} />
                </li>
              ))}
            </ChoiceList>
          </>
        )}
      </Panel>
      {chosen === undefined ? null : <Detail key={chosen.id} id={chosen.id} />}
    </div>
  );
}

function Item({
  event: { id, at, about, functionName, answered, failed },
  isChosen,
  isReached,
}: {
  readonly event: DeliveryJson;
  readonly isChosen: boolean;
  /** Tab stops here. */
  readonly isReached: boolean;
}) {
  return (
    <a
      class="item"
      href={hashOf("events", { event: String(id) })}
      tabIndex={tabStop(isReached)}
      aria-current={isChosen ? "true" : undefined}
    >
      <Name text={about} />
      <span class="soft">
        <Time at={at} /> {functionName}: <span class={failed ? "bad" : ""}>{answered}</span>
      </span>
    </a>
  );
}

function Detail({ id }: { readonly id: number }) {
  const { value, error } = useServer<DeliveryDetailJson>(`/api/event?id=${id}`);
  if (value === undefined) return <Problem text={error} />;
  const { about, functionName, at, took, event, answer, sample, refusal } = value;
  return (
    <div class="stack detail">
      <Panel
        title={about}
        actions={
          <span class="soft">
            <code>{functionName}</code>, <Time at={at} />, {took} ms
          </span>
        }
      >
        <Json title="Event" text={event} />
        <Json title="Answer" text={answer} />
        <p class="soft">Tokens, passwords, codes and cookies are not shown.</p>
      </Panel>
      <Panel title="Save as sample">
        {sample === null ? <p>{refusal}</p> : <SaveSample id={id} sample={sample} />}
      </Panel>
    </div>
  );
}

function Json({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div>
      <div class="panel-head">
        <h3>{title}</h3>
        <CopyButton text={text} label={`the ${title.toLowerCase()}`} />
      </div>
      <Code label={title} text={text} />
    </div>
  );
}
