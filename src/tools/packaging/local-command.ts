/**
 * Whether a command of the framework runs functions on this machine: `offline`, `offline start`, `invoke local`. Any
 * other command, known or not, builds what is deployed.
 */
export function isLocalCommand(commands: readonly string[]): boolean {
  const [first, second] = commands;
  return first === "offline" || (first === "invoke" && second === "local");
}

/** Whether a command of the framework serves the APIs on this machine until it is stopped. */
export function isServingCommand(commands: readonly string[]): boolean {
  return commands[0] === "offline";
}

/** Whether a command of the framework packages or deploys: an error must stop it. */
export function isPackagingCommand(commands: readonly string[]): boolean {
  const [first, second] = commands;
  return first === "package" || (first === "deploy" && second !== "list");
}
