"""`python -m runner systemd`: the unit that keeps a runner alive, printed for this very installation."""

import sys
from pathlib import Path

from runner.config import Config

_UNIT = """\
# Save as /etc/systemd/system/agon-runner.service, and the token as {token_file}, which nobody but root may
# read (chmod 600). Then: systemctl enable --now agon-runner
[Unit]
Description=Agon runner
Wants=network-online.target
After=network-online.target docker.service
Requires=docker.service

[Service]
WorkingDirectory={folder}
Environment="AGON_API={api}"
Environment="AGON_RUNNER_TOKEN_FILE={token_file}"
Environment="AGON_RUNNER_HOME={home}"
Environment="AGON_RUNNER_IMAGE={image}"
{others}ExecStart="{python}" -m runner run
# The first SIGTERM lets the current job finish; give it as long as your longest job takes.
KillMode=mixed
TimeoutStopSec=infinity
Restart=always
RestartSec=5
# 2: the API refuses the token, the address or this version. Only a human can change that.
RestartPreventExitStatus=2
NoNewPrivileges=true
ProtectSystem=full
ProtectHome=read-only
PrivateTmp=true
ReadWritePaths={home}
StateDirectory=agon-runner

[Install]
WantedBy=multi-user.target
"""


def unit(config: Config) -> str:
    """The unit's text. It names a token file: a unit can be read by everybody."""
    said = {
        "AGON_RUNNER_SLOTS": config.slots if config.slots != 1 else "",
        "AGON_RUNNER_GPUS": config.gpus if config.gpus != "all" else "",
        "AGON_RUNNER_LABELS": ",".join(config.labels),
        "AGON_RUNNER_DATA": config.data or "",
        "AGON_RUNNER_LOCAL_IMAGES": ",".join(config.local_images),
        "AGON_RUNNER_MAX_TIME_LIMIT": config.max_time_limit_seconds or "",
        "AGON_RUNNER_METRICS_PORT": config.metrics_port or "",
        "AGON_RUNNER_METRICS_ADDRESS": config.metrics_address if config.metrics_port else "",
        "AGON_RUNNER_IDLE_MINUTES": f"{config.idle_minutes:g}" if config.idle_minutes else "",
    }
    return _UNIT.format(
        others="".join(f'Environment="{name}={value}"\n' for name, value in said.items() if value),
        folder=Path(__file__).resolve().parent.parent,
        api=config.api or "https://agon.example/api",
        token_file=config.token_file or "/etc/agon-runner/token",
        home=config.home,
        image=config.image,
        python=sys.executable,
    )
