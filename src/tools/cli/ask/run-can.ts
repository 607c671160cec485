import type { Context } from "../terminal/context.ts";
import { EXIT, type ExitCode } from "../terminal/exit-code.ts";
import { type AskArguments, type Asked, ask } from "./ask.ts";
import type { CanJson, ExplainJson } from "./ask-contract.ts";
import { answerLine, printExplanation, resolvedLine, verdict } from "./print-explanation.ts";

/** `claimgate can`. @throws CommandError, PolicyError */
export async function runCan(
  context: Context,
  args: readonly string[],
  options: AskArguments,
): Promise<ExitCode> {
  const asked = await ask(context, args, options);
  const { output } = context;
  if (output.format === "json") output.json(answerOf(asked));
  else {
    output.screen.line(`${verdict(output.screen, asked.explanation)}: ${answerLine(asked)}`);
    const resolved = resolvedLine(asked);
    if (resolved !== undefined) output.notes.line(resolved);
    note(context, asked);
  }
  return exitCodeOf(asked);
}

/** `claimgate explain`. @throws CommandError, PolicyError */
export async function runExplain(
  context: Context,
  args: readonly string[],
  options: AskArguments,
): Promise<ExitCode> {
  const asked = await ask(context, args, options);
  const { output } = context;
  if (output.format === "json") {
    const { determining, overruled, missing, acceptedAge, didYouMean } = asked.explanation;
    output.json({
      ...answerOf(asked),
      chains: determining,
      overruled,
      missing,
      acceptedAge: acceptedAge ?? null,
      didYouMean: didYouMean ?? null,
    } satisfies ExplainJson);
  } else {
    printExplanation(output.screen, asked);
    note(context, asked);
  }
  return exitCodeOf(asked);
}

function answerOf({ explanation: { decision, effect }, target, token, unknown }: Asked): CanJson {
  return {
    target,
    ...decision,
    effect,
    authorizer: decision.effect,
    permission: decision.permission ?? null,
    token: token === undefined ? null : { verified: token.verified },
    unknownSubjects: unknown,
  };
}

function note({ output }: Context, { token, unknown, unknownParameters }: Asked): void {
  for (const line of [...unknown, ...unknownParameters]) output.notes.line(line);
  if (token?.verified === false)
    output.notes.line("the token was not verified; give --jwks to check its signature");
}

function exitCodeOf({ explanation }: Asked): ExitCode {
  return explanation.effect === "allow" ? EXIT.ok : EXIT.no;
}
