"""The API on moto: a whole site built from template.yaml, called through Chalice's test client over its real routes.

AWS is in this process, and calls to it go no further than botocore. What has an address is reached over HTTP, as in life:
signed URLs and the keys of tokens. One moto answers both, so what is written here is read there.
"""

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest
import yaml
from botocore.client import BaseClient
from chalice.local import LambdaContext
from chalice.test import Client
from moto import mock_aws
from moto.server import ThreadedMotoServer

from agon.packed import unpacked
from tests import builders, gateway
from tests.api import append_only, cognito, granted, kept_rows, quick_botocore, quick_calls, quick_moto
from tests.api.worlds import World, Worlds

ROOT = Path(__file__).parents[2]
PASSWORD = "a long enough password"
# Some of Cognito's calls are not signed, and moto takes those for the region that it thinks is everybody's.
REGION = "us-east-1"
#: What mails come from, and where their links lead.
MAIL_FROM, API_URL = "agon@example.org", "https://api.example.org/api"
BUCKETS = ("FilesBucket", "RunsBucket")
#: The most messages that SQS gives or takes at once. Where it gives fewer there are no more: moto has no shards.
BATCH = 10
#: When everybody has signed in, for all that tests know.
_OPENED = {"client": "", "system": ""} | dict.fromkeys(("opened_at", "used_at"), "2026-01-01T00:00:00.000000+0000")
#: What is noted of accounts and of the site, and outlives what it counts.
NOTED = ("upload_tally", "address", "bucket", "storage_counter", "activity", "active_day", "open_session", "sweep_report")


@dataclass
class Answer:
    """A response: status, parsed body, headers in lower case."""

    status: int
    body: Any
    headers: dict[str, str]


@dataclass
class Person:
    """Somebody with an account on the site."""

    site: "Site"
    username: str
    token: str
    id: str
    session: str = ""

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Call the API as this person."""
        return self.site.call(method, path, body, token=self.token, **headers)

    def upload(self, content: bytes, purpose: str = "submission", commit: bool = True) -> str:
        """Send a file by its presigned form: the upload's id."""
        return self.site.upload(self, content, purpose, commit)

    def competition(
        self, publish: bool = True, files: dict[str, str | bytes] | None = None, **settings: Any
    ) -> dict[str, Any]:
        """Import a bundle and publish it: the competition. The same one is imported once a session, and then put back."""
        content = builders.bundle(files, **settings)
        return self.site.worlds.of((self.id, publish, content), lambda: self._imported(content, publish))

    def _imported(self, content: bytes, publish: bool) -> dict[str, Any]:
        upload = self.upload(content, "bundle")
        import_ = self.call("POST", "/competitions", {"upload": upload}).body
        self.site.work()
        done = self.call("GET", f"/imports/{import_['id']}").body
        assert done["status"] == "Finished", done
        path = f"/competitions/{done['competition']}"
        answer = self.call("POST", f"{path}/publish") if publish else self.call("GET", path)
        self.site.forget_the_catalogue(done["competition"])
        self.site.forget_the_log(done["competition"])
        return answer.body

    def join(self, competition: dict[str, Any]) -> Answer:
        """Take part."""
        return self.call("POST", f"/competitions/{competition['id']}/participants", {"accept_terms": True})

    def submit(self, competition: dict[str, Any], content: bytes | None = None) -> Answer:
        """Upload and submit to the first phase."""
        upload = self.upload(content or builders.submission())
        return self.call("POST", f"/phases/{competition['phases'][0]['id']}/submissions", {"upload": upload})


