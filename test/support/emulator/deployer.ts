import { readFileSync } from "node:fs";
import { ACCOUNT, type Credentials } from "./account.ts";
import { signedFetch } from "./signed-fetch.ts";

const ROLE = "claimgate-deployer";

/** The role of docs/deploying.md, which may do what docs/deployer-policy.json says: its credentials for an hour. */
export async function createDeployer(emulator: string): Promise<Credentials> {
  const call = async (service: string, form: Record<string, string>): Promise<string> => {
    const answer = await signedFetch({
      service,
      method: "POST",
      url: new URL("/", emulator),
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(form).toString(),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${form["Action"]}: ${answer.status} ${text}`);
    return text;
  };
  const anybodyHere = { Effect: "Allow", Principal: { AWS: ACCOUNT }, Action: "sts:AssumeRole" };
  await call("iam", {
    Action: "CreateRole",
    Version: "2010-05-08",
    RoleName: ROLE,
    AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [anybodyHere] }),
  });
  const policy: unknown = JSON.parse(readFileSync("docs/deployer-policy.json", "utf8"));
  await call("iam", {
    Action: "PutRolePolicy",
    Version: "2010-05-08",
    RoleName: ROLE,
    PolicyName: "deploy",
    PolicyDocument: JSON.stringify(policy),
  });
  const assumed = await call("sts", {
    Action: "AssumeRole",
    Version: "2011-06-15",
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/${ROLE}`,
    RoleSessionName: "rehearsal",
  });
  const value = (name: string) => new RegExp(`<${name}>([^<]+)<`).exec(assumed)?.[1] ?? "";
  return {
    accessKeyId: value("AccessKeyId"),
    secretAccessKey: value("SecretAccessKey"),
    sessionToken: value("SessionToken"),
  };
}
