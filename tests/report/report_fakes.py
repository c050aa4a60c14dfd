"""A made-up assignment and submissions to it, without a box: what reports are tested with."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from grader.course.model import (
    Assignment,
    AssignmentFile,
    Case,
    Equal,
    Exercise,
    ExerciseSpec,
    Feedback,
    Tolerance,
)
from grader.judging.fingerprint import fingerprint
from grader.report.analysis import Analysis
from grader.report.analysis.model import CaseStatistics
from grader.results import (
    CaseResult,
    ExerciseResult,
    Finding,
    Frame,
    Graded,
    JudgedCase,
    Kind,
    Load,
    Mismatch,
    Outcome,
    Raised,
    Run,
    SubmissionResult,
    Verdict,
)
from grader.values import decode, encode, walk

Function = Callable[..., Any]

#: A name that is also markup, quotes, a formula and a path.
HOSTILE = '<script>document.title="owned"</script> "\' =cmd\n../../etc'


@dataclass(frozen=True)
class Skipped:
    """A file passed over, as the intake describes it."""

    path: str
    reason: str


def _step(parameters, grads, learning_rate):
    return {key: parameters[key] - learning_rate * grads["d" + key] for key in parameters}


def _zeros(parameters):
    return {"d" + key: np.zeros_like(value) for key, value in parameters.items()}


def _momentum(parameters, grads, v, beta, learning_rate):
    v = {key: beta * v[key] + (1 - beta) * grads[key] for key in v}
    return _step(parameters, v, learning_rate), v


def _rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    s = {key: beta * s[key] + (1 - beta) * grads[key] ** 2 for key in s}
    scaled = {key: grads[key] / (np.sqrt(s[key]) + epsilon) for key in s}
    return _step(parameters, scaled, learning_rate), s


def _adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    v = {key: beta1 * v[key] + (1 - beta1) * grads[key] for key in v}
    s = {key: beta2 * s[key] + (1 - beta2) * grads[key] ** 2 for key in s}
    step = {key: v[key] / (1 - beta1**t) / (np.sqrt(s[key] / (1 - beta2**t)) + epsilon) for key in v}
    return _step(parameters, step, learning_rate), v, s


def adam_without_correction(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    return _adam(parameters, grads, v, s, 10**6, learning_rate, beta1, beta2, epsilon)


def _average(values, beta, bias_correction=True):
    out, running = [], 0.0
    for t, value in enumerate(values, 1):
        running = beta * running + (1 - beta) * value
        out.append(running / (1 - beta**t) if bias_correction else running)
    return np.array(out)


def _batches(X, Y, mini_batch_size=64, seed=0):
    order = np.random.default_rng(seed).permutation(X.shape[1])
    cuts = range(0, X.shape[1], mini_batch_size)
    return [(X[:, order[a : a + mini_batch_size]], Y[:, order[a : a + mini_batch_size]]) for a in cuts]


def batches_without_the_last(X, Y, mini_batch_size=64, seed=0):
    return [pair for pair in _batches(X, Y, mini_batch_size, seed) if pair[0].shape[1] == mini_batch_size]


def _lr(learning_rate0, epoch_num, decay_rate):
    return learning_rate0 / (1 + decay_rate * epoch_num)


def _schedule(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return learning_rate0 / (1 + decay_rate * (epoch_num // time_interval))


def _point(hessian):
    values = np.linalg.eigvalsh(hessian)
    if values.min() < 0 < values.max():
        return "saddle"
    return "degenerate" if np.any(values == 0) else "minimum" if values.min() > 0 else "maximum"


def _flip(images, p, seed):
    flags = np.random.default_rng(seed).random(len(images)) < p
    return np.where(flags[:, None, None, None], images[:, :, ::-1], images)


def _network(rng, sizes, small=False):
    def draw(shape):
        return rng.integers(-3, 4, shape).astype(float) if small else rng.normal(size=shape)

    layers = list(zip(sizes[1:], sizes, strict=False))
    weights = {f"W{n}": draw(pair) for n, pair in enumerate(layers, 1)}
    return weights | {f"b{n}": draw((pair[0], 1)) for n, pair in enumerate(layers, 1)}


def _state(rng, sizes, small, *, square=False):
    drawn = {"d" + key: value for key, value in _network(rng, sizes, small).items()}
    return {key: value**2 for key, value in drawn.items()} if square else drawn


def _inputs(name: str, number: int) -> dict[str, Any]:
    """Return the inputs of one case: small integers for the first two."""
    rng = np.random.default_rng(number)
    small = number < 2
    sizes = [(2, 2), (3, 2), (4, 3, 2), (5, 7, 3), (6, 1, 4), (11, 9, 2), (3, 8, 5, 2), (2, 13)][number % 8]
    network = _network(rng, sizes, small)
    grads, v = _state(rng, sizes, small), _state(rng, sizes, small)
    s = _state(rng, sizes, small, square=True)
    rate = 0.5 if small else round(float(rng.uniform(0.01, 0.4)), 3)
    m = 6 if small else 40 + 13 * number
    X = np.arange(2.0 * m).reshape(2, m) if small else rng.normal(size=(3, m))
    Y = np.arange(m).reshape(1, m) % 2
    values = {
        "update_parameters_with_gd": {"parameters": network, "grads": grads, "learning_rate": rate},
        "random_mini_batches": {"X": X, "Y": Y, "mini_batch_size": 4 if small else 17, "seed": number},
        "exponentially_weighted_average": {
            "values": np.array([4.0, 2.0, 6.0]) if small else rng.normal(size=9 + 7 * number),
            "beta": 0.5 if small else 0.83,
        },
        "initialize_velocity": {"parameters": network},
        "update_parameters_with_momentum": {
            "parameters": network,
            "grads": grads,
            "v": v,
            "beta": 0.5 if small else 0.87,
            "learning_rate": rate,
        },
        "initialize_rmsprop": {"parameters": network},
        "update_parameters_with_rmsprop": {
            "parameters": network,
            "grads": grads,
            "s": s,
            "beta": 0.5 if small else 0.93,
            "learning_rate": rate,
            "epsilon": 0.1,
        },
        "initialize_adam": {"parameters": network},
        "update_parameters_with_adam": {
            "parameters": network,
            "grads": grads,
            "v": v,
            "s": s,
            "t": 3 + number,
            "learning_rate": rate,
            "beta1": 0.5 if small else 0.87,
            "beta2": 0.75 if small else 0.979,
            "epsilon": 0.1,
        },
        "update_lr": {"learning_rate0": rate, "epoch_num": number + 1, "decay_rate": 1.0},
        "schedule_lr_decay": {
            "learning_rate0": rate,
            "epoch_num": 150 * (number + 1),
            "decay_rate": 0.5,
            "time_interval": 100,
        },
        "classify_critical_point": {
            "hessian": np.array([[2.0, 1.0], [1.0, -3.0]]) if small else np.diag(rng.normal(size=3))
        },
        "random_flip": {"images": rng.integers(0, 9, (2 + number, 3, 4, 2)), "p": 0.5, "seed": number},
    }
    return values[name]


@dataclass(frozen=True)
class Asked:
    function: Function
    title: str
    points: float
    cases: int = 7


EXERCISES = {
    "update_parameters_with_gd": Asked(_step, "One step of gradient descent for every layer.", 8),
    "random_mini_batches": Asked(_batches, "Shuffle the examples and cut them into mini-batches.", 14),
    "exponentially_weighted_average": Asked(_average, "Average a series with weights that decay.", 10),
    "initialize_velocity": Asked(_zeros, "Start the velocity of momentum at zero.", 3),
    "update_parameters_with_momentum": Asked(_momentum, "One step of gradient descent with momentum.", 12, 8),
    "initialize_rmsprop": Asked(_zeros, "Start the moving average of squared gradients at zero.", 3),
    "update_parameters_with_rmsprop": Asked(_rmsprop, "One step of RMSprop.", 12, 8),
    "initialize_adam": Asked(
        lambda parameters: (_zeros(parameters), _zeros(parameters)), "Start both moments.", 4
    ),
    "update_parameters_with_adam": Asked(
        _adam, "One step of Adam, both moments corrected for their start.", 18, 12
    ),
    "update_lr": Asked(_lr, "Decay the learning rate with the number of epochs.", 4),
    "schedule_lr_decay": Asked(_schedule, "Decay the learning rate once in a while.", 6),
    "classify_critical_point": Asked(_point, "Tell minima, maxima and saddle points apart.", 6),
}

CASE_NAMES = (
    "two layers by hand",
    "the next step by hand",
    "two layers",
    "a wide layer",
    "one unit",
    "many units",
    "four layers",
    "one layer only",
    "first step",
    "far along",
    "large epsilon",
    "defaults left out",
)


def assignment(
    feedback: Feedback = "diagnosis", name: str = "optimizers", title: str = "Optimizers", week: int = 2
):
    """Return an assignment of twelve exercises and 90 cases."""
    exercises = tuple(_exercise(each, asked) for each, asked in EXERCISES.items())
    return Assignment(name, AssignmentFile(title=title, week=week, feedback=feedback), exercises, b"")


def _exercise(name: str, asked: Asked) -> Exercise:
    parameters = tuple(inspect.signature(asked.function).parameters)
    spec = ExerciseSpec(
        name=name,
        title=asked.title,
        points=asked.points,
        signature=f"{name}({', '.join(parameters)})",
        parameters=parameters,
        tolerance=Tolerance(),
        cpu_seconds=0.5,
    )
    return Exercise(spec, tuple(_case(name, asked, number) for number in range(asked.cases)))


def _case(name: str, asked: Asked, number: int) -> Case:
    inputs = _inputs(name, number)
    expected = encode(asked.function(**inputs))
    visibility = "public" if number < 2 else "hidden"
    return Case(CASE_NAMES[number], visibility, 1.0, Equal(), inputs, expected, encode(inputs))


def adam_raising(*_: Any) -> Any:
    raise NotImplementedError


@dataclass
class Work:
    """What a made-up student did: a function or an outcome per exercise, and how loading went."""

    student: str = "ada_lovelace"
    functions: dict[str, Function | Outcome] = field(default_factory=dict)
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    file_findings: tuple[Finding, ...] = ()
    load: Load = field(default_factory=lambda: Load(Kind.RETURNED))
    events: tuple[str, ...] = ()
    printed_public: str = ""
    printed_hidden: str = ""
    sandbox: str = "strong"
    graded: bool = True
    source_name: str = "submissions/optimizers/ada_lovelace.py"


def grade(work: Work, asked: Assignment) -> Graded:
    """Return what grading that work would."""
    outcomes, judged, results = {}, {}, []
    for exercise in asked.exercises:
        done = work.functions.get(exercise.name, EXERCISES[exercise.name].function)
        cases = tuple(_judged(exercise, case, done, graded=work.graded) for case in exercise.cases)
        judged[exercise.name] = cases
        outcomes |= {(exercise.name, case.name): case.outcome for case in cases}
        results.append(_scored(exercise, cases, work.findings.get(exercise.name, ())))
    run = Run(work.load, outcomes, work.printed_public, work.printed_hidden, work.events, work.sandbox)
    result = SubmissionResult(
        student=work.student,
        assignment=asked.name,
        submission_sha256="9f" * 32,
        score=round(sum(each.score for each in results), 2),
        max_score=asked.max_score,
        sandbox=work.sandbox,
        seconds=0.042,
        graded=work.graded,
        findings=work.file_findings,
        events=work.events,
        exercises=tuple(results),
    )
    return Graded(result, run, judged, work.source_name)


VERDICTS = {
    Kind.RAISED: Verdict.ERRORED,
    Kind.MISSING: Verdict.NOT_ATTEMPTED,
    Kind.TIMED_OUT: Verdict.TIMED_OUT,
    Kind.CRASHED: Verdict.CRASHED,
    Kind.SKIPPED: Verdict.SKIPPED,
    Kind.NOT_RUN: Verdict.UNGRADED,
}


def _judged(exercise: Exercise, case: Case, done: Function | Outcome, *, graded: bool) -> JudgedCase:
    if not graded:
        return JudgedCase(case.name, Outcome(Kind.NOT_RUN), Verdict.UNGRADED)
    if isinstance(done, Outcome):
        return JudgedCase(case.name, done, VERDICTS[done.kind])
    value = done(**case.inputs)
    outcome = Outcome(Kind.RETURNED, 0.0007, encode(value))
    mismatch = _mismatch(decode(case.expected), decode(outcome.value))
    return JudgedCase(case.name, outcome, Verdict.FAILED if mismatch else Verdict.PASSED, mismatch)


def _mismatch(expected: Any, returned: Any) -> Mismatch | None:
    left, right = dict(walk(expected)), dict(walk(returned))
    if left.keys() != right.keys():
        return Mismatch("structure", "", f"list of {len(expected)}", f"list of {len(returned)}")
    wrong, count, total = [], 0, 0
    for path, leaf in left.items():
        a, b = np.asarray(leaf), np.asarray(right[path])
        if a.shape != b.shape:
            return Mismatch("shape", path, f"array of shape {a.shape}", f"array of shape {b.shape}")
        off = (a != b) if a.dtype.kind in "US" else ~np.isclose(a, b)
        count, total = count + int(off.sum()), total + off.size
        if off.any():
            wrong.append(path)
    return Mismatch("value", wrong[0], count=count, total=total, paths=tuple(wrong)) if wrong else None


def _scored(
    exercise: Exercise, cases: tuple[JudgedCase, ...], findings: tuple[Finding, ...]
) -> ExerciseResult:
    share = sum(case.verdict is Verdict.PASSED for case in cases) / len(cases)
    verdicts = {case.verdict for case in cases}
    return ExerciseResult(
        name=exercise.name,
        score=round(exercise.spec.points * share, 2),
        max_score=exercise.spec.points,
        verdict=next(each for each in reversed(Verdict) if each in verdicts),
        findings=findings,
        cases=tuple(
            CaseResult(
                name=case.name,
                visibility=asked.visibility,
                verdict=case.verdict,
                weight=1.0,
                outcome=case.outcome.kind,
                seconds=case.outcome.seconds,
            )
            for asked, case in zip(exercise.cases, cases, strict=True)
        ),
        answer=fingerprint(exercise, cases),
    )


ADAM = Finding(
    code="known.missing_bias_correction",
    message="The moments are used as they are, without being corrected for having started at zero.",
    help=(
        "Both averages start at zero, so for small t they are too small by a factor that depends on t alone.",
        "A quotient takes that factor out again, and for large t it changes nothing any more.",
        "Compare what the handout does with v and s between updating them and using them.",
    ),
    cases=CASE_NAMES,
    details="equals mistake missing_bias_correction on 12 of 12 failing cases",
)
BATCHES = Finding(
    code="known.last_batch_dropped",
    message="The examples left over after the full mini-batches are dropped.",
    help=("Every example belongs to exactly one mini-batch, the last of which may be smaller.",),
    cases=CASE_NAMES[:7],
)
BROADCAST = Outcome(
    Kind.RAISED,
    0.0004,
    raised=Raised(
        "ValueError",
        "ValueError",
        "operands could not be broadcast together with shapes (3,2) (2,3)",
        (
            Frame(
                "update_parameters_with_rmsprop",
                131,
                'helper(parameters["W" + str(l)], grads["dW" + str(l)])',
            ),
            Frame("helper", 88, "return W - learning_rate * dW.T / (np.sqrt(s) + epsilon)"),
        ),
    ),
)
RAISED = Finding(
    code="raised.ValueError",
    message="update_parameters_with_rmsprop raises ValueError: two arrays of unlike shapes are combined.",
    help=("Elementwise arithmetic needs equal shapes.", "Print the shapes of both operands above line 88."),
    cases=CASE_NAMES[:8],
)
SLOW = Finding(
    code="timed_out",
    message="random_mini_batches does not end within its time limit.",
    help=("Look at what makes the loop end.",),
    cases=CASE_NAMES[:7],
)
SYNTAX = Finding(
    code="load.syntax_error",
    message="The file is not valid Python: a bracket opened in line 40 is never closed.",
    help=("Python reports the place where it gave up; the cause is often a line above.",),
)


def right(student: str = "ada_lovelace") -> Work:
    return Work(student)


def no_correction(student: str = "grace_hopper") -> Work:
    return Work(
        student,
        {"update_parameters_with_adam": adam_without_correction},
        {"update_parameters_with_adam": (ADAM,)},
        printed_public="v after the update: {'dW1': array([[0.5, 1. ]])}\n\x1b[32mall good\x1b[0m\n",
    )


def several(student: str = "Émilie du Châtelet") -> Work:
    """A time-out, an exception, a known mistake and a function left out."""
    slow = Outcome(Kind.TIMED_OUT, 0.5, reason="stopped after 0.5 s of CPU time")
    return Work(
        student,
        {
            "update_parameters_with_adam": adam_without_correction,
            "update_parameters_with_rmsprop": BROADCAST,
            "random_mini_batches": batches_without_the_last,
            "classify_critical_point": Outcome(Kind.MISSING),
            "exponentially_weighted_average": slow,
        },
        {
            "update_parameters_with_adam": (ADAM,),
            "update_parameters_with_rmsprop": (RAISED,),
            "random_mini_batches": (BATCHES,),
            "exponentially_weighted_average": (replace_code(SLOW, "exponentially_weighted_average"),),
        },
        events=("14 MB were printed; the first 64 KiB are kept",),
        printed_public="epoch 1 cost 0.693\n" * 40,
        printed_hidden="cost after hidden case: 0.1\n",
    )


def replace_code(found: Finding, name: str) -> Finding:
    return found.model_copy(update={"message": found.message.replace("random_mini_batches", name)})


def unparsable(student: str = "blaise") -> Work:
    error = Raised(
        "SyntaxError", "SyntaxError", "'(' was never closed", (Frame("<module>", 40, "W = np.dot((a, b"),)
    )
    missing = {name: Outcome(Kind.MISSING) for name in EXERCISES}
    return Work(student, dict(missing), file_findings=(SYNTAX,), load=Load(Kind.RAISED, raised=error))


def ungraded(student: str = "kurt") -> Work:
    return Work(student, graded=False)


def with_feedback(asked: Assignment, feedback: Feedback) -> Assignment:
    return replace(asked, file=asked.file.model_copy(update={"feedback": feedback}))


def flipped_bias(parameters, grads, learning_rate):
    """Update the weights as asked and the biases the wrong way."""
    right_ones = _step(parameters, grads, learning_rate)
    wrong = _step(parameters, grads, -learning_rate)
    return {key: wrong[key] if key.startswith("b") else right_ones[key] for key in parameters}


def analysed(asked: Assignment, *works: Work) -> Analysis:
    """Return the analysis of what these students handed in."""
    analysis = Analysis({asked.name: asked})
    for work in works:
        analysis.add(grade(work, asked).result)
    return analysis


def case_statistics(**fields: Any) -> CaseStatistics:
    """Return what was counted of a case: all of 40 pass it, but for what is given."""
    usual: dict[str, Any] = {
        "assignment": "optimizers",
        "exercise": "update_lr",
        "case": "far along",
        "visibility": "hidden",
        "attempted": 40,
        "failed": 0,
        "failure_rate": fields.get("failed", 0) / fields.get("attempted", 40),
        "discrimination": None,
        "explained": 0,
        "alone": 0,
        "same": 0,
        "doubts": (),
    }
    return CaseStatistics(**{**usual, **fields})
