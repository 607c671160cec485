export const SECTIONS = ["users", "tokens", "try", "policy", "decisions", "events", "mails"] as const;

export type Section = (typeof SECTIONS)[number];

/** Where the reader is: a section, and what it is about. */
export interface PagePlace {
  readonly section: Section;
  readonly about: Readonly<Record<string, string>>;
}

/** `#try?who=alice` -> where it leads; an unknown section leads to the first one. */
export function placeIn(hash: string): PagePlace {
  const [name = "", query = ""] = hash.replace(/^#/, "").split("?");
  const section = SECTIONS.find((known) => known === name) ?? SECTIONS[0];
  return { section, about: Object.fromEntries(new URLSearchParams(query)) };
}

/** The address of a place. */
export function hashOf(section: Section, about: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(about).toString();
  return query === "" ? `#${section}` : `#${section}?${query}`;
}

/** `policies/roles.csv:12` -> its place in the editor. */
export function editorHash(place: string): string {
  const colon = place.lastIndexOf(":");
  return hashOf("policy", { file: place.slice(0, colon), line: place.slice(colon + 1) });
}
