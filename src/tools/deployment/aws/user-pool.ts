import { type JsonObject, objectOf } from "../../../json.ts";
import { lazyConnection } from "../../../lambda/lazy-connection.ts";
import { CommandError } from "../../machine/command-error.ts";
import { answered, callAws, clientSettings, fewAtATime, findInAws } from "./call.ts";
import { keepRawAnswer } from "./raw-answer.ts";

/** A user pool as AWS describes it, including members that the SDK does not know. */
export interface UserPoolReader {
  /** DescribeUserPool's `UserPool`; undefined if there is no such pool. */
  describe(userPoolId: string): Promise<JsonObject | undefined>;
  /** GetUserPoolMfaConfig: the factors, which DescribeUserPool does not return. */
  mfa(userPoolId: string): Promise<JsonObject>;
  groups(userPoolId: string): Promise<readonly JsonObject[]>;
  /** DescribeUserPoolClient of every app client; of a secret only `HasSecret`, whether it exists. */
  clients(userPoolId: string): Promise<readonly JsonObject[]>;
  /** The regions of its replicas, active or not. */
  replicas(userPoolId: string): Promise<readonly string[]>;
  resourceServers(userPoolId: string): Promise<readonly JsonObject[]>;
  /** Name, type and attribute mapping of every identity provider; its details may hold a secret. */
  identityProviders(userPoolId: string): Promise<readonly JsonObject[]>;
}

export interface UserPoolEditor extends UserPoolReader {
  /** UpdateUserPool. AWS resets what the request leaves out. */
  update(request: JsonObject): Promise<void>;
  /** AddCustomAttributes. An added attribute can never be removed. */
  addAttribute(userPoolId: string, attribute: JsonObject): Promise<void>;
}

