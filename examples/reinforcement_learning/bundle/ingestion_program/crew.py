"""The agent's own process: `python3 crew.py SUBMISSION`. Reads a call a line, as JSON, and answers with a line."""

import json
import os
import sys


def main(submission: str) -> None:
    # What the agent prints goes to the log and not between the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    sys.path.insert(0, submission)
    from agent import Agent

    agent = Agent()
    for line in sys.stdin:
        name, *arguments = (tuple(word) if isinstance(word, list) else word for word in json.loads(line))
        answer = getattr(agent, name)(*arguments)
        answers.write(json.dumps(None if answer is None else int(answer)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
