throw new Error("the AWS SDK v2 is not installed: claimgate uses no part of cognito-local that needs it");
