#!/usr/bin/env bash
# cfn-lint 1.58.0 with aws-sam-translator 1.115.0: the alias of a function is fine as `!Ref Greeting.Alias`, and an error in `!Sub`.
#
# SAM makes an alias of a function that has `AutoPublishAlias`, and lets a template refer to it as to a resource: what SAM
# translates has the alias's own name in both places. cfn-lint runs that same translator first, and refuses the name in the text
# of a Sub all the same, as an attribute that the function does not have. So a template that deploys fails its linter, and the
# message leads astray: it lists the attributes of a function.
# Seen below: the translator gives the same logical id for both; cfn-lint tells E6101 of the Sub alone, and exits with 2.
# Expected by us: both taken, or both refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "cfn-lint[sam]==1.58.0" "aws-sam-translator==1.115.0" 2>/dev/null
cd "$folder"
cat >template.yaml <<'YAML'
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Greeting:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handle
      InlineCode: "def handle(event, context): return None"
      AutoPublishAlias: live
Outputs:
  ByRef:
    Value: !Ref Greeting.Alias
  BySub:
    Value: !Sub "${Greeting.Alias}"
YAML
AWS_DEFAULT_REGION=eu-west-1 "$folder/venv/bin/python" - <<'PY'
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoPolicies:
    def load(self):
        return {}


made = transform(yaml_parse(open("template.yaml").read()), {}, NoPolicies())["Outputs"]
print("translated:", made)
assert made["ByRef"]["Value"] == {"Ref": "GreetingAliaslive"}, made
assert made["BySub"]["Value"] == {"Fn::Sub": "${GreetingAliaslive}"}, made
PY
said=$("$folder/venv/bin/cfn-lint" --region eu-west-1 --format parseable template.yaml) && status=0 || status=$?
echo "cfn-lint exits with $status: $said"
[[ $status == 2 && $(grep -c . <<<"$said") == 1 && $said == template.yaml:15:*E6101:*"'Alias' is not one of"* ]]
echo "As described."
