"""Checks of the assignment ``language_model``: vocabulary, shifted pairs, draws, feedback, perplexity, training."""

from itertools import cycle

import numpy as np

from autograder.checks.rnn import drawn_lengths
from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import language_model as parts
from unrolled.standins import stand_in

SPECIAL = ["<start>", "<stop>", "<unknown>"]


# build_vocabulary

WORDS = ["I", "think", "therefore", "i", "am", "like", "machine", "learning", "not", "just", "a", "neural", "network"]


def vocabulary_cases(rng: np.random.Generator) -> list[Case]:
    """Texts of words and of characters; some token is as rare as allowed, and some occurs often in a single text."""
    cases: list[Case] = []
    for count, least in [(5, 2), (4, 1), (6, 3), (1, 1), (7, 4)]:
        rare, often, twice, *others = rng.permutation(WORDS).tolist()
        texts = [rng.choice(others[:4], size=rng.integers(1, 6)).tolist() for _ in range(count)]
        texts[0] += [often] * (least + 1) + [rare] * least + [twice] * (least - 1)
        cases.append({"texts": [rng.permutation(text).tolist() for text in texts], "least": least})
    letters = rng.choice(list("Aabcdxyz "), size=(3, 6))
    return [*cases, {"texts": ["".join(row) + "qQQ" for row in letters.tolist()], "least": 1}]


def keep_all(function):
    return lambda case: case | {"least": 1, "around": stand_in(function)}


def only_rare(case: Case) -> Case | None:
    return dict(case) if case["least"] > 1 else None


def _counts(texts):
    counts = {}
    for text in texts:
        for token in text:
            counts[token] = counts.get(token, 0) + 1
    return counts


def _numbered(tokens, first=0):
    return tokens, {token: number for number, token in enumerate(tokens, start=first)}


def _kept(counts, least):
    return [token for token, count in counts.items() if count >= least]


def vocabulary_no_special(texts, least):
    return _numbered(sorted(_kept(_counts(texts), least)))


def vocabulary_special_last(texts, least):
    return _numbered(sorted(_kept(_counts(texts), least)) + SPECIAL)


def vocabulary_all_sorted(texts, least):
    return _numbered(sorted(_kept(_counts(texts), least) + SPECIAL))


def vocabulary_unsorted(texts, least):
    return _numbered(SPECIAL + _kept(_counts(texts), least))


def vocabulary_by_count(texts, least):
    counts = _counts(texts)
    return _numbered(SPECIAL + sorted(_kept(counts, least), key=lambda token: (-counts[token], token)))


def vocabulary_repeated(texts, least):
    counts = _counts(texts)
    return _numbered(SPECIAL + sorted(token for text in texts for token in text if counts[token] >= least))


def vocabulary_more_than(texts, least):
    return _numbered(SPECIAL + sorted(_kept(_counts(texts), least + 1)))


def vocabulary_least_ignored(texts, least):
    return _numbered(SPECIAL + sorted(_counts(texts)))


def vocabulary_texts_counted(texts, least):
    return _numbered(SPECIAL + sorted(_kept(_counts([set(text) for text in texts]), least)))


def vocabulary_from_one(texts, least):
    return _numbered(SPECIAL + sorted(_kept(_counts(texts), least)), first=1)


def vocabulary_lowered(texts, least):
    return _numbered(SPECIAL + sorted(_kept(_counts([[token.lower() for token in text] for text in texts]), least)))


BUILD_VOCABULARY = Exercise(
    name="build_vocabulary",
    chapter="autoregressive",
    section="sec-inputs-and-targets",
    cases=vocabulary_cases,
    axes={"tokens": "", "index": ""},
    behaviours=[
        Behaviour("tokens", "lists the three special tokens, then every token once, sorted", 1, keep_all(parts.entries)),
        Behaviour("index", "gives each token its place in that list", 1, keep_all(parts.numbers)),
        Behaviour("least", "leaves out what occurs less than least times, and nothing else", 1, only_rare),
        Behaviour("inputs", "gives both and leaves the texts as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "no_special", "the tokens for start, stop and unknown are missing; they come first.", vocabulary_no_special
        ),
        Misconception("special_last", "the special tokens stand at the end; they come first.", vocabulary_special_last),
        Misconception(
            "all_sorted",
            "the special tokens are sorted in among the others; only what follows them is sorted.",
            vocabulary_all_sorted,
        ),
        Misconception(
            "unsorted", "the tokens stand in the order in which they occur; wanted is sorted.", vocabulary_unsorted
        ),
        Misconception("by_count", "the tokens are ordered by how often they occur; wanted is sorted.", vocabulary_by_count),
        Misconception(
            "repeated", "a token that occurs twice is listed twice; each has one place and one number.", vocabulary_repeated
        ),
        Misconception(
            "more_than", "tokens that occur exactly least times are left out; they are kept.", vocabulary_more_than
        ),
        Misconception("least_ignored", "rare tokens are kept: least is not used.", vocabulary_least_ignored),
        Misconception(
            "texts_counted",
            "counted is in how many texts a token occurs; counted should be every occurrence.",
            vocabulary_texts_counted,
        ),
        Misconception("from_one", "the numbers count from 1; the first token has number 0.", vocabulary_from_one),
        Misconception(
            "lowered", "capital letters are made small: I and i become one token; they are two.", vocabulary_lowered
        ),
    ],
)


# encode


def encode_cases(rng: np.random.Generator) -> list[Case]:
    cases: list[Case] = []
    for length, missing, unknown in [(6, 2, 2), (4, 1, 5), (1, 1, 3), (5, 0, 2), (1, 0, 1), (7, 3, 4)]:
        words = rng.permutation(WORDS).tolist()
        numbers = [0, *(rng.permutation(12)[:5] + 6).tolist()]
        index = dict(zip(words[:6], numbers, strict=True))
        known = [words[rng.integers(2) if n == 0 else rng.integers(6)] for n in range(length - missing)]
        known[1:2] = words[:1] if len(known) > 1 else []
        text = known + words[7 : 7 + missing]
        cases.append({"text": rng.permutation(text).tolist(), "index": index, "unknown": unknown})
    letters = {letter: int(number) for letter, number in zip("abc d", rng.permutation(9)[:5] + 6, strict=True)}
    return [*cases, {"text": "".join(rng.permutation(list("aabc dxxb")).tolist()), "index": letters, "unknown": 3}]


def all_known(case: Case) -> Case | None:
    text = [token for token in case["text"] if token in case["index"]]
    return case | {"text": text} if text else None


def encode_raises(text, index, unknown):
    return np.array([index[token] for token in text])


def encode_dropped(text, index, unknown):
    return np.array([index[token] for token in text if token in index], dtype=int)


