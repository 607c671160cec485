/**
 * Whether a command of the framework runs functions on this machine: `offline`, `offline start`,
 * `invoke local`. Everything else, known or not, builds what gets deployed.
 */
export function isLocalCommand(commands: readonly string[]): boolean {
  const [first, second] = commands;
  return first === "offline" || (first === "invoke" && second === "local");
}
