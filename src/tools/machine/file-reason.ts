import { messageOf, systemCodeOf } from "../../errors.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "you may not write there",
  EDQUOT: "your share of the disk is used up",
  EEXIST: "it is there already",
  EISDIR: "it is a directory",
  ENOENT: "there is no such directory",
  ENOSPC: "the disk is full",
  ENOTDIR: "a file is where a directory should be",
  EPERM: "you may not write there",
  EROFS: "the file system is read-only",
};

/** Why a file could not be written, in words; what Node says of what is not foreseen. */
export function whyNotWritten(error: unknown): string {
  const code = systemCodeOf(error);
  const reason = code === undefined ? undefined : REASONS[code];
  return reason === undefined ? messageOf(error) : `${reason} (${code})`;
}