def encode_zero(text, index, unknown):
    return np.array([index.get(token, 0) for token in text])


def encode_zero_lost(text, index, unknown):
    return np.array([index.get(token) or unknown for token in text])


def encode_grows(text, index, unknown):
    return np.array([index.setdefault(token, len(index)) for token in text])


def encode_from_one(text, index, unknown):
    return np.array([index.get(token, unknown - 1) + 1 for token in text])


def encode_place(text, index, unknown):
    words = list(index)
    return np.array([words.index(token) if token in index else unknown for token in text])


def encode_one_hot(text, index, unknown):
    return np.eye(20)[[index.get(token, unknown) for token in text]]


ENCODE = Exercise(
    name="encode",
    chapter="autoregressive",
    section="sec-inputs-and-targets",
    cases=encode_cases,
    axes="T",
    behaviours=[
        Behaviour("known", "gives the number of every known token, in order", 1, all_known),
        Behaviour("unknown", "gives the number of the unknown token for the others", 1),
        Behaviour("inputs", "gives those and leaves the index as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "raises", "a token that is not in the index raises an error; it should become the unknown one.", encode_raises
        ),
        Misconception(
            "dropped",
            "unknown tokens are left out, so that the text gets shorter; each becomes the unknown one.",
            encode_dropped,
        ),
        Misconception("zero", "unknown tokens become 0, whatever the number for unknown is.", encode_zero),
        Misconception(
            "zero_lost",
            "a known token with the number 0 is taken for unknown: 0 counts as false in a condition.",
            encode_zero_lost,
        ),
        Misconception(
            "grows",
            "unknown tokens get new numbers and are added to the index; the network has no place for them.",
            encode_grows,
        ),
        Misconception("from_one", "every number is one too large.", encode_from_one),
        Misconception("place", "the place in the dictionary is taken; wanted is the number that it holds.", encode_place),
        Misconception("one_hot", "one-hot vectors come back; wanted are the numbers.", encode_one_hot),
    ],
)


# shift_targets


def shift_cases(rng: np.random.Generator) -> list[Case]:
    cases: list[Case] = []
    for counts, start, stop in [([3, 6, 2], 5, 2), ([4, 0, 1, 5], 0, 1), ([1, 3], 2, 7), ([4], 1, 3), ([1], 4, 1)]:
        sentences = [rng.integers(8, 20, size=n) for n in counts]
        cases.append({"sentences": sentences, "start": start, "stop": stop})
    return cases


def longest_alone(case: Case) -> Case:
    """Only the longest sentence: nothing is filled up."""
    return case | {"sentences": [max(case["sentences"], key=len)], "around": stand_in(parts.shifted_pairs)}


def several(case: Case) -> Case | None:
    return case | {"around": stand_in(parts.shifted_pairs)} if len(case["sentences"]) > 1 else None


def _filled(rows, fill):
    width = max(map(len, rows))
    return np.array([[*row, *[fill] * (width - len(row))] for row in rows], dtype=int)


def _pairs(sentences, start, stop):
    return [[start, *s] for s in sentences], [[*s, stop] for s in sentences], np.array([len(s) + 1 for s in sentences])


def shift_not_shifted(sentences, start, stop):
    inputs, _, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, stop), _filled(inputs, stop), lengths


def shift_both_whole(sentences, start, stop):
    whole = [[start, *s, stop] for s in sentences]
    return _filled(whole, stop), _filled(whole, stop), np.array([len(s) + 2 for s in sentences])


