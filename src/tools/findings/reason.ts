/** A reason is a sentence that still helps a reader in a year, not `false positive`. */
export const FEWEST_WORDS = 3;

/** Whether a string explains why something is switched off. */
export function isReason(text: string): boolean {
  return text.split(/\s+/).filter((word) => word !== "").length >= FEWEST_WORDS;
}
