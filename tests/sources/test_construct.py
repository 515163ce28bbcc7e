"""A finding in CDK output names the construct that the author wrote, for the template has made-up names."""

from __future__ import annotations

import json

import stepvet

DEFINITION = ['{"StartAt":"Charge","States":{"Charge":{"Type":"Pass","Comment":"', {"Ref": "X"}, '","Next":"Gone"}}}']
TEMPLATE = {
    "Resources": {
        "OrdersFlow12AB": {
            "Type": "AWS::StepFunctions::StateMachine",
            "Properties": {"DefinitionString": {"Fn::Join": ["", DEFINITION]}},
            "Metadata": {"aws:cdk:path": "Shop/Orders/Flow/Resource"},
        }
    }
}


def test_the_report_has_the_construct_of_each_finding() -> None:
    report = stepvet.check(json.dumps(TEMPLATE), filename="cdk.out/Shop.template.json").to_json()
    findings = {f["rule"]: f for f in report["findings"]}
    assert findings["missing-target"]["construct"] == "Shop/Orders/Flow/Resource"
    assert findings["missing-target"]["resource"] == "OrdersFlow12AB"


def test_a_definition_of_its_own_has_none() -> None:
    text = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}'
    assert {f["construct"] for f in stepvet.check(text).to_json()["findings"]} == {None}
