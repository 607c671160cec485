import { OutcomeBadge, Panel } from "../../console/views/parts.tsx";
import type { Session } from "../session.ts";
import { NOBODY, type Persona } from "../state/state.ts";
import type { Verdicts } from "../verdicts.ts";
import { PersonaForm } from "./persona-form.tsx";

const MOST = 60;

/** Who can ask, with the answer that each of them gets. */
export function PersonasPanel({
  session: { state, change, revision },
  verdicts: { answered },
}: {
  readonly session: Session;
  readonly verdicts: Verdicts;
}) {
  const { personas, chosen } = state;
  const answer = answered?.answer;
  const effects = answer === undefined || "problem" in answer ? [] : answer.effects;
  const persona = personas[chosen];
  const add = (one: Persona) => {
    if (personas.length >= MOST) return;
    change({ personas: [...personas, one], chosen: personas.length }, "");
  };
  return (
    <Panel
      title="Personas"
      actions={
        <div class="buttons">
          <button
            type="button"
            class="small"
            aria-disabled={personas.length >= MOST}
            onClick={() => add({ ...(persona ?? NOBODY), name: freeName(personas) })}
          >
            {persona === undefined ? "Add" : "Duplicate"}
          </button>
          {persona === undefined ? null : (
            <button
              type="button"
              class="small"
              onClick={() =>
                change(
                  { personas: personas.filter((one) => one !== persona), chosen: Math.max(0, chosen - 1) },
                  "",
                )
              }
            >
              Delete
            </button>
          )}
        </div>
      }
    >
      <ul class="list personas">
        {personas.map(({ name }, index) => {
          const effect = effects[index];
          return (
            <li key={`${index} ${name}`}>
              <button
                type="button"
                class="item"
                aria-pressed={index === chosen}
                onClick={() => change({ chosen: index }, "chosen")}
              >
                <span class="name clamped">{name}</span>
                {effect === undefined ? null : <OutcomeBadge outcome={effect} />}
              </button>
            </li>
          );
        })}
      </ul>
      {persona === undefined ? null : (
        <PersonaForm
          key={`${chosen} ${revision}`}
          persona={persona}
          change={(next, about) =>
            change(
              { personas: personas.map((one, index) => (index === chosen ? { ...one, ...next } : one)) },
              `persona ${chosen} ${about}`,
            )
          }
        />
      )}
    </Panel>
  );
}

function freeName(personas: readonly Persona[]): string {
  const taken = personas.map(({ name }) => name);
  for (let number = personas.length + 1; ; number += 1) {
    if (!taken.includes(`persona ${number}`)) return `persona ${number}`;
  }
}
