"""Facts about the optimized integrations, one row an action; no code but the few lines that make rows short.

Actions, patterns and fields are those of the Step Functions Developer Guide; which of the patterns AWS refuses was
measured at AWS. EKS is documented in two ways, so both its readings are taken.
"""

from collections.abc import Iterator, Mapping

from stepvet.asl.services.integrations import Integration
from stepvet.asl.services.resource import Pattern
from stepvet.asl.services.shapes import ANY, ListOf, MapOf, Shape

_PLAIN = frozenset({Pattern.REQUEST_RESPONSE})
_JOB = _PLAIN | {Pattern.SYNC}
_TOKEN = _PLAIN | {Pattern.CALLBACK}
_JOB_TOKEN = _JOB | _TOKEN
_CHILD = _JOB_TOKEN | {Pattern.SYNC_2}

# A single text instead of a list fails the task with States.Runtime, as recorded for a header.
_LISTS = MapOf(ListOf(ANY))

_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")

UNLISTED_SERVICES = frozenset({"bedrock-agentcore"})


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _row(
    name: str,
    patterns: frozenset[Pattern],
    required: str = "",
    optional: str = "",
    *,
    one_of: tuple[str, ...] = (),
    api: str = "",
    values: Mapping[str, tuple[str, ...]] | None = None,
    shapes: Mapping[str, Shape] | None = None,
) -> Integration:
    """A row: `service:action`, names separated by blanks, paths of `values` by dots, `api` as `service:action`."""
    service, action = name.split(":")
    sdk_service, _, sdk_action = api.partition(":")
    return Integration(
        service,
        action,
        patterns,
        _words(required),
        tuple(_words(group) for group in one_of),
        _words(optional),
        (sdk_service, sdk_action) if api else None,
        {tuple(path.split(".")): allowed for path, allowed in (values or {}).items()},
        shapes or {},
    )


def _same_api(service: str, sdk: str, rows: Mapping[str, tuple[frozenset[Pattern], str]]) -> Iterator[Integration]:
    """Rows whose action is the API's own: action, patterns, required fields."""
    for action, (patterns, required) in rows.items():
        yield _row(f"{service}:{action}", patterns, required, api=f"{sdk}:{action}")


_COMPUTE = (
    _row(
        "lambda:invoke",
        _TOKEN,
        "FunctionName",
        "Payload InvocationType ClientContext LogType Qualifier",
        api="lambda:invoke",
        values={"InvocationType": ("RequestResponse", "Event", "DryRun"), "LogType": ("None", "Tail")},
    ),
    _row("batch:submitJob", _JOB, "JobName JobQueue JobDefinition", api="batch:submitJob"),
    _row(
        "ecs:runTask",
        _JOB_TOKEN,
        "TaskDefinition",
        api="ecs:runTask",
        values={"LaunchType": ("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES")},
    ),
    _row(
        "states:startExecution",
        _CHILD,
        "StateMachineArn",
        "Input Name TraceHeader",
        api="sfn:startExecution",
    ),
    *_same_api(
        "codebuild",
        "codebuild",
        {
            "startBuild": (_JOB, "ProjectName"),
            "stopBuild": (_PLAIN, "Id"),
            "batchDeleteBuilds": (_PLAIN, "Ids"),
            "batchGetReports": (_PLAIN, "ReportArns"),
            "startBuildBatch": (_JOB, "ProjectName"),
            "stopBuildBatch": (_PLAIN, "Id"),
            "retryBuildBatch": (_JOB, ""),
            "deleteBuildBatch": (_PLAIN, "Id"),
        },
    ),
    _row(
        "eks:call",
        _TOKEN,
        "ClusterName CertificateAuthority Endpoint Method Path",
        "QueryParameters RequestBody",
        values={"Method": ("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH")},
    ),
    _row(
        "eks:runJob",
        _JOB_TOKEN,
        "ClusterName CertificateAuthority Endpoint Job",
        "Namespace LogOptions",
    ),
    *_same_api(
        "eks",
        "eks",
        {
            "createCluster": (_JOB_TOKEN, "Name RoleArn ResourcesVpcConfig"),
            "deleteCluster": (_JOB_TOKEN, "Name"),
            "createFargateProfile": (_JOB_TOKEN, "FargateProfileName ClusterName PodExecutionRoleArn"),
            "deleteFargateProfile": (_JOB_TOKEN, "FargateProfileName ClusterName"),
            "createNodegroup": (_JOB_TOKEN, "NodegroupName ClusterName Subnets NodeRole"),
            "deleteNodegroup": (_JOB_TOKEN, "NodegroupName ClusterName"),
        },
    ),
)

_MESSAGES = (
    _row("sns:publish", _TOKEN, "Message", one_of=("TopicArn TargetArn PhoneNumber",), api="sns:publish"),
    _row("sqs:sendMessage", _TOKEN, "QueueUrl MessageBody", api="sqs:sendMessage"),
    _row("events:putEvents", _TOKEN, "Entries", api="eventbridge:putEvents"),
)

_WEB = (
    _row(
        "apigateway:invoke",
        _TOKEN,
        "ApiEndpoint Method",
        "Headers Stage Path QueryParameters RequestBody AllowNullValues AuthType",
        shapes={"Headers": _LISTS, "QueryParameters": _LISTS},
        values={"Method": _METHODS, "AuthType": ("NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY")},
    ),
    _row(
        "http:invoke",
        _PLAIN,
        "ApiEndpoint Method",
        "Headers QueryParameters RequestBody Transform",
        one_of=("Authentication InvocationConfig",),
        values={
            "Method": _METHODS,
            "Transform.RequestBodyEncoding": ("NONE", "URL_ENCODED"),
            "Transform.RequestEncodingOptions.ArrayFormat": ("INDICES", "REPEAT", "COMMAS", "BRACKETS", "NONE"),
        },
    ),
)

