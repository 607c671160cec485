import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A project in the temporary directory. */
export interface ProjectFolder {
  readonly folder: string;
  /** Writes a file, and makes its folder. */
  write(file: string, text: string): void;
  read(file: string): string;
  remove(): void;
}

/** @param name what the name of the folder begins with, after `claimgate` */
export function projectFolder(name: string): ProjectFolder {
  const folder = mkdtempSync(join(tmpdir(), `claimgate${name}-`));
  return {
    folder,
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    read: (file) => readFileSync(join(folder, file), "utf8"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
