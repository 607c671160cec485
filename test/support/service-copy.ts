import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** What the framework needs of the checkout to package the service. */
const NEEDED = ["package.json", "serverless.yml", "resources", "src", "policies", "events"];

/** A copy of the service that may be edited and deployed. */
export interface ServiceCopy {
  readonly folder: string;
  read(file: string): string;
  write(file: string, text: string): void;
  append(file: string, text: string): void;
}

/** Copies the service to a folder, which is emptied first. The packages are those of this checkout. */
export function copyService(folder: string): ServiceCopy {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of NEEDED) cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "dir");
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  return { folder, read, write, append: (file, text) => write(file, read(file) + text) };
}
