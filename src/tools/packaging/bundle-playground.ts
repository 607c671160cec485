import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { ICON } from "../local/console/console-page.ts";
import { readPolicyDirectory } from "../machine/policy-files.ts";
import { SMALL_SAMPLES, stateOfFiles } from "../playground/samples.ts";
import { START_ID, type Start, startText } from "../playground/start.ts";
import { contentHash } from "../text/content-hash.ts";
import { Html, html } from "../text/html.ts";
import { browserBuild } from "./browser-build.ts";

/**
 * The playground as one page: script, style and samples are in it, and its content security policy allows nothing from
 * elsewhere. docs/adr/0085-playground.md
 *
 * @param version of claimgate, as the page shows it
 * @param root the folder of this package's sources
 */
export async function bundlePlayground(version: string, root = "."): Promise<string> {
  const { plugins = [], ...options } = browserBuild(root);
  const { outputFiles } = await build({
    ...options,
    plugins: [...plugins, adoptedStyles],
    entryPoints: [join(root, "src/tools/playground/main.tsx")],
    outdir: "playground",
    write: false,
    format: "iife",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "silent",
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
  return page(textOf(".js"), textOf(".css"), startOf(version, root));
}

function startOf(version: string, root: string): Start {
  const model = readFileSync(join(root, "policies/model.conf"), "utf8");
  const { rows } = readPolicyDirectory(join(root, "policies"));
  const files = rows.map(({ path, text }) => ({ path: path.slice(path.indexOf("policies/")), text }));
  const groups = {
    path: "policies/groups.yaml",
    text: readFileSync(join(root, "policies/groups.yaml"), "utf8"),
  };
  const orders = stateOfFiles([...files, groups], ["support", "admins"], "GET /orders/{orderId}", {
    tenant_id: "acme",
  });
  const samples = [...SMALL_SAMPLES, { name: "The sample service", state: orders }];
  return { model, version, samples, own: undefined };
}

function page(script: string, style: string, start: Start): string {
  const policy = [
    "default-src 'none'",
    `script-src '${contentHash(script)}'`,
    `style-src '${contentHash(style)}'`,
    "img-src data:",
    // The page runs its own script again as a worker, so that typing never waits.
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types claimgate",
  ].join("; ");
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>claimgate playground</title>
<link rel="icon" href="${ICON}">
<style>${new Html(style)}</style></head>
<body><div id="playground"></div>
<noscript>The playground needs JavaScript. It runs in this page alone and sends nothing.</noscript>
<script type="application/json" id="${START_ID}">${new Html(startText(start))}</script>
<script>${new Html(script)}</script></body></html>
`.text;
}

const OWN_STYLES = "!root.head && root.adoptedStyleSheets";

/**
 * The editor adds its styles as an adopted style sheet, which a content security policy allows without a nonce; by
 * itself it does so in a shadow root only.
 */
const adoptedStyles: Plugin = {
  name: "claimgate-adopted-styles",
  setup(program) {
    program.onLoad({ filter: /[\\/]style-mod[\\/]src[\\/]style-mod\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const parts = text.split(OWN_STYLES);
      if (parts.length !== 2) throw new Error("style-mod has changed how it adds styles");
      return { contents: parts.join("root.adoptedStyleSheets") };
    });
  },
};
