import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findServer } from "../../../editors/vscode/src/find-server.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claimgate-vscode-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): string {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
  return join(folder, path);
}
const MANIFEST = JSON.stringify({ name: "claimgate", bin: { claimgate: "dist/claimgate.cjs" } });
const installIn = (at: string) => {
  write(join(at, "package.json"), MANIFEST);
  return write(join(at, "dist/claimgate.cjs"), "");
};

describe("the claimgate that the extension starts", () => {
  it("is the package of the folder or above it, run by node", () => {
    const program = installIn("node_modules/claimgate");
    const run = { command: "node", args: [program, "lsp"] };
    expect(findServer(folder, "")).toEqual(run);
    expect(findServer(join(folder, "services/orders"), "")).toEqual(run);
  });

  it("is the folder itself where that is the package", () => {
    const program = installIn(".");
    expect(findServer(folder, "")).toEqual({ command: "node", args: [program, "lsp"] });
  });

  it("is the one of the setting, absolute or relative, and no other", () => {
    installIn("node_modules/claimgate");
    const own = write("tools/claimgate", "");
    expect(findServer(folder, "tools/claimgate")).toEqual({ command: own, args: ["lsp"] });
    expect(findServer(folder, own)).toEqual({ command: own, args: ["lsp"] });
    expect(findServer(folder, "missing")).toBeUndefined();
  });

  it("is undefined where no claimgate is installed, or only part of it", () => {
    write("package.json", JSON.stringify({ name: "orders" }));
    expect(findServer(folder, "")).toBeUndefined();
    write("node_modules/claimgate/package.json", MANIFEST);
    expect(findServer(folder, "")).toBeUndefined();
  });
});
