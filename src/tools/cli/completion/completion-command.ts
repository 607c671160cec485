import { Argument, type Command } from "commander";
import type { CommonOptions } from "../terminal/common-options.ts";
import { createCommand, withCommonOptions } from "../terminal/common-options.ts";
import type { Run } from "../terminal/context.ts";
import { EXIT } from "../terminal/exit-code.ts";
import type { CompletionJson } from "./completion-contract.ts";
import type { Shell } from "./scripts.ts";

export function completionCommand(run: Run): Command {
  const command = createCommand({
    name: "completion",
    summary: "print a completion script for a shell",
    description: [
      'Prints a script for bash, zsh or fish. It completes `claimgate` if that is a command, an alias or a function of the shell: claimgate() { npx --no-install claimgate "$@"; }',
    ],
    examples: [
      [
        "completion bash >~/.local/share/bash-completion/completions/claimgate",
        "bash, effective in the next shell",
      ],
      ["completion zsh >~/.zfunc/_claimgate", "zsh, with ~/.zfunc in fpath"],
      ["completion fish >~/.config/fish/completions/claimgate.fish", "fish"],
    ],
  });
  command.addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]));
  return withCommonOptions(command).action((shell: Shell, options: CommonOptions) =>
    run(options, async ({ output }) => {
      const [{ commandTree }, { completionScript }] = await Promise.all([
        import("./command-tree.ts"),
        import("./scripts.ts"),
      ]);
      const script = completionScript(shell, commandTree(command.parent ?? command));
      if (output.format === "json") output.json({ shell, script } satisfies CompletionJson);
      else output.screen.document(script);
      return EXIT.ok;
    }),
  );
}