@dataclass
class Site:
    """A deployed site."""

    client: Client
    outputs: dict[str, str]
    app: Any
    worlds: Worlds
    people: dict[tuple[str, bool], Person] = field(default_factory=dict)
    _opened: World = field(default_factory=lambda: World([], [], None))

    def call(self, method: str, path: str, body: Any = None, token: str | None = None, **headers: str) -> Answer:
        """Call the API."""
        sent = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        response = self.client.http.request(method, f"/v1{path}", headers=sent, body=raw)
        _check_is_declared(method, path, response.status_code)
        self._check_is_reached(method, path, response.status_code)
        text = response.body.decode()
        found = {name.lower(): value for name, value in response.headers.items()}
        is_json = text and "json" in found["content-type"]
        answer = Answer(response.status_code, json.loads(text) if is_json else text or None, found)
        if method == "GET" and re.fullmatch(r"/phases/[^/]+/leaderboard(\?(?!.*packed).*)?", path) and answer.status == 200:
            self._check_is_the_same_packed(
                path, answer, token, {name: headers[name] for name in headers if name == "Agon_Link"}
            )
        return answer

    def _check_is_the_same_packed(self, path: str, told: "Answer", token: str | None, headers: dict[str, str]) -> None:
        """A board says the same to who asks for its rows as columns (ADR 59), under another ETag."""
        packed = self.call("GET", f"{path}{'&' if '?' in path else '?'}packed=true", token=token, **headers)
        assert packed.body["rows"] == [] and packed.headers["etag"] != told.headers["etag"]
        assert {**unpacked(packed.body), "packed": None} == told.body

    def _check_is_reached(self, method: str, path: str, status: int) -> None:
        """What Chalice's router finds by falling through, API Gateway refuses."""
        resources = self.app.app.routes
        found = gateway.resource_of(f"/v1{path}", resources)
        assert (found and method in resources[found]) or status in (403, 404, 405), (method, path, status)

    def person(self, username: str, admin: bool = False) -> Person:
        """Somebody who has signed up, confirmed and signed in. Accounts and their tokens outlive a test."""
        if (username, admin) not in self.people:
            self.people[username, admin] = self.signed_in(username, admin)
        return self.people[username, admin]

    def signed_in(self, username: str, admin: bool = False) -> Person:
        """Somebody with a session that begins now."""
        account = {"username": username, "email": f"{username}@example.org", "password": PASSWORD}
        self.call("POST", "/accounts", account)
        users, pool = client("cognito-idp"), self.outputs["UserPoolId"]
        if users.admin_get_user(UserPoolId=pool, Username=username)["UserStatus"] != "CONFIRMED":
            users.admin_confirm_sign_up(UserPoolId=pool, Username=username)
        if admin:
            users.admin_add_user_to_group(UserPoolId=pool, Username=username, GroupName="admins")
        session = self.call("POST", "/sessions", {"username": username, "password": PASSWORD}).body
        me = self.call("GET", "/me", token=session["access_token"]).body
        return Person(self, username, session["access_token"], me["id"], session_of(session["access_token"]))

    def upload(self, person: Person, content: bytes, purpose: str, commit: bool) -> str:
        """Send a file as a browser would."""
        body = {
            "purpose": purpose,
            "filename": "file.zip",
            "size_bytes": len(content),
            "sha256": builders.sha256(content),
        }
        begun = person.call("POST", "/uploads", body).body
        form = begun["post"]
        sender().post(form["url"], data=form["fields"], files={"file": content}).raise_for_status()
        if commit:
            done = person.call("POST", f"/uploads/{begun['id']}/commit", {"parts": []})
            assert done.status == 200, done
        return str(begun["id"])

    def messages(self, queue: str = "TasksQueueUrl") -> list[dict[str, Any]]:
        """Take everything that is on a queue."""
        sqs, url, found = client("sqs"), self.outputs[queue], []
        while True:
            batch = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=BATCH, WaitTimeSeconds=0).get("Messages", [])
            found += [json.loads(message["Body"]) for message in batch]
            if batch:
                entries = [{"Id": one["MessageId"], "ReceiptHandle": one["ReceiptHandle"]} for one in batch]
                sqs.delete_message_batch(QueueUrl=url, Entries=entries)
            if len(batch) < BATCH:
                return found

    def work(self, seconds: int = 900) -> bool:
        """Run the tasks function, which lives for `seconds`, on what is on its queue. False when there was nothing."""
        messages = self.messages()
        for message in messages:
            self.run(message, seconds)
        return bool(messages)

    def run(self, message: dict[str, Any], seconds: int = 900, sent_ago: float = 0, request: str | None = None) -> None:
        """Run the tasks function on one message, which was sent `sent_ago` seconds before now, for a `request`."""
        # Chalice's own client gives functions three seconds, whatever their timeout is.
        context = LambdaContext("on_task", memory_size=2048, max_runtime_ms=seconds * 1000)
        event = self.client.events.generate_sqs_event([json.dumps(message)])
        named = {"request": {"stringValue": request, "dataType": "String"}} if request else {}
        event["Records"][0]["messageAttributes"] = named
        event["Records"][0]["attributes"]["SentTimestamp"] = str(int((time.time() - sent_ago) * 1000))
        self.app.app.handler_map["on_task"](event, context)

    def runner_token(self, admin: Person) -> str:
        """A token for runners of the default queue."""
        return str(admin.call("POST", "/queues/default/tokens", {"name": "test"}).body["token"])

    def claim(self, submission: str, runner_token: str, **capabilities: Any) -> Answer:
        """Claim as a runner that has the message of a submission."""
        body = {"runner": "host", "capabilities": capabilities}
        return self.call("POST", f"/runner/jobs/{submission}/claim", body, token=runner_token)

    def finish(self, job: dict[str, Any], scores: dict[str, Any] | None = None, **outcome: Any) -> Answer:
        """Finish as the attempt of `job`."""
        body = {"scores": scores or {}, **outcome}
        return self.call("POST", f"/runner/jobs/{job['submission']}/finish", body, token=job["token"])

    def forget_the_catalogue(self, competition: str) -> None:
        """Have nobody look after the catalogue: what tests of something else would find due, or on the tasks queue."""
        self.messages()
        key = {"pk": {"S": "CATALOGUE"}, "sk": {"S": f"CHANGE#{competition}"}}
        client("dynamodb").delete_item(TableName=self.outputs["TableName"], Key=key)

    def forget_the_log(self, competition: str) -> None:
        """That a competition was published to begin with is no act of the test's."""
        pk = {"S": f"DEEDS#{competition}"}
        found = client("dynamodb").query(
            TableName=self.outputs["TableName"],
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": pk},
        )
        for row in found["Items"]:
            client("dynamodb").delete_item(TableName=self.outputs["TableName"], Key={"pk": pk, "sk": row["sk"]})

    def object_keys(self, bucket: str) -> list[str]:
        """Everything that a bucket holds."""
        return self.worlds.keys(self.outputs[bucket])

    def clean(self) -> None:
        """Forget everything but the accounts, whose sign-ins ask for a password alone, and that people are signed in."""
        cognito.forget_second_steps()
        self.worlds.begin()
        quick_moto.empty_table(self.outputs["TableName"])
        self._let_in_again()
        for bucket in BUCKETS:
            quick_moto.empty_bucket(self.outputs[bucket])
        for queue in ("TasksQueueUrl", "TasksDeadQueueUrl", "JobsQueueUrl"):
            quick_moto.empty_queue(self.outputs[queue].rpartition("/")[2])

    def _let_in_again(self) -> None:
        """Have the sessions of people go on, whatever another test did to them."""
        if len(self._opened.rows) != len(self.people):
            self._opened = World([_session_row(person) for person in self.people.values()], [], None)
        self.worlds.put_back(self._opened)

    def rows(self) -> list[dict[str, Any]]:
        """Everything that the table holds but what is noted of accounts, which outlive whatever they send."""
        found = _table(self.outputs["TableName"]).scan()["Items"]
        return [row for row in found if row.get("kind") not in NOTED]


