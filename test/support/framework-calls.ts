import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(join(process.cwd(), "package.json"));
const AWS_PLUGIN = join(dirname(require.resolve("serverless/package.json")), "lib", "plugins", "aws");

/** Where the code of `sls deploy`, `info`, `rollback` and `remove` lies, below the framework's AWS plugin. */
const PLACES = [
  "deploy",
  "info",
  "lib",
  "provider.js",
  "remove",
  "rollback.js",
  "deploy-list.js",
  "package/compile/events/api-gateway/lib/hack",
];

/**
 * The AWS calls in the installed framework's own code, as `client:Operation` (`s3:ListObjectsV2`): read from its
 * source, so that a call that an upgrade adds is seen.
 */
export function frameworkCalls(): ReadonlySet<string> {
  return new Set(PLACES.flatMap((place) => filesOf(join(AWS_PLUGIN, place))).flatMap(callsOf));
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".js"))
    .map((file) => join(path, file));
}

function callsOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  const imports = /const \{([^}]+)\} = require\('@aws-sdk\/client-([a-z0-9-]+)'\)/g;
  return [...text.matchAll(imports)].flatMap(([, names = "", client = ""]) =>
    [...names.matchAll(/\b(?:paginate(\w+)|(\w+)Command)\b/g)].map(
      ([, paginated, sent]) => `${client}:${paginated ?? sent}`,
    ),
  );
}
