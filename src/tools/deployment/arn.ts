/** The parts of `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE` that other ARNs are built from. */
export interface ArnParts {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** @throws RangeError if the string is not an ARN */
export function arnParts(arn: string): ArnParts {
  const [prefix, partition, , region, accountId] = arn.split(":");
  if (prefix !== "arn" || partition === undefined || region === undefined || accountId === undefined) {
    throw new RangeError(`\`${arn}\` is not an ARN`);
  }
  return { partition, region, accountId };
}

export function functionArn({ partition, region, accountId }: ArnParts, name: string): string {
  return `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
}

export function userPoolArn({ partition, region, accountId }: ArnParts, userPoolId: string): string {
  return `arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${userPoolId}`;
}