def _session_row(person: Person) -> dict[str, Any]:
    told = {"pk": f"ACCOUNT#{person.id}", "sk": f"SESSION#{person.session}", "kind": "open_session", "id": person.session}
    return {name: {"S": text} for name, text in (told | _OPENED).items()}


@cache
def _responses() -> dict[tuple[str, int], list[tuple[re.Pattern[str], set[str]]]]:
    """Of each route, by its method and the depth of its path, the path and what the document says that it may answer."""
    # tests/house holds the file to the code, and to make it anew takes each process four seconds.
    paths, found = json.loads((ROOT / "console/openapi.json").read_text())["paths"], {}
    for path, operations in paths.items():
        pattern = re.compile(re.sub(r"{\w+}", "[^/]+", path))
        for method, operation in operations.items():
            found.setdefault((method.upper(), path.count("/")), []).append((pattern, set(operation["responses"])))
    return found


def _check_is_declared(method: str, path: str, status: int) -> None:
    """Whatever a test asks for: an answer that the document does not know is a route that declares too little."""
    asked = f"/v1{path}".partition("?")[0]
    routes = _responses().get((method, asked.count("/")), ())
    known = [statuses for pattern, statuses in routes if pattern.fullmatch(asked)]
    assert not known or any(str(status) in statuses for statuses in known), (method, path, status)