_DATA = (
    *_same_api(
        "dynamodb",
        "dynamodb",
        {
            "getItem": (_PLAIN, "TableName Key"),
            "putItem": (_PLAIN, "TableName Item"),
            "updateItem": (_PLAIN, "TableName Key"),
            "deleteItem": (_PLAIN, "TableName Key"),
        },
    ),
    *_same_api(
        "athena",
        "athena",
        {
            "startQueryExecution": (_JOB, "QueryString"),
            "stopQueryExecution": (_PLAIN, "QueryExecutionId"),
            "getQueryExecution": (_PLAIN, "QueryExecutionId"),
            "getQueryResults": (_PLAIN, "QueryExecutionId"),
        },
    ),
    _row("databrew:startJobRun", _JOB, "Name", api="databrew:startJobRun"),
    _row("glue:startJobRun", _JOB, "JobName", api="glue:startJobRun"),
    _row("mediaconvert:createJob", _JOB, "Role Settings", api="mediaconvert:createJob"),
    _row("elasticmapreduce:createCluster", _JOB, "Name Instances", api="emr:runJobFlow"),
    _row("elasticmapreduce:terminateCluster", _JOB, "ClusterId"),
    _row("elasticmapreduce:addStep", _JOB, "ClusterId Step", "ExecutionRoleArn"),
    _row("elasticmapreduce:cancelStep", _PLAIN, "ClusterId StepId", "StepCancellationOption"),
    _row("elasticmapreduce:setClusterTerminationProtection", _PLAIN, "ClusterId TerminationProtected"),
    _row("elasticmapreduce:modifyInstanceFleetByName", _PLAIN, "ClusterId InstanceFleetName InstanceFleet"),
    _row("elasticmapreduce:modifyInstanceGroupByName", _PLAIN, "ClusterId InstanceGroupName InstanceGroup"),
    *_same_api(
        "emr-containers",
        "emrcontainers",
        {
            "createVirtualCluster": (_PLAIN, "Name ContainerProvider"),
            "deleteVirtualCluster": (_JOB, "Id"),
            "startJobRun": (_JOB, "VirtualClusterId"),
        },
    ),
    *_same_api(
        "emr-serverless",
        "emrserverless",
        {
            "createApplication": (_JOB, "ReleaseLabel Type"),
            "startApplication": (_JOB, "ApplicationId"),
            "stopApplication": (_JOB, "ApplicationId"),
            "deleteApplication": (_JOB, "ApplicationId"),
            "startJobRun": (_JOB, "ApplicationId ExecutionRoleArn"),
            "cancelJobRun": (_JOB, "ApplicationId JobRunId"),
        },
    ),
)

_LEARNING = (
    _row(
        "bedrock:invokeModel",
        _TOKEN,
        "ModelId",
        "Body Input Output ContentType Accept",
        api="bedrockruntime:invokeModel",
    ),
    _row(
        "bedrock:createModelCustomizationJob",
        _JOB,
        "BaseModelIdentifier CustomModelName JobName RoleArn TrainingDataConfig OutputDataConfig",
        api="bedrock:createModelCustomizationJob",
    ),
    *_same_api(
        "sagemaker",
        "sagemaker",
        {
            "createEndpoint": (_PLAIN, "EndpointName EndpointConfigName"),
            "createEndpointConfig": (_PLAIN, "EndpointConfigName ProductionVariants"),
            "createHyperParameterTuningJob": (_JOB, "HyperParameterTuningJobName HyperParameterTuningJobConfig"),
            "createLabelingJob": (
                _JOB,
                "LabelingJobName LabelAttributeName InputConfig OutputConfig RoleArn HumanTaskConfig",
            ),
            "createModel": (_PLAIN, "ModelName"),
            "createProcessingJob": (_JOB, "ProcessingJobName ProcessingResources AppSpecification RoleArn"),
            "createTrainingJob": (_JOB, "TrainingJobName AlgorithmSpecification OutputDataConfig RoleArn"),
            "createTransformJob": (_JOB, "TransformJobName ModelName TransformInput TransformOutput"),
            "updateEndpoint": (_PLAIN, "EndpointName EndpointConfigName"),
        },
    ),
)

TASKS = (*_COMPUTE, *_MESSAGES, *_WEB, *_DATA, *_LEARNING)

READERS = (
    _row("s3:getObject", _PLAIN, "Bucket Key", "VersionId ExpectedBucketOwner", api="s3:getObject"),
    _row("s3:listObjectsV2", _PLAIN, "Bucket", "Prefix ExpectedBucketOwner", api="s3:listObjectsV2"),
)

WRITERS = (_row("s3:putObject", _PLAIN, "Bucket", "Prefix", api="s3:putObject"),)

# A name ending in "*" stands for every header that begins so; letter case doesn't count.
FORBIDDEN_HEADERS: Mapping[str, tuple[str, ...]] = {
    "apigateway:invoke": _words(
        "Authorization Connection Content-MD5 Expect Host Max-Forwards Proxy-Authenticate Server TE Transfer-Encoding"
        " Trailer Upgrade Via WWW-Authenticate X-Forwarded* X-Amz*"
    ),
    "http:invoke": _words(
        "A-IM Accept-Charset Accept-Datetime Accept-Encoding Authorization Cache-Control Connection Content-Encoding"
        " Content-MD5 Date Expect Forwarded From Host HTTP2-Settings If-* Max-Forwards Origin Pragma"
        " Proxy-Authorization Referer Server TE Trailer Transfer-Encoding Upgrade Via Warning X-Forwarded-* X-Amz-*"
        " X-Amzn-*"
    ),
}
