# A user pool with claimgate's triggers, and an HTTP API with its authorizer. `claimgate bundle` writes build/claimgate.
terraform {
  required_version = ">= 1.5"
  required_providers {
    aws     = { source = "hashicorp/aws", version = ">= 6.0" }
    archive = { source = "hashicorp/archive", version = ">= 2.4" }
  }
}

locals {
  bundle   = "${path.module}/build/claimgate"
  manifest = jsondecode(file("${local.bundle}/manifest.json"))
  triggers = { for name, one in local.manifest.functions : name => one if one.kind == "trigger" }

  # The variables of each trigger; manifest.json says which there are. Nothing here may name the pool, which needs the
  # triggers.
  trigger_environment = {
    preSignUp          = {}
    postConfirmation   = {}
    preTokenGeneration = {}
  }

  # The actions on the pool that each trigger needs with the values above: always, or by the default of a variable.
  pool_actions = {
    for name, one in local.triggers : name => flatten([
      for permission in one.permissions : permission.actions
      if permission.resource == "userPool" && alltrue([
        for variable, value in permission.when :
        try(local.trigger_environment[name][variable], one.environment[variable].default) == value
      ])
    ])
  }
}

data "aws_iam_policy_document" "assumed_by_lambda" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "function" {
  for_each           = toset(concat(keys(local.manifest.functions), ["notes"]))
  name               = "claimgate-notes-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.assumed_by_lambda.json
}

resource "aws_iam_role_policy_attachment" "logs" {
  for_each   = aws_iam_role.function
  role       = each.value.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_lambda_function" "trigger" {
  for_each         = local.triggers
  function_name    = "claimgate-notes-${each.key}"
  description      = each.value.description
  role             = aws_iam_role.function[each.key].arn
  filename         = "${local.bundle}/${each.value.archive}"
  source_code_hash = each.value.sha256
  handler          = each.value.handler
  runtime          = each.value.runtime
  architectures    = ["arm64"]
  memory_size      = each.value.memorySize
  timeout          = each.value.timeout
  environment {
    variables = merge({ CLAIMGATE_POLICY_VERSION = local.manifest.policyVersion }, local.trigger_environment[each.key])
  }
}

resource "aws_cognito_user_pool" "pool" {
  name                     = "claimgate-notes"
  user_pool_tier           = "ESSENTIALS" # Access tokens are enriched from this plan on.
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]

  username_configuration {
    case_sensitive = false
  }

  # Each user joins the groups of the g3 rows once.
  schema {
    name                = "claimgate_assigned"
    attribute_data_type = "String"
    mutable             = true
    string_attribute_constraints {}
  }

  lambda_config {
    pre_sign_up       = aws_lambda_function.trigger["preSignUp"].arn
    post_confirmation = aws_lambda_function.trigger["postConfirmation"].arn
    pre_token_generation_config {
      lambda_arn     = aws_lambda_function.trigger["preTokenGeneration"].arn
      lambda_version = local.triggers["preTokenGeneration"].trigger.lambdaVersion
    }
  }
}

# Policies of their own: the pool needs the functions, and these need the pool.
resource "aws_iam_role_policy" "pool" {
  for_each = local.pool_actions
  name     = "user-pool"
  role     = aws_iam_role.function[each.key].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = each.value, Resource = aws_cognito_user_pool.pool.arn }]
  })
}

# The pool, and only the pool, may invoke the triggers.
resource "aws_lambda_permission" "pool" {
  for_each      = local.triggers
  action        = "lambda:InvokeFunction"
  principal     = "cognito-idp.amazonaws.com"
  function_name = aws_lambda_function.trigger[each.key].function_name
  source_arn    = aws_cognito_user_pool.pool.arn
}

resource "aws_cognito_user_group" "group" {
  for_each     = { for group in local.manifest.groups : group.name => group }
  user_pool_id = aws_cognito_user_pool.pool.id
  name         = each.key
  description  = each.value.description
  precedence   = each.value.precedence
}

resource "aws_cognito_user_pool_client" "web" {
  name                = "web"
  user_pool_id        = aws_cognito_user_pool.pool.id
  explicit_auth_flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  # Not the attribute above: a user who could write it would get the groups of new users again.
  write_attributes = ["email"]
}

resource "aws_lambda_function" "authorizer" {
  function_name    = "claimgate-notes-httpAuthorizer"
  role             = aws_iam_role.function["httpAuthorizer"].arn
  filename         = "${local.bundle}/${local.manifest.functions.httpAuthorizer.archive}"
  source_code_hash = local.manifest.functions.httpAuthorizer.sha256
  handler          = local.manifest.functions.httpAuthorizer.handler
  runtime          = local.manifest.functions.httpAuthorizer.runtime
  architectures    = ["arm64"]
  memory_size      = local.manifest.functions.httpAuthorizer.memorySize
  timeout          = local.manifest.functions.httpAuthorizer.timeout
  environment {
    variables = {
      CLAIMGATE_USER_POOL_ID = aws_cognito_user_pool.pool.id
      # Name of an app client, as rows use it -> its id.
      CLAIMGATE_APP_CLIENTS    = jsonencode({ web = aws_cognito_user_pool_client.web.id })
      CLAIMGATE_POLICY_VERSION = local.manifest.policyVersion
    }
  }
}

data "archive_file" "notes" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/build/notes.zip"
}

resource "aws_lambda_function" "notes" {
  function_name    = "claimgate-notes-notes"
  role             = aws_iam_role.function["notes"].arn
  filename         = data.archive_file.notes.output_path
  source_code_hash = data.archive_file.notes.output_base64sha256
  handler          = "notes.handler"
  runtime          = "nodejs24.x"
  architectures    = ["arm64"]
}

resource "aws_apigatewayv2_api" "api" {
  name          = "claimgate-notes"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.api.id
  name        = "$default"
  auto_deploy = true
}

resource "aws_apigatewayv2_authorizer" "claimgate" {
  api_id                            = aws_apigatewayv2_api.api.id
  name                              = "claimgate"
  authorizer_type                   = local.manifest.functions.httpAuthorizer.gateway.type
  authorizer_uri                    = aws_lambda_function.authorizer.invoke_arn
  authorizer_payload_format_version = local.manifest.functions.httpAuthorizer.gateway.payloadFormatVersion
  enable_simple_responses           = local.manifest.functions.httpAuthorizer.gateway.enableSimpleResponses
  identity_sources                  = [local.manifest.functions.httpAuthorizer.gateway.identitySource]
  authorizer_result_ttl_in_seconds  = local.manifest.functions.httpAuthorizer.gateway.resultTtlInSeconds
}

resource "aws_apigatewayv2_integration" "notes" {
  api_id                 = aws_apigatewayv2_api.api.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.notes.invoke_arn
  payload_format_version = "2.0"
}

# Every route names the authorizer. One without would be public.
resource "aws_apigatewayv2_route" "notes" {
  for_each           = toset(["GET /notes", "DELETE /notes/{noteId}"])
  api_id             = aws_apigatewayv2_api.api.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.notes.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.claimgate.id
}

resource "aws_lambda_permission" "api" {
  for_each      = { authorizer = aws_lambda_function.authorizer, notes = aws_lambda_function.notes }
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  function_name = each.value.function_name
  source_arn    = "${aws_apigatewayv2_api.api.execution_arn}/*"
}

output "url" { value = aws_apigatewayv2_api.api.api_endpoint }
output "user_pool_id" { value = aws_cognito_user_pool.pool.id }
output "app_client_id" { value = aws_cognito_user_pool_client.web.id }
