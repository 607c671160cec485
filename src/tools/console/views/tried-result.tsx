import type { Outcome, TriedJson } from "../contract.ts";
import { Explanation } from "./explanation.tsx";
import { Code, OutcomeBadge, Panel, Why } from "./parts.tsx";

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

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body === "" ? "(empty)" : body;
  }
}
