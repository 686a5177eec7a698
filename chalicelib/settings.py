"""The environment of the Lambda functions, read lazily and once. template.yaml sets it; nothing else reads it."""

import os
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Settings:
    """Names of the stack's resources, and the limits that an administrator sets.

    Without an address in `mail_from` the site sends no mail. Who sends knows addresses: the API's, and the console's.
    Without `pages_url`, an origin for nothing else, scripts of no result page run. The API alone makes queues and sessions
    of runners, and the sweeper takes over the dead-letter queue of tasks.
    """

    table_name: str
    files_bucket: str
    runs_bucket: str
    jobs_queue_url: str
    jobs_queue_arn: str
    jobs_dead_queue_arn: str
    queue_prefix: str
    secrets_path: str
    tasks_queue_url: str
    tasks_dead_queue_url: str
    user_pool_id: str
    user_pool_client_id: str
    runner_role_arn: str
    region: str
    default_image: str
    max_submission_bytes: int
    max_bundle_bytes: int
    imports_per_day: int
    calls_per_second: int
    board_delay_seconds: int
    mail_from: str
    mail_configuration_set: str
    mails_per_second: int
    api_url: str
    console_url: str
    pages_url: str
    loopback_targets: bool
    administrators_need_second_step: bool


@cache
def get() -> Settings:
    """The settings. Raises KeyError naming the variable that is missing."""
    env = os.environ
    return Settings(
        table_name=env["AGON_TABLE"],
        files_bucket=env["AGON_FILES_BUCKET"],
        runs_bucket=env["AGON_RUNS_BUCKET"],
        jobs_queue_url=env["AGON_JOBS_QUEUE_URL"],
        jobs_queue_arn=env["AGON_JOBS_QUEUE_ARN"],
        jobs_dead_queue_arn=env.get("AGON_JOBS_DEAD_QUEUE_ARN", ""),
        queue_prefix=env["AGON_QUEUE_PREFIX"],
        secrets_path=env["AGON_SECRETS_PATH"],
        tasks_queue_url=env["AGON_TASKS_QUEUE_URL"],
        tasks_dead_queue_url=env.get("AGON_TASKS_DEAD_QUEUE_URL", ""),
        user_pool_id=env["AGON_USER_POOL_ID"],
        user_pool_client_id=env["AGON_USER_POOL_CLIENT_ID"],
        runner_role_arn=env.get("AGON_RUNNER_ROLE_ARN", ""),
        region=env["AWS_REGION"],
        default_image=env["AGON_DEFAULT_IMAGE"],
        max_submission_bytes=int(env["AGON_MAX_SUBMISSION_BYTES"]),
        max_bundle_bytes=int(env["AGON_MAX_BUNDLE_BYTES"]),
        imports_per_day=int(env["AGON_IMPORTS_PER_DAY"]),
        calls_per_second=int(env["AGON_CALLS_PER_SECOND"]),
        board_delay_seconds=int(env["AGON_BOARD_DELAY_SECONDS"]),
        mail_from=env["AGON_MAIL_FROM"],
        mails_per_second=int(env["AGON_MAILS_PER_SECOND"]),
        mail_configuration_set=env.get("AGON_MAIL_CONFIGURATION_SET", ""),
        api_url=env.get("AGON_API_URL", ""),
        console_url=env.get("AGON_CONSOLE_URL", ""),
        pages_url=env.get("AGON_PAGES_URL", ""),
        loopback_targets=env["AGON_LOOPBACK_TARGETS"] == "true",
        administrators_need_second_step=env.get("AGON_ADMINISTRATORS_NEED_SECOND_STEP") == "true",
    )


def stack() -> str:
    """The stack's name, with which those of its queues begin (template.yaml)."""
    return get().queue_prefix.removesuffix("-queue-")


def is_traced() -> bool:
    """True while Lambda makes a call of which X-Ray keeps the trace. Lambda says so anew for each call."""
    return "Sampled=1" in os.environ.get("_X_AMZN_TRACE_ID", "")
