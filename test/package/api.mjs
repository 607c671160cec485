// The API report: what each door of the staged package exports, with its types and its documentation, in api/*.api.md.
// `npm run api` compares, `npm run api -- --write` writes; a person reviews the difference.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

const root = resolve(import.meta.dirname, "../..");
const write = process.argv.includes("--write");
const staged = join(root, "dist/package");
const reports = join(import.meta.dirname, "api");
const manifest = JSON.parse(readFileSync(join(staged, "package.json"), "utf8"));

mkdirSync(reports, { recursive: true });
mkdirSync(join(root, ".esbuild"), { recursive: true });
const folder = mkdtempSync(join(root, ".esbuild/api-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Prints nothing of its own; what counts is in the report. */
const quiet = { default: { logLevel: ExtractorLogLevel.None } };

let differs = false;
for (const [door, target] of Object.entries(manifest.exports)) {
  // API Extractor cannot read `export =`, the form of the plugin for the Serverless Framework.
  const types = target.import?.types;
  if (types === undefined) continue;
  const name = door.slice(2).replaceAll("/", "-");
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: staged,
      newlineKind: "lf",
      mainEntryPointFilePath: join(staged, types),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: "es2023",
            lib: ["es2023"],
            module: "nodenext",
            types: ["node"],
            skipLibCheck: true,
          },
          files: [join(staged, types)],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: reports,
        reportTempFolder: folder,
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: quiet,
        extractorMessageReporting: quiet,
        tsdocMessageReporting: quiet,
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(staged, "package.json"),
  });
  const { apiReportChanged } = Extractor.invoke(config, { localBuild: write, messageCallback });
  // Only code: the report leaves out what docstrings say.
  const [loose] = /[:<(|&,=] ?any\b.*/.exec(readFileSync(join(folder, `${name}.api.md`), "utf8")) ?? [];
  if (loose !== undefined) {
    console.log(`${name}: an export has the type \`any\`: ${loose}`);
    process.exitCode = 1;
  }
  if (!apiReportChanged) continue;
  differs = true;
  console.log(
    `${name}: the exports ${write ? "changed, and so did" : "differ from"} test/package/api/${name}.api.md`,
  );
}
if (differs && !write) {
  console.log("review the change, and run `npm run api -- --write` in test/package");
  process.exitCode = 1;
}

function messageCallback(message) {
  if (message.logLevel === ExtractorLogLevel.Error) console.error(message.text);
  message.handled = true;
}
