import { posix, win32 } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * The path of a `file:` URI in the one spelling that the server compares: resolved, with the drive letter of Windows in
 * lower case. Undefined for any other URI, such as `untitled:` or `git:`, and for one that no file can have.
 */
export function pathOfUri(uri: string, windows = process.platform === "win32"): string | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    return samePath(fileURLToPath(uri, { windows }), windows);
  } catch {
    return undefined;
  }
}

/** The `file:` URI of a path. A client may spell it in another way: compare paths, not URIs. */
export function uriOfPath(path: string, windows = process.platform === "win32"): string {
  return pathToFileURL(path, { windows }).href;
}

/** The path as {@link pathOfUri} spells it. */
export function samePath(path: string, windows = process.platform === "win32"): string {
  const resolved = (windows ? win32 : posix).normalize(path).replace(/(?<=[^/\\:])[/\\]+$/, "");
  return windows ? resolved.replace(/^[A-Z](?=:)/, (drive) => drive.toLowerCase()) : resolved;
}
