import type { Metafile } from "esbuild";

type Output = Metafile["outputs"][string];

/** The bytes of a bundle by where they come from, the largest first: packages, rooms of `src`, the policy. */
export function partsOf({ bytes, inputs }: Output): Readonly<Record<string, number>> {
  const parts = new Map<string, number>();
  let left = bytes;
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    if (bytesInOutput === 0) continue;
    const part = partOf(path);
    parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
    left -= bytesInOutput;
  }
  const sorted = [...parts, ["code of esbuild", left] as const].sort(([, a], [, b]) => b - a);
  return { all: bytes, ...Object.fromEntries(sorted) };
}

function partOf(path: string): string {
  const [, stub] = /^claimgate-(?:lean-casbin|runtime-sdk):(.*)$/.exec(path) ?? [];
  if (stub !== undefined) return `stub of ${stub}`;
  if (path.startsWith("claimgate-policy:")) return "policy rows";
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  if (name !== undefined) return name;
  const [, room] = /^(src(?:\/[\w-]+(?=\/))?)/.exec(path) ?? [];
  return room ?? path;
}

/** The modules of Node and of the runtime that a bundle may load, at its start or later. */
export function externalsOf({ imports }: Output): readonly string[] {
  const names = imports
    .filter(({ external }) => external === true)
    .map(({ path }) => path.replace(/^node:/, ""));
  return [...new Set(names)].sort();
}
