import { messageOf, systemCodeOf } from "../../errors.ts";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "you have no permission to write there",
  EDQUOT: "your disk quota is used up",
  EEXIST: "it already exists",
  EISDIR: "it is a directory",
  ENOENT: "the directory does not exist",
  ENOSPC: "the disk is full",
  ENOTDIR: "a file has the name of a directory in the path",
  EPERM: "you have no permission to write there",
  EROFS: "the file system is read-only",
};

/** Why a file could not be written, in words; Node's message for unexpected errors. */
export function whyNotWritten(error: unknown): string {
  const code = systemCodeOf(error);
  const reason = code === undefined ? undefined : REASONS[code];
  return reason === undefined ? messageOf(error) : `${reason} (${code})`;
}
