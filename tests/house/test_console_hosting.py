"""infra/console.yaml: what CloudFront serves, what it keeps and for whom, and what its firewall counts (ADR 47)."""

import json
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from agon.local import pages
from chalicelib import answers, routes
from chalicelib.aws import objects
from chalicelib.http import Access, Endpoint
from infra.deploy import hosting
from tests.house import templates
from tests.house.sources import ROOT

PAGE = (ROOT / "console/index.html").read_text()
SERVED = (ROOT / "console/vite.config.ts").read_text()
METHODS = {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
UNKEPT = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
#: Which CloudFront keeps for ten seconds by itself ("How CloudFront processes HTTP 4xx and 5xx status codes").
KEPT_ERRORS = {400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504}


@pytest.fixture(scope="module")
def resources() -> dict[str, Any]:
    return {name: one["Properties"] for name, one in templates.read(hosting.TEMPLATE)["Resources"].items()}


@pytest.fixture(scope="module")
def distribution(resources: dict[str, Any]) -> dict[str, Any]:
    return dict(resources["Distribution"]["DistributionConfig"])


def behaviour(distribution: dict[str, Any], path: str) -> dict[str, Any]:
    """The first that fits, as CloudFront takes it."""
    others = [one for one in distribution["CacheBehaviors"] if fnmatchcase(path, one["PathPattern"])]
    return dict((others or [distribution["DefaultCacheBehavior"]])[0])


def address(endpoint: Endpoint) -> str:
    return "/api" + re.sub(r"\{\w+\}", "some-id", endpoint.path)


def test_the_template_is_valid() -> None:
    command = [Path(sys.executable).parent / "cfn-lint", "--regions", hosting.REGION, "--", hosting.TEMPLATE]
    linted = subprocess.run(command, capture_output=True, text=True)
    assert (linted.returncode, linted.stdout) == (0, "")


def test_the_consoles_headers_are_those_of_the_one_on_this_machine(resources: dict[str, Any]) -> None:
    told = resources["Headers"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    [stated] = re.findall(r'http-equiv="Content-Security-Policy"\s+content="([^"]+)"', PAGE)
    policy = stated.replace(hosting.PLACE_OF_FILES.decode(), "${FilesOrigins}")
    policy = policy.replace(hosting.PLACE_OF_PAGES.decode(), "${Pages}")
    written, places = told["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    assert written == f"{policy}; frame-ancestors 'none'"
    assert places == {"Pages": ["HasPages", "https://${PagesDistribution.DomainName}", ""]}
    served = dict(re.findall(r'"([\w-]+)": "([\w-]+)"', re.findall(r"^const HEADERS = \{(.+)\};$", SERVED, re.M)[0]))
    assert served == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": told["FrameOptions"]["FrameOption"],
        "Referrer-Policy": told["ReferrerPolicy"]["ReferrerPolicy"],
    }
    seconds = told["StrictTransportSecurity"]["AccessControlMaxAgeSec"]
    assert answers.HEADERS["Strict-Transport-Security"] == f"max-age={seconds}"
    # Nothing that a file says of itself stands above these.
    assert told.keys() - {"ContentTypeOptions"} and all(one["Override"] is True for one in told.values())


def test_files_that_people_sent_have_no_way_to_the_consoles_name(distribution: dict[str, Any]) -> None:
    assert {one["Id"]: one["DomainName"] for one in distribution["Origins"]} == {
        "console": "Bucket.RegionalDomainName",
        "api": "ApiHost",
    }


def test_result_pages_have_a_name_of_their_own_and_nothing_else_stands_there(resources: dict[str, Any]) -> None:
    pages = resources["PagesDistribution"]["DistributionConfig"]
    [origin] = pages["Origins"]
    assert origin["DomainName"] == "RunsHost" and "OriginAccessControlId" not in origin, "S3 asks for a signature"
    assert {one["HeaderName"].lower(): one["HeaderValue"] for one in origin["OriginCustomHeaders"]} == objects.ONLY_THE_EDGE
    # Below the console's domain it would be of one site with it.
    assert "Aliases" not in pages and pages["ViewerCertificate"] == {"CloudFrontDefaultCertificate": True}
    behaviour_ = pages["DefaultCacheBehavior"]
    assert "CacheBehaviors" not in pages and behaviour_["ResponseHeadersPolicyId"] == "PagesHeaders"
    assert (behaviour_["CachePolicyId"], set(behaviour_["AllowedMethods"])) == (UNKEPT, {"GET", "HEAD"})
    passed_on = resources["PagesRequest"]["OriginRequestPolicyConfig"]
    assert (passed_on["HeadersConfig"], passed_on["CookiesConfig"]) == (
        {"HeaderBehavior": "none"},
        {"CookieBehavior": "none"},
    )


def test_a_live_page_may_run_what_it_brings_and_its_policy_names_no_address(resources: dict[str, Any]) -> None:
    told = resources["PagesHeaders"]["ResponseHeadersPolicyConfig"]
    policy, console = told["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    said = {name: set(values) for name, *values in (one.split() for one in policy.split(";"))}
    assert said.pop("sandbox") == {"allow-scripts"} and said.pop("frame-ancestors") == {"${Console}"}
    assert said["default-src"] == said["connect-src"] == said["form-action"] == said["base-uri"] == {"'none'"}
    assert set().union(*said.values()) <= {"'none'", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:", "'block'"}
    # The console alone frames it, and where its name is not known, nobody.
    assert console == {"Console": ["HasDomain", "https://${Domain}", ["KnowsItself", "https://${ConsoleHost}", "'none'"]]}
    assert all(one["Override"] is True for one in told["SecurityHeadersConfig"].values())
    headers = {one["Header"]: one["Value"] for one in told["CustomHeadersConfig"]["Items"]}
    assert (headers["Cache-Control"], headers["Connection-Allowlist"]) == ("no-store", "()")
    assert all(one.strip().endswith("=()") for one in headers["Permissions-Policy"].split(","))


LIVE = "X-Amz-SignedHeaders=agon-live-page%3Bhost&X-Amz-Signature=x"


@pytest.mark.parametrize(
    ("path", "query", "where", "passes"),
    [
        ("/runs/s/1/detailed_results.html", LIVE, "iframe", True),
        ("/runs/s/1/detailed_results.html", LIVE, "document", False),
        ("/runs/s/1/detailed_results.html", LIVE, None, False),
        ("/runs/s/1/detailed_results.html", "X-Amz-SignedHeaders=host", "iframe", False),
        ("/runs/s/1/detailed_results.html", "", "iframe", False),
        ("/boards/s/1", LIVE, "iframe", False),
        ("/", LIVE, "iframe", False),
    ],
)
def test_the_edge_gives_out_pages_to_frames_alone(
    resources: dict[str, Any], path: str, query: str, where: str | None, passes: bool
) -> None:
    headers = {} if where is None else {"sec-fetch-dest": {"value": where}}
    for decoded in (False, True):
        # Whether CloudFront decodes what it hands to a function is not written anywhere.
        pairs = [one.partition("=")[::2] for one in query.split("&") if one]
        told = {name: {"value": unquote(value) if decoded else value} for name, value in pairs}
        event = {"request": {"uri": path, "headers": headers, "querystring": told}}
        run = f"console.log(JSON.stringify(handler({json.dumps(event)})))"
        code = f"{resources['OnlyInFrames']['FunctionCode']}\n{run}"
        done = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        assert found == (event["request"] if passes else {"statusCode": 403, "statusDescription": "Forbidden"})
    # The one on this machine has the bucket in the path.
    assert pages.is_given_out(f"/bucket{path}?{query}", "bucket", where) is passes


def test_no_one_but_the_distribution_reads_the_bucket(resources: dict[str, Any], distribution: dict[str, Any]) -> None:
    assert set(resources["Bucket"]["PublicAccessBlockConfiguration"].values()) == {True}
    allowed, denied = resources["BucketPolicy"]["PolicyDocument"]["Statement"]
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"} and denied["Effect"] == "Deny"
    assert allowed["Condition"]["StringEquals"]["aws:SourceArn"].endswith(":distribution/${Distribution}")
    assert distribution["Origins"][0]["OriginAccessControlId"] == "BucketAccess.Id"


def test_every_call_reaches_the_api_whole(distribution: dict[str, Any]) -> None:
    for endpoint in routes.endpoints():
        found = behaviour(distribution, address(endpoint))
        assert (found["TargetOriginId"], set(found["AllowedMethods"])) == ("api", METHODS)
        # Managed-AllViewerExceptHostHeader: cookies, Authorization and the query go along.
        assert found["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"


def test_only_what_the_api_says_is_everybodys_may_be_kept_at_the_edge(distribution: dict[str, Any]) -> None:
    read = [one for one in routes.endpoints() if one.method == "GET"]
    kept = {one.path for one in read if behaviour(distribution, address(one))["CachePolicyId"] == "PublicReads"}
    shared = {one.path for one in routes.endpoints() if one.shared}
    assert shared and shared <= kept
    # What lies below the same addresses says no-store, or how long it may be kept.
    assert all(path.startswith("/v1/competitions/") for path in kept - shared)
    assert all(one.access is Access.ANYONE and one.method == "GET" for one in routes.endpoints() if one.shared)


def test_who_is_known_never_shares_an_answer(resources: dict[str, Any]) -> None:
    policy = resources["PublicReads"]["CachePolicyConfig"]
    assert (policy["MinTTL"], policy["DefaultTTL"]) == (0, 0), "a word of the API's must be enough to keep nothing"
    key = policy["ParametersInCacheKeyAndForwardedToOrigin"]
    secrets = {
        one.name for endpoint in routes.endpoints() for one in endpoint.query if one.place == "header" and endpoint.shared
    }
    assert set(key["HeadersConfig"]["Headers"]) == {"Authorization", *secrets}
    assert (key["CookiesConfig"]["CookieBehavior"], key["QueryStringsConfig"]["QueryStringBehavior"]) == ("all", "all")


def test_errors_are_nobody_elses_and_no_page_stands_in_for_them(distribution: dict[str, Any]) -> None:
    errors = distribution["CustomErrorResponses"]
    assert {one["ErrorCode"] for one in errors} == KEPT_ERRORS
    assert all(one["ErrorCachingMinTTL"] == 0 and "ResponsePagePath" not in one for one in errors)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/", "/index.html"),
        ("/c/iris/leaderboard", "/index.html"),
        ("/u/ada.l", "/index.html"),
        ("/c/iris/leaderboard/participants/j.doe", "/index.html"),
        ("/assets/main-1a.js", "/assets/main-1a.js"),
        ("/mark.svg", "/mark.svg"),
        ("/manual/index.html", "/manual/index.html"),
    ],
)
def test_an_address_that_is_no_files_is_the_consoles_page(resources: dict[str, Any], asked: str, answered: str) -> None:
    run = f"console.log(handler({{request: {{uri: {json.dumps(asked)}}}}}).uri)"
    code = f"{resources['Pages']['FunctionCode']}\n{run}"
    done = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == answered


def test_the_same_addresses_are_files_here_and_there(resources: dict[str, Any]) -> None:
    [here] = re.findall(r"^const FILES = /(.+)/;$", SERVED, re.M)
    assert f"/{here}/.test(request.uri)" in resources["Pages"]["FunctionCode"]


def test_only_the_consoles_own_addresses_are_rewritten(distribution: dict[str, Any]) -> None:
    assert distribution["DefaultCacheBehavior"]["FunctionAssociations"]
    assert not [one for one in distribution["CacheBehaviors"] if "FunctionAssociations" in one]


def covers(statement: dict[str, Any], method: str, path: str) -> bool:
    """Whether a statement of AWS WAF's is about this request."""
    if "AndStatement" in statement:
        return all(covers(one, method, path) for one in statement["AndStatement"]["Statements"])
    if "OrStatement" in statement:
        return any(covers(one, method, path) for one in statement["OrStatement"]["Statements"])
    match = statement["ByteMatchStatement"]
    text = method if "Method" in match["FieldToMatch"] else path
    exact = match["PositionalConstraint"] == "EXACTLY"
    return text == match["SearchString"] if exact else text.startswith(match["SearchString"])


def test_the_firewall_counts_signing_in_and_up_and_uploads_and_not_what_each_page_asks(resources: dict[str, Any]) -> None:
    rules = resources["WebAcl"]["Rules"]
    assert [one["Statement"]["RateBasedStatement"]["AggregateKeyType"] for one in rules] == ["IP"] * 3
    counted: dict[str, set[str]] = {}
    for endpoint in routes.endpoints():
        for rule in rules:
            bounds = rule["Statement"]["RateBasedStatement"]
            if covers(bounds["ScopeDownStatement"], endpoint.method, address(endpoint)):
                counted.setdefault(rule["Name"], set()).add(endpoint.path)
    uploads = {one.path for one in routes.endpoints() if one.method == "POST" and one.path.startswith("/v1/uploads")}
    accounts = {
        one.path for one in routes.endpoints() if one.access is Access.ANYONE and one.path.startswith("/v1/accounts")
    }
    assert uploads and counted == {
        "sign-ins": {"/v1/sessions", "/v1/sessions/browser"},
        "sign-ups": accounts,
        "uploads": uploads,
    }


def test_the_firewall_is_there_unless_somebody_says_otherwise_and_each_bound_can_be_moved(resources: dict[str, Any]) -> None:
    parameters = templates.read(hosting.TEMPLATE)["Parameters"]
    assert parameters["Firewall"]["Default"] == "true"
    bounds = {one["Statement"]["RateBasedStatement"]["Limit"] for one in resources["WebAcl"]["Rules"]}
    # AWS takes none below ten.
    assert all(parameters[name]["MinValue"] == 10 for name in bounds) and len(bounds) == 3
