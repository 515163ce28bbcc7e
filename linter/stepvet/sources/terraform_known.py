"""What a Terraform reference will be, and the CloudFormation type of what it refers to."""

from __future__ import annotations

from stepvet.sources import known
from stepvet.text.node import Form, Known

types = {
    "aws_batch_job_definition": "AWS::Batch::JobDefinition",
    "aws_batch_job_queue": "AWS::Batch::JobQueue",
    "aws_cloudwatch_event_bus": "AWS::Events::EventBus",
    "aws_dynamodb_table": "AWS::DynamoDB::Table",
    "aws_ecs_cluster": "AWS::ECS::Cluster",
    "aws_ecs_task_definition": "AWS::ECS::TaskDefinition",
    "aws_glue_crawler": "AWS::Glue::Crawler",
    "aws_glue_job": "AWS::Glue::Job",
    "aws_iam_role": "AWS::IAM::Role",
    "aws_kms_key": "AWS::KMS::Key",
    "aws_lambda_alias": "AWS::Lambda::Alias",
    "aws_lambda_function": "AWS::Lambda::Function",
    "aws_s3_bucket": "AWS::S3::Bucket",
    "aws_sfn_activity": "AWS::StepFunctions::Activity",
    "aws_sfn_state_machine": "AWS::StepFunctions::StateMachine",
    "aws_sns_topic": "AWS::SNS::Topic",
    "aws_sqs_queue": "AWS::SQS::Queue",
}
_forms: dict[str, Form] = {
    "account_id": "id", "arn": "arn", "bucket": "name", "function_name": "name", "id": "unknown", "name": "name",
    "qualified_arn": "arn", "table_name": "name", "url": "url",
}  # fmt: skip
_data = {
    ("aws_partition", "partition"): known.pseudo_parameters["AWS::Partition"],
    ("aws_region", "name"): known.pseudo_parameters["AWS::Region"],
    ("aws_caller_identity", "account_id"): known.pseudo_parameters["AWS::AccountId"],
}


def of_reference(names: tuple[str, ...]) -> Known:
    """`aws_lambda_function.charge.arn` is the ARN of a function."""
    if len(names) == 4 and names[0] == "data":
        return _data.get((names[1], names[3])) or of_reference(names[1:])
    if len(names) != 3 or names[0] not in types:
        return Known()
    return Known(_forms.get(names[2], "string"), types[names[0]], names[1])
