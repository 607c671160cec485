import { useState } from "preact/hooks";
import { claimsIn, listIn, textOfClaims } from "../state/persona-fields.ts";
import type { Persona } from "../state/state.ts";

/** The token of a persona, field by field. */
export function PersonaForm({
  persona,
  change,
}: {
  readonly persona: Persona;
  readonly change: (next: Partial<Persona>, about: string) => void;
}) {
  const { name, kind, sub, client, age } = persona;
  const isUser = kind === "user";
  return (
    <form class="persona" onSubmit={(event) => event.preventDefault()}>
      <Field label="Name" value={name} enter={(text) => change({ name: text }, "name")} />
      <fieldset class="toggles">
        <legend>Token of</legend>
        {(["user", "machine"] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="kind"
              checked={one === kind}
              onChange={() => change({ kind: one }, "kind")}
            />
            {one === "user" ? "A user" : "A machine"}
          </label>
        ))}
      </fieldset>
      {isUser ? (
        <>
          <ListField
            label="Groups"
            values={persona.groups}
            enter={(groups) => change({ groups }, "groups")}
          />
          <Field label="sub" value={sub} enter={(text) => change({ sub: text }, "sub")} />
        </>
      ) : null}
      <Field
        label={isUser ? "App" : "App client"}
        value={client}
        enter={(text) => change({ client: text.replace(/^client:/, "") }, "client")}
      />
      <ListField label="Scopes" values={persona.scopes} enter={(scopes) => change({ scopes }, "scopes")} />
      <ClaimsField claims={persona.claims} enter={(claims) => change({ claims }, "claims")} />
      {isUser ? (
        <Field
          label="Seconds since the sign-in"
          value={age === undefined ? "" : String(age)}
          isNumber
          enter={(text) => change({ age: /^\d{1,12}$/.test(text) ? Number(text) : undefined }, "age")}
        />
      ) : null}
    </form>
  );
}

function Field({
  label,
  value,
  enter,
  isNumber = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly enter: (text: string) => void;
  readonly isNumber?: boolean;
}) {
  return (
    <label>
      {label}
      <input
        value={value}
        autocomplete="off"
        spellcheck={false}
        inputMode={isNumber ? "numeric" : "text"}
        onInput={(event) => enter(event.currentTarget.value)}
      />
    </label>
  );
}

/** Its text is kept as it is typed: a comma at its end begins a next name. */
function ListField({
  label,
  values,
  enter,
}: {
  readonly label: string;
  readonly values: readonly string[];
  readonly enter: (values: readonly string[]) => void;
}) {
  const [text, type] = useState(values.join(", "));
  return (
    <label>
      {label}
      <input
        value={text}
        autocomplete="off"
        spellcheck={false}
        placeholder="separated by commas"
        onInput={(event) => {
          type(event.currentTarget.value);
          enter(listIn(event.currentTarget.value));
        }}
      />
    </label>
  );
}

function ClaimsField({
  claims,
  enter,
}: {
  readonly claims: Persona["claims"];
  readonly enter: (claims: Persona["claims"]) => void;
}) {
  const [text, type] = useState(textOfClaims(claims));
  return (
    <label>
      Further claims
      <textarea
        rows={2}
        value={text}
        spellcheck={false}
        placeholder="tenant_id=acme"
        onInput={(event) => {
          type(event.currentTarget.value);
          enter(claimsIn(event.currentTarget.value));
        }}
      />
    </label>
  );
}
