import type { JsonObject } from "../../../json.ts";
import type { PoolConfig } from "../config/pool-config.ts";
import type { Attributes } from "../directory/user.ts";

/** The attributes that a message goes to. */
export const CONTACTS = ["email", "phone_number"] as const;

export type ContactAttribute = (typeof CONTACTS)[number];

/** Where a message goes. */
export interface Destination {
  readonly attribute: ContactAttribute;
  readonly address: string;
}

export const mediumOf = (attribute: ContactAttribute) => (attribute === "email" ? "EMAIL" : "SMS");

/** The address of a user by one attribute; undefined if the user has none. */
export function destinationBy(attributes: Attributes, attribute: ContactAttribute): Destination | undefined {
  const address = attributes[attribute];
  return address === undefined || address === "" ? undefined : { attribute, address };
}

/** Where the code of a sign-up goes: "if both are verified automatically, to the telephone". */
export function verificationDestination(config: PoolConfig, attributes: Attributes): Destination | undefined {
  const asked = (["phone_number", "email"] as const).filter((name) =>
    config.autoVerifiedAttributes.includes(name),
  );
  return asked.map((name) => destinationBy(attributes, name)).find((found) => found !== undefined);
}

/** Where the code for a forgotten password goes: only to an address that the user proved. */
export function recoveryDestination(config: PoolConfig, attributes: Attributes): Destination | undefined {
  return recoveryAttributes(config)
    .filter((name) => attributes[`${name}_verified`] === "true")
    .map((name) => destinationBy(attributes, name))
    .find((found) => found !== undefined);
}

/** The ways of recovery of the pool, in order; a pool without the setting prefers the telephone. */
export function recoveryAttributes({ recovery }: PoolConfig): readonly ContactAttribute[] {
  if (recovery.length === 0) return ["phone_number", "email"];
  return recovery.flatMap((way) =>
    way === "verified_email"
      ? ["email" as const]
      : way === "verified_phone_number"
        ? ["phone_number" as const]
        : [],
  );
}

/** Where the code of an unknown user would have gone, by the form of the name and the settings of the pool. */
export function madeUpDestination(config: PoolConfig, username: string): Destination {
  if (username.includes("@")) return { attribute: "email", address: username };
  if (username.startsWith("+")) return { attribute: "phone_number", address: username };
  const attribute = recoveryAttributes(config)[0] ?? "email";
  const address = attribute === "email" ? `${username}@${username.slice(-1)}` : username;
  return { attribute, address };
}

/** `CodeDeliveryDetails`: the destination is masked. */
export function deliveryDetails({ attribute, address }: Destination): JsonObject {
  return {
    AttributeName: attribute,
    DeliveryMedium: mediumOf(attribute),
    Destination: attribute === "email" ? maskedEmail(address) : maskedPhone(address),
  };
}

/** `alice@example.com` as AWS shows it: `a***@e***`. */
function maskedEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, 1)}***@${email.slice(at + 1, at + 2)}***`;
}

/** `+15550001234` as AWS shows it: `+*******1234`. */
const maskedPhone = (phone: string) => `+*******${phone.slice(-4)}`;
