"""A stage's stack: packaged, planned, carried out; and removed, but not with what it holds."""

import json
from collections.abc import Callable, Collection
from pathlib import Path

from agon import config
from agon.errors import StackFailed
from agon.local import deploy
from agon.local.formation import Formation, Plan
from infra.deploy import hosting, packaging, watching, words
from infra.deploy.account import Account, empty
from infra.deploy.holdings import Holdings
from infra.deploy.stages import Stage

Say = Callable[[str], None]
#: Whether to go on, after these sentences about what would be lost.
Ask = Callable[[Collection[str]], bool]


class Site:
    """One stage in its account. `say` hears what is being done."""

    def __init__(self, stage: Stage, account: Account, say: Say) -> None:
        self._stage = stage
        self._account = account
        self._say = say
        self._formation = Formation(account.client("cloudformation"), stage.stack_name)
        self._console = Formation(account.client("cloudformation", hosting.REGION), stage.console_name)

    def plan(self, is_watched: bool = True) -> Plan | None:
        """What deploying would change; None when nothing. The code is in the account from now on. Raises StackFailed.

        Alarms undo the change where it `is_watched`.
        """
        self._say("Packaging the functions …")
        stage, folder = self._stage, config.SOURCE / "build/stages" / self._stage.name
        wanted = (stage.python, stage.architecture, folder, stage.snap_start)
        if self._account.is_emulated:
            # It has the Python that is here, which may have no snapshots.
            wanted = (*packaging.HERE, folder, False)
        address, defaults = self._send(packaging.packaged(*wanted))
        self._say(f"Asking what would change of {self._stage.stack_name} in {self._account.region} …")
        is_there = self._formation.status is not None
        for line in words.of_parameters(self._formation.parameters(), {**defaults, **self._parameters()}):
            self._say(line)
        alarms = watching.alarms(self._account, self._formation) if is_watched and is_there else []
        return self._formation.plan(address, self._parameters(), alarms, self._stage.watch_minutes)

    def change(self, plan: Plan, may_lose: Ask) -> None:
        """Show a plan and carry it out. Raises StackFailed when something is lost that nobody wants to lose."""
        self._ask(self._formation, plan, may_lose)
        watch = f" For {plan.watched_minutes} minutes alarms undo it …" if plan.watched_minutes else ""
        self._say(f"Changing it. What fails is rolled back …{watch}")
        self._formation.carry_out(plan)

    def host(self, may_lose: Ask) -> None:
        """Bring the console, and the API beside it, under one name. Raises StackFailed, as `change` does."""
        if not self._stage.hosts_console:
            return
        self._change_console(told := self._told_console(), may_lose)
        if told != (told := self._told_console()):
            # Without a name of its own it has one only when it stands, and by that name alone it may frame pages.
            self._change_console(told, may_lose)
        self._say("Publishing the console …")
        hosting.publish(self._account, self._console.outputs(), told["FilesOrigins"])

    def _change_console(self, told: dict[str, str], may_lose: Ask) -> None:
        if plan := self._plan_console(told):
            self._ask(self._console, plan, may_lose)
            self._say(f"Changing {self._stage.console_name}. CloudFront takes some minutes …")
            self._console.carry_out(plan)

    def _ask(self, formation: Formation, plan: Plan, may_lose: Ask) -> None:
        """Show a plan, and give it up where something is lost that nobody wants to lose. The console's files are no loss."""
        self._show(plan)
        keeps = formation is self._formation
        feared = [one for one in plan.changes if one.loses_address or (one.loses_data and keeps)]
        if feared and not may_lose([words.of_loss(change) for change in feared]):
            formation.give_up(plan)
            raise StackFailed("Nothing was changed.")

    def _told_console(self) -> dict[str, str]:
        own = {} if "Domain" in self._stage.console else self._console.outputs()
        return {**hosting.told(self._account, self._formation.outputs(), own), **self._stage.console}

    def _plan_console(self, told: dict[str, str]) -> Plan | None:
        self._say(f"Asking what would change of {self._stage.console_name} in {hosting.REGION} …")
        store = self._account.store(hosting.REGION)
        address = store.address(store.put(self._stage.name, hosting.TEMPLATE.read_bytes(), ".yaml"))
        plan = self._console.plan(address, told)
        if not plan:
            self._say(f"Nothing of {self._stage.console_name} changes.")
        return plan

    def _show(self, plan: Plan) -> None:
        for line in words.of_plan(plan):
            self._say(line)

    @property
    def is_told_of_console(self) -> bool:
        """True when mails lead to where the console is, and pages to their origin, or to where the stage's file says."""
        known = {**self._of_console, **self._stage.stack}
        return all(self._formation.parameters().get(name, "") == known[name] for name in self._of_console)

    @property
    def _console_url(self) -> str:
        return self._console.outputs().get("Url", "")

    @property
    def _of_console(self) -> dict[str, str]:
        """The parameters of the site's stack that follow from the console's."""
        return {"ConsoleUrl": self._console_url, "PagesUrl": self._console.outputs().get("PagesUrl", "")}

    def leave(self, plan: Plan | None) -> None:
        """Show a plan, and what would change of the console of a site that stands; and leave it at that."""
        if plan:
            self._show(plan)
            self._formation.give_up(plan)
        stands = not plan or not plan.creates
        if stands and self._stage.hosts_console and (other := self._plan_console(self._told_console())):
            self._show(other)
            self._console.give_up(other)

    def outputs(self) -> dict[str, str]:
        """The stack's outputs, and the address of the console where it is hosted."""
        found = self._formation.outputs()
        if self._account.is_emulated:
            found = deploy.at_emulator(found, str(self._account.endpoint))
        return {**found, **({"ConsoleUrl": self._console_url} if self._console_url else {})}

    def destroy(self, and_data_of: str | None) -> None:
        """Remove the stack. Raises StackFailed with what to do while data would be lost.

        Data is deleted, too, where `and_data_of` is the stack's name.
        """
        name = self._stage.stack_name
        if self._formation.status is None:
            raise StackFailed(f"There is no stack {name} in {self._account.region}.")
        holdings = Holdings.of(self._account, self._formation)
        self._refuse_what_is_kept(holdings, and_data_of == name)
        self._say(f"Removing {name} …")
        self._remove_console()
        self._formation.remove()
        # The template has them outlive their stack.
        holdings.delete()
        self._remove_made()
        self._account.store().forget(self._stage.name)

    def _remove_console(self) -> None:
        if bucket := self._console.outputs().get("Bucket"):
            empty(self._account.client("s3", hosting.REGION), bucket)
        self._console.remove()
        self._account.store(hosting.REGION).forget(self._stage.name)

    def _refuse_what_is_kept(self, holdings: Holdings, with_data: bool) -> None:
        name = self._stage.stack_name
        if protected := holdings.protected():
            advice = "Set DeletionProtection = false below [stack] in the stage's file and deploy once more, then repeat."
            raise StackFailed("\n".join([*protected, advice]))
        held = [] if with_data else holdings.held()
        if held:
            advice = (
                f"Nothing was removed. Keep a copy of what is to stay: agon admin export DIR --stack {name}. "
                f"To delete all of it for good: make destroy STAGE={self._stage.name} ARGS='--and-data-of {name}'"
            )
            raise StackFailed("\n".join([*held, advice]))

    def _remove_made(self) -> None:
        """Delete what the API made under the stack's name: organizers' queues and secrets."""
        queues, secrets = self._account.client("sqs"), self._account.client("ssm")
        for page in queues.get_paginator("list_queues").paginate(QueueNamePrefix=f"{self._stage.stack_name}-queue-"):
            for address in page.get("QueueUrls", []):
                queues.delete_queue(QueueUrl=address)
        place = f"/{self._stage.stack_name}/"
        for page in secrets.get_paginator("get_parameters_by_path").paginate(Path=place, Recursive=True):
            for secret in page["Parameters"]:
                secrets.delete_parameter(Name=secret["Name"])

    def _send(self, built: Path) -> tuple[str, dict[str, str]]:
        """The address of the template, whose code is in the account then; and what its parameters are without a word."""
        store = self._account.store()
        code = store.put(self._stage.name, (built / "deployment.zip").read_bytes(), ".zip")
        template = deploy.with_code_at(built / "sam.yaml", store.bucket, code)
        if unknown := self._stage.stack.keys() - template["Parameters"].keys():
            # AWS refuses these, too; the emulator takes them.
            raise StackFailed(
                f"{', '.join(sorted(unknown))} below [stack] of the stage's file is no parameter of template.yaml. "
                f"It has {', '.join(sorted(template['Parameters']))}."
            )
        if self._account.is_emulated:
            deploy.for_emulator(template)
            deploy.verify_sender(self._account.client("sesv2"))
        defaults = {name: str(told["Default"]) for name, told in template["Parameters"].items() if "Default" in told}
        return store.address(store.put(self._stage.name, json.dumps(template).encode(), ".json")), defaults

    def _parameters(self) -> dict[str, str]:
        emulated = deploy.EMULATED if self._account.is_emulated else {}
        return {**self._of_console, **emulated, **self._stage.stack}