def shift_backwards(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(targets, stop), _filled(inputs, stop), lengths


def shift_no_stop(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled([i[:-1] for i in inputs], stop), _filled([t[:-1] for t in targets], stop), lengths - 1


def shift_no_start(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled([i[1:] for i in inputs], stop), _filled([t[1:] for t in targets], stop), lengths - 1


def shift_two_ahead(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, stop), _filled([[*t[1:], stop] for t in targets], stop), lengths


def shift_filled_zero(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, 0), _filled(targets, 0), lengths


def shift_filled_minus_100(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, stop), _filled(targets, -100), lengths


def shift_filled_in_front(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled([i[::-1] for i in inputs], stop)[:, ::-1], _filled([t[::-1] for t in targets], stop)[:, ::-1], lengths


def shift_stop_in_last_column(sentences, start, stop):
    inputs, _, lengths = _pairs(sentences, start, stop)
    targets = np.c_[_filled(sentences, 0), np.full(len(sentences), stop)]
    return _filled(inputs, 0), targets, lengths


def shift_stop_not_counted(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, stop), _filled(targets, stop), lengths - 1


def shift_columns_counted(sentences, start, stop):
    inputs, targets, lengths = _pairs(sentences, start, stop)
    return _filled(inputs, stop), _filled(targets, stop), np.full_like(lengths, lengths.max())


SHIFT_TARGETS = Exercise(
    name="shift_targets",
    chapter="autoregressive",
    section="sec-inputs-and-targets",
    cases=shift_cases,
    axes={"inputs": "BT", "targets": "BT", "lengths": "B"},
    behaviours=[
        Behaviour("pairs", "makes the pairs of one sentence: from the start token to the stop token", 2, longest_alone),
        Behaviour("filled", "does so for several sentences, and fills short ones up behind their end", 2, several),
        Behaviour(
            "lengths", "counts the true pairs, the one with the stop token among them", 1, seen_by(parts.pairs_counted)
        ),
        Behaviour("inputs", "gives all that and leaves the sentences as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "not_shifted",
            "the targets are the inputs: the model would only have to repeat what it reads.",
            shift_not_shifted,
        ),
        Misconception(
            "both_whole",
            "inputs and targets are both the whole sentence with start and stop; they should differ by one step.",
            shift_both_whole,
        ),
        Misconception(
            "backwards",
            "the shift goes the wrong way: the target of each step is the token before; wanted is the one behind.",
            shift_backwards,
        ),
        Misconception("no_stop", "no target is the stop token: the model would never learn to end.", shift_no_stop),
        Misconception("no_start", "the start token is missing: nobody asks the model for the first word.", shift_no_start),
        Misconception("two_ahead", "the targets are two steps ahead of the inputs; wanted is one.", shift_two_ahead),
        Misconception(
            "filled_zero", "short sentences are filled up with 0; wanted is the number of the stop.", shift_filled_zero
        ),
        Misconception(
            "filled_minus_100",
            "short targets are filled up with -100, as torch's loss wants it; wanted is the number of the stop.",
            shift_filled_minus_100,
        ),
        Misconception(
            "filled_in_front", "short sentences are filled up in front; wanted is behind their end.", shift_filled_in_front
        ),
        Misconception(
            "stop_in_last_column",
            "the stop stands in the last column; it belongs directly behind each sentence's own last word.",
            shift_stop_in_last_column,
        ),
        Misconception(
            "stop_not_counted",
            "the lengths count the words; the pair with the stop token counts too.",
            shift_stop_not_counted,
        ),
        Misconception(
            "columns_counted", "every length is the number of columns; filling does not count.", shift_columns_counted
        ),
    ],
)


# token_probabilities


def probability_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 0.5), (4, 2, 2.0), (1, 6, 0.4), (5, 3, 1.6), (1, 4, 3.0)]  # (B, V, temperature)
    return [{"scores": rng.normal(size=(B, V)), "temperature": temperature} for B, V, temperature in sizes]


def at_one(case: Case) -> Case:
    return case | {"temperature": 1.0}


def cold(case: Case) -> Case:
    """Rows around +400 and -400 at a low temperature, all but the last two tokens far below, the first one if there are
    but two; multiples of 1/16, exact in 32 bits.
    """
    scores = np.round(16 * case["scores"]) / 16
    scores[:, : max(1, scores.shape[1] - 2)] -= 300.0
    return {"scores": scores + 400.0 * (-1.0) ** np.arange(len(scores))[:, np.newaxis], "temperature": 0.25}


def _softmax(scores, axis=-1):
    exps = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return exps / exps.sum(axis=axis, keepdims=True)


def probability_multiplied(scores, temperature):
    return _softmax(scores * temperature)


def probability_ignored(scores, temperature):
    return _softmax(scores)


def probability_p_divided(scores, temperature):
    return _softmax(scores) / temperature


def probability_subtracted(scores, temperature):
    return _softmax(np.maximum(scores - temperature, 0.0))


def probability_no_shift(scores, temperature):
    exps = np.exp(scores / temperature)
    return exps / exps.sum(axis=1, keepdims=True)


def probability_global_shift(scores, temperature):
    return probability_no_shift(scores - scores.max(), temperature)


def probability_mean_shift(scores, temperature):
    return probability_no_shift(scores - scores.mean(axis=1, keepdims=True), temperature)


def probability_not_normalised(scores, temperature):
    return np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)


def probability_axis(scores, temperature):
    return _softmax(scores / temperature, axis=0)


def probability_whole_batch(scores, temperature):
    exps = np.exp((scores - scores.max()) / temperature)
    return exps / exps.sum()


def probability_base_two(scores, temperature):
    return _softmax(np.log(2.0) * scores / temperature)


def probability_squared(scores, temperature):
    return _softmax(scores / temperature**2)


TOKEN_PROBABILITIES = Exercise(
    name="token_probabilities",
    chapter="autoregressive",
    section="sec-temperature",
    cases=probability_cases,
    axes="BV",
    behaviours=[
        Behaviour("softmax", "gives the softmax of each row at temperature 1", 1, at_one),
        Behaviour("temperature", "divides the scores by the temperature", 2),
        Behaviour("cold", "gives finite numbers for large scores at a low temperature", 1, cold),
        Behaviour("inputs", "gives those and leaves the scores as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "multiplied",
            "the scores are multiplied by the temperature: low ones become flat, high ones sharp; it must divide.",
            probability_multiplied,
        ),
        Misconception(
            "ignored", "the temperature changes nothing; it divides the scores before the softmax.", probability_ignored
        ),
        Misconception(
            "p_divided",
            "the probabilities are divided by the temperature, and their sum is no longer 1; it divides the scores.",
            probability_p_divided,
        ),
        Misconception("squared", "the scores are divided by the temperature twice.", probability_squared),
        Misconception(
            "no_shift",
            "the exponentials overflow at low temperatures: subtract each row's largest score first.",
            probability_no_shift,
        ),
        Misconception(
            "global_shift",
            "one largest score is subtracted from all rows; rows far below it vanish, so each needs its own.",
            probability_global_shift,
        ),
        Misconception(
            "mean_shift",
            "each row's mean is subtracted, and scores far above it still overflow; subtract the largest.",
            probability_mean_shift,
        ),
        Misconception("not_normalised", "the exponentials are not divided by their sum.", probability_not_normalised),
        Misconception("axis", "the softmax runs over the batch; it runs over the tokens of one row.", probability_axis),
        Misconception("whole_batch", "all rows together have the sum 1; each row has.", probability_whole_batch),
        Misconception("base_two", "powers of 2 are taken; wanted are powers of e.", probability_base_two),
    ],
)


# sample_token

OFF_BY = 0.18  # two frequencies in 600 draws each differ by more with a probability below 7.3e-9 (Hoeffding);
# a bank has fewer than 100 of them, and tests/solutions/test_language_model.py adds them up: below 1e-6 in all
CHANCES = {4: [0.6, 0.25, 0.1, 0.05], 5: [0.62, 0.16, 0.1, 0.07, 0.05]}


def sample_cases(rng: np.random.Generator) -> list[Case]:
    """Rows p (B, V) that have their best tokens at different places; the first row's is inside, and its token 0 is rare."""
    cases: list[Case] = []
    for B, V in [(3, 4), (2, 5), (1, 4)]:
        while True:
            chances = rng.permutation(CHANCES[V])
            if chances[0] <= 0.1 and chances.argmax() < V - 1:
                break
        chances *= rng.uniform(0.95, 1.05, size=V)
        rows = np.stack([np.roll(chances / chances.sum(), row) for row in range(B)])
        cases.append({"p": rows, "seed": int(rng.integers(2**31))})
    return cases


def one_row(case: Case) -> Case:
    return case | {"p": case["p"][:1], "around": stand_in(parts.frequencies)}


def several_rows(case: Case) -> Case | None:
    return case | {"around": stand_in(parts.frequencies_of_rows)} if len(case["p"]) > 1 else None


def two_rows(case: Case) -> Case | None:
    return case | {"around": stand_in(parts.frequencies_and_p)} if len(case["p"]) == 2 else None


def many(case: Case) -> Case | None:
    """One common token among ten rare and three impossible ones: noise that is added or multiplied gives other shares."""
    if len(case["p"]) > 1:
        return None
    p = np.random.default_rng(case["seed"]).permutation([0.5] + [0.05] * 10 + [0.0] * 3)
    return case | {"p": p[np.newaxis], "around": stand_in(parts.frequencies_of_many)}


def even(function):
    """One row in which two tokens of three come equally often."""

    def vary(case: Case) -> Case | None:
        if len(case["p"]) > 1:
            return None
        p = np.roll([0.48, 0.04, 0.48], case["seed"] % 3)
        return case | {"p": p[np.newaxis], "around": stand_in(function)}

    return vary


def _first_above(p, u):
    return (p.cumsum(axis=1)[:, :-1] <= u).sum(axis=1)


def sample_best(p, rng):
    return p.argmax(axis=1)


def sample_uniform(p, rng):
    return rng.integers(p.shape[1], size=len(p))


def sample_own_generator(p, rng):
    return _first_above(p, np.random.default_rng(0).random((len(p), 1)))


TURNS = cycle((0, 1))  # every stand-in makes an even number of calls, so that each begins with 0


def sample_other_generator(p, rng):
    """Draws that a generator in the same state does not repeat; from two generators in turn, so that cases stay the same."""
    other = np.random.default_rng([next(TURNS), int(rng.integers(2**31))])
    return _first_above(p, other.random((len(p), 1)))


def sample_one_draw(p, rng):
    return _first_above(p, rng.random())


def sample_first_row(p, rng):
    return _first_above(p[:1], rng.random((len(p), 1)))


def sample_not_summed(p, rng):
    above = p > rng.random((len(p), 1))
    return above.argmax(axis=1)


def sample_one_late(p, rng):
    return np.minimum(_first_above(p, rng.random((len(p), 1))) + 1, p.shape[1] - 1)


def sample_turned(p, rng):
    return p.shape[1] - 1 - _first_above(p, rng.random((len(p), 1)))


def sample_noise_added(p, rng):
    return (p + rng.random(p.shape)).argmax(axis=1)


def sample_noise_multiplied(p, rng):
    return (p * rng.random(p.shape)).argmax(axis=1)


def sample_in_place(p, rng):
    tokens = _first_above(p, rng.random((len(p), 1)))
    np.cumsum(p, axis=1, out=p)
    return tokens


SAMPLE_TOKEN = Exercise(
    name="sample_token",
    chapter="autoregressive",
    section="sec-temperature",
    cases=sample_cases,
    axes={
        "frequency of each token": "V",
        "frequency in each row": "BV",
        "a token with probability 0 came": "",
        "frequency of pairs in two rows": "",
        "frequency of pairs in two calls with the same generator": "",
        "p after the calls": "BV",
    },
    behaviours=[
        Behaviour("often", "draws each token as often as its probability says", 1, one_row, tolerance=OFF_BY),
        Behaviour(
            "many",
            "does so where one common token stands among many rare ones and impossible ones",
            1,
            many,
            tolerance=OFF_BY,
        ),
        Behaviour("rows", "draws for each row by the row's own probabilities", 1, several_rows, tolerance=OFF_BY),
        Behaviour(
            "apart", "draws for each row anew, whatever came in the others", 1, even(parts.pairs_of_rows), tolerance=OFF_BY
        ),
        Behaviour(
            "again", "draws the same from a generator in the same state", 1, even(parts.pairs_of_calls), tolerance=OFF_BY
        ),
        Behaviour(
            "inputs",
            "draws so and leaves p as it was",
            1,
            two_rows,
            looks_at=("value", "inputs"),
            tolerance=OFF_BY,
        ),
    ],
    misconceptions=[
        Misconception("best", "the best token comes every time; each comes as often as its probability says.", sample_best),
        Misconception("uniform", "all tokens come equally often: the probabilities are not used.", sample_uniform),
        Misconception(
            "own_generator",
            "a generator is made inside, with a fixed seed: each call draws the same; use the one handed over.",
            sample_own_generator,
        ),
        Misconception(
            "other_generator",
            "the chance does not come from the generator that is handed over: nobody can repeat the draw.",
            sample_other_generator,
        ),
        Misconception(
            "one_draw", "one random number serves all rows of the batch, which so are not independent.", sample_one_draw
        ),
        Misconception("first_row", "all rows are drawn by the probabilities of the first one.", sample_first_row),
        Misconception(
            "not_summed",
            "the random number is compared with single probabilities; compare it with their running sum.",
            sample_not_summed,
        ),
        Misconception("one_late", "each token is the one behind the right one.", sample_one_late),
        Misconception(
            "turned",
            "the places are counted from the other end: token k comes as often as it should from the back.",
            sample_turned,
        ),
        Misconception(
            "noise_added",
            "noise is added to the probabilities and the largest sum wins: even a token with probability 0 comes.",
            sample_noise_added,
        ),
        Misconception(
            "noise_multiplied",
            "the probabilities are multiplied by noise and the largest product wins: common tokens come too often.",
            sample_noise_multiplied,
        ),
        Misconception("in_place", "the probabilities that were handed over are changed by the call.", sample_in_place),
    ],
)


# sample_independently

NEVER = 99  # a stop token that no draw gives


def independent_cases(rng: np.random.Generator) -> list[Case]:
    """Scores (B, T, V) whose draws stop first after given numbers of tokens: at once, inside, in the last step, never."""
    wanted = {(3, 6, 4): [1, 4, 6], (4, 7, 3): [0, 2, 3, 7], (1, 5, 4): [3], (2, 1, 5): [0, 1], (5, 4, 6): [1, 2, 3, 4, 4]}
    cases: list[Case] = []
    for (B, T, V), lengths in wanted.items():
        stop = int(rng.integers(1, V))
        scores = np.empty((B, T, V))
        for b, length in enumerate(rng.permutation(lengths)):
            for t in range(T):
                stops = t == length or (t == length + 2 and t < T - 1)  # a second time, where there is room behind it
                scores[b, t] = _scores_drawn(rng, V, stop, stops)
        cases.append({"scores": scores, "stop": stop, "sample": stand_in(parts.fixed_draw)})
    return cases


def _scores_drawn(rng: np.random.Generator, V: int, stop: int, stops: bool) -> np.ndarray:
    """Scores (V,) from which the stop token is drawn, or another one."""
    while True:
        scores = rng.normal(size=V)
        if (parts.fixed_draw(scores[np.newaxis])[0] == stop) == stops:
            return scores


def _first_stop(tokens, stop):
    """Tokens before the first stop in each row."""
    return ((tokens == stop).cumsum(axis=1) == 0).sum(axis=1)


def _ended(tokens, stop):
    """Tokens with stop from the first stop on, and the lengths."""
    return np.where((tokens == stop).cumsum(axis=1) > 0, stop, tokens), _first_stop(tokens, stop)


def _each(scores, sample):
    return np.stack([sample(scores[:, t]) for t in range(scores.shape[1])], axis=1)


def never_stops(case: Case) -> Case:
    return case | {"stop": NEVER, "around": stand_in(parts.tokens_written)}


def independent_first_step(scores, stop, sample):
    return _ended(_each(np.repeat(scores[:, :1], scores.shape[1], axis=1), sample), stop)


def independent_best(scores, stop, sample):
    return _ended(scores.argmax(axis=2), stop)


def independent_mean(scores, stop, sample):
    return _ended(_each(np.repeat(scores.mean(axis=1, keepdims=True), scores.shape[1], axis=1), sample), stop)


def independent_stop_ignored(scores, stop, sample):
    return _each(scores, sample), np.full(len(scores), scores.shape[1])


def independent_written_on(scores, stop, sample):
    tokens = _each(scores, sample)
    return tokens, _first_stop(tokens, stop)


def independent_stop_counted(scores, stop, sample):
    tokens, lengths = _ended(_each(scores, sample), stop)
    return tokens, np.minimum(lengths + 1, scores.shape[1])


def independent_all_stop(scores, stop, sample):
    tokens = _each(scores, sample)
    ended = (tokens == stop).any(axis=0).cumsum() > 0
    tokens = np.where(ended, stop, tokens)
    return tokens, _first_stop(tokens, stop)


def independent_last_stop(scores, stop, sample):
    tokens = _each(scores, sample)
    lengths = [max(np.flatnonzero(row == stop), default=len(row)) for row in tokens]
    return np.where(np.arange(tokens.shape[1]) >= np.c_[lengths], stop, tokens), np.array(lengths)


def independent_words_counted(scores, stop, sample):
    tokens = _each(scores, sample)
    return _ended(tokens, stop)[0], (tokens != stop).sum(axis=1)


def _counted_from(tokens, stop, lengths):
    """Tokens with stop from the given lengths on, and these lengths."""
    return np.where(np.arange(tokens.shape[1]) >= lengths[:, np.newaxis], stop, tokens), lengths


def _first_missed(tokens, stop):
    """``argmax`` gives 0 both for a stop in the first place and for none: here 0 is taken for none."""
    places = (tokens == stop).argmax(axis=1)
    return _counted_from(tokens, stop, np.where(places == 0, tokens.shape[1], places))


def _none_found(tokens, stop):
    """Here 0 is taken for a stop in the first place."""
    return _counted_from(tokens, stop, (tokens == stop).argmax(axis=1))


def _last_missed(tokens, stop):
    """The last token is never looked at."""
    ended, lengths = _ended(tokens, stop)
    return ended, np.where(lengths == tokens.shape[1] - 1, lengths + 1, lengths)


def independent_first_missed(scores, stop, sample):
    return _first_missed(_each(scores, sample), stop)


def independent_none_found(scores, stop, sample):
    return _none_found(_each(scores, sample), stop)


def independent_last_missed(scores, stop, sample):
    return _last_missed(_each(scores, sample), stop)


def independent_time_first(scores, stop, sample):
    tokens, lengths = _ended(_each(scores, sample), stop)
    return tokens.T, lengths


SAMPLE_INDEPENDENTLY = Exercise(
    name="sample_independently",
    chapter="autoregressive",
    section="sec-each-on-its-own",
    cases=independent_cases,
    axes={"tokens": "BT", "lengths": "B"},
    behaviours=[
        Behaviour("steps", "draws each step's token from the scores of that step", 2, never_stops),
        Behaviour("stop", "gives the stop token from the first stop on", 1, seen_by(parts.tokens_written)),
        Behaviour("lengths", "counts the tokens before the first stop", 1, seen_by(parts.lengths_written)),
        Behaviour("inputs", "gives both and leaves the scores as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("first_step", "every step is drawn from the scores of the first one.", independent_first_step),
        Misconception("best", "the best token is taken; it should be drawn with sample.", independent_best),
        Misconception("mean", "every step is drawn from the mean of all scores; each has its own.", independent_mean),
        Misconception(
            "stop_ignored", "sequences go on behind their stop token, and every length is T.", independent_stop_ignored
        ),
        Misconception(
            "written_on",
            "the lengths are right, but other tokens stand behind the stop; there should be stop only.",
            independent_written_on,
        ),
        Misconception("stop_counted", "the lengths count the stop token too; it is no word.", independent_stop_counted),
        Misconception("all_stop", "the first sequence that ends also ends all the others.", independent_all_stop),
        Misconception("last_stop", "the sequence ends at its last stop token; it ends at the first.", independent_last_stop),
        Misconception(
            "words_counted",
            "the lengths also count tokens that were drawn behind the first stop.",
            independent_words_counted,
        ),
        Misconception(
            "first_missed",
            "a stop in the first place is taken for none: argmax gives 0 for both; such a sequence has the length 0.",
            independent_first_missed,
        ),
        Misconception(
            "none_found",
            "a sequence without a stop gets the length 0: argmax gives 0 where nothing is true.",
            independent_none_found,
        ),
        Misconception(
            "last_missed",
            "a stop in the last step does not count as an end: the length is one too large there.",
            independent_last_missed,
        ),
        Misconception("time_first", "the axes are (time, batch); wanted is batch first.", independent_time_first),
    ],
)


# generate


def generate_cases(rng: np.random.Generator) -> list[Case]:
    """States h_0 (B, H) from which sequences end after given numbers of tokens: at once, inside, in the last step, never.

    start and stop are not 0.
    """
    wanted = {(3, 4, 7): [1, 4, 7], (4, 2, 6): [0, 2, 3, 6], (1, 3, 5): [3], (2, 1, 8): [2, 8], (5, 3, 4): [1, 2, 3, 4, 4]}
    cases: list[Case] = []
    for (_, H, most), lengths in wanted.items():
        h_0 = None
        while h_0 is None:
            start, stop = (int(k) for k in rng.permutation(np.arange(1, H + 3))[:2])
            rows = [_state_ending(rng, H, start, stop, most, length) for length in rng.permutation(lengths)]
            h_0 = np.stack([row for row in rows if row is not None]) if all(row is not None for row in rows) else None
        step, sample = stand_in(parts.wave_network), stand_in(parts.fixed_draw)
        cases.append({"step": step, "h_0": h_0, "start": start, "stop": stop, "most": most, "sample": sample})
    return cases


def _state_ending(rng: np.random.Generator, H: int, start: int, stop: int, most: int, length: int) -> np.ndarray | None:
    """A state (H,) from which so many tokens are drawn before the first stop, and others behind it; None if hard to find."""
    h_0 = rng.normal(size=(500, H))
    drawn, _ = _run(parts.wave_network, h_0, start, most, parts.fixed_draw)
    fits = (_first_stop(drawn, stop) == length) & ((length >= most - 1) | (drawn[:, -1] != stop))
    if H > 1:
        fits &= np.array([len(set(row.tolist())) for row in drawn]) > 2
    return h_0[fits.argmax()] if fits.any() else None


def seen_first(case: Case) -> Case:
    return case | {"stop": NEVER, "around": stand_in(parts.first_token)}


def _run(step, h_0, token, most, sample, feed=lambda token, scores: token, keep=lambda h, h_0: h):
    """Drawn tokens (B, most) and the last state; token: the first one; feed, keep: what goes into the next step."""
    token, h, written = np.full(len(h_0), token), h_0, []
    for _ in range(most):
        scores, h = step(token, keep(h, h_0))
        written.append(sample(scores))
        token = feed(written[-1], scores)
    return np.stack(written, axis=1), h


def generate_not_fed_back(step, h_0, start, stop, most, sample):
    return _ended(_run(step, h_0, start, most, sample, feed=lambda token, _: np.full_like(token, start))[0], stop)


def generate_state_not_carried(step, h_0, start, stop, most, sample):
    return _ended(_run(step, h_0, start, most, sample, keep=lambda h, h_0: h_0)[0], stop)


def generate_best(step, h_0, start, stop, most, sample):
    return _ended(_run(step, h_0, start, most, lambda scores: scores.argmax(axis=1))[0], stop)


def generate_best_fed(step, h_0, start, stop, most, sample):
    return _ended(_run(step, h_0, start, most, sample, feed=lambda _, scores: scores.argmax(axis=1))[0], stop)


def generate_zero_first(step, h_0, start, stop, most, sample):
    return _ended(_run(step, h_0, 0, most, sample)[0], stop)


def generate_stop_first(step, h_0, start, stop, most, sample):
    return _ended(_run(step, h_0, stop, most, sample)[0], stop)


def generate_start_written(step, h_0, start, stop, most, sample):
    tokens, _ = _run(step, h_0, start, most, sample)
    return _ended(np.c_[np.full(len(h_0), start), tokens], stop)


def generate_one_short(step, h_0, start, stop, most, sample):
    tokens, _ = _run(step, h_0, start, most - 1, sample) if most > 1 else (np.zeros((len(h_0), 0), dtype=int), None)
    return _ended(tokens, stop)


def generate_narrow(step, h_0, start, stop, most, sample):
    tokens, lengths = _ended(_run(step, h_0, start, most, sample)[0], stop)
    return tokens[:, : lengths.max() + 1], lengths


def generate_stop_ignored(step, h_0, start, stop, most, sample):
    return _run(step, h_0, start, most, sample)[0], np.full(len(h_0), most)


def generate_written_on(step, h_0, start, stop, most, sample):
    tokens, _ = _run(step, h_0, start, most, sample)
    return tokens, _first_stop(tokens, stop)


def generate_stop_counted(step, h_0, start, stop, most, sample):
    tokens, lengths = _ended(_run(step, h_0, start, most, sample)[0], stop)
    return tokens, np.minimum(lengths + 1, most)


def generate_all_stop(step, h_0, start, stop, most, sample):
    tokens, _ = _run(step, h_0, start, most, sample)
    tokens = np.where((tokens == stop).any(axis=0).cumsum() > 0, stop, tokens)
    return tokens, _first_stop(tokens, stop)


def generate_words_counted(step, h_0, start, stop, most, sample):
    tokens, _ = _run(step, h_0, start, most, sample)
    return _ended(tokens, stop)[0], (tokens != stop).sum(axis=1)


def generate_first_missed(step, h_0, start, stop, most, sample):
    return _first_missed(_run(step, h_0, start, most, sample)[0], stop)


def generate_none_found(step, h_0, start, stop, most, sample):
    return _none_found(_run(step, h_0, start, most, sample)[0], stop)


def generate_last_missed(step, h_0, start, stop, most, sample):
    return _last_missed(_run(step, h_0, start, most, sample)[0], stop)


def generate_time_first(step, h_0, start, stop, most, sample):
    tokens, lengths = _ended(_run(step, h_0, start, most, sample)[0], stop)
    return tokens.T, lengths


GENERATE = Exercise(
    name="generate",
    chapter="autoregressive",
    section="sec-fed-back",
    cases=generate_cases,
    axes={"tokens": "BT", "lengths": "B"},
    behaviours=[
        Behaviour("first", "draws the first token from what the network says to the start token", 1, seen_first),
        Behaviour("fed", "feeds back each token drawn and hands on the state", 2, never_stops),
        Behaviour("stop", "gives the stop token from a sequence's first stop on", 1, seen_by(parts.tokens_written)),
        Behaviour("lengths", "counts the tokens before the first stop", 1, seen_by(parts.lengths_written)),
        Behaviour("inputs", "gives both and leaves h_0 as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "not_fed_back",
            "every step reads the start token; from the second on it should read the token drawn.",
            generate_not_fed_back,
        ),
        Misconception(
            "state_not_carried",
            "every step begins from h_0 again: the new state is not handed on.",
            generate_state_not_carried,
        ),
        Misconception("best", "the best token is taken; it should be drawn with sample.", generate_best),
        Misconception(
            "best_fed", "the best token is fed back, and another one is written; the token drawn is both.", generate_best_fed
        ),
        Misconception("zero_first", "the first input is token 0, whatever the start token is.", generate_zero_first),
        Misconception("stop_first", "the first input is the stop token; it is the start token.", generate_stop_first),
        Misconception(
            "start_written", "the start token is among the tokens written; it is only read.", generate_start_written
        ),
        Misconception("one_short", "there is one step too few.", generate_one_short),
        Misconception(
            "narrow",
            "the array ends when all sequences have ended; wanted are most columns, filled up with stop.",
            generate_narrow,
        ),
        Misconception(
            "stop_ignored", "sequences go on behind their stop token, and every length is most.", generate_stop_ignored
        ),
        Misconception(
            "written_on",
            "the lengths are right, but other tokens stand behind the stop; there should be stop only.",
            generate_written_on,
        ),
        Misconception("stop_counted", "the lengths count the stop token too; it is no word.", generate_stop_counted),
        Misconception("all_stop", "the first sequence that ends also ends all the others.", generate_all_stop),
        Misconception(
            "words_counted",
            "the lengths also count tokens that were drawn behind the first stop.",
            generate_words_counted,
        ),
        Misconception(
            "first_missed",
            "a stop in the first place is taken for none: argmax gives 0 for both; such a sequence has the length 0.",
            generate_first_missed,
        ),
        Misconception(
            "none_found",
            "a sequence without a stop gets the length 0: argmax gives 0 where nothing is true.",
            generate_none_found,
        ),
        Misconception(
            "last_missed",
            "a stop in the last step does not count as an end: the length is one too large there.",
            generate_last_missed,
        ),
        Misconception("time_first", "the axes are (time, batch); wanted is batch first.", generate_time_first),
    ],
)


# perplexity


def perplexity_cases(rng: np.random.Generator) -> list[Case]:
    cases: list[Case] = []
    for B, T, V in [(6, 9, 4), (4, 5, 6), (1, 4, 5), (3, 1, 2), (5, 12, 3)]:
        lengths = drawn_lengths(rng, B, T)
        lengths[-1] = (T + 1) // 2 if B > 1 else T
        cases.append({"scores": rng.normal(size=(B, T, V)), "targets": rng.integers(0, V, size=(B, T)), "lengths": lengths})
    return cases


def one_full(case: Case) -> Case:
    return {"scores": case["scores"][:1], "targets": case["targets"][:1], "lengths": np.array([case["scores"].shape[1]])}


def all_full(case: Case) -> Case:
    return case | {"lengths": np.full(len(case["targets"]), case["targets"].shape[1])}


def all_large(case: Case) -> Case:
    """Scores around +1000 and -1000, without padding; multiples of 1/16, exact in 32 bits."""
    signs = (-1.0) ** np.arange(case["scores"].shape[1])[:, np.newaxis]
    return all_full(case) | {"scores": np.round(16 * case["scores"]) / 16 + 1000.0 * signs}


def unlikely(case: Case) -> Case | None:
    """One target among many with a probability that is no number of the computer's any more."""
    if case["targets"].size < 24:
        return None
    scores = np.round(16 * case["scores"]) / 16
    scores[0, 0, case["targets"][0, 0]] -= 760.0
    return all_full(case) | {"scores": scores}


def _logs(scores, targets, log_p=None):
    """Logarithm of each target's probability: (B, T)."""
    if log_p is None:
        shifted = scores - scores.max(axis=2, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    return np.take_along_axis(log_p, targets[..., np.newaxis], axis=2)[..., 0]


def _true(targets, lengths):
    return np.arange(targets.shape[1]) < lengths[:, np.newaxis]


def _mean_log(scores, targets, lengths):
    return _logs(scores, targets)[_true(targets, lengths)].mean()


def _sums(scores, targets, lengths):
    return (_logs(scores, targets) * _true(targets, lengths)).sum(axis=1)


def perplexity_no_exp(scores, targets, lengths):
    return -_mean_log(scores, targets, lengths)


def perplexity_two_to_nats(scores, targets, lengths):
    return 2 ** -_mean_log(scores, targets, lengths)


def perplexity_e_to_bits(scores, targets, lengths):
    return np.exp(-_mean_log(scores, targets, lengths) / np.log(2))


def perplexity_inverted(scores, targets, lengths):
    return np.exp(_mean_log(scores, targets, lengths))


def perplexity_mean_of_sequences(scores, targets, lengths):
    return np.exp(-(_sums(scores, targets, lengths) / lengths).mean())


def perplexity_mean_of_perplexities(scores, targets, lengths):
    return np.exp(-_sums(scores, targets, lengths) / lengths).mean()


def perplexity_per_sequence(scores, targets, lengths):
    return np.exp(-_sums(scores, targets, lengths).mean())


def perplexity_total(scores, targets, lengths):
    return np.exp(-_sums(scores, targets, lengths).sum())


def perplexity_padding_counted(scores, targets, lengths):
    return np.exp(-_logs(scores, targets).mean())


def perplexity_zero_as_padding(scores, targets, lengths):
    counts = targets != 0
    return np.exp(-(_logs(scores, targets) * counts).sum() / max(counts.sum(), 1))


def perplexity_divided_by_all(scores, targets, lengths):
    return np.exp(-_sums(scores, targets, lengths).sum() / targets.size)


def perplexity_stop_left_out(scores, targets, lengths):
    return np.exp(-_sums(scores, targets, lengths - 1).sum() / np.maximum((lengths - 1).sum(), 1))


def perplexity_mean_of_p(scores, targets, lengths):
    return 1 / np.exp(_logs(scores, targets))[_true(targets, lengths)].mean()


def perplexity_no_shift(scores, targets, lengths):
    p = np.exp(scores) / np.exp(scores).sum(axis=2, keepdims=True)
    return np.exp(-_logs(scores, targets, np.log(p))[_true(targets, lengths)].mean())


def perplexity_log_of_zero(scores, targets, lengths):
    return np.exp(-np.log(np.exp(_logs(scores, targets)))[_true(targets, lengths)].mean())


def perplexity_epsilon(scores, targets, lengths):
    return np.exp(-np.log(np.exp(_logs(scores, targets)) + 1e-12)[_true(targets, lengths)].mean())


PERPLEXITY = Exercise(
    name="perplexity",
    chapter="autoregressive",
    section="sec-perplexity",
    cases=perplexity_cases,
    behaviours=[
        Behaviour("one", "gives e to the mean loss of a single full sequence", 1, one_full),
        Behaviour("tokens", "takes the mean over all true tokens of sequences of different lengths", 2),
        Behaviour("large", "gives a finite number for scores of any size", 1, all_large),
        Behaviour("unlikely", "counts a target in full whose probability is as good as zero", 1, unlikely),
        Behaviour("inputs", "gives that number and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("no_exp", "the mean loss comes back; the perplexity is e to the power of it.", perplexity_no_exp),
        Misconception(
            "two_to_nats",
            "2 is raised to a loss in nats; either e and the natural logarithm, or 2 and log2.",
            perplexity_two_to_nats,
        ),
        Misconception(
            "e_to_bits",
            "e is raised to a loss in bits; either e and the natural logarithm, or 2 and log2.",
            perplexity_e_to_bits,
        ),
        Misconception("inverted", "the sign is missing: this is one over the perplexity.", perplexity_inverted),
        Misconception(
            "mean_of_sequences",
            "the mean is taken within each sequence and then over sequences: short ones weigh too much.",
            perplexity_mean_of_sequences,
        ),
        Misconception(
            "mean_of_perplexities",
            "the perplexities of the sequences are averaged; the mean belongs inside, over all tokens.",
            perplexity_mean_of_perplexities,
        ),
        Misconception(
            "per_sequence",
            "the sum is divided by the number of sequences; divide by that of tokens.",
            perplexity_per_sequence,
        ),
        Misconception("total", "the sum of all losses is taken; wanted is their mean.", perplexity_total),
        Misconception("padding_counted", "the losses behind the sequences' ends count too.", perplexity_padding_counted),
        Misconception(
            "zero_as_padding",
            "targets of 0 are taken for padding; token 0 is one like the others, and lengths says what counts.",
            perplexity_zero_as_padding,
        ),
        Misconception(
            "divided_by_all",
            "the padding adds no loss, but it is counted in the mean's denominator.",
            perplexity_divided_by_all,
        ),
        Misconception(
            "stop_left_out", "each sequence's last token, the stop, is left out; it counts.", perplexity_stop_left_out
        ),
        Misconception(
            "mean_of_p",
            "the mean of the probabilities is taken; wanted is the mean of their logarithms.",
            perplexity_mean_of_p,
        ),
        Misconception(
            "no_shift", "the exponentials overflow: subtract the largest score of each step first.", perplexity_no_shift
        ),
        Misconception(
            "log_of_zero",
            "a tiny probability becomes 0 and its logarithm infinite: compute ln p from the scores, without p.",
            perplexity_log_of_zero,
        ),
        Misconception(
            "epsilon", "a small number is added inside the logarithm, which hides bad predictions.", perplexity_epsilon
        ),
    ],
)


# train


def train_cases(rng: np.random.Generator) -> list[Case]:
    cases: list[Case] = []
    for D, H, count, learning_rate in [(3, 4, 5, 0.2), (2, 1, 4, 0.3), (4, 2, 3, 0.1), (1, 3, 6, 0.25), (2, 5, 1, 0.4)]:
        parameters = {"W": rng.normal(size=(D, H)) / np.sqrt(D), "b": rng.normal(size=H)}
        batches = [rng.normal(size=(int(rng.integers(1, 5)), D)) for _ in range(count)]
        loss = stand_in(parts.bumpy_loss)
        cases.append(
            {"parameters": parameters, "loss_and_gradients": loss, "batches": batches, "learning_rate": learning_rate}
        )
    return cases


def one_batch(case: Case) -> Case:
    return case | {"batches": case["batches"][:1], "around": stand_in(parts.parameters_afterwards)}


def _descent(parameters, loss_and_gradients, batches, learning_rate, at=lambda now, first: now, names=("W", "b")):
    first, losses = parameters, []
    for batch in batches:
        loss, gradients = loss_and_gradients(at(parameters, first), batch)
        parameters = {n: w - learning_rate * gradients[n] * (n in names) for n, w in parameters.items()}
        losses.append(loss)
    return parameters, np.array(losses)


def train_uphill(parameters, loss_and_gradients, batches, learning_rate):
    return _descent(parameters, loss_and_gradients, batches, -learning_rate)


def train_no_rate(parameters, loss_and_gradients, batches, learning_rate):
    return _descent(parameters, loss_and_gradients, batches, 1.0)


def train_first_parameters(parameters, loss_and_gradients, batches, learning_rate):
    return _descent(parameters, loss_and_gradients, batches, learning_rate, at=lambda now, first: first)


def train_not_kept(parameters, loss_and_gradients, batches, learning_rate):
    last, _ = _descent(parameters, loss_and_gradients, batches[-1:], learning_rate)
    return last, np.array([loss_and_gradients(parameters, batch)[0] for batch in batches])


def train_first_batch(parameters, loss_and_gradients, batches, learning_rate):
    return _descent(parameters, loss_and_gradients, batches[:1] * len(batches), learning_rate)


def train_one_parameter(parameters, loss_and_gradients, batches, learning_rate):
    return _descent(parameters, loss_and_gradients, batches, learning_rate, names=("W",))


def train_gradients_pile_up(parameters, loss_and_gradients, batches, learning_rate):
    losses, total = [], {name: np.zeros_like(w) for name, w in parameters.items()}
    for batch in batches:
        loss, gradients = loss_and_gradients(parameters, batch)
        total = {name: total[name] + gradients[name] for name in total}
        parameters = {name: w - learning_rate * total[name] for name, w in parameters.items()}
        losses.append(loss)
    return parameters, np.array(losses)


def train_loss_afterwards(parameters, loss_and_gradients, batches, learning_rate):
    losses = []
    for batch in batches:
        parameters, _ = _descent(parameters, loss_and_gradients, [batch], learning_rate)
        losses.append(loss_and_gradients(parameters, batch)[0])
    return parameters, np.array(losses)


def train_last_loss(parameters, loss_and_gradients, batches, learning_rate):
    parameters, losses = _descent(parameters, loss_and_gradients, batches, learning_rate)
    return parameters, losses[-1]


def train_running_mean(parameters, loss_and_gradients, batches, learning_rate):
    parameters, losses = _descent(parameters, loss_and_gradients, batches, learning_rate)
    return parameters, losses.cumsum() / np.arange(1, len(losses) + 1)


def train_name_by_name(parameters, loss_and_gradients, batches, learning_rate):
    now, losses = dict(parameters), []
    for batch in batches:
        losses.append(loss_and_gradients(now, batch)[0])
        for name in now:
            now[name] = now[name] - learning_rate * loss_and_gradients(now, batch)[1][name]
    return now, np.array(losses)


def train_in_place(parameters, loss_and_gradients, batches, learning_rate):
    losses = []
    for batch in batches:
        loss, gradients = loss_and_gradients(parameters, batch)
        for name in parameters:
            parameters[name] -= learning_rate * gradients[name]
        losses.append(loss)
    return parameters, np.array(losses)


TRAIN = Exercise(
    name="train",
    chapter="autoregressive",
    section="sec-memorise",
    cases=train_cases,
    axes={"parameters": "", "losses": "T"},
    behaviours=[
        Behaviour("step", "takes one step against the gradient, as long as the rate says", 1, one_batch),
        Behaviour(
            "steps", "takes one step for each batch, from where it stands by then", 1, seen_by(parts.parameters_afterwards)
        ),
        Behaviour("losses", "reports the loss of each batch before its step", 1, seen_by(parts.losses_reported)),
        Behaviour("inputs", "gives both and leaves the parameters as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("uphill", "the gradient is added: the loss grows; it must be subtracted.", train_uphill),
        Misconception("no_rate", "the learning rate is not used.", train_no_rate),
        Misconception(
            "first_parameters",
            "every gradient is taken at the first parameters; it belongs to the parameters as they are by then.",
            train_first_parameters,
        ),
        Misconception(
            "not_kept", "every step starts from the first parameters again: the steps before are lost.", train_not_kept
        ),
        Misconception("first_batch", "every step uses the first batch.", train_first_batch),
        Misconception("one_parameter", "only the first parameter changes; all of them take a step.", train_one_parameter),
        Misconception(
            "gradients_pile_up",
            "the gradients of all batches so far are added up; each step uses its own.",
            train_gradients_pile_up,
        ),
        Misconception(
            "name_by_name",
            "the gradients are taken anew after each parameter has moved; all of them move from the same place.",
            train_name_by_name,
        ),
        Misconception(
            "loss_afterwards", "the losses are those after each step; wanted are those before.", train_loss_afterwards
        ),
        Misconception("last_loss", "only the last loss comes back; wanted is one for each batch.", train_last_loss),
        Misconception("running_mean", "the losses are means of all so far; wanted is each batch's own.", train_running_mean),
        Misconception(
            "in_place",
            "the arrays that were handed over are changed: a second training would start where the first ended.",
            train_in_place,
        ),
    ],
)

ASSIGNMENT = Assignment(
    "language_model",
    [
        BUILD_VOCABULARY,
        ENCODE,
        SHIFT_TARGETS,
        TOKEN_PROBABILITIES,
        SAMPLE_TOKEN,
        SAMPLE_INDEPENDENTLY,
        GENERATE,
        PERPLEXITY,
        TRAIN,
    ],
    torch=True,
)