def session_of(token: str) -> str:
    """The id of the session that an access token is of."""
    from chalicelib.aws import accounts

    return accounts.verify(token).session


@cache
def client(service: str) -> Any:
    """A boto3 client. To make one takes longer than a whole test, so there is one of each for the session."""
    return boto3.client(service)


@cache
def _table(name: str) -> Any:
    return boto3.resource("dynamodb").Table(name)


@cache
def sender() -> httpx.Client:
    """As a browser that keeps its connections: to make one costs more than a request. It must not go by this machine's
    proxies."""
    return httpx.Client(trust_env=False)


#: Credentials and sessions are the environment's.
_OURS: Any = {"core": {"mock_credentials": False, "reset_boto3_session": False}}


@pytest.fixture(scope="session")
def deployed() -> Iterator[Site]:
    """One site for the session."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    with mock_aws(config=_OURS), pytest.MonkeyPatch.context() as patch:
        # Of jsonschema, by which moto checks APIs of which there are none: its forty grammars of IRIs take a second to make.
        patch.setitem(sys.modules, "rfc3987_syntax", None)
        for name, value in _machine_environment(port).items():
            patch.setenv(name, value)
        cognito.teach(patch)
        cognito.answer_here(patch, os.environ["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"])
        quick_moto.install(patch)
        quick_botocore.install(patch)
        quick_calls.install(patch)
        append_only.install(patch)
        kept_rows.install(patch)
        outputs = _deploy()
        for name, value in _function_environment(outputs).items():
            patch.setenv(name, value)
        import app
        from chalicelib.actions.people import accounts

        # After ten seconds a call would look again whether somebody has signed out, and cost one call more.
        patch.setattr(accounts, "SIGNED_OUT_WITHIN", timedelta(hours=1))
        worlds = Worlds(client("dynamodb"), client("s3"), outputs["TableName"], [outputs[name] for name in BUCKETS])
        recorder = granted.install(patch, outputs)
        with Client(app.app, stage_name="aws", project_dir=str(ROOT)) as caller:
            patch.setattr(Site, "messages", recorder.at_work(None, Site.messages))
            patch.setattr(caller.http, "request", recorder.at_work("api", caller.http.request))
            yield Site(caller, outputs, app, worlds)
        recorder.keep()
    server.stop()


@pytest.fixture
def site(deployed: Site) -> Site:
    """The site, without anything that an earlier test left."""
    from chalicelib.actions.people import accounts, pace

    deployed.clean()
    # Whoever is let in was looked at just now: what a call costs must not depend on which test came before.
    pace.forget()
    for person in deployed.people.values():
        for shown in (person.session, ""):
            accounts._going_on[person.id, shown] = datetime.now(UTC)
    return deployed


@pytest.fixture
def competition(organizer: Person) -> dict[str, Any]:
    """A published competition, as its owner sees it."""
    return organizer.competition()


@pytest.fixture
def forum(competition: dict[str, Any], ada: Person) -> str:
    """Where the threads are, of a competition in which ada takes part."""
    assert ada.join(competition).status == 201
    return f"/competitions/{competition['id']}/threads"


@pytest.fixture
def bob(site: Site, competition: dict[str, Any]) -> Person:
    """Somebody else who takes part in it."""
    bob = site.person("bob")
    assert bob.join(competition).status == 201
    return bob


def _machine_environment(port: int) -> dict[str, str]:
    """The environment in which AWS is moto. What answers at `port` is S3's and Cognito's addresses, as URLs show them."""
    return {
        "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{port}",
        # Calls to S3's address stay in the process too. Moto tells Cognito's from it by the host's name.
        "MOTO_S3_CUSTOM_ENDPOINTS": f"http://127.0.0.1:{port}",
        "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER": f"http://localhost:{port}",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "POWERTOOLS_TRACE_DISABLED": "true",
        "POWERTOOLS_METRICS_DISABLED": "true",
    }


def _deploy() -> dict[str, str]:
    stack = boto3.client("cloudformation")
    stack.create_stack(StackName="agon", TemplateBody=json.dumps(_state_only(_template())))
    described = stack.describe_stacks(StackName="agon")["Stacks"][0]["Outputs"]
    boto3.client("sesv2").create_email_identity(EmailIdentity=MAIL_FROM)
    return {output["OutputKey"]: output["OutputValue"] for output in described} | _user_pool()


def _user_pool() -> dict[str, str]:
    """The user pool of the template, which moto's CloudFormation does not know."""
    resources, users = _template()["Resources"], boto3.client("cognito-idp")
    # Who sends its codes and what is protected depends on parameters, which moto is not told. Second steps are a call of
    # their own.
    left_out = ("DeletionProtection", "EmailConfiguration", "EnabledMfas")
    properties = {name: told for name, told in resources["UserPool"]["Properties"].items() if name not in left_out}
    pool = users.create_user_pool(PoolName="agon", **properties)["UserPool"]["Id"]
    properties = {**resources["UserPoolClient"]["Properties"], "UserPoolId": pool}
    client = users.create_user_pool_client(ClientName="agon", **properties)["UserPoolClient"]["ClientId"]
    users.create_group(GroupName=resources["AdminsGroup"]["Properties"]["GroupName"], UserPoolId=pool)
    return {"UserPoolId": pool, "UserPoolClientId": client}


