/** A CloudFormation template, as far as the bridge looks at it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly [section: string]: unknown;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}

export interface Bridged {
  readonly template: Template;
  /** What was changed, one sentence each; empty where the template went through as it was. */
  readonly changes: readonly string[];
}

/**
 * The resource types that ministack 1.5.33 does not know. It refuses a template that holds one of them as a whole,
 * so they are left out. docs/local-fidelity.md says how to check each on AWS.
 */
const UNKNOWN_TYPES: ReadonlySet<string> = new Set([
  "AWS::Cognito::LogDeliveryConfiguration",
  "AWS::Cognito::ManagedLoginBranding",
  "AWS::Cognito::UserPoolIdentityProvider",
  "AWS::Cognito::UserPoolRiskConfigurationAttachment",
  "AWS::Cognito::UserPoolUICustomizationAttachment",
  "AWS::ApplicationAutoScaling::ScalableTarget",
  "AWS::ApplicationAutoScaling::ScalingPolicy",
  "AWS::CloudWatch::CompositeAlarm",
  "AWS::Logs::QueryDefinition",
  "AWS::WAFv2::WebACLAssociation",
  "AWS::XRay::Group",
]);

/**
 * The template as the emulator can take it. The framework, the artefacts and the template that is stored stay as
 * they are; only what the emulator's CloudFormation reads differs, and all of that is in `changes`.
 */
export function bridgedTemplate(template: Template): Bridged {
  const changes: string[] = [];
  const dropped = new Set<string>();
  for (const [name, resource] of Object.entries(template.Resources)) {
    if (!UNKNOWN_TYPES.has(resource.Type)) continue;
    dropped.add(name);
    changes.push(`${name} (${resource.Type}) left out: the emulator does not know the type`);
  }
  const kept = Object.entries(template.Resources)
    .filter(([name]) => !dropped.has(name))
    .map(([name, resource]): [string, Resource] => [name, withoutDependencies(resource, dropped)]);
  const bridged = { ...template, Resources: Object.fromEntries(kept) };
  return { template: changes.length === 0 ? template : bridged, changes };
}

function withoutDependencies(resource: Resource, dropped: ReadonlySet<string>): Resource {
  if (resource.DependsOn === undefined) return resource;
  return { ...resource, DependsOn: [resource.DependsOn].flat().filter((name) => !dropped.has(name)) };
}
