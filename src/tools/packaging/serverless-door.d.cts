/**
 * The plugin of `claimgate/serverless`. The framework loads it by its name in `plugins` of serverless.yml, and ships no
 * types for what it passes. docs/serverless-plugin.md
 *
 * @example
 * plugins: [claimgate/serverless, serverless-esbuild]
 */
declare const plugin: new (
  serverless: unknown,
  options: unknown,
  tools: unknown,
) => { readonly hooks: Readonly<Record<string, () => void>> };
export = plugin;