#: What template.yaml only adds to; Chalice generates the rest.
_MAIL = ("MailConfiguration", "MailEvents", "MailSending", "MailTrouble", "MailTroubleToTasks")
_GENERATED = (*_MAIL, "APIHandler", "OnTask", "OnTaskRole", "RestAPI", "Sweep", "SweepRole")
#: Those that know more than the others, and all of it by reference.
_FUNCTIONS = ("APIHandler", "Sweep")
#: What is of functions that are not there.
_WATCHING = ("AWS::CloudWatch::", "AWS::SNS::", "AWS::Budgets::")
#: What Chalice adds to the role that runners' role trusts.
_TRUSTS_LAMBDA = {
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]
}


def _state_only(template: dict[str, Any]) -> dict[str, Any]:
    """The template without its functions, which moto need not run."""
    kept = {key: value for key, value in template.items() if key not in ("Transform", "Globals")}
    left_out = ("UserPool", "UserPoolClient", "AdminsGroup", "FilesBucketPolicy", "RunsBucketPolicy")
    kept["Resources"] = {
        key: value
        for key, value in template["Resources"].items()
        if key not in (*left_out, *_GENERATED) and not value["Type"].startswith(_WATCHING)
    }
    kept["Resources"]["ApiHandlerRole"]["Properties"] = {"AssumeRolePolicyDocument": _TRUSTS_LAMBDA}
    kept["Outputs"] = {
        key: value for key, value in template["Outputs"].items() if key not in (*left_out, "ApiUrl", "AlarmsTopicArn")
    }
    kept["Outputs"] = {key: value for key, value in kept["Outputs"].items() if not key.startswith("UserPool")}
    for queue in ("JobsQueue", "JobsDeadQueue"):
        kept["Outputs"][f"{queue}Arn"] = {"Value": {"Fn::GetAtt": [queue, "Arn"]}}
    return kept


