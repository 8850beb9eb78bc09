# Serves the sample's registry and its event bus on this machine: for trying things out on a port, or for the time of one
# command.

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress

from tests.aws.endpoint import LocalAws
from tools.sample_registry.seeding import REGION, seed

# A command that pulls from here must not find real credentials, nor ask a real AWS for anything.
_NOT_PASSED_ON = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
_ADDRESS = "AWS_ENDPOINT_URL"


def main(arguments: Sequence[str]) -> int:
    """Serves until it is stopped, or until the command has ended, whose exit code it returns."""
    options = _parse(arguments)
    endpoint = LocalAws(options.port)
    seed(endpoint)
    with endpoint:
        if options.run:
            return _run(options.run, _make_environment(endpoint.url))
        _wait(endpoint.url)
    return 0


def _run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    try:
        code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 # that is its purpose
    except OSError as error:
        print(f"{command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    return code if code >= 0 else 128 - code  # a signal, in the way of the shell


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.sample_registry", description="Serve the sample registry.")
    parser.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1; a free one unless given")
    parser.add_argument("--run", nargs=argparse.REMAINDER, help="the command to run meanwhile, with its arguments")
    options = parser.parse_args(arguments)
    if options.run == []:
        parser.error("--run needs a command")
    return options


def _make_environment(url: str) -> Mapping[str, str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in _NOT_PASSED_ON and not name.startswith(_ADDRESS)
    }
    return {**inherited, **_list_variables(url)}


def _list_variables(url: str) -> Mapping[str, str]:
    return {
        _ADDRESS: url,
        "AWS_ACCESS_KEY_ID": "sample",
        "AWS_SECRET_ACCESS_KEY": "sample",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }


def _wait(url: str) -> None:
    print(f"The sample registry listens at {url} until Ctrl-C. In another terminal:\n")
    for name, value in _list_variables(url).items():
        print(f"export {name}={value}")
    print("catalog-gen pull", flush=True)
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
