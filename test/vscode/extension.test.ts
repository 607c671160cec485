import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { unzip } from "../support/unzip.ts";

// `npm run test:vscode` packages the extension first.
const PACKAGE = readFileSync("editors/vscode/dist/claimgate-policy.vsix");
const files = unzip(PACKAGE);

interface Manifest {
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: boolean } };
  readonly contributes: {
    readonly languages: readonly { readonly filenamePatterns: readonly string[] }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}
const manifest = JSON.parse(files.get("extension/package.json") ?? "") as Manifest;

describe("the package of the extension", () => {
  test("has one bundle and what an editor shows of it, in less than 150 kB", () => {
    expect([...files.keys()].sort()).toEqual([
      "[Content_Types].xml",
      "extension.vsixmanifest",
      "extension/LICENSE.txt",
      "extension/changelog.md",
      "extension/dist/extension.js",
      "extension/language-configuration.json",
      "extension/package.json",
      "extension/readme.md",
      "extension/syntaxes/claimgate-policy.tmLanguage.json",
    ]);
    expect(PACKAGE.length).toBeLessThan(150_000);
    expect(files.get("extension/LICENSE.txt")).toBe(readFileSync("LICENSE", "utf8"));
  });

  test("costs nothing in a workspace without a policy, and runs in a trusted one alone", () => {
    expect(manifest.activationEvents).toEqual([
      "workspaceContains:**/policies/model.conf",
      "onLanguage:claimgate-policy",
    ]);
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe(false);
    // No other CSV file of a workspace changes its language.
    const patterns = manifest.contributes.languages.flatMap(({ filenamePatterns }) => filenamePatterns);
    expect(patterns.every((pattern) => pattern.startsWith("**/policies/"))).toBe(true);
  });

  test("has the settings that its README names, and no others", () => {
    const named = [...(files.get("extension/readme.md") ?? "").matchAll(/^\| `(claimgate\.[\w.]+)`/gm)];
    expect(named.map(([, name]) => name).sort()).toEqual(
      Object.keys(manifest.contributes.configuration.properties).sort(),
    );
  });

  test("names no path of the machine that built it", () => {
    for (const text of files.values()) expect(text).not.toContain(process.cwd());
  });
});

describe("the bundle", () => {
  test("activates in an editor, and says where it looked for a claimgate that is not there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "claimgate-vscode-"));
    const said: string[] = [];
    const disposable = { dispose: () => {} };
    const editor = {
      window: {
        createOutputChannel: () => ({
          ...disposable,
          warn: (line: string) => said.push(line),
          info: () => {},
        }),
      },
      commands: { registerCommand: () => disposable },
      workspace: {
        workspaceFolders: [{ uri: { scheme: "file", fsPath: folder } }],
        getConfiguration: () => ({ get: (_: string, otherwise: unknown) => otherwise }),
        onDidChangeWorkspaceFolders: () => disposable,
        onDidChangeConfiguration: () => disposable,
      },
    };
    // The language client extends classes of the editor when it loads.
    const stub = new Proxy(editor, {
      get: (target, name): unknown => Reflect.get(target, name) ?? class {},
    });
    const require = createRequire(resolve("package.json"));
    const module = { exports: {} as { activate: (context: object) => Promise<void> } };
    const load = new Function(
      "module",
      "exports",
      "require",
      files.get("extension/dist/extension.js") ?? "",
    ) as (...bound: readonly unknown[]) => void;
    const loaded = (name: string): unknown => (name === "vscode" ? stub : (require(name) as unknown));
    load(module, module.exports, loaded);
    const context = { subscriptions: [] };
    await module.exports.activate(context);
    rmSync(folder, { recursive: true, force: true });
    expect(said).toEqual([
      "there is no claimgate in node_modules of a folder of the workspace: install it, or set claimgate.path",
    ]);
    expect(context.subscriptions).toHaveLength(4);
  });
});
