import { type JsonObject, textsOf } from "../../json.ts";

/** Lets whoever has an access token change the user's attributes. */
const SELF_SERVICE = "aws.cognito.signin.user.admin";

/**
 * How users of an app client get a token, other than from the pages of OAuth, with which they can change their own
 * attributes; empty if there is no way. A sign-in by the API always gives the scope `aws.cognito.signin.user.admin`.
 * Without `ExplicitAuthFlows` an app client allows SRP and custom challenges (API reference, CreateUserPoolClient).
 *
 * @param properties of the template, or of DescribeUserPoolClient, which names them alike
 */
export function waysAroundOAuth(properties: JsonObject): readonly string[] {
  const flows = textsOf(properties["ExplicitAuthFlows"]);
  const signIns = flows.filter((flow) => !/REFRESH_TOKEN|CLIENT_TOKEN/.test(flow));
  return [
    ...(flows.length === 0 ? ["`ExplicitAuthFlows` is not set, which allows SRP"] : []),
    ...signIns.map((flow) => `\`ExplicitAuthFlows\` has \`${flow}\``),
    ...(textsOf(properties["AllowedOAuthScopes"]).includes(SELF_SERVICE)
      ? [`\`AllowedOAuthScopes\` has \`${SELF_SERVICE}\``]
      : []),
  ];
}
