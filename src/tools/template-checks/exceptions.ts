/** A finding that is meant to be, and why. */
export interface TemplateException {
  readonly check: string;
  /** Logical id. */
  readonly resource: string;
  /** The property, or what it begins with up to a dot; empty: the whole resource. */
  readonly property: string;
  /** A sentence for whoever asks why it is so. */
  readonly reason: string;
}

/**
 * What the shipped stack does on purpose though a check speaks against it. `npm run test:template` fails for one
 * that no stage needs any more.
 */
export const EXCEPTIONS: readonly TemplateException[] = [
  {
    check: "iam-breadth",
    resource: "SmsRole",
    property: "Policies",
    reason: "a phone number is no resource of AWS; topics and endpoints are denied in the same policy",
  },
];
