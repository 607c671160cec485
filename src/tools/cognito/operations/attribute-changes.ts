import type { JsonObject } from "../../../json.ts";
import { invalidParameter } from "../cognito-error.ts";
import { assertSchema, withoutAttributes } from "../directory/attribute-values.ts";
import type { Attributes, User } from "../directory/user.ts";
import { normalEmail } from "../directory/usernames.ts";
import { withCode } from "../messages/codes.ts";
import { CONTACTS, type ContactAttribute, type Destination } from "../messages/destination.ts";
import { sendMessage } from "../messages/send-message.ts";
import type { Pool } from "../pool.ts";
import { claimAliases } from "./aliases.ts";
import { saveUser } from "./operation.ts";

/** A code that has to prove an address. */
interface Verification {
  readonly destination: Destination;
  readonly code: string;
}

/**
 * Changes attributes of a user, and sends the codes that new addresses need. A new address is set at once, unverified;
 * where the pool says so, only once it is verified. An empty value deletes an attribute.
 *
 * @returns `CodeDeliveryDetails` of each code
 * @throws CognitoError
 */
export async function changeAttributes(
  pool: Pool,
  user: User,
  asked: Attributes,
  clientId: string | undefined,
  clientMetadata: Attributes | undefined,
): Promise<readonly JsonObject[]> {
  const given = normalEmail(pool.config, asked);
  assertSchema(pool.config, given, "update");
  const contacts = CONTACTS.filter(
    (name) => given[name] !== undefined && given[name] !== "" && given[name] !== user.attributes[name],
  );
  const { user: changed, verifications } = contacts.reduce(
    (state, name) => withContact(pool, state, name, given),
    { user: withOthers(pool, user, given, contacts), verifications: [] as readonly Verification[] },
  );
  assertVerifiable(changed.attributes, given);
  claimAliases(pool, user.username, changed.attributes);
  const saved = saveUser(pool, changed);
  const details: JsonObject[] = [];
  for (const { destination, code } of verifications) {
    const message = { user: saved, destination, code, clientId, clientMetadata };
    details.push(await sendMessage(pool, { reason: "UpdateUserAttribute", ...message }));
  }
  return details;
}

/** The record with all values but those of new addresses. */
function withOthers(pool: Pool, user: User, given: Attributes, contacts: readonly string[]): User {
  const entries = Object.entries(given).filter(([name]) => !contacts.includes(name));
  const deleted = entries.filter(([, value]) => value === "").map(([name]) => name);
  const kept =
    deleted.length === 0 ? user.attributes : withoutAttributes(pool.config, user.attributes, deleted);
  const set = Object.fromEntries(entries.filter(([, value]) => value !== ""));
  return { ...user, attributes: { ...kept, ...set } };
}

/** The record with a new address, or with the code that it waits for. */
function withContact(
  pool: Pool,
  { user, verifications }: { readonly user: User; readonly verifications: readonly Verification[] },
  name: ContactAttribute,
  given: Attributes,
) {
  const address = given[name] ?? "";
  const flag = `${name}_verified`;
  if (given[flag] === "true") {
    return { user: { ...user, attributes: { ...user.attributes, [name]: address } }, verifications };
  }
  const waits = pool.config.verifyBeforeUpdate.includes(name);
  const attributes = waits ? user.attributes : { ...user.attributes, [name]: address, [flag]: "false" };
  if (!waits && !pool.config.autoVerifiedAttributes.includes(name)) {
    return { user: { ...user, attributes }, verifications };
  }
  // A name that somebody else has is refused now, not when the code comes back.
  if (pool.config.usernameAttributes.includes(name)) {
    claimAliases(pool, user.username, { ...user.attributes, [name]: address });
  }
  const sent = withCode({ ...user, attributes }, name, pool.now(), address, waits ? address : undefined);
  const verification = { destination: { attribute: name, address }, code: sent.code };
  return { user: sent.user, verifications: [...verifications, verification] };
}

function assertVerifiable(attributes: Attributes, given: Attributes): void {
  if (given["email_verified"] !== undefined && attributes["email"] === undefined) {
    throw invalidParameter("Email is required to verify/un-verify an email");
  }
  if (given["phone_number_verified"] !== undefined && attributes["phone_number"] === undefined) {
    throw invalidParameter("Phone Number is required to verify/un-verify a phone number");
  }
}
