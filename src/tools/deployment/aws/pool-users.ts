import { jsonIn, objectsOf, textOf } from "../../../json.ts";
import { lazyConnection } from "../../../lambda/lazy-connection.ts";
import { suspensionNames } from "../../../triggers/suspensions.ts";
import { CommandError } from "../../machine/command-error.ts";
import { counted } from "../../text/counted.ts";
import { answered, callAws, clientSettings, findInAws, LOCAL_SETTINGS } from "./call.ts";

/** A user as the pool stores it. */
export interface PoolUser {
  readonly userName: string;
  readonly sub: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly enabled: boolean;
  /** The user's identities at identity providers. */
  readonly identities: readonly { readonly provider: string; readonly subject: string }[];
}

/** Administers the users of one pool. Every call throws CommandError, and may be repeated. */
export interface PoolUsers {
  /**
   * By user name, `sub`, an address or number that users sign in with, or any phone number; undefined if there is no
   * such user. A pool keeps numbers apart only if users sign in with them: elsewhere several users may have one.
   *
   * @throws CommandError `user_ambiguous` if several users have the number, one of them perhaps as the user name
   */
  find(name: string): Promise<PoolUser | undefined>;
  /** The names of all users with this address or this phone number, including disabled ones. */
  sharing(attribute: "email" | "phone_number", value: string): Promise<readonly string[]>;
  /** AdminDisableUser: no sign-in, no refresh, and no call of the pool's API with an access token. */
  disable(userName: string): Promise<void>;
  enable(userName: string): Promise<void>;
  /** AdminUserGlobalSignOut: refresh tokens no longer work. */
  signOut(userName: string): Promise<void>;
  /** Whether the pool has such a group. */
  addToGroup(userName: string, group: string): Promise<boolean>;
  /** Whether the pool has such a group. */
  removeFromGroup(userName: string, group: string): Promise<boolean>;
  delete(userName: string): Promise<void>;
}

/** Where a pool is. */
export interface PoolAddress {
  readonly userPoolId: string;
  /** The endpoint of the emulated pool on this machine, which accepts any credentials; undefined for AWS. */
  readonly endpoint?: string | undefined;
}

export function createPoolUsers({ userPoolId, endpoint }: PoolAddress): PoolUsers {
  const region = userPoolId.slice(0, userPoolId.indexOf("_"));
  const connect = lazyConnection(async () => {
    const sdk = await import("@aws-sdk/client-cognito-identity-provider");
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const local = endpoint === undefined ? {} : { ...LOCAL_SETTINGS, endpoint, credentials };
    return { sdk, client: new sdk.CognitoIdentityProviderClient({ ...clientSettings(region), ...local }) };
  });
  const about = (userName: string) => ({ UserPoolId: userPoolId, Username: userName });
  const inGroup = async (call: () => Promise<unknown>): Promise<boolean> => {
    try {
      await call();
      return true;
    } catch (error) {
      if (error instanceof CommandError && isNoGroup(error.cause)) return false;
      throw error;
    }
  };
  const read = async (name: string): Promise<PoolUser | undefined> => {
    const { sdk, client } = await connect();
    const command = new sdk.AdminGetUserCommand(about(name));
    const found = await findInAws("cognito-idp:AdminGetUser", () => client.send(command));
    return found === undefined ? undefined : userOf(found);
  };
  const listed = async (filter: string): Promise<readonly string[]> => {
    const { sdk, client } = await connect();
    const command = new sdk.ListUsersCommand({ UserPoolId: userPoolId, Filter: filter, Limit: 60 });
    const { Users } = await callAws("cognito-idp:ListUsers", () => client.send(command));
    return answered("cognito-idp:ListUsers", "Users", Users).map(({ Username }) =>
      answered("cognito-idp:ListUsers", "Username", Username),
    );
  };
  return {
    async find(name) {
      const user = await read(name);
      const attribute = UUID.test(name) ? "sub" : PHONE_NUMBER.test(name) ? "phone_number" : undefined;
      if (attribute === undefined || user?.sub === name || user?.phone === name) return user;
      // The name of a federated user is not the `sub`, and where people choose their user names, one may choose the
      // number of another.
      const listing = await listed(`${attribute} = "${name}"`);
      const [userName, ...others] = new Set([...(user === undefined ? [] : [user.userName]), ...listing]);
      if (userName === undefined) return undefined;
      if (others.length > 0) throw ambiguous(name, [userName, ...others]);
      return user ?? read(userName);
    },

    sharing: (attribute, value) => listed(`${attribute} = "${quoted(value)}"`),

    async disable(userName) {
      const { sdk, client } = await connect();
      const command = new sdk.AdminDisableUserCommand(about(userName));
      await callAws("cognito-idp:AdminDisableUser", () => client.send(command));
    },

    async enable(userName) {
      const { sdk, client } = await connect();
      const command = new sdk.AdminEnableUserCommand(about(userName));
      await callAws("cognito-idp:AdminEnableUser", () => client.send(command));
    },

    async signOut(userName) {
      const { sdk, client } = await connect();
      const command = new sdk.AdminUserGlobalSignOutCommand(about(userName));
      await callAws("cognito-idp:AdminUserGlobalSignOut", () => client.send(command));
    },

    async addToGroup(userName, group) {
      const { sdk, client } = await connect();
      const command = new sdk.AdminAddUserToGroupCommand({ ...about(userName), GroupName: group });
      return inGroup(() => callAws("cognito-idp:AdminAddUserToGroup", () => client.send(command)));
    },

    async removeFromGroup(userName, group) {
      const { sdk, client } = await connect();
      const command = new sdk.AdminRemoveUserFromGroupCommand({ ...about(userName), GroupName: group });
      return inGroup(() => callAws("cognito-idp:AdminRemoveUserFromGroup", () => client.send(command)));
    },

    async delete(userName) {
      const { sdk, client } = await connect();
      const command = new sdk.AdminDeleteUserCommand(about(userName));
      await callAws("cognito-idp:AdminDeleteUser", () => client.send(command));
    },
  };
}

