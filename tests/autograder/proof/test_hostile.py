"""The bank of hostile submissions through the real road: no point too many, no secret out, nothing left behind."""

import warnings

import pytest

from autograder.proof import kept_attacks
from autograder.proof.attacks import attack, load_bank
from autograder.proof.hostile import published

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]
BANK = load_bank()
THEMES = sorted({one.theme for one in BANK.values()})


@pytest.fixture(scope="module")
def tried(ledger):
    """What came of the attacks that are tried in this run, handed in as one class."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbformat's remarks on what is handed in
        return kept_attacks.tried(kept_attacks.chosen(list(BANK.values()), ledger), lambda: None)


@pytest.mark.parametrize("theme", THEMES)
def test_attacks_get_what_their_honest_part_earns(ledger, tried, theme):
    attacks = [one for one in BANK.values() if one.theme == theme]
    assert any(one.name in tried for one in attacks)
    for one in attacks:
        proof = kept_attacks.proof(one)
        verdict = ledger.found(proof, tried[one.name]) if one.name in tried else ledger.verdict(proof, drawn=False)
        assert verdict == {"points": published()[one.name]["ours"], "shortcomings": []}, f"{one.name}: run 'make hostile'"


def test_bank_is_large_and_published_whole():
    assert len(BANK) >= 60
    described = {n: (a.theme, a.tries, a.must, a.points) for n, a in BANK.items()}
    assert described == {n: (r["theme"], r["tries"], r["must"], r["points"]) for n, r in published().items()}, (
        "run 'make hostile'"
    )
    assert sum(bool(row["stock"]) for row in published().values()) == len(BANK)


def test_an_attack_is_entered_once():
    with pytest.raises(AssertionError):
        attack("x", "x")(next(iter(BANK.values())).hand_in)
