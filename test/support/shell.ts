import { execFile } from "node:child_process";

/** What a shell in the folder prints, both outputs together, and ends with; without colours. */
export function shellIn(cwd: string, script: string): Promise<{ code: number; output: string }> {
  const { NODE_OPTIONS: _ignored, ...inherited } = process.env;
  const env = { ...inherited, NO_COLOR: "1", npm_config_update_notifier: "false" };
  return new Promise((done) => {
    execFile("bash", ["-c", script], { cwd, env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      done({ code, output: `${stdout}${stderr}` });
    });
  });
}
