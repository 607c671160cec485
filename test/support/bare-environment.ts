import { tmpdir } from "node:os";

/** What a command finds in its environment by itself: no credentials, and nowhere to look for some. */
export const BARE_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env["PATH"] ?? "",
  HOME: "/nonexistent",
  AWS_EC2_METADATA_DISABLED: "true",
  TMPDIR: tmpdir(),
};
