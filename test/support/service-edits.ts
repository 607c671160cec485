import type { ServiceCopy } from "./service-copy.ts";

/** What the owner of the service changes in one of its files. */
export interface Edit {
  readonly file: string;
  /** What is replaced, at every place that has it. */
  readonly was: string | RegExp;
  readonly is: string;
}

/** @throws Error where a file has no such place, so that no test goes on without its edit */
export function editService(service: ServiceCopy, edits: readonly Edit[]): void {
  for (const { file, was, is } of edits) {
    const text = service.read(file);
    const edited = text.replaceAll(was, is);
    if (edited === text) throw new Error(`${file} has nothing like ${String(was)} to change`);
    service.write(file, edited);
  }
}

export const SERVICE = "serverless.yml";
export const POOL = "resources/user-pool.yml";
export const CLIENTS = "resources/app-clients.yml";

/** Name of a fragment of resources/federation -> logical name, and name in the pool. */
const PROVIDERS = {
  google: ["GoogleIdentityProvider", "Google"],
  apple: ["AppleIdentityProvider", "SignInWithApple"],
  facebook: ["FacebookIdentityProvider", "Facebook"],
  amazon: ["AmazonIdentityProvider", "LoginWithAmazon"],
  oidc: ["OidcIdentityProvider", "ExampleId"],
  saml: ["SamlIdentityProvider", "ExampleCorp"],
} as const;

const providers = Object.entries(PROVIDERS);

/** Every identity provider that docs/federation.md describes, set up as it says. */
export const EVERY_PROVIDER: readonly Edit[] = [
  {
    file: SERVICE,
    was: `  # - \${file(resources/federation/google.yml)}\n`,
    is: providers.map(([name]) => `  - \${file(resources/federation/${name}.yml)}\n`).join(""),
  },
  {
    file: CLIENTS,
    was: "# DependsOn: [GoogleIdentityProvider]",
    is: `DependsOn: [${providers.map(([, [id]]) => id).join(", ")}]`,
  },
  {
    file: CLIENTS,
    was: "SupportedIdentityProviders: [COGNITO]",
    is: `SupportedIdentityProviders: [${["COGNITO", ...providers.map(([, [, name]]) => name)].join(", ")}]`,
  },
];

/** People sign up by an administrator only. */
export const NO_SELF_SIGN_UP: Edit = {
  file: POOL,
  was: "AllowAdminCreateUserOnly: false",
  is: "AllowAdminCreateUserOnly: true",
};

/** An administrator alone resets a password. */
export const RECOVERY_BY_ADMINISTRATOR: Edit = {
  file: POOL,
  was: "[{ Name: verified_email, Priority: 1 }]",
  is: "[{ Name: admin_only, Priority: 1 }]",
};

/** A second factor is required, and may be a code by e-mail. */
export const MFA_REQUIRED: readonly Edit[] = [
  { file: POOL, was: "MfaConfiguration: OPTIONAL", is: 'MfaConfiguration: "ON"' },
  { file: POOL, was: "- SOFTWARE_TOKEN_MFA", is: "- SOFTWARE_TOKEN_MFA\n        - EMAIL_OTP" },
  { file: POOL, was: /# (EmailAuthentication(Subject|Message): )(.*)/g, is: '$1"$3"' },
];

/** No second factor. */
export const NO_MFA: readonly Edit[] = [
  { file: POOL, was: "MfaConfiguration: OPTIONAL", is: 'MfaConfiguration: "OFF"' },
  { file: POOL, was: / {6}EnabledMfas:\n( {8}- .*\n)+/g, is: "" },
];

/** A refresh gives no new refresh token. */
export const NO_ROTATION: readonly Edit[] = [
  { file: CLIENTS, was: "{ Feature: ENABLED, RetryGracePeriodSeconds: 10 }", is: "{ Feature: DISABLED }" },
  { file: CLIENTS, was: "[ALLOW_USER_SRP_AUTH]", is: "[ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]" },
];

/** The classic hosted UI. */
export const CLASSIC_PAGES: readonly Edit[] = [
  { file: POOL, was: "ManagedLoginVersion: &pages 2", is: "ManagedLoginVersion: &pages 1" },
  { file: CLIENTS, was: / {2}# Managed login shows[\s\S]*?UseCognitoProvidedValues: true\n\n/g, is: "" },
];
