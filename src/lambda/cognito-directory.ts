import type { AttributeType } from "@aws-sdk/client-cognito-identity-provider";
import { ClaimgateError } from "../errors.ts";
import {
  type Account,
  type AccountDirectory,
  type GroupDirectory,
  MARKER_ATTRIBUTE,
} from "../triggers/directory.ts";
import { lazyConnection } from "./lazy-connection.ts";

/**
 * The number of accounts on one page of ListUsers; more accounts with one address or phone number than that are
 * ambiguous.
 */
const PAGE = 60;

/**
 * The user pool behind the triggers' ports, by the AWS SDK. Loads and connects with the first call, since most
 * invocations make none. The SDK finds region, credentials and endpoint; local runs set
 * `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER`.
 *
 * @example
 * import { createCognitoDirectory } from "claimgate/triggers";
 *
 * const directory = createCognitoDirectory();
 * const user = { userPoolId: "eu-west-1_AbCdEfGhI", userName: "2c1f" };
 * await directory.addToGroup(user, "staff", AbortSignal.timeout(3_000));
 */
export function createCognitoDirectory(): GroupDirectory & AccountDirectory {
  const connect = lazyConnection(connectToCognito);
  const found = async (
    attribute: "email" | "phone_number",
    value: string,
    userPoolId: string,
    signal: AbortSignal,
  ): Promise<readonly Account[]> => {
    const { sdk, client } = await connect();
    const command = new sdk.ListUsersCommand({
      UserPoolId: userPoolId,
      Filter: `${attribute} = "${quoted(value)}"`,
      Limit: PAGE,
    });
    const { Users, PaginationToken } = await client.send(command, { abortSignal: signal });
    if (PaginationToken !== undefined) {
      throw new ClaimgateError(
        "account_lookup_failed",
        `more than one page of accounts has the same ${attribute === "email" ? "address" : "phone number"}`,
      );
    }
    return answered(Users, "ListUsers", "Users").map(
      (user): Account => ({
        userName: answered(user.Username, "ListUsers", "Username"),
        enabled: user.Enabled === true,
        attributes: attributesOf(user.Attributes),
        status: user.UserStatus,
      }),
    );
  };
  return {
    async readUser({ userPoolId, userName }, signal) {
      const { sdk, client } = await connect();
      const command = new sdk.AdminGetUserCommand({ UserPoolId: userPoolId, Username: userName });
      const user = await client.send(command, { abortSignal: signal });
      // Missing attributes would look like a missing marker, and bring back groups that an administrator removed.
      const attributes = answered(user.UserAttributes, "AdminGetUser", "UserAttributes");
      return { attributes: attributesOf(attributes), status: user.UserStatus };
    },

    async addToGroup({ userPoolId, userName }, group, signal) {
      const { sdk, client } = await connect();
      const command = new sdk.AdminAddUserToGroupCommand({
        UserPoolId: userPoolId,
        Username: userName,
        GroupName: group,
      });
      await client.send(command, { abortSignal: signal });
    },

    async writeMarker({ userPoolId, userName }, value, signal) {
      const { sdk, client } = await connect();
      const command = new sdk.AdminUpdateUserAttributesCommand({
        UserPoolId: userPoolId,
        Username: userName,
        UserAttributes: [{ Name: MARKER_ATTRIBUTE, Value: value }],
      });
      await client.send(command, { abortSignal: signal });
    },

    findByEmail: (userPoolId, email, signal) => found("email", email, userPoolId, signal),

    findByPhone: (userPoolId, phone, signal) => found("phone_number", phone, userPoolId, signal),

    async link({ userPoolId, userName }, { provider, subject }, signal) {
      const { sdk, client } = await connect();
      const command = new sdk.AdminLinkProviderForUserCommand({
        UserPoolId: userPoolId,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: userName },
        SourceUser: {
          ProviderName: provider,
          ProviderAttributeName: "Cognito_Subject",
          ProviderAttributeValue: subject,
        },
      });
      await client.send(command, { abortSignal: signal });
    },
  };
}

/** Cognito gives a trigger five seconds, so an attempt that hangs must leave time for another. */
async function connectToCognito() {
  const sdk = await import("@aws-sdk/client-cognito-identity-provider");
  const client = new sdk.CognitoIdentityProviderClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 700, requestTimeout: 1_500, throwOnRequestTimeout: true },
  });
  return { sdk, client };
}

/** A member that every answer of the pool has. If it is absent, the answer is unusable, not empty. */
function answered<T>(value: T | undefined, call: string, member: string): T {
  if (value !== undefined) return value;
  throw new Error(`the answer of \`${call}\` has no \`${member}\``);
}

function attributesOf(attributes: readonly AttributeType[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((attributes ?? []).map(({ Name, Value }) => [Name ?? "", Value ?? ""]));
}

/** Escapes an address for a filter, since it may contain quotation marks. */
function quoted(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
