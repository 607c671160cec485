import { readFileSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { Plugin } from "esbuild";
import { objectOf, textsOf } from "../../json.ts";

/**
 * Source maps name the sources by their path from the map. Where `node_modules` is a link out of the service, that
 * path goes through folders of the machine; here it becomes the path that the service has it under.
 * docs/adr/0094-source-maps.md
 *
 * @param service the folder of the service
 */
export function mapPlacesPlugin(service: string): Plugin {
  return {
    name: "claimgate-map-places",
    setup(build) {
      build.initialOptions.metafile = true;
      const folder = build.initialOptions.absWorkingDir ?? process.cwd();
      // esbuild has written its files by then.
      build.onEnd(({ metafile }) => {
        for (const file of Object.keys(metafile?.outputs ?? {})) {
          if (file.endsWith(".map")) rewrite(resolve(folder, file), service);
        }
      });
    },
  };
}

function rewrite(file: string, service: string): void {
  const map = objectOf(JSON.parse(readFileSync(file, "utf8")));
  const sources = textsOf(map["sources"]).map((source) => withinService(source, dirname(file), service));
  writeFileSync(file, JSON.stringify({ ...map, sources }));
}

/** Sources that are no files have a namespace in front, such as `claimgate-policy:policies`. */
function withinService(source: string, folder: string, service: string): string {
  const packaged = source.lastIndexOf("/node_modules/");
  if (packaged < 0) return source;
  const place = resolve(folder, source);
  if (!relative(service, place).startsWith("..")) return source;
  return relative(folder, resolve(service, source.slice(packaged + 1))).replaceAll("\\", "/");
}
