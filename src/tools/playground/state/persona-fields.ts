import type { Persona } from "./state.ts";

/** `support, staff` -> its names, without `group:`. */
export function listIn(text: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim().replace(/^(?:group|scope):/, ""));
  return [...new Set(names.filter((name) => name !== ""))];
}

/** `tenant_id=acme`, a claim in each line; a line without `=` is not one yet. */
export function claimsIn(text: string): Persona["claims"] {
  const entries = text.split("\n").flatMap((line) => {
    const equals = line.indexOf("=");
    const name = line.slice(0, Math.max(0, equals)).trim();
    return name === "" ? [] : [[name, line.slice(equals + 1).trim()] as const];
  });
  return Object.fromEntries(entries);
}

/** What {@link claimsIn} reads. */
export function textOfClaims(claims: Persona["claims"]): string {
  return Object.entries(claims)
    .map(([name, value]) => `${name}=${value}`)
    .join("\n");
}