def _function_environment(outputs: dict[str, str]) -> dict[str, str]:
    """The environment that template.yaml gives to the functions, with its references followed."""
    template = _template()
    parameters = {name: str(value["Default"]) for name, value in template["Parameters"].items()}
    resources = {
        "Table": outputs["TableName"],
        "FilesBucket": outputs["FilesBucket"],
        "RunsBucket": outputs["RunsBucket"],
        "JobsQueue": outputs["JobsQueueUrl"],
        "TasksQueue": outputs["TasksQueueUrl"],
        "TasksDeadQueue": outputs["TasksDeadQueueUrl"],
        "UserPool": outputs["UserPoolId"],
        "UserPoolClient": outputs["UserPoolClientId"],
        "JobsQueue.Arn": outputs["JobsQueueArn"],
        "JobsDeadQueue.Arn": outputs["JobsDeadQueueArn"],
        "${AWS::StackName}-queue-": "agon-queue-",
        "/${AWS::StackName}/": "/agon/",
        "RunnerRole.Arn": outputs["RunnerRoleArn"],
    }
    known = {**parameters, **resources}
    functions = [template["Globals"]["Function"], *(template["Resources"][name]["Properties"] for name in _FUNCTIONS)]
    variables = {name: value for one in functions for name, value in one["Environment"]["Variables"].items()}
    found = {name: known[_named(value)] for name, value in variables.items()}
    # Tests ask for a rebuild and take its message at once, and are receivers of webhooks themselves.
    mail = {"AGON_MAIL_FROM": MAIL_FROM, "AGON_API_URL": API_URL}
    told = {"AGON_BOARD_DELAY_SECONDS": "0", "AGON_LOOPBACK_TARGETS": "true", "AGON_MAILS_PER_SECOND": "1000"}
    return {**found, **mail, **told}


def _named(value: dict[str, Any]) -> str:
    return str(value.get("Ref") or value.get("Fn::Sub") or ".".join(value["Fn::GetAtt"]))


def _template() -> dict[str, Any]:
    return yaml.load((ROOT / "template.yaml").read_text(), _Loader)


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's short tags into their long forms."""


def _long_form(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    value = loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else loader.construct_sequence(node)
    if suffix == "Ref":
        return {"Ref": value}
    return {f"Fn::{suffix}": value.split(".") if suffix == "GetAtt" and isinstance(value, str) else value}


_Loader.add_multi_constructor("!", _long_form)


class Post:
    """What SES was given, and how it answers."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.trouble: list[Exception] = []

    @property
    def readers(self) -> list[str]:
        """The names of those who were mailed, in some order."""
        return sorted(one["Destination"]["ToAddresses"][0].partition("@")[0] for one in self.sent)

    def subjects(self, person: Person) -> list[str]:
        """What somebody was mailed about."""
        address = [f"{person.username}@example.org"]
        found = [one for one in self.sent if one["Destination"]["ToAddresses"] == address]
        return [one["Content"]["Simple"]["Subject"]["Data"] for one in found]


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    real, post = BaseClient._make_api_call, Post()

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if operation != "SendEmail":
            return real(self, operation, arguments)
        if post.trouble:
            raise post.trouble.pop(0)
        answer = real(self, operation, arguments)
        post.sent.append(arguments)
        return answer

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    yield post


@pytest.fixture
def organizer(site: Site) -> Person:
    return site.person("olga")


@pytest.fixture
def admin(site: Site) -> Person:
    return site.person("root", admin=True)


@pytest.fixture
def ada(site: Site) -> Person:
    return site.person("ada")


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)