/** Reads and changes user pools with the AWS SDK. Every call throws CommandError. */
export function createUserPoolEditor(region: string): UserPoolEditor {
  const connect = lazyConnection(() => connectTo(region));
  return {
    async describe(userPoolId) {
      const { sdk, client } = await connect();
      const command = new sdk.DescribeUserPoolCommand({ UserPoolId: userPoolId });
      const raw = keepRawAnswer(command);
      const found = await findInAws("cognito-idp:DescribeUserPool", () => client.send(command));
      if (found === undefined) return undefined;
      // AWS resets what an update leaves out, so the update must not send back an empty description.
      return objectOf(answered("cognito-idp:DescribeUserPool", "UserPool", raw()["UserPool"]));
    },

    async mfa(userPoolId) {
      const { sdk, client } = await connect();
      const command = new sdk.GetUserPoolMfaConfigCommand({ UserPoolId: userPoolId });
      const raw = keepRawAnswer(command);
      await callAws("cognito-idp:GetUserPoolMfaConfig", () => client.send(command));
      return raw();
    },

    async groups(userPoolId) {
      const { sdk, client } = await connect();
      const groups: JsonObject[] = [];
      await callAws("cognito-idp:ListGroups", async () => {
        for await (const page of sdk.paginateListGroups({ client }, { UserPoolId: userPoolId, Limit: 60 })) {
          groups.push(...answered("cognito-idp:ListGroups", "Groups", page.Groups).map(objectOf));
        }
      });
      return groups;
    },

    async clients(userPoolId) {
      const { sdk, client } = await connect();
      const ids: string[] = [];
      await callAws("cognito-idp:ListUserPoolClients", async () => {
        const input = { UserPoolId: userPoolId, MaxResults: 60 };
        for await (const page of sdk.paginateListUserPoolClients({ client }, input)) {
          const clients = answered(
            "cognito-idp:ListUserPoolClients",
            "UserPoolClients",
            page.UserPoolClients,
          );
          ids.push(...clients.flatMap(({ ClientId }) => ClientId ?? []));
        }
      });
      return fewAtATime(ids, async (id) => {
        const command = new sdk.DescribeUserPoolClientCommand({ UserPoolId: userPoolId, ClientId: id });
        const answer = await callAws("cognito-idp:DescribeUserPoolClient", () => client.send(command));
        const { ClientSecret, ...settings } = objectOf(answer.UserPoolClient);
        return { ...settings, HasSecret: ClientSecret !== undefined };
      });
    },

    async replicas(userPoolId) {
      const { sdk, client } = await connect();
      const page = async (NextToken?: string): Promise<readonly string[]> => {
        const command = new sdk.ListUserPoolReplicasCommand({ UserPoolId: userPoolId, NextToken });
        const answer = await callAws("cognito-idp:ListUserPoolReplicas", () => client.send(command));
        const regions = answered(
          "cognito-idp:ListUserPoolReplicas",
          "UserPoolReplicas",
          answer.UserPoolReplicas,
        ).flatMap((replica) =>
          replica.Role === "SECONDARY" && replica.Status !== "DELETING" ? (replica.RegionName ?? []) : [],
        );
        return answer.NextToken === undefined ? regions : [...regions, ...(await page(answer.NextToken))];
      };
      try {
        return await page();
      } catch (error) {
        // So AWS answers for a pool that cannot have replicas, and to a replica about itself.
        const none = error instanceof CommandError && isNotEnabled(error.cause);
        if (none && userPoolId.startsWith(`${region}_`)) return [];
        throw error;
      }
    },

    async resourceServers(userPoolId) {
      const { sdk, client } = await connect();
      const servers: JsonObject[] = [];
      await callAws("cognito-idp:ListResourceServers", async () => {
        const input = { UserPoolId: userPoolId, MaxResults: 50 };
        for await (const page of sdk.paginateListResourceServers({ client }, input)) {
          servers.push(
            ...answered("cognito-idp:ListResourceServers", "ResourceServers", page.ResourceServers).map(
              objectOf,
            ),
          );
        }
      });
      return servers;
    },

    async identityProviders(userPoolId) {
      const { sdk, client } = await connect();
      const names: string[] = [];
      await callAws("cognito-idp:ListIdentityProviders", async () => {
        const input = { UserPoolId: userPoolId, MaxResults: 60 };
        for await (const page of sdk.paginateListIdentityProviders({ client }, input)) {
          const providers = answered("cognito-idp:ListIdentityProviders", "Providers", page.Providers);
          names.push(...providers.flatMap(({ ProviderName }) => ProviderName ?? []));
        }
      });
      return fewAtATime(names, async (name) => {
        const command = new sdk.DescribeIdentityProviderCommand({
          UserPoolId: userPoolId,
          ProviderName: name,
        });
        const answer = await callAws("cognito-idp:DescribeIdentityProvider", () => client.send(command));
        const { ProviderName, ProviderType, AttributeMapping } = objectOf(answer.IdentityProvider);
        return { ProviderName, ProviderType, AttributeMapping };
      });
    },

    async update(request) {
      const { sdk, client } = await connect();
      const input = request as unknown as ConstructorParameters<Sdk["UpdateUserPoolCommand"]>[0];
      await callAws("cognito-idp:UpdateUserPool", () => client.send(new sdk.UpdateUserPoolCommand(input)));
    },

    async addAttribute(userPoolId, attribute) {
      const { sdk, client } = await connect();
      const command = new sdk.AddCustomAttributesCommand({
        UserPoolId: userPoolId,
        CustomAttributes: [attribute],
      });
      await callAws("cognito-idp:AddCustomAttributes", () => client.send(command));
    },
  };
}

function isNotEnabled(cause: unknown): boolean {
  return cause instanceof Error && cause.name === "OperationNotEnabledException";
}

type Sdk = typeof import("@aws-sdk/client-cognito-identity-provider");

async function connectTo(region: string) {
  const sdk = await import("@aws-sdk/client-cognito-identity-provider");
  return { sdk, client: new sdk.CognitoIdentityProviderClient(clientSettings(region)) };
}
