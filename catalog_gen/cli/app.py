# The command `catalog-gen`: its options before the command, its commands, and what the shell is told in the end.

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from catalog_gen import __version__
from catalog_gen.cli.build import build
from catalog_gen.cli.check import check
from catalog_gen.cli.exits import Exit
from catalog_gen.cli.export import export
from catalog_gen.cli.init import init
from catalog_gen.cli.pull import pull
from catalog_gen.cli.route import route
from catalog_gen.cli.rules import rules
from catalog_gen.cli.schema import schema
from catalog_gen.cli.serve import serve
from catalog_gen.cli.session import Session
from catalog_gen.config.loading import CONFIG_NAME

_EPILOG = "Exit codes: 0 clean · 1 findings at the failing level · 2 usage or config · 3 a source was unavailable · 70 internal."


@click.group(
    epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "CATALOG_GEN"}
)
@click.version_option(__version__, prog_name="catalog-gen")
@click.option(
    "-c",
    "--config",
    type=click.Path(path_type=Path),
    default=Path(CONFIG_NAME),
    show_default=True,
    help="The config file.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print findings only.")
@click.option("-v", "--verbose", is_flag=True, help="Print what is done, file by file.")
@click.pass_context
def catalog_gen(context: click.Context, config: Path, *, quiet: bool, verbose: bool) -> None:
    """An event catalog from what really runs.

    \b
    catalog-gen init            begin a catalog in this folder
    catalog-gen pull            read schemas, and what routes events, into snapshot/
    catalog-gen build           make the site of content/ and snapshot/
    catalog-gen serve           the same, again at every change, in the browser
    """  # noqa: D301 - \b is click's sign for lines that are not to be joined
    context.obj = Session(config=config, quiet=quiet, verbose=verbose)


for command in (init, pull, build, check, serve, export, route, rules, schema):
    catalog_gen.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code. Nothing but KeyboardInterrupt leaves this function."""
    try:
        outcome = catalog_gen.main(args=arguments, prog_name="catalog-gen", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except click.Abort:
        return 130
    except Exception:  # noqa: BLE001 - the last resort says that the fault is ours
        click.echo(
            f"{traceback.format_exc()}\ncatalog-gen {__version__} has a defect; please report the lines above.",
            err=True,
        )
        return Exit.INTERNAL
    return outcome if isinstance(outcome, int) else Exit.CLEAN


if __name__ == "__main__":
    sys.exit(main())
