import { Amplify } from "aws-amplify";

export function configureAmplify(url: string): void {
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: "us-east-1_LocalPool",
        userPoolClientId: "localwebclient",
        userPoolEndpoint: url,
      },
    },
  });
}
