"""What a reference within a template will be: an ARN, a name, a URL; and the shapes of the pseudo parameters."""

from __future__ import annotations

from stepvet.text.node import Form, Known

_refs: dict[str, Form] = {
    "AWS::ApiGateway::RestApi": "id",
    "AWS::ApiGatewayV2::Api": "id",
    "AWS::AppSync::GraphQLApi": "arn",
    "AWS::Athena::WorkGroup": "name",
    "AWS::Batch::JobDefinition": "arn",
    "AWS::Batch::JobQueue": "arn",
    "AWS::CodeBuild::Project": "name",
    "AWS::DynamoDB::GlobalTable": "name",
    "AWS::DynamoDB::Table": "name",
    "AWS::EC2::SecurityGroup": "id",
    "AWS::EC2::Subnet": "id",
    "AWS::EC2::VPC": "id",
    "AWS::ECS::Cluster": "name",
    "AWS::ECS::Service": "arn",
    "AWS::ECS::TaskDefinition": "arn",
    "AWS::EMR::Cluster": "id",
    "AWS::Events::Connection": "name",
    "AWS::Events::EventBus": "name",
    "AWS::Events::Rule": "name",
    "AWS::Glue::Crawler": "name",
    "AWS::Glue::Database": "name",
    "AWS::Glue::Job": "name",
    "AWS::IAM::Role": "name",
    "AWS::KMS::Key": "id",
    "AWS::Lambda::Alias": "arn",
    "AWS::Lambda::Function": "name",
    "AWS::Lambda::Version": "arn",
    "AWS::Logs::LogGroup": "name",
    "AWS::S3::Bucket": "name",
    "AWS::SNS::Topic": "arn",
    "AWS::SQS::Queue": "url",
    "AWS::SageMaker::Model": "arn",
    "AWS::SecretsManager::Secret": "arn",
    "AWS::Serverless::Api": "id",
    "AWS::Serverless::Function": "name",
    "AWS::Serverless::HttpApi": "id",
    "AWS::Serverless::SimpleTable": "name",
    "AWS::Serverless::StateMachine": "arn",
    "AWS::StepFunctions::Activity": "arn",
    "AWS::StepFunctions::StateMachine": "arn",
    "AWS::StepFunctions::StateMachineAlias": "arn",
    "AWS::StepFunctions::StateMachineVersion": "arn",
}
"""What `Ref` gives, by resource type."""

_same_as = {
    "AWS::Serverless::Function": "AWS::Lambda::Function",
    "AWS::Serverless::SimpleTable": "AWS::DynamoDB::Table",
    "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
}

pseudo_parameters = {
    "AWS::AccountId": Known("id", value="123456789012"),
    "AWS::NoValue": Known(),
    "AWS::NotificationARNs": Known(),
    "AWS::Partition": Known("id", value="aws"),
    "AWS::Region": Known("id", value="us-east-1"),
    "AWS::StackId": Known("arn"),
    "AWS::StackName": Known("name"),
    "AWS::URLSuffix": Known("string", value="amazonaws.com"),
}
"""The pseudo parameters, with a value of the right shape where each has the same."""


def of_ref(resource_type: str, logical_id: str) -> Known:
    return Known(_refs.get(resource_type, "string"), _same_as.get(resource_type, resource_type), logical_id)


def of_attribute(resource_type: str, logical_id: str, attribute: str) -> Known:
    form: Form = "string"
    if attribute.lower().endswith("arn"):
        form = "arn"
    elif attribute.endswith("Name"):
        form = "name"
    elif attribute.endswith("Url"):
        form = "url"
    return Known(form, _same_as.get(resource_type, resource_type), logical_id)