/** What identifies the user after the account is deleted: the address, the phone number, and user names. */
export function rememberedBy(user: PoolUser): readonly string[] {
  return suspensionNames(user);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** As Cognito takes numbers: E.164. */
const PHONE_NUMBER = /^\+[0-9]{1,15}$/;

function ambiguous(name: string, userNames: readonly string[]): CommandError {
  return new CommandError(
    "user_ambiguous",
    `${counted(userNames.length, "user")} have ${name}: ${userNames.join(", ")}`,
    {
      fix: "give one of these user names, or the `sub` of a user whose name it is",
    },
  );
}

/** The pool exists, or the previous call would have failed; so "not found" means the group. */
function isNoGroup(cause: unknown): boolean {
  return cause instanceof Error && cause.name === "ResourceNotFoundException";
}

interface Answer {
  readonly Username?: string | undefined;
  readonly Enabled?: boolean | undefined;
  readonly UserAttributes?:
    | readonly { readonly Name?: string | undefined; readonly Value?: string | undefined }[]
    | undefined;
}

function userOf({ Username, Enabled, UserAttributes }: Answer): PoolUser {
  const attributes = answered("cognito-idp:AdminGetUser", "UserAttributes", UserAttributes);
  const attribute = (name: string) => attributes.find(({ Name }) => Name === name)?.Value;
  return {
    userName: answered("cognito-idp:AdminGetUser", "Username", Username),
    sub: answered("cognito-idp:AdminGetUser", "sub", attribute("sub")),
    email: attribute("email"),
    phone: attribute("phone_number"),
    enabled: Enabled === true,
    identities: identitiesOf(attribute("identities")),
  };
}

/** `identities` is a JSON list; `userId` is the provider's name for the user. */
function identitiesOf(text: string | undefined): PoolUser["identities"] {
  if (text === undefined) return [];
  const list = jsonIn(text);
  return objectsOf(
    answered("cognito-idp:AdminGetUser", "identities", Array.isArray(list) ? list : undefined),
  ).map(({ providerName, userId }) => ({
    provider: answered("cognito-idp:AdminGetUser", "identities.providerName", textOf(providerName)),
    subject: answered("cognito-idp:AdminGetUser", "identities.userId", textOf(userId)),
  }));
}

/** Escapes an address for a filter, since it may contain quotation marks. */
function quoted(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
