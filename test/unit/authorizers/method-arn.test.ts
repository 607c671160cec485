import { MAX_ARN_LENGTH, parseMethodArn, unnameable } from "../../../src/authorizers/method-arn.ts";

const arn = (rest: string, partition = "aws") =>
  `arn:${partition}:execute-api:us-east-1:111122223333:abc123/${rest}`;

describe("the ARN of a request", () => {
  it.each([
    ["dev/GET/orders/42", "dev", "GET", "/orders/42"],
    ["dev/GET/", "dev", "GET", "/"],
    ["$default/DELETE/a:b:c/d", "$default", "DELETE", "/a:b:c/d"],
    ["dev/POST/a%2Fb/%C3%BC", "dev", "POST", "/a%2Fb/%C3%BC"],
    ["dev/GET//orders//42/", "dev", "GET", "//orders//42/"],
    ["test-invoke-stage/GET/x\ny", "test-invoke-stage", "GET", "/x\ny"],
    ["dev/$connect", "dev", undefined, "$connect"],
  ])("%j is taken apart at its first colons and slashes", (rest, stage, method, path) => {
    expect(parseMethodArn(arn(rest))).toEqual({ stage: arn(stage), method, path });
  });

  it.each(["aws-cn", "aws-us-gov", "aws-iso-b"])("may be of the partition %s", (partition) => {
    expect(parseMethodArn(arn("dev/GET/orders", partition))?.path).toBe("/orders");
  });

  it.each([
    "",
    "dev/GET/orders",
    arn("dev"),
    arn("dev/GET"),
    arn("dev/get/orders"),
    arn("dev/$disconnect"),
    arn("dev/$connect/more"),
    "arn:aws:lambda:us-east-1:111122223333:function:x",
    `x${arn("dev/GET/orders")}`,
  ])("is not %j", (text) => {
    expect(parseMethodArn(text)).toBeUndefined();
  });
});

describe("an answer", () => {
  it.each(["dev/GET/orders/42", "$default/GET/orders", "dev/$connect", "$default/GET/"])(
    "can name %s",
    (rest) => {
      expect(unnameable(arn(rest))).toBeUndefined();
    },
  );

  it.each([
    "dev/GET/*",
    "dev/GET/a?b",
    "dev/GET/${aws:username}",
    "*/GET/orders",
    "dev/GET/$default",
    "$defaul?/GET/x",
  ])("cannot name %s, which is a pattern", (rest) => {
    expect(unnameable(arn(rest))?.code).toBe("request_not_canonical");
  });

  it("cannot name what is longer than API Gateway takes", () => {
    const path = (length: number) => arn("dev/GET/").padEnd(length, "x");
    expect(unnameable(path(MAX_ARN_LENGTH))).toBeUndefined();
    expect(unnameable(path(MAX_ARN_LENGTH + 1))?.code).toBe("request_arn_too_long");
  });
});
