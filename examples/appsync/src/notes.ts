import { readCaller } from "claimgate/caller";

interface Note {
  readonly id: string;
  readonly text: string;
  readonly author: string;
}

/** In place of a table. */
const notes = new Map<string, Note>([["n1", { id: "n1", text: "Hello", author: "user-1" }]]);

interface ResolverEvent {
  readonly info: { readonly fieldName: string };
  readonly arguments: Readonly<Record<string, string>>;
}

/** A direct Lambda resolver. AppSync runs it only for fields that the authorizer did not deny. */
export async function handler(event: ResolverEvent) {
  const caller = readCaller(event);
  if (caller === undefined) throw new Error("no caller");
  const { id = "", text = "" } = event.arguments;
  switch (event.info.fieldName) {
    case "notes":
      return [...notes.values()];
    case "note":
      return notes.get(id) ?? null;
    case "addNote":
      return add({ id: `n${notes.size + 1}`, text, author: caller.sub });
    case "deleteNote":
      return notes.delete(id) ? id : null;
    default:
      throw new Error(`no resolver for ${event.info.fieldName}`);
  }
}

function add(note: Note): Note {
  notes.set(note.id, note);
  return note;
}
