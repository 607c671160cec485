import { METHODS } from "../../../policy/route.ts";
import { nearest } from "../../../policy/suggestion.ts";
import type { Problem } from "../refusal.ts";
import { THROW_ON_STAR } from "./matcher.ts";
import type { Column } from "./model.ts";

/** The actions of a row: some words, or every one. */
export type ActionPattern =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "everything" }
  | { readonly kind: "problem"; readonly problem: Problem };

/** The methods of single requests. */
const REQUEST_METHODS: readonly string[] = METHODS.filter((method) => method !== "ANY");

/** Reads the action of a row as its comparison does. */
export function actionPattern(text: string, { comparison, star }: Column): ActionPattern {
  const isStar = ["keyMatch", "keyMatch2", "globMatch"].includes(comparison);
  if (text === "*" && (isStar || (star && !THROW_ON_STAR.has(comparison)))) return { kind: "everything" };
  if (comparison === "regexMatch") return regexActions(text);
  if (/^[A-Za-z0-9_-]+$/.test(text)) return { kind: "words", words: [text] };
  if (comparison === "==") {
    const message = text === "*" ? "`==` compares `*` as it is written, so the row has no effect" : undefined;
    return problem(
      message ?? `\`${text}\` is not an action of letters, digits and \`_ -\``,
      "write a row for each action",
    );
  }
  return problem(`\`${comparison}\` reads \`${text}\` as a pattern`, "write a row for each action");
}

function regexActions(text: string): ActionPattern {
  if (/^\^?\(?\.[*+]\)?\$?$/.test(text)) return { kind: "everything" };
  const words = text.match(/[A-Za-z0-9_-]+/g) ?? [];
  // Without quantifiers the expression is harmless to run.
  const isPlain = /^[A-Za-z0-9_|()^$-]+$/.test(text) && words.length > 0;
  const matches = isPlain ? compiled(text) : undefined;
  if (matches === undefined) {
    return problem(
      `\`regexMatch\` reads \`${text}\` as more than alternatives`,
      "write the methods as `(GET)|(POST)`, or `.*` for all of them",
    );
  }
  if (matches("")) {
    return problem(
      `an alternative of \`${text}\` is empty and matches every action`,
      "write `.*` if every action is meant; else remove it",
    );
  }
  if (words.every((word) => REQUEST_METHODS.includes(word))) {
    return { kind: "words", words: REQUEST_METHODS.filter(matches) };
  }
  const isWhole = /^\^\(?[^()^$]+\)?\$$/.test(text) && (text.includes("(") || !text.includes("|"));
  if (isWhole) return { kind: "words", words: [...new Set(words)] };
  return problem(
    `\`regexMatch\` finds \`${text}\` anywhere, so it also matches \`x${words[0]}y\``,
    `write \`^(${words.join("|")})$\` if the whole action is meant`,
  );
}

function compiled(text: string): ((action: string) => boolean) | undefined {
  try {
    const expression = new RegExp(text);
    return (action) => expression.test(action);
  } catch {
    return undefined;
  }
}

/**
 * The methods of a row about paths. `HEAD` is left out where `GET` is there: a `HEAD` request is decided as `GET`.
 */
export function methodsOf(pattern: ActionPattern): readonly string[] | { readonly problem: Problem } {
  if (pattern.kind === "problem") return pattern;
  if (pattern.kind === "everything") return ["ANY"];
  const strange = pattern.words.find((word) => !REQUEST_METHODS.includes(word));
  if (strange !== undefined) return { problem: strangeMethod(strange) };
  if (pattern.words.length === 0) {
    return {
      problem: { message: "no method matches the action", fix: "delete the row, or write the methods" },
    };
  }
  const methods = pattern.words.filter((word) => word !== "HEAD");
  if (methods.length < pattern.words.length && !methods.includes("GET")) {
    return {
      problem: {
        message: "the row is about `HEAD` without `GET`, and claimgate decides `HEAD` as `GET`",
        fix: "write a `g2, HEAD /...` row with a permission of its own",
      },
    };
  }
  return methods;
}

function strangeMethod(word: string): Problem {
  const meant = REQUEST_METHODS.includes(word.toUpperCase())
    ? word.toUpperCase()
    : nearest(word, REQUEST_METHODS);
  return {
    message: `\`${word}\` is not a method of HTTP`,
    fix:
      meant === undefined
        ? `write the methods that are meant: ${REQUEST_METHODS.join(", ")}`
        : `write \`${meant}\` in the old row if that is meant`,
  };
}

function problem(message: string, fix: string): ActionPattern {
  return { kind: "problem", problem: { message, fix } };
}
