/** E.164: a plus sign, a country code, at most 15 digits in all. Cognito accepts no other spelling. */
const NUMBER = /^\+[1-9]\d{1,14}$/;

/** `+*`, the first digits and `*`, or a whole number. */
const PATTERN = /^\+(?:\*|[1-9]\d{0,14}\*|[1-9]\d{1,14})$/;

/** Whether this is a phone number as Cognito stores it: digits only, without spaces and brackets. */
export function isPhoneNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** Whether this is the pattern of a `p2` or `g3` row that is about phone numbers: `+49*`, `+*` or a whole number. */
export function isPhonePattern(text: string): boolean {
  return PATTERN.test(text);
}

/** Every pattern that matches the number, or all numbers of the pattern: itself first, then the longest prefix. */
export function phonePatternsCovering(text: string): readonly string[] {
  const digits = text.replace("*", "");
  const prefixes = Array.from(digits, (_, index) => `${digits.slice(0, digits.length - index)}*`);
  return text === digits ? [text, ...prefixes] : prefixes;
}
