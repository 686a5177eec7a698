"""`agon`: the command line. Which command is where; what each does is in agon/commands/."""

from agon import screen
from agon.commands import account, competitions, stack, submissions, tokens

app = screen.group("Agon: machine-learning competitions without servers.")

_LOCAL = "On this machine"
for command in (stack.up, stack.down, stack.demo):
    app.command(rich_help_panel=_LOCAL)(command)
for command in (account.login, account.logout, account.sign_up, account.confirm):
    app.command(rich_help_panel="Account")(command)
app.add_typer(tokens.app, name="tokens", rich_help_panel="Account")
for command in (competitions.join, submissions.submit, submissions.leaderboard):
    app.command(rich_help_panel="Competing")(command)
app.add_typer(submissions.app, name="submissions", rich_help_panel="Competing")
app.add_typer(competitions.app, name="competitions", rich_help_panel="Organizing")
app.add_typer(tokens.runner_app, name="runner-token", rich_help_panel="Organizing")

if __name__ == "__main__":
    app()
