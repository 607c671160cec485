import type { ExplanationJson, Outcome, TriedJson } from "../contract.ts";
import { Chain, Code, OutcomeBadge, Panel, Row, Why } from "./parts.tsx";

/** The answer of the API, and why. */
export function TriedResult({ tried }: { readonly tried: TriedJson }) {
  const { status, method, url, took, logged, explanation, body } = tried;
  return (
    <Panel title="Answer" className="answer">
      <p class="verdict">
        <span class={`status s${Math.floor(status / 100)}`}>{status}</span>
        <OutcomeBadge outcome={outcomeOf(tried)} />
        <span class="soft">{took} ms</span>
      </p>
      <p class="soft wrap">
        <code>
          {method} {url}
        </code>
      </p>
      {logged === null ? null : (
        <div class="why">
          <h3>The authorizer</h3>
          <p>
            <Why entry={logged} />
          </p>
        </div>
      )}
      {explanation === null ? null : <Explanation explanation={explanation} />}
      <h3>Body</h3>
      <Code label="Body" text={pretty(body)} />
    </Panel>
  );
}

/** Without a log line, the status says what an authorizer would. */
function outcomeOf({ logged, status, explanation }: TriedJson): Outcome {
  if (logged !== null) return logged.outcome;
  if (explanation !== null && status < 500) return explanation.effect;
  return status === 401 ? "refused" : "other";
}

function Explanation({ explanation }: { readonly explanation: ExplanationJson }) {
  const { determining, overruled, missing, compared, signIn, permissions, subjects, effect } = explanation;
  return (
    <div class="why">
      <h3>The policy</h3>
      <p>
        {permissions.length === 0 ? "No permission opens this route" : "Opened by "}
        {permissions.map((permission, index) => (
          <span key={permission}>
            {index === 0 ? "" : " or "}
            <code>{permission}</code>
          </span>
        ))}
        {explanation.reason === "route_without_permission" ? ": it is public" : ""}
      </p>
      {determining.length === 0 ? null : (
        <>
          <h4>{effect === "allow" ? "Allowed by" : "Denied by"}</h4>
          <ul class="chains">
            {determining.map((chain) => (
              <Chain key={chain.place + chain.row} chain={chain} />
            ))}
          </ul>
        </>
      )}
      {overruled.length === 0 ? null : (
        <>
          <h4>Overruled by the deny</h4>
          <ul class="chains">
            {overruled.map((chain) => (
              <Chain key={chain.place + chain.row} chain={chain} />
            ))}
          </ul>
        </>
      )}
      {missing.length === 0 ? null : (
        <>
          <h4>What is missing, the nearest first</h4>
          <ul class="chains">
            {missing.map(({ place, row, because }) => (
              <li key={place + row}>
                <Row place={place} row={row} />
                <p class="path">{because}</p>
              </li>
            ))}
          </ul>
        </>
      )}
      {compared.length === 0 ? null : <p class="path">Compared: {compared.join("; ")}</p>}
      {signIn === null ? null : <p class="path">{signIn}</p>}
      <details>
        <summary>The token holds {subjects.length} subjects</summary>
        <p class="wrap">
          {subjects.map((subject) => (
            <code class="chip" key={subject}>
              {subject}
            </code>
          ))}
        </p>
      </details>
    </div>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body === "" ? "(empty)" : body;
  }
}
