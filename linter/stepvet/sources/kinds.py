"""What kind of file a tree comes from, seen by the keys at its top. The readers of the kinds stand elsewhere."""

from __future__ import annotations

from stepvet.text.node import Array, Hole, Node, Object

TERRAFORM_TYPE = "aws_sfn_state_machine"


def is_cloudformation(root: Object) -> bool:
    return isinstance(root.get("Resources"), Object)


def is_serverless(root: Object) -> bool:
    return isinstance(root.get("stepFunctions"), (Object, Hole, Array))


def is_terraform(root: Object) -> bool:
    """A plan, or a configuration in JSON with a state machine in it."""
    return is_terraform_plan(root) or isinstance(terraform_machines(root), Object)


def is_terraform_plan(root: Object) -> bool:
    return isinstance(root.get("planned_values"), Object) or isinstance(root.get("resource_changes"), Array)


def terraform_machines(root: Object) -> Node | None:
    """What a Terraform configuration in JSON has under `resource.aws_sfn_state_machine`."""
    resources = root.get("resource")
    return resources.get(TERRAFORM_TYPE) if isinstance(resources, Object) else None
