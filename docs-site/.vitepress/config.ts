import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitepress";
import { linkedFileViews } from "../file-views.ts";
import { writeLlmsFiles } from "../llms.ts";
import { writePlayground } from "../playground.ts";
import { contents, writtenPages } from "../repository.ts";
import { sidebars } from "../sidebar.ts";
import { anchorOf, fileView, PLAYGROUND, sitePage } from "../site-links.ts";
import { HOME } from "./home.ts";
import { adaptToSite } from "./markdown.ts";

const pages = writtenPages();
const views = linkedFileViews().map(({ file }) => fileView(file));
const groups = contents();

/** A gate in the colour of the site. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#6929c4"/><path d="M4 12V7a4 4 0 0 1 8 0v5M8 12V7" stroke="#fff" stroke-width="1.6" fill="none"/></svg>',
)}`;

/** Pages become modules that import Vue, and are outside the folder where Vue is installed. */
function dependenciesOfPages(): Plugin {
  const here = fileURLToPath(import.meta.url);
  return {
    name: "claimgate-dependencies-of-pages",
    enforce: "pre",
    resolveId(source, importer, options) {
      if (!/^vue(\/|$)/.test(source) || importer?.endsWith(".md") !== true) return null;
      return this.resolve(source, here, { ...options, skipSelf: true });
    },
  };
}

export default defineConfig({
  lang: "en",
  title: "claimgate",
  description: "Authorization for Amazon Cognito: who may sign up and who may call what, in CSV files",
  head: [["link", { rel: "icon", href: ICON }]],
  srcDir: "..",
  srcExclude: [
    "**/node_modules/**",
    "!(docs|docs-site|examples|*.md)/**",
    "docs-site/!(repository)/**",
    ".github/**",
  ],
  outDir: "dist",
  cacheDir: ".vitepress/cache",
  rewrites: {
    ...Object.fromEntries(pages.map((page) => [page, sitePage(page) ?? page])),
    ...Object.fromEntries(views.map((view) => [`docs-site/${view}`, view])),
  },
  metaChunk: true,
  markdown: {
    anchor: { slugify: anchorOf },
    config: adaptToSite,
  },
  // The index of the search is one large chunk, which loads with the first search.
  vite: { plugins: [dependenciesOfPages()], build: { chunkSizeWarningLimit: 2000 } },
  transformPageData: ({ relativePath, frontmatter }) =>
    relativePath === "index.md" ? { frontmatter: { ...frontmatter, ...HOME } } : undefined,
  ignoreDeadLinks: [new RegExp(`^/${PLAYGROUND}`.replace(/\.html$/, ""))],
  buildEnd: ({ outDir, site }) => {
    writeLlmsFiles(outDir, site.base, groups);
    writePlayground(outDir);
  },
  themeConfig: {
    sidebar: sidebars(groups),
    outline: [2, 3],
    notFound: {
      title: "Page not found",
      quote: "The page may have moved. The search and the first page lead to all of them.",
      linkText: "Go to the first page",
    },
    search: { provider: "local" },
    nav: [
      { text: "Tutorial", link: "/tutorial" },
      { text: "Policy language", link: "/policies" },
      { text: "Commands", link: "/cli" },
      { text: "Findings", link: "/rules/", activeMatch: "^/rules/" },
    ],
  },
});
