import type { PolicyFile } from "../../policy/compile.ts";
import type { GatewayKind } from "../service/service.ts";

/** How the functions of a project are written and built. */
export interface Project {
  /** TypeScript, or JavaScript with `import`, or with `require`. */
  readonly language: "ts" | "esm" | "cjs";
  /** Whether serverless-esbuild builds the functions; then the plugin declares those of claimgate itself. */
  readonly buildsWithEsbuild: boolean;
  /** What functions need that are written in JavaScript; undefined if it is the runtime of all functions. */
  readonly runtime: string | undefined;
  /** Whether serverless.yml selects the files of functions, so that new ones are left out. */
  readonly selectsFiles: boolean;
}

/** The folder of the handlers and of the compiled policy. */
const FOLDER = "claimgate";

/** What `claimgate compile` writes, and the handlers import. */
export const COMPILED_POLICY = `${FOLDER}/policy.json`;

/** The files of a function in a service that selects those of all functions. */
const OWN_FILES = { individually: true, patterns: [`${FOLDER}/**`, "node_modules/**"] };

/** A function that serverless.yml declares. */
export interface HandlerFile extends PolicyFile {
  /** Its key under `functions`. */
  readonly functionName: string;
  /** Its value there. */
  readonly definition: Readonly<Record<string, unknown>>;
}

/** The handlers that a project without serverless-esbuild needs, one each. */
export function handlerFiles(
  { language, runtime, selectsFiles }: Project,
  gateways: readonly GatewayKind[],
  triggers: readonly string[],
): readonly HandlerFile[] {
  return [...gateways.map((kind) => `${kind}Authorizer`), ...triggers].map((functionName) => {
    const name = `${FOLDER}/${functionName.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return {
      path: `${name}.${language === "ts" ? "ts" : "js"}`,
      text: TEXTS[language](functionName),
      functionName,
      definition: {
        handler: `${name}.handler`,
        ...(runtime === undefined ? {} : { runtime }),
        ...(selectsFiles ? { package: OWN_FILES } : {}),
      },
    };
  });
}

const TEXTS: Readonly<Record<Project["language"], (name: string) => string>> = {
  ts: (name) => `import { ${name} } from "claimgate/lambda";
import { assemblePolicy, type CompiledPolicy } from "claimgate/policy";
import compiled from "./policy.json";

export const handler = ${name}({ policy: assemblePolicy(compiled as unknown as CompiledPolicy) });
`,
  esm: (name) => `import { ${name} } from "claimgate/lambda";
import { assemblePolicy } from "claimgate/policy";
import compiled from "./policy.json" with { type: "json" };

export const handler = ${name}({ policy: assemblePolicy(compiled) });
`,
  cjs: (name) => `const { ${name} } = require("claimgate/lambda");
const { assemblePolicy } = require("claimgate/policy");
const compiled = require("./policy.json");

exports.handler = ${name}({ policy: assemblePolicy(compiled) });
`,
};
