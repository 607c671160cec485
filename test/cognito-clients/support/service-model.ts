import * as sdk from "@aws-sdk/client-cognito-identity-provider";

type Command = new (input: never) => object;

/** Every operation of the Cognito API that the SDK knows, by name. */
export const OPERATIONS: ReadonlyMap<string, Command> = new Map(
  Object.entries(sdk)
    .filter(([name]) => name.endsWith("Command") && !name.startsWith("$"))
    .map(([name, command]): [string, Command] => [name.slice(0, -"Command".length), command as Command])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
