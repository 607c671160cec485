import { lazyConnection } from "../../../lambda/lazy-connection.ts";
import { answered, callAws, clientSettings, findInAws } from "./call.ts";

/** The sessions of a pool's users. Every call throws CommandError. */
export interface UserSessions {
  /** The user name of a `sub`; undefined where the pool has no such user. */
  userNameOf(userPoolId: string, sub: string): Promise<string | undefined>;
  /**
   * AdminUserGlobalSignOut: no refresh token of the user works any more. Access tokens are not affected.
   * @returns whether there was such a user
   */
  signOut(userPoolId: string, userName: string): Promise<boolean>;
}

export function createUserSessions(region: string): UserSessions {
  const connect = lazyConnection(async () => {
    const sdk = await import("@aws-sdk/client-cognito-identity-provider");
    return { sdk, client: new sdk.CognitoIdentityProviderClient(clientSettings(region)) };
  });
  return {
    async userNameOf(userPoolId, sub) {
      const { sdk, client } = await connect();
      const command = new sdk.ListUsersCommand({
        UserPoolId: userPoolId,
        // The caller has checked that the `sub` contains no quotes.
        Filter: `sub = "${sub}"`,
        AttributesToGet: ["sub"],
        Limit: 1,
      });
      const { Users } = await callAws("cognito-idp:ListUsers", () => client.send(command));
      const [user] = answered("cognito-idp:ListUsers", "Users", Users);
      return user === undefined ? undefined : answered("cognito-idp:ListUsers", "Username", user.Username);
    },

    async signOut(userPoolId, userName) {
      const { sdk, client } = await connect();
      const command = new sdk.AdminUserGlobalSignOutCommand({ UserPoolId: userPoolId, Username: userName });
      // The user may have been deleted between the two calls.
      return (
        (await findInAws("cognito-idp:AdminUserGlobalSignOut", () => client.send(command))) !== undefined
      );
    },
  };
}
