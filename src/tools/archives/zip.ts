import { zipSync } from "fflate";

/** MS-DOS time is local and begins here; an archive with the time of its making would be another one each time. */
const EPOCH = new Date(1980, 0, 1);

/** A regular file that everybody may read; Lambda's runtime is another user than the one that unpacks. */
const UNIX = 3;
const READABLE = 0o100644 * 2 ** 16;

/** A zip of the files, by name. The same files give the same bytes on every machine and Node. */
export function zipped(files: Readonly<Record<string, string>>): Uint8Array {
  const encoder = new TextEncoder();
  const entries = Object.entries(files).map(([name, text]) => [name, encoder.encode(text)] as const);
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: EPOCH, os: UNIX, attrs: READABLE });
}
