import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { jsonIn, objectOf, textOf, textsOf } from "../../../json.ts";
import { nearest } from "../../../policy/suggestion.ts";
import type { FileFinding } from "../../findings/finding.ts";
import type { ServiceFunction, ServiceSource } from "../../service/service-source.ts";
import type { PlaceOf } from "../../stack/function-environment.ts";
import { handlerFile, importOf, isTypescript, moduleOf, modulesBeside } from "./handler-files.ts";

const PACKAGE = "claimgate";

/** Folders that a build writes: their files may not exist yet. */
const BUILT = /^(?:\.\/)?(?:\.|(?:dist|build|out|lib)\/)/;

/** Where the service is. */
export interface ServiceFolder {
  readonly serviceDir: string;
  readonly placeOf: PlaceOf;
}

/**
 * Handlers that cannot run once they are deployed.
 *
 * @param declared the keys of the functions of `custom.claimgate`
 */
export function handlerFindings(
  source: ServiceSource,
  declared: readonly string[],
  folder: ServiceFolder,
): readonly FileFinding[] {
  return source.functions.flatMap((one) => {
    const handler = textOf(one.definition["handler"]);
    if (handler === undefined || BUILT.test(handler)) return [];
    const file = handlerFile(folder.serviceDir, handler);
    const own = declared.includes(one.name)
      ? file === undefined
        ? missingFile(folder, handler)
        : notBuilt(source, file)
      : undefined;
    const why = own ?? (file === undefined ? undefined : missingPackage(source, one, file, folder));
    if (why === undefined) return [];
    const place = { kind: "file", ...folder.placeOf(["functions", one.name, "handler"]) } as const;
    const message = `\`functions.${one.name}.handler\` is \`${handler}\`, ${why.message}`;
    return [{ id: "function-handler", severity: "error", place, message, fix: why.fix }];
  });
}

interface Reason {
  readonly message: string;
  readonly fix: string;
}

function missingFile({ serviceDir }: ServiceFolder, handler: string): Reason | undefined {
  const modules = modulesBeside(serviceDir, handler);
  // Something else may write a folder that does not exist yet.
  if (modules === undefined) return undefined;
  const module = moduleOf(handler);
  const meant = nearest(module, modules);
  return {
    message: `but there is no file \`${module}.js\` or \`${module}.ts\``,
    fix:
      meant === undefined
        ? "write the file, or remove the line: the plugin generates a handler"
        : `did you mean \`${meant}${handler.slice(module.length)}\`?`,
  };
}

function notBuilt({ builder }: ServiceSource, file: string): Reason | undefined {
  if (builder !== undefined || !isTypescript(file)) return undefined;
  return {
    message: "a file of TypeScript, and no plugin builds it",
    fix: "add `serverless-esbuild` to `plugins`, or with Serverless 4 a section `build`",
  };
}

/** The framework leaves `devDependencies` out of archives, so the function would not load. */
function missingPackage(
  { builder, packaging, provider }: ServiceSource,
  { definition }: ServiceFunction,
  file: string,
  { serviceDir }: ServiceFolder,
): Reason | undefined {
  // What is not built does not run either way, or is built by what no name tells.
  if (builder === undefined && isTypescript(file)) return undefined;
  const own = objectOf(definition["package"]);
  if (builder === "bundler" || packaging["excludeDevDependencies"] === false) return undefined;
  // The package may come from there.
  if ([own["artifact"], packaging["artifact"], definition["layers"], provider["layers"]].some(Boolean))
    return undefined;
  const patterns = [own, packaging].flatMap((one) => [
    ...textsOf(one["patterns"]),
    ...textsOf(one["include"]),
  ]);
  if (patterns.some((pattern) => pattern.startsWith("node_modules"))) return undefined;
  if (!isForDevelopment(serviceDir)) return undefined;
  const at = importOf(serviceDir, file, PACKAGE);
  if (at === undefined) return undefined;
  return {
    message: `which imports ${PACKAGE} (${at.file}:${at.line}), but package.json has it in \`devDependencies\`, which the archive does not contain`,
    fix: `nothing bundles this function, so run \`npm install --save-prod ${PACKAGE}\``,
  };
}

function isForDevelopment(serviceDir: string): boolean {
  const path = join(serviceDir, "package.json");
  const manifest = objectOf(existsSync(path) ? jsonIn(readFileSync(path, "utf8")) : undefined);
  const lists = (name: string) => Object.hasOwn(objectOf(manifest[name]), PACKAGE);
  return lists("devDependencies") && !lists("dependencies") && !lists("optionalDependencies");
}
