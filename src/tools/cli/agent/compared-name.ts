import { existsSync, realpathSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";

/**
 * Why an agent may not compare with what this name says; undefined if it may.
 *
 * @param root the folder that the agent sees, without links
 * @param name of a git revision or a directory; of one outside the root nothing is told, not even whether it exists
 */
export function refusedName(root: string, name: string): string | undefined {
  if (name.startsWith("-")) return `\`${name}\` begins like an option: give a git revision or a directory`;
  if (name.includes("\0")) return "the name contains a character that is in no name";
  return leadsOut(root, name)
    ? `\`${name}\` leads out of the root: give a git revision, or a directory below it`
    : undefined;
}

/**
 * Whether a directory is outside the root, also over a link.
 *
 * @param root the folder that the agent sees, without links
 */
export function leadsOut(root: string, name: string): boolean {
  const path = resolve(root, name);
  return isOutside(root, path) || (existsSync(path) && isOutside(root, realpathSync(path)));
}

function isOutside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === ".." || /^\.\.[/\\]/.test(way) || isAbsolute(way);
}
