import { readCaller } from "claimgate/caller";
import { type Request, routeOf } from "./request.ts";

interface Note {
  readonly id: string;
  readonly owner: string;
  readonly text: string;
}

/** A sample: keeps notes in memory. Yours has a database. */
const notes = new Map<string, Note>();

/** The API that the authorizer guards. Replace it with yours. */
export async function handler(event: Request) {
  const route = routeOf(event);
  if (route === "GET /health") return answer(200, { status: "ok" });
  // The authorizer let the call through, and says who calls.
  const caller = readCaller(event);
  if (caller === undefined) return answer(403, { message: "Forbidden" });
  switch (route) {
    case "GET /notes":
      return answer(200, [...notes.values()]);
    case "GET /users/{userId}/notes":
      return answer(
        200,
        [...notes.values()].filter(({ owner }) => owner === event.pathParameters?.["userId"]),
      );
    case "POST /notes": {
      const note = { id: String(notes.size + 1), owner: caller.sub, text: String(event.body ?? "") };
      notes.set(note.id, note);
      return answer(201, note);
    }
    case "DELETE /notes/{noteId}":
      return answer(notes.delete(event.pathParameters?.["noteId"] ?? "") ? 200 : 404, {});
    default:
      return answer(404, { message: "Not Found" });
  }
}

function answer(statusCode: number, body: unknown) {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
