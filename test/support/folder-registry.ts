import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** A list that is made of the files of a folder: each exports one thing, named as the file. */
export interface FolderRegistry {
  /** The file with the list. */
  readonly path: string;
  /** Its first lines. */
  readonly head: string;
  /** Beside the file. */
  readonly folder: string;
  /** Of what is exported. */
  readonly type: string;
  readonly typeFrom: string;
  readonly list: string;
  /** What is said of the list. */
  readonly comment: string;
}

const HEAD = "// Generated: `npm run docs` writes it from the files of the folder.";

export const FOLDER_REGISTRIES: readonly FolderRegistry[] = [
  {
    path: "src/tools/lint/registry.ts",
    head: HEAD,
    folder: "rules",
    type: "Rule",
    typeFrom: "./rule.ts",
    list: "RULES",
    comment: "All rules of `lint`, sorted by id. What the loader reports itself is in `LOADER_RULES`.",
  },
  {
    path: "src/tools/template-checks/registry.ts",
    head: HEAD,
    folder: "checks",
    type: "TemplateCheck",
    typeFrom: "./template-check.ts",
    list: "TEMPLATE_CHECKS",
    comment: "Every check of a packaged template, sorted by id.",
  },
];

/** Ids -> paths of the files of a registry's folder, below it: `service/route-not-deployed.ts`. */
export function filesOf({ path, folder }: FolderRegistry): ReadonlyMap<string, string> {
  const whole = path.replace(/[^/]+$/, folder);
  const files = readdirSync(whole, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const named = files.map((file) => [file.replace(/^.*\//, "").replace(/\.ts$/, ""), file] as const);
  return new Map(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes the file of a registry anew. */
export function writeRegistry(registry: FolderRegistry): void {
  const { path, head, folder, type, typeFrom, list, comment } = registry;
  const files = [...filesOf(registry)];
  const camel = (id: string) => id.replace(/-([a-z0-9])/g, (_dash, letter: string) => letter.toUpperCase());
  const imports = files.map(([id, file]) => `import { ${camel(id)} } from "./${folder}/${file}";`);
  const members = files.map(([id]) => `  ${camel(id)},`);
  const text = [
    head,
    `import type { ${type} } from "${typeFrom}";`,
    ...imports,
    "",
    `/** ${comment} */`,
    `export const ${list}: readonly ${type}[] = [`,
    ...members,
    "];",
    "",
  ].join("\n");
  const formatted = execFileSync("npx", ["biome", "check", "--write", `--stdin-file-path=${path}`], {
    input: text,
    encoding: "utf8",
  });
  // A file that is written anew is newer than the command that was built of it.
  if (readFileSync(path, "utf8") !== formatted) writeFileSync(path, formatted);
}
