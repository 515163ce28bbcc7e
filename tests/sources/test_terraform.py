"""State machines in Terraform: heredocs, jsonencode, files, templates, plans."""

from __future__ import annotations

import json

import pytest

from stepvet.sources import Definition, from_text
from stepvet.sources.reading import nodes
from stepvet.text.inner import resolve_at
from stepvet.text.node import Hole, Inside, Known, String, plain
from stepvet.text.source import Span

machine = {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn", "End": True}}}
body = json.dumps(machine)
hcl = '{ StartAt = "A", "States" : { A = { Type = "Task", Resource = "arn", End = true } } }'


def resource(definition: str, more: str = "") -> str:
    return f'resource "aws_sfn_state_machine" "flow" {{\n  name       = "é"\n  definition = {definition}\n}}\n{more}'


def only(text: str, files: dict[str, str] | None = None, filename: str = "main.tf") -> Definition:
    (definition,) = from_text(text, filename, files=files)
    return definition


read = [
    (resource(f"<<EOF\n{body}\nEOF"), {}),
    (resource(f"<<-EOF\n    {body}\n  EOF"), {}),
    (resource(f"jsonencode({hcl})"), {}),
    (resource(json.dumps(body)), {}),
    (resource("local.text", f"locals {{\n  text = jsonencode({hcl})\n}}\n"), {}),
    (resource('"${local.text}"', f"locals {{\n  text = jsonencode({hcl})\n}}\n"), {}),
    (resource("jsonencode(local.value)"), {"locals.tf": f"locals {{\n  value = {hcl}\n}}\n"}),
    (resource('file("${path.module}/a.json")'), {"a.json": body}),
    (resource('templatefile("a.json", {})'), {"a.json": body}),
    (resource('templatefile("${path.module}/${local.n}.json", {})', 'locals {\n n = "a"\n}\n'), {"a.json": body}),
    (resource('jsonencode(yamldecode(file("a.yaml")))'), {"a.yaml": f"# yaml\n{body}\n"}),
    (resource("var.x ? local.text : null", f"locals {{\n  text = <<EOT\n{body}\nEOT\n}}\n"), {}),
    (
        resource(
            "data.template_file.flow.rendered",
            'data "template_file" "flow" {\n  template = file("a.json")\n  vars = {}\n}\n',
        ),
        {"a.json": body},
    ),
    (
        f'module "flow" {{\n  source = "terraform-aws-modules/step-functions/aws"\n  definition = <<E\n{body}\nE\n}}\n',
        {},
    ),
    (resource(f"<<EOF\n%{{ if var.x }}{body}%{{ else }}nothing%{{ endif }}\nEOF"), {}),
]


@pytest.mark.parametrize(("text", "files"), read)
def test_every_embedding_gives_the_same_tree(text: str, files: dict[str, str]) -> None:
    definition = only(text, files)
    assert (definition.unread, definition.faults) == (None, ())
    assert definition.root is not None
    assert plain(definition.root) == machine


@pytest.mark.parametrize(("text", "files"), read)
def test_every_span_slices_back(text: str, files: dict[str, str]) -> None:
    definition = only(text, files)
    assert definition.root is not None
    for node in nodes(definition.root):
        if isinstance(node, String):
            at = Inside(node, Span(0, len(node.value)))
            file, span = definition.source.resolve(resolve_at(at, definition.source))
            assert file.text[span.start : span.end] == node.value


unread = [
    (resource("var.definition"), "a variable gives it"),
    (resource("module.x.definition"), "module.x.definition gives it"),
    (resource('format("%s", var.x)'), "format() makes it"),
    (resource('file("${path.root}/a.json")'), "its path is known when Terraform runs"),
    (resource('file("nowhere.json")'), "nowhere.json does not exist"),
    (resource("local.a", "locals {\n  a = local.b\n  b = local.a\n}\n"), "it refers to itself"),
    (resource('trimspace("${local.a}")', 'locals {\n  a = "${local.a}"\n}\n'), "it refers to itself"),
    (resource("chomp(" * 80 + "var.x" + ")" * 80), "more than 60 calls and names lead to it"),
    (resource("chomp(" * 20 + "var.x" + ")" * 20), "a variable gives it"),
    ('resource "aws_sfn_state_machine" "flow" {\n}\n', "the resource has no definition"),
    (resource("<<EOF\n{%{ for x in y }\n${x},\n%{ endfor }}\nEOF"), "Terraform's directives make its text"),
]


@pytest.mark.parametrize(("text", "why"), unread)
def test_what_cannot_be_read_says_why(text: str, why: str) -> None:
    definition = only(text, {})
    assert (definition.root, definition.unread, definition.faults) == (None, why, ())


@pytest.mark.parametrize("form", ["<<EOF\n%s\nEOF", "jsonencode(%s)"])
def test_holes_know_what_they_refer_to(form: str) -> None:
    text = resource(form % (body if "EOF" in form else hcl).replace("arn", "${aws_lambda_function.charge.arn}"))
    definition = only(text)
    assert definition.root is not None
    (hole,) = [n for n in nodes(definition.root) if isinstance(n, Hole)]
    assert hole.known == Known("arn", "AWS::Lambda::Function", "charge")
    assert definition.wiring is not None
    assert [u.name for u in definition.wiring.unresolved] == ["aws_lambda_function.charge"]


def test_escapes_stay_what_they_stand_for() -> None:
    definition = only(resource('<<EOF\n{"StartAt": "$${a} %%{b}", "States": {}}\nEOF'))
    assert definition.root is not None
    assert plain(definition.root) == {"StartAt": "${a} %{b}", "States": {}}


def test_a_template_knows_its_variables() -> None:
    text = resource('templatefile("a.json", { Arn = aws_sqs_queue.q.arn, Old = 1 })')
    definition = only(text, {"a.json": body.replace("arn", "${Arn}")})
    assert definition.wiring is not None
    assert [s.key.value for s in definition.wiring.substitutions or ()] == ["Arn", "Old"]
    assert [p.name for p in definition.wiring.placeholders] == ["Arn"]
    assert definition.source.file == "a.json"


def test_what_is_no_directive_is_told() -> None:
    text = resource('<<EOF\n{"StartAt": "{%{ x }%}", "States": {}}\nEOF')
    definition = only(text)
    assert definition.wiring is not None
    assert [text[s.start : s.end] for s in definition.wiring.directives] == ["%{"]
    assert definition.root is not None


def test_broken_terraform_gives_what_it_has() -> None:
    assert from_text('resource "aws_sfn_state_machine" "x" {\n  definition = <<EOF\n {"StartAt"\n', "main.tf")
    assert from_text('resource "aws_sfn_state_machine" {', "main.tf") is not None


def test_a_plan_and_json_configuration() -> None:
    after = {"definition": body, "type": "EXPRESS"}
    change = {
        "address": "module.a.aws_sfn_state_machine.b",
        "type": "aws_sfn_state_machine",
        "change": {"after": after},
    }
    plan = only(json.dumps({"resource_changes": [change]}), filename="plan.json")
    assert (plan.resource, plan.type, plan.origin) == ("module.a.aws_sfn_state_machine.b", "EXPRESS", "terraform")
    assert plan.root is not None
    assert plain(plan.root) == machine
    written = only(
        json.dumps({"resource": {"aws_sfn_state_machine": {"b": {"definition": body}}}}), filename="x.tf.json"
    )
    assert (written.resource, written.unread) == ("aws_sfn_state_machine.b", None)


def test_a_plan_that_does_not_know_yet() -> None:
    change = {"address": "aws_sfn_state_machine.b", "type": "aws_sfn_state_machine", "change": {"after": {"name": "b"}}}
    plan = only(json.dumps({"resource_changes": [change]}), filename="plan.json")
    assert plan.unread == "it is known after the plan is applied"
