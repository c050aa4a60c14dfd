"""dashboard.json: everything that the dashboard says, for programs."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from grader.results import Visibility

SCHEMA_VERSION: Final = 1

#: Why a case may itself be wrong.
Doubt = Literal["strong_students_fail", "same_wrong_answer"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class Scores(_Model):
    """The distribution of scores, in per cent of the points to be had, of what was graded."""

    count: int = Field(description="Submissions that were graded.")
    mean: float | None = Field(description="Null where there are none.")
    median: float | None = Field(description="Null where there are none.")
    full: int = Field(description="How many have all points.")
    bins: tuple[int, ...] = Field(description="How many from 0 to 10 per cent and so on; the last with 100.")


class ExerciseStatistics(_Model):
    """One exercise over all graded submissions."""

    name: str = Field(description="Name of the function.")
    title: str = Field(description="What it does.")
    points: float = Field(description="Points to be had.")
    mean: float = Field(description="Points earned on average, those who did not attempt it included.")
    not_attempted: int = Field(description="How many did not attempt it.")
    attempted: int = Field(description="How many did.")
    failed: int = Field(description="How many of these do not pass every case.")
    failure_rate: float | None = Field(description="Share of those who attempted it; null where nobody did.")
    discrimination: float | None = Field(
        description="Correlation of passing it with the points of the other exercises; null where undefined."
    )


class AssignmentStatistics(_Model):
    """One assignment."""

    name: str = Field(description="Name of the assignment.")
    title: str = Field(description="As its file says.")
    week: int = Field(description="Week of the course.")
    submissions: int = Field(description="How many were handed in.")
    ungraded: int = Field(description="How many of them a fault of the grader kept from being graded.")
    weak: int = Field(description="How many ran in the weak sandbox.")
    scores: Scores = Field(description="The distribution of scores.")
    exercises: tuple[ExerciseStatistics, ...] = Field(description="In the assignment's order.")
    missing: tuple[str, ...] = Field(description="Who handed in another assignment and not this one.")


class CaseStatistics(_Model):
    """One case over all who attempted its exercise."""

    assignment: str = Field(description="Name of the assignment.")
    exercise: str = Field(description="Name of the function.")
    case: str = Field(description="Name of the case.")
    visibility: Visibility = Field(description="Whether students may see it.")
    attempted: int = Field(description="Submissions in which it was run to an end, right or wrong.")
    failed: int = Field(description="How many of these do not pass it.")
    failure_rate: float | None = Field(description="Share of those who attempted it; null where nobody did.")
    discrimination: float | None = Field(
        description="Point-biserial correlation of passing with the points of all other cases; null where "
        "undefined: nobody or everybody passes, or all others have the same points."
    )
    explained: int = Field(description="How many of those who fail it made a mistake that has a name.")
    alone: int = Field(description="How many fail it and pass every other case of the exercise.")
    same: int = Field(description="How many of those who fail it return the same wrong values, at most.")
    doubts: tuple[Doubt, ...] = Field(description="Why the case may itself be wrong; mostly none.")


class Misconception(_Model):
    """A mistake that has a name, and who made it."""

    assignment: str = Field(description="Name of the assignment.")
    exercise: str = Field(description="Name of the function.")
    code: str = Field(description="Stable name of the finding.")
    message: str = Field(description="One sentence; an example where it varies.")
    varies: bool = Field(description="Whether it reads differently from one student to the next.")
    count: int = Field(description="How many students made it.")
    share: float | None = Field(description="Share of those who attempted the exercise.")
    students: tuple[str, ...] = Field(description="Who made it, by name.")
    representative: str = Field(description="Whose submission has the fewest other findings.")
    page: str = Field(description="The instructor's page of that submission.")
    index: int = Field(exclude=True, description="Number by which the table of students refers to it.")


class Cluster(_Model):
    """Submissions that return the same wrong values in an exercise."""

    assignment: str = Field(description="Name of the assignment.")
    exercise: str = Field(description="Name of the function.")
    answer: str = Field(description="The fingerprint that they share.")
    count: int = Field(description="How many they are.")
    cases: tuple[str, ...] = Field(description="The cases that they fail.")
    of_cases: int = Field(description="How many cases the exercise has.")
    code: str = Field(description="The finding that they share; empty where there is no explanation yet.")
    message: str = Field(description="What it says.")
    students: tuple[str, ...] = Field(description="Who they are, by name.")
    representative: str = Field(description="Whose submission has the fewest other findings.")
    page: str = Field(description="The instructor's page of that submission.")
    index: int = Field(exclude=True, description="Number by which the table of students refers to it.")


class Attention(_Model):
    """A submission that needs a person."""

    assignment: str = Field(description="Name of the assignment.")
    student: str = Field(description="Who handed it in.")
    reasons: tuple[str, ...] = Field(description="In a few words each.")
    events: tuple[str, ...] = Field(description="What the sandbox noted.")
    page: str = Field(description="The instructor's page.")


class Alike(_Model):
    """Submissions to be read side by side. That they are alike says nothing of how they came to be."""

    assignment: str = Field(description="Name of the assignment.")
    students: tuple[str, ...] = Field(description="Whose they are, by name.")
    pages: tuple[str, ...] = Field(description="The instructor's pages, in the same order.")
    exercises: tuple[str, ...] = Field(description="Where two of them return the same wrong values.")
    similarity: float = Field(description="Estimated share of the code that two have in common, at least.")
    identical: bool = Field(description="Whether two of the files are the same, byte for byte.")


class Dashboard(_Model):
    """What the dashboard shows: dashboard.json."""

    schema_version: Literal[1] = Field(default=SCHEMA_VERSION, description="Version of this schema.")
    students: int = Field(description="Who handed in anything.")
    submissions: int = Field(description="How many were handed in.")
    ungraded: int = Field(description="How many of them were not graded.")
    weak: int = Field(description="How many ran in the weak sandbox.")
    scores: Scores = Field(description="Over all assignments.")
    assignments: tuple[AssignmentStatistics, ...] = Field(description="Those handed in, week by week.")
    cases: tuple[CaseStatistics, ...] = Field(description="In the order of assignments and exercises.")
    misconceptions: tuple[Misconception, ...] = Field(description="The most frequent first.")
    clusters: tuple[Cluster, ...] = Field(description="Of two or more; the largest first.")
    attention: tuple[Attention, ...] = Field(description="Submissions that need a person.")
    alike: tuple[Alike, ...] = Field(description="Submissions to be read side by side.")

    def of(self, assignment: str) -> Dashboard:
        """Return the part about one assignment."""
        (one,) = (each for each in self.assignments if each.name == assignment)
        return self.model_copy(
            update={
                "students": one.submissions,
                "submissions": one.submissions,
                "ungraded": one.ungraded,
                "weak": one.weak,
                "scores": one.scores,
                "assignments": (one,),
                **{
                    name: tuple(each for each in getattr(self, name) if each.assignment == assignment)
                    for name in ("cases", "misconceptions", "clusters", "attention", "alike")
                },
            }
        )
