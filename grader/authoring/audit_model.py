"""What an audit found: the rows of its table, and what is wrong."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from grader.course.model import MutantEdit
from grader.course.mutants import MutantCounts

__all__ = ["AssignmentAudit", "Complaint", "ExerciseAudit", "Survivor", "label"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class Complaint(_Model):
    """Something that the tests of an assignment cannot do, or that its author should look at."""

    exercise: str = Field(description="The exercise; empty where it is the whole assignment.")
    kind: Literal[
        "score",
        "mistake",
        "survivor",
        "acceptance",
        "margin",
        "case",
        "formulations",
        "worked",
        "limit",
        "repeat",
        "event",
        "build",
    ] = Field(description="What was looked at.")
    message: str = Field(description="One sentence.")
    help: str = Field(default="", description="The remedy.")
    fails: bool = Field(default=True, description="Whether the audit fails; otherwise it is a note.")


class Survivor(_Model):
    """A mutant that passes every hidden case and is not equivalent."""

    edit: MutantEdit = Field(description="What was changed.")
    difference: str = Field(description="Where it is seen to differ from the reference.")
    accepted: str = Field(default="", description="The author's reason to let it be; empty without one.")


class ExerciseAudit(_Model):
    """One exercise."""

    name: str = Field(description="Name of the function.")
    cases: int = Field(description="Public and hidden ones.")
    mistakes: int = Field(description="Hand-written ones.")
    formulations: int = Field(description="Right ones: the reference and its alternatives.")
    mutants: MutantCounts = Field(description="What became of the edits of the reference.")
    survivors: tuple[Survivor, ...] = Field(description="Each of them, accepted ones too.")
    noise: float = Field(description="Largest relative distance between right evaluations.")
    nearest: float | None = Field(
        description="Smallest one of a mistake or mutant; none that has digits: null."
    )
    nearest_is: str = Field(description="The mistake or edit that is nearest.")
    tolerance: float = Field(description="Between the two.")
    margin: float = Field(description="Decades between the tolerance and the nearer of the two.")
    seconds: float = Field(description="CPU time of the reference in its slowest case.")
    limit: float = Field(description="CPU seconds that a case is given.")


class AssignmentAudit(_Model):
    """One assignment."""

    assignment: str = Field(description="Its name.")
    exercises: tuple[ExerciseAudit, ...] = Field(description="In the stub's order.")
    complaints: tuple[Complaint, ...] = Field(description="What is wrong, and notes.")
    seconds: float = Field(description="Wall time of the audit.")

    @property
    def passed(self) -> bool:
        """Whether the tests tell right from wrong."""
        return not any(complaint.fails for complaint in self.complaints)

    @property
    def counts(self) -> MutantCounts:
        """The mutants of all exercises."""
        each = [exercise.mutants for exercise in self.exercises]
        return MutantCounts(
            made=sum(counts.made for counts in each),
            equivalent=sum(counts.equivalent for counts in each),
            caught=sum(counts.caught for counts in each),
            surviving=sum(counts.surviving for counts in each),
        )


def label(edit: MutantEdit) -> str:
    """Return an edit in a few words, the same wherever in the file it stands."""
    return f"{edit.before} → {edit.after}"
