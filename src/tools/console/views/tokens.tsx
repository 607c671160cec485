import { useState } from "preact/hooks";
import type { IssuedJson } from "../contract.ts";
import { useServer } from "../live.ts";
import { ChoiceList, tabStop } from "./choice-list.tsx";
import { Empty, Name, Panel, Problem, Time } from "./parts.tsx";
import { TokenPair } from "./token-pair.tsx";

/** The tokens that the pool issued last, to whatever app. */
export function Tokens() {
  const { value, error } = useServer<readonly IssuedJson[]>("/api/issued", "issued");
  const [chosen, choose] = useState<number>();
  const shown = value?.find(({ id }) => id === chosen) ?? value?.[0];
  return (
    <div class="two-panes">
      <Panel title="Issued tokens">
        <Problem text={error} />
        {value?.length === 0 ? (
          <Empty>
            <p>No tokens yet.</p>
            <p>
              Every sign-in, refresh and machine token shows up here, with what the pre-token-generation
              trigger made of it. <a href="#users">Sign in as a user</a> to get some.
            </p>
          </Empty>
        ) : (
          <ChoiceList label="Issued tokens, newest first">
            {value?.map((issued) => (
              <li key={issued.id}>
                <button
                  type="button"
                  class="item"
                  tabIndex={tabStop(issued.id === shown?.id)}
                  aria-pressed={issued.id === shown?.id}
                  onClick={() => choose(issued.id)}
                >
                  <Name text={issued.who} />
                  <span class="soft">
                    <Time at={issued.at} /> {issued.client}
                  </span>
                </button>
              </li>
            ))}
          </ChoiceList>
        )}
      </Panel>
      {shown === undefined ? null : <TokenPair issued={shown} />}
    </div>
  );
}
