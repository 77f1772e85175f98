"""The ledger in a run of the tests: who draws, who writes, and what is said about it.

Workers look entries up and hand over what they proved; the run's own process alone writes, once, at the end.
"""

import os
from secrets import token_hex

import pytest

from autograder.paths import ROOT
from autograder.proof.ledger import Ledger

LEDGER = pytest.StashKey[Ledger]()


def pytest_addoption(parser):
    parser.addoption("--prove", action="store_true", help="prove everything, whatever the ledger says, and write it anew")
    parser.addoption("--draw", metavar="SEED", help="which entries of the ledger are proved again, to repeat a run")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """The seed is drawn by the run's own process; workers get it as an option."""
    config.option.draw = config.option.draw or token_hex(4)
    config.stash[LEDGER] = Ledger(config.option.draw, config.option.prove)


def pytest_report_header(config):
    return (
        f"ledger: {'everything is proved' if config.option.prove else f'a tenth is drawn with --draw {config.option.draw}'}"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """To prove everything means the proofs alone."""
    if config.option.prove:
        config.hook.pytest_deselected(items=[item for item in items if "ledger" not in item.fixturenames])
        items[:] = [item for item in items if "ledger" in item.fixturenames]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    item.config.stash[LEDGER].latest.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """What a test is not content with is not written, and proved again in the next run."""
    report = yield
    if report.failed:
        item.config.stash[LEDGER].forget_latest()
    return report


@pytest.fixture(scope="session")
def ledger(pytestconfig):
    """The ledger of this process."""
    return pytestconfig.stash[LEDGER]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Take over what a worker has proved."""
    handed = getattr(node, "workeroutput", {}).get("ledger")
    if handed is not None:
        node.config.stash[LEDGER].take(*handed)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """A worker hands over; the run's own process writes in its summary, when all workers have ended."""
    if hasattr(session.config, "workeroutput"):
        mine = session.config.stash[LEDGER]
        session.config.workeroutput["ledger"] = (mine.fresh, dict(mine.counts))


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    """Write the ledger, and say how many entries were taken from it, drawn, and proved."""
    ledger = config.stash[LEDGER]
    whole = config.args_source is not config.ArgsSource.ARGS and not config.option.keyword
    ended = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    written = ledger.write(anew=ledger.everything and whole and ended)
    if ledger.counts:
        told = ", ".join(f"{count} {what}" for what, count in sorted(ledger.counts.items()))
        terminalreporter.write_line(f"Ledger: {told} (--draw {ledger.seed}).")
    if written:
        paths = ", ".join(os.path.relpath(path, ROOT) for path in written)
        terminalreporter.write_line(f"New entries are in {paths}: commit them.")
