import type { ExplanationJson } from "../contract.ts";
import { Chain, Row } from "./parts.tsx";

/** Why the policy answers so: the rows that decided, or what is missing. */
export function Explanation({ explanation }: { readonly explanation: ExplanationJson }) {
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
