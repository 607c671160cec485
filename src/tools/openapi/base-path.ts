import { trimEndOf } from "../../policy/trimmed-end.ts";
import type { OpenApiDocument } from "./document.ts";
import type { DocumentProblem } from "./document-nodes.ts";

/**
 * What the routes of the API have before the paths of the document. A server with a path may be a stage or a base path
 * of a custom domain, which routes do not have, or a part of each route: only the author knows.
 *
 * @param given `/v1`, or `/` for nothing; undefined if nothing was said
 */
export function basePathOf(
  { servers }: Pick<OpenApiDocument, "servers">,
  given: string | undefined,
): { readonly basePath: string } | { readonly problem: DocumentProblem } {
  if (given !== undefined) {
    const path = trimEndOf(given, (character) => character === "/");
    return { basePath: path === "" || path.startsWith("/") ? path : `/${path}` };
  }
  const server = servers.find(({ path }) => path !== "");
  if (server === undefined) return { basePath: "" };
  const { path, ...at } = server;
  return {
    problem: {
      ...at,
      message: `the path \`${path}\` of the server may be a stage or a custom domain's base path, or a part of each route`,
      fix: `add \`--base-path ${path}\` if the routes begin with it, otherwise \`--base-path /\``,
    },
  };
}
