"""The bank of hostile submissions through the real road: no point too many, no secret out, nothing left behind."""

import pytest

from autograder.proof.attacks import attack, load_bank
from autograder.proof.hostile import published, run_bank, shortcomings

pytestmark = pytest.mark.xdist_group("hostile")
BANK = load_bank()
THEMES = sorted({one.theme for one in BANK.values()})


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.filterwarnings("ignore")  # nbformat's remarks on what is handed in
def test_attacks_get_what_their_honest_part_earns(theme):
    attacks = [one for one in BANK.values() if one.theme == theme]
    outcomes = run_bank(attacks, lambda: None)
    assert [text for one, outcome in zip(attacks, outcomes, strict=True) for text in shortcomings(one, outcome)] == []
    rows = published()
    assert {o.name: o.points for o in outcomes} == {one.name: rows[one.name]["ours"] for one in attacks}, (
        "run 'make hostile'"
    )


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
