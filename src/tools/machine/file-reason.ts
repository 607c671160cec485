import { ClaimgateError, messageOf, systemCodeOf } from "../../errors.ts";
import { objectOf } from "../../json.ts";

const NOT_WRITTEN: Readonly<Record<string, string>> = {
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
  const isDirectoryTaken = code === "EEXIST" && objectOf(error)["syscall"] === "mkdir";
  const reason = code === undefined ? undefined : NOT_WRITTEN[isDirectoryTaken ? "ENOTDIR" : code];
  return reason === undefined ? messageOf(error) : `${reason} (${code})`;
}

export const DIRECTORY = "it is a directory";

const NOT_READ: Readonly<Record<string, string>> = {
  EACCES: "you have no permission to read it",
  EISDIR: DIRECTORY,
  ELOOP: "it is a link to itself",
  ENOENT: "it does not exist",
  ENOTDIR: "it is a file, or below a file",
  EPERM: "you have no permission to read it",
};

/** Why a file or directory could not be read, in words; Node's message for unexpected errors. */
export function whyNotRead(error: unknown): string {
  const code = error instanceof ClaimgateError ? undefined : systemCodeOf(error);
  return NOT_READ[code ?? ""] ?? messageOf(error);
}
