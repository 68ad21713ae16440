"""The way in, and the one place where errors become text and an exit code."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from copy import copy
from typing import TYPE_CHECKING, Any, NoReturn

from xicen_kpi.cli.output import complain, prepare_streams, say
from xicen_kpi.cli.surroundings import error_language
from xicen_kpi.cli.usage import usage_finding
from xicen_kpi.errors import ExitCode, XicenKpiError
from xicen_kpi.words.findings import finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xicen_kpi.words.labels import Lang


PROGRAM = "xicen-kpi"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code; no traceback ever reaches the user without --debug."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # One run builds much and throws little away: looking for garbage costs a tenth of a short run and finds nothing.
    gc.set_threshold(1_000_000, 20, 20)
    # No plugin that happens to be installed looks into a plan; nor is every installed package searched for one.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    # Nothing here multiplies matrices: numpy need not start a thread on every core for it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    prepare_streams()
    try:
        return _run(given)
    except XicenKpiError as error:
        complain(error.findings, _language(given))
        return int(error.exit_code)
    except KeyboardInterrupt:
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing more to say, and nothing to flush when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.OK)
    except Exception as error:  # noqa: BLE001 -- the last line of defence: a defect of ours is told, not thrown
        if "--debug" in given:
            traceback.print_exc()
        complain([finding("defect", None, error=f"{type(error).__name__}: {error}")], _language(given))
        return int(ExitCode.DEFECT)


def run() -> NoReturn:
    """The program: `main`, then away at once.

    Taking pandas and the data apart object by object, as Python does when it ends, costs a tenth of a short run and
    gives nothing back: everything is written and flushed by then.
    """
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or int(ExitCode.OK)
    os._exit(code)


def _run(given: list[str]) -> int:
    import typer  # here, when the collector of garbage has been told to wait

    from xicen_kpi.cli.help_page import HelpPage

    # typer hands out only this member of the family of usage errors; what all of them share is its parent.
    usage_error: Any = typer.BadParameter.__base__
    command = _command(given)
    command.context_class.formatter_class = HelpPage
    try:
        outcome = command.main(given, prog_name=PROGRAM, standalone_mode=False)
    except SystemExit as end:  # the shell's completion ends this way
        return end.code if isinstance(end.code, int) else int(ExitCode.OK)
    except typer.Abort:
        return int(ExitCode.INTERRUPTED)
    except usage_error as error:
        if not given:
            say(error.ctx.get_help() if error.ctx else "")
            return int(ExitCode.USAGE)
        command = error.ctx.command_path if error.ctx else PROGRAM
        complain([usage_finding(error.format_message(), command, _language(given))], _language(given))
        return int(ExitCode.USAGE)
    return outcome if isinstance(outcome, int) else int(ExitCode.OK)


def _command(given: Sequence[str]) -> Any:  # noqa: ANN401 -- the parser's class is not typer's to hand out
    """The parser of the command asked for; of all of them where help, completion or a wrong name asks for all."""
    from typer.main import get_command

    from xicen_kpi.cli.app import app

    asked = copy(app)
    named = [one for one in app.registered_commands if given and one.callback and one.callback.__name__ == given[0]]
    asked.registered_commands = named or app.registered_commands
    return get_command(asked)


def _language(given: Sequence[str]) -> Lang:
    """--lang where it was given, else the locale's: the plan may not have been read yet."""
    for place, word in enumerate(given):
        if word.startswith("--lang="):
            return error_language(word.removeprefix("--lang="))
        if word == "--lang" and place + 1 < len(given):
            return error_language(given[place + 1])
    return error_language(None)
