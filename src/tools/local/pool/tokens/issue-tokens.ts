import type { Attribute, StockCognito, StockTokens, StoredUser } from "../cognito-local.ts";
import type { ClientPlan } from "../pool-plan.ts";
import type { Attributes, GroupConfiguration } from "../trigger-event.ts";
import { createRefreshToken } from "./refresh-token.ts";
import type { SignIn } from "./stock-claims.ts";
import type { TokenIssuer } from "./token-issuer.ts";

/** The tokens of one sign-in, or of a refresh of it. @param source the `triggerSource` */
export async function issueTokens(
  { issuer, stock }: { readonly issuer: TokenIssuer; readonly stock: StockCognito },
  user: StoredUser,
  client: ClientPlan,
  signIn: SignIn,
  source: string,
  clientMetadata?: Attributes,
): Promise<StockTokens> {
  const subject = {
    username: user.Username,
    attributes: triggerAttributes(user),
    groups: await groupConfiguration(stock, user),
  };
  const { accessToken, idToken } = await issuer.forUser(subject, client, signIn, source, clientMetadata);
  return {
    AccessToken: accessToken,
    IdToken: idToken ?? "",
    RefreshToken: createRefreshToken(signIn, client.id),
  };
}

async function groupConfiguration(stock: StockCognito, user: StoredUser): Promise<GroupConfiguration> {
  const names = await stock.users.listUserGroupMembership(stock.context, user);
  const groups = (await stock.users.listGroups(stock.context)).filter(({ GroupName }) =>
    names.includes(GroupName),
  );
  const withRole = groups.filter(({ RoleArn }) => RoleArn !== undefined);
  const lowest = Math.min(...withRole.map(({ Precedence }) => Precedence ?? Number.POSITIVE_INFINITY));
  const preferred = new Set(
    withRole.filter(({ Precedence }) => Precedence === lowest).map(({ RoleArn }) => RoleArn),
  );
  return {
    groupsToOverride: names,
    iamRolesToOverride: withRole.flatMap(({ RoleArn }) => RoleArn ?? []),
    // A tie of different roles leaves it unset, as on AWS.
    preferredRole: preferred.size === 1 ? ([...preferred][0] ?? null) : null,
  };
}

/** The attributes of a user as a map. */
export function recordOf(attributes: readonly Attribute[]): Attributes {
  return Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value ?? ""]));
}

/** What triggers that run after sign-up see of a user. */
export function triggerAttributes(user: StoredUser): Attributes {
  return { ...recordOf(user.Attributes), "cognito:user_status": user.UserStatus };
}
