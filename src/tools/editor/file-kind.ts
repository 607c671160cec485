import { TEST_SUFFIX } from "../policy-tests/tested-claims.ts";

/** What a file of a service is to the editor. */
export type FileKind = "policy" | "groups" | "test" | "lint" | "front-end" | "service" | "source" | "other";

/**
 * The kind of a file.
 *
 * @param name relative to the service, with `/`
 * @param policies the name of the directory of its policy: `policies`
 */
export function fileKind(name: string, policies: string): FileKind {
  if (name.startsWith(`${policies}/`)) {
    const inPolicy = name.slice(policies.length + 1);
    if (inPolicy.endsWith(".csv")) return "policy";
    if (inPolicy === "groups.yaml") return "groups";
    if (inPolicy === "lint.json") return "lint";
    if (inPolicy === "front-end.yaml") return "front-end";
    if (inPolicy.endsWith(TEST_SUFFIX)) return "test";
  }
  if (/^serverless\.(?:ya?ml|json)$/.test(name)) return "service";
  return isSource(name) ? "source" : "other";
}

/** Whether a file may name permissions in code: `requirePermission("orders:read")`. */
export function isSource(name: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(name) && !/\.d\.[cm]?ts$/.test(name);
}
