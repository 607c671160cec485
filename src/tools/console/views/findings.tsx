import type { FindingJson, FixJson } from "../contract.ts";
import { More } from "./more.tsx";
import { PlaceLink } from "./parts.tsx";

/** What the linter finds in the files as they are in the editor, with fixes to click. */
export function Findings({
  findings,
  apply,
}: {
  readonly findings: readonly FindingJson[];
  readonly apply: (fix: FixJson) => void;
}) {
  return (
    <div class="findings">
      <h3>
        {findings.length === 0
          ? "No findings"
          : findings.length === 1
            ? "1 finding"
            : `${findings.length} findings`}
      </h3>
      <More items={findings} noun="findings">
        {(shown) => <FindingList findings={shown} apply={apply} />}
      </More>
    </div>
  );
}

function FindingList({
  findings,
  apply,
}: {
  readonly findings: readonly FindingJson[];
  readonly apply: (fix: FixJson) => void;
}) {
  return (
    <ul aria-live="polite">
      {findings.map((finding) => (
        <li key={`${finding.file} ${finding.line} ${finding.column} ${finding.rule} ${finding.message}`}>
          <p>
            <span class={`badge ${finding.severity === "error" ? "deny" : "refused"}`}>
              {finding.severity}
            </span>{" "}
            <PlaceLink place={`${finding.file}:${finding.line}`} /> <span class="soft">{finding.rule}</span>
          </p>
          <p>
            {finding.message}
            {finding.fix === null ? "" : `; ${finding.fix}`}
          </p>
          {finding.fixes.map((fix) => (
            <button type="button" class="small" key={fix.label} onClick={() => apply(fix)}>
              Use <code>{fix.label}</code>
            </button>
          ))}
        </li>
      ))}
    </ul>
  );
}
