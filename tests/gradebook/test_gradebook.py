"""The gradebook: what is added stays, what was added last counts, on every database."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from grader.errors import GradebookError
from grader.gradebook.book import Gradebook
from grader.gradebook.database import refusing, where
from grader.gradebook.entries import Attempt, Entry, Remark, Versions
from grader.gradebook.lock import alone
from grader.gradebook.migrations import scripts, upgrade
from grader.gradebook.tables import VERSION, metadata


def entry(student: str = "ada", content: str = "a", key: str = "k", score: float = 50.0) -> Entry:
    attempt = Attempt(student, "optimizers", content * 64, f"{student}/optimizers.py")
    outputs = b"outputs of " + content.encode()
    return Entry(attempt, key * 64, "b" * 64, "c" * 64, score, 100.0, True, b"result", outputs)


def ungraded(entry: Entry) -> Entry:
    """The same file, which a fault of ours kept from being graded."""
    return replace(entry, key="", score=0.0, graded=False, outputs=b"")


@pytest.fixture
def book(place: str) -> Iterator[Gradebook]:
    with Gradebook(place) as opened:
        yield opened


def test_a_result_is_read_as_it_was_kept(book: Gradebook) -> None:
    (number,) = book.keep(book.begin_run(), [entry()])
    (stored,) = book.stored([number], with_outputs=True)
    assert stored.entry == entry()


def test_outputs_are_read_only_where_they_are_asked_for(book: Gradebook) -> None:
    (number,) = book.keep(book.begin_run(), [entry()])
    (stored,) = book.stored([number])
    assert stored.entry.outputs == b""


def test_the_result_added_last_counts(book: Gradebook) -> None:
    run = book.begin_run()
    book.keep(run, [entry(score=80.0)])
    book.keep(run, [entry(score=20.0, key="l"), entry("grace")])
    standings = book.standings()
    assert set(standings) == {("ada", "optimizers"), ("grace", "optimizers")}
    assert standings["ada", "optimizers"].key == "l" * 64
    (stored,) = book.stored([standings["ada", "optimizers"].number])
    assert stored.entry.score == 20.0


def test_the_same_file_is_one_attempt_and_another_a_new_one(book: Gradebook) -> None:
    run = book.begin_run()
    book.keep(run, [entry(content="a"), entry(content="a"), entry(content="b"), entry(content="a")])
    what = [event.what for event in book.history("ada")]
    assert what.count("attempt") == 3
    assert what.count("result") == 4


def test_results_of_one_batch_are_those_of_as_many_batches(book: Gradebook) -> None:
    kinds = [("a", "run"), ("b", "run"), ("a", "rescore"), ("a", "run"), ("b", "restored"), ("c", "run")]
    entries = [replace(entry(content=content), origin=origin) for content, origin in kinds]
    entries[3] = replace(entries[3], outputs=b"")
    run = book.begin_run()
    numbers = book.keep(run, entries)
    for each in entries:
        numbers += book.keep(run, [replace(each, attempt=replace(each.attempt, student="grace"))])
    ada, grace = ([event.text for event in book.history(student)] for student in ("ada", "grace"))
    assert ada == grace
    assert len(ada) == len(entries) + 4  # "a", "b", "a" once more, "c"
    stored = book.stored(numbers, with_outputs=True)
    assert [each.entry.outputs for each in stored] == [each.outputs for each in entries] * 2


def test_entries_are_kept_together_or_not_at_all(book: Gradebook) -> None:
    bad = Entry(Attempt("ada", "optimizers", "c" * 64, "p"), "k", "b", "c", 1.0, 1.0, True, None)  # type: ignore[arg-type]
    with pytest.raises(GradebookError, match="cannot be written"):
        book.keep(book.begin_run(), [entry("grace"), bad])
    assert book.standings() == {}


def test_an_earlier_result_can_be_restored_and_nothing_goes_away(book: Gradebook) -> None:
    run = book.begin_run()
    (first,) = book.keep(run, [entry(score=80.0, content="a")])
    book.keep(run, [entry(score=20.0, content="b")])
    again = book.restore(run, first)
    standing = book.standings()["ada", "optimizers"]
    assert standing.number == again
    (stored,) = book.stored([again], with_outputs=True)
    assert (stored.entry.score, stored.entry.outputs, stored.entry.origin) == (
        80.0,
        b"outputs of a",
        "restored",
    )
    assert [event.what for event in book.history("ada")].count("result") == 3


def test_a_restored_result_stands_until_something_changes(book: Gradebook) -> None:
    run = book.begin_run()
    (first,) = book.keep(run, [entry(content="a", key="k")])
    book.keep(run, [entry(content="b", key="l")])
    book.restore(run, first)
    standing = book.standings()["ada", "optimizers"]
    assert standing.key == "l" * 64
    assert [event.what for event in book.history("ada")].count("attempt") == 2


def test_a_result_that_does_not_exist_is_named(book: Gradebook) -> None:
    with pytest.raises(GradebookError, match="no result 17"):
        book.restore(book.begin_run(), 17)


def test_remarks_are_read_in_the_order_in_which_they_were_made(book: Gradebook) -> None:
    book.remark(Remark("ada", "optimizers", "adam", "points", 7.0, "right idea", "lovelace"))
    book.remark(Remark("ada", "optimizers", "", "comment", None, "well explained", "lovelace"))
    book.remark(Remark("grace", "optimizers", "adam", "withdrawn", None, "a slip", "hopper"))
    said = book.remarks()
    assert [(one.kind, one.points) for one in said["ada", "optimizers"]] == [
        ("points", 7.0),
        ("comment", None),
    ]
    assert book.remarks("grace").keys() == {("grace", "optimizers")}


def test_history_tells_attempts_results_and_remarks_in_order(book: Gradebook) -> None:
    run = book.begin_run(Versions("1.0", "3.11", "2.0"))
    book.keep(run, [entry(score=80.0)])
    book.remark(Remark("ada", "optimizers", "adam", "points", 7.5, "right idea", "lovelace"))
    book.remark(Remark("ada", "optimizers", "adam", "withdrawn", None, "a slip", "lovelace"))
    book.remark(Remark("ada", "optimizers", "", "comment", None, "good", "lovelace"))
    book.remark(Remark("ada", "optimizers", "", "note", None, "asked for", "lovelace"))
    texts = [event.text for event in book.history("ada")]
    assert texts == [
        f"handed in ada/optimizers.py, SHA-256 {'a' * 12}",
        f"graded: 80 of 100 (softmark 1.0, numpy 2.0, build {'b' * 12})",
        "7.5 points for adam, by lovelace: right idea",
        "points for adam taken back, by lovelace: a slip",
        "comment on the whole submission, by lovelace: good",
        "note, by lovelace: asked for",
    ]


def test_a_clock_that_is_put_back_changes_no_order(book: Gradebook, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(f"{2040 - year}-01-01T00:00:00.000+00:00" for year in range(20))
    for module in ("book", "keeping"):
        monkeypatch.setattr(f"grader.gradebook.{module}.now", lambda: next(times))
    book.keep(book.begin_run(), [entry(score=1.0, content="a")])
    book.remark(Remark("ada", "optimizers", "", "comment", None, "one", "lovelace"))
    book.keep(book.begin_run(), [entry(score=2.0, content="b")])
    book.remark(Remark("ada", "optimizers", "", "comment", None, "two", "lovelace"))
    texts = [event.text.split(":")[-1].strip().split(" ")[0] for event in book.history("ada")]
    assert texts == ["handed", "1", "one", "handed", "2", "two"]
    (stored,) = book.stored([book.standings()["ada", "optimizers"].number])
    assert stored.entry.score == 2.0


def test_what_was_not_graded_has_no_score_in_the_history(book: Gradebook) -> None:
    one = entry()
    lost = Entry(one.attempt, "", one.build, "", 0.0, 100.0, False, b"result")
    book.keep(book.begin_run(), [lost])
    assert "not graded" in book.history("ada")[-1].text
    (stored,) = book.stored([book.standings()["ada", "optimizers"].number], with_outputs=True)
    assert stored.entry.outputs == b""


def test_students_are_listed_once(book: Gradebook) -> None:
    book.keep(book.begin_run(), [entry("grace"), entry("ada"), entry("ada", "b")])
    assert book.students() == ["ada", "grace"]


@pytest.mark.parametrize("table", ["runs", "attempts", "outputs", "results", "remarks"])
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_the_database_refuses_to_change_a_row(
    book: Gradebook, place: str, table: str, statement: str
) -> None:
    book.keep(book.begin_run(), [entry()])
    book.remark(Remark("ada", "optimizers", "adam", "comment", None, "good", "lovelace"))
    column = "sha256" if table == "outputs" else "id"
    engine = create_engine(where(place))
    with pytest.raises(SQLAlchemyError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement.format(table, column)))
    engine.dispose()


def test_the_migrations_make_the_tables_that_the_code_knows(book: Gradebook, place: str) -> None:
    engine = create_engine(where(place))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_new_file_has_what_the_migrations_make(tmp_path: Path) -> None:
    assert made(tmp_path / "new", lambda place: Gradebook(place).close()) == made(tmp_path / "old", migrated)


def migrated(place: Path) -> None:
    engine = create_engine(where(place))
    with engine.begin() as connection:
        assert upgrade(connection, None)
    engine.dispose()


def made(place: Path, make: Callable[[Path], None]) -> dict[str, object]:
    """Return what SQLite tells of each table: columns, keys, indexes; and the triggers and the version."""
    make(place)
    with closing(sqlite3.connect(place)) as file:
        rows = file.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        found: dict[str, object] = {name: sql for kind, name, sql in rows if kind == "trigger"}
        found["version"] = file.execute("SELECT version_num FROM alembic_version").fetchall()
        for table in (name for kind, name, _ in rows if kind == "table"):
            for about in ("table_xinfo", "foreign_key_list", "index_list"):
                found[f"{about} {table}"] = sorted(file.execute(f"PRAGMA {about}({table})"))
        for index in (name for kind, name, _ in rows if kind == "index"):
            found[f"index {index}"] = file.execute(f"PRAGMA index_xinfo({index})").fetchall()
        return found


def test_the_newest_migration_is_of_the_version_that_the_code_looks_for() -> None:
    assert scripts().get_current_head() == VERSION


def test_a_gradebook_of_today_s_version_is_opened_without_the_library_of_migrations(tmp_path: Path) -> None:
    place = tmp_path / "gradebook.sqlite"
    Gradebook(place).close()
    look = "import sys; from grader.gradebook.book import Gradebook; Gradebook(sys.argv[1]).close()"
    look += "; print('alembic' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", look, place], check=True, capture_output=True, text=True)
    assert found.stdout == "False\n"


def test_a_gradebook_of_a_later_version_is_not_touched(book: Gradebook, place: str) -> None:
    engine = create_engine(where(place))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(GradebookError, match="9999"):
        Gradebook(place)


def test_two_runs_on_one_gradebook_take_turns(book: Gradebook) -> None:
    told: list[str] = []
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        def on_wait(sentence: str) -> None:
            told.append(sentence)
            waiting.set()

        with alone(book.url, on_wait):
            order.append("second")

    with alone(book.url, told.append):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
    assert len(told) == 1
    assert "another run is at work" in told[0]


def test_a_run_that_does_not_want_to_wait_is_told(book: Gradebook) -> None:
    with (
        alone(book.url, lambda sentence: None),
        pytest.raises(GradebookError, match="another run"),
        alone(book.url, lambda sentence: None, wait=False),
    ):
        raise AssertionError("both hold the lock")


def test_an_error_inside_the_lock_is_passed_on_and_the_lock_let_go(book: Gradebook) -> None:
    with pytest.raises(OSError, match="disk"), alone(book.url, lambda sentence: None):
        raise OSError("disk")
    with alone(book.url, lambda sentence: None, wait=False):
        pass


def test_a_file_that_is_no_gradebook_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database" * 100)
    with pytest.raises(GradebookError, match="not a database"):
        Gradebook(path)
    assert path.read_text() == "not a database" * 100


def test_a_missing_gradebook_is_made_only_where_that_is_meant(tmp_path: Path) -> None:
    with pytest.raises(GradebookError, match="no gradebook"):
        Gradebook(tmp_path / "none.sqlite", make=False)
    assert not (tmp_path / "none.sqlite").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GradebookError, match="cannot be made"):
        Gradebook(tmp_path / "file" / "below" / "gradebook.sqlite")


def test_a_database_that_is_no_gradebook_of_ours_but_empty_becomes_one(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "empty.sqlite").close()
    with Gradebook(tmp_path / "empty.sqlite") as book:
        assert book.standings() == {}


@pytest.mark.parametrize("url", ["://", "nonsense://x"])
def test_a_url_of_no_database_is_refused(url: str) -> None:
    with pytest.raises(GradebookError, match="gradebook="):
        Gradebook(url)


def test_a_password_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(GradebookError) as caught:
        Gradebook("postgresql://me:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


def test_looking_back_while_results_are_added_tells_of_those_before(
    book: Gradebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = book.begin_run()
    book.keep(run, [entry(content="a")])
    read, looks = Gradebook._read, []

    def read_and_keep(self: Gradebook, query: Any) -> Any:
        found = read(self, query)
        looks.append(query)
        book.keep(run, [entry(content=f"{len(looks)}")])
        return found

    monkeypatch.setattr(Gradebook, "_read", read_and_keep)
    assert [event.what for event in book.history("ada")] == ["attempt", "result"]
    assert len(looks) == 3


def test_words_that_no_database_takes_are_kept_readable(book: Gradebook) -> None:
    book.remark(Remark("ada", "optimizers", "", "comment", None, "half \ud83d, nothing \0.", "\udcff"))
    (remark,) = book.remarks()["ada", "optimizers"]
    assert (remark.text, remark.author) == (r"half \ud83d, nothing \x00.", r"\udcff")


def test_what_is_restored_after_a_fault_stands_by_its_own_key(book: Gradebook) -> None:
    run = book.begin_run()
    (first,) = book.keep(run, [entry(key="k")])
    book.keep(run, [replace(entry(), key="", graded=False)])
    book.restore(run, first)
    standing = book.standings()["ada", "optimizers"]
    assert (standing.key, standing.graded) == ("k" * 64, True)


def test_several_that_open_a_new_gradebook_at_once_make_it_once(place: str) -> None:
    failures: list[Exception] = []

    def begin() -> None:
        try:
            with Gradebook(place) as book:
                book.begin_run()
        except GradebookError as error:
            failures.append(error)

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.parametrize("url", ["mysql://host/name", "sqlite://", "oracle://host"])
def test_a_database_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(GradebookError, match="neither a file nor a database of PostgreSQL"):
        where(url)


def test_a_file_by_another_name_has_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with (
        alone(where(tmp_path / "g.sqlite"), lambda sentence: None),
        pytest.raises(GradebookError, match="another run is at work"),
        alone(where(f"sqlite:///{tmp_path}/link/g.sqlite"), lambda sentence: None, wait=False),
    ):
        raise AssertionError("both hold the lock")


@pytest.mark.parametrize(
    ("error", "sentence", "remedy"),
    [
        (OSError(), "cannot be read: OSError.", "see that the file"),
        (OSError(30, "Read-only file system", "/x"), "read: Read-only file system.", "see that the file"),
        (OSError("database disk image is malformed"), "image is malformed.", "last good copy"),
    ],
    ids=["no words", "of the system", "malformed"],
)  # fmt: skip
def test_every_error_is_a_sentence_and_a_remedy(error: Exception, sentence: str, remedy: str) -> None:
    with pytest.raises(GradebookError) as refused, refusing(where("g.sqlite"), "read"):
        raise error
    assert refused.value.problem.endswith(sentence)
    assert remedy in refused.value.help


def test_a_fault_of_ours_takes_no_grade_away(book: Gradebook) -> None:
    run = book.begin_run()
    (first, second) = book.keep(run, [entry(score=70.0), entry("grace")])
    (fault, _) = book.keep(run, [ungraded(entry()), entry("grace")])
    standings = book.standings()
    assert (standings["ada", "optimizers"].number, standings["ada", "optimizers"].graded) == (first, True)
    assert standings["grace", "optimizers"].number > second
    assert [event.number for event in book.history("ada") if event.what == "result"] == [first, fault]
    assert set(book.standings(["ada"])) == {("ada", "optimizers")}


def test_a_grade_of_another_file_does_not_stand_in_for_one_that_a_fault_kept_from_being_graded(
    book: Gradebook,
) -> None:
    run = book.begin_run()
    book.keep(run, [entry(content="a")])
    (fault,) = book.keep(run, [ungraded(entry(content="b"))])
    standing = book.standings()["ada", "optimizers"]
    assert (standing.number, standing.graded) == (fault, False)


def test_what_was_judged_again_says_on_what_it_had_run(book: Gradebook) -> None:
    book.keep(book.begin_run(Versions("1.0", "3.11", "1.9")), [entry()])
    book.keep(book.begin_run(Versions("2.0", "3.12", "2.5")), [replace(entry(), origin="rescore")])
    book.keep(book.begin_run(Versions("2.0", "3.12", "2.5")), [entry()])
    book.keep(book.begin_run(Versions("2.0", "3.12", "2.5")), [replace(entry(), origin="rescore")])
    texts = [event.text.split("(")[1] for event in book.history("ada") if event.what == "result"]
    today = "softmark 2.0, numpy 2.5, build bbbbbbbbbbbb"
    assert texts == [
        "softmark 1.0, numpy 1.9, build bbbbbbbbbbbb)",
        f"{today}; run with softmark 1.0, numpy 1.9)",
        f"{today})",
        f"{today})",
    ]


def test_another_course_is_refused_while_the_first_is_there(book: Gradebook, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for course in (first, second):
        (course / "reference").mkdir(parents=True)
    book.refuse_another_course(second)  # nothing was run yet
    book.begin_run(course=first)
    book.begin_run()  # nor does it matter what says nothing
    book.refuse_another_course(first)
    with pytest.raises(GradebookError, match=f"is for the course in '{first}', not '{second}'") as caught:
        book.refuse_another_course(second)
    assert "--gradebook" in caught.value.help
    first.rename(tmp_path / "moved")
    book.refuse_another_course(tmp_path / "moved")


def test_a_course_that_is_copied_takes_its_gradebook_along(tmp_path: Path) -> None:
    for course in ("first", "copy"):
        (tmp_path / course / "reference").mkdir(parents=True)
    with Gradebook(tmp_path / "copy" / "gradebook.sqlite") as book:
        book.begin_run(course=tmp_path / "first")
        book.refuse_another_course(tmp_path / "copy")
        with pytest.raises(GradebookError, match="is for the course in"):
            book.refuse_another_course(tmp_path / "third")


def test_a_gradebook_of_the_first_version_goes_on(place: str) -> None:
    with Gradebook(place) as book:
        book.keep(book.begin_run(), [entry(score=80.0)])
    engine = create_engine(where(place))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE runs DROP COLUMN course"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    with Gradebook(place) as book:
        book.refuse_another_course(Path("/somewhere"))
        book.keep(book.begin_run(course=Path("/somewhere")), [entry("grace")])
        scores = [each.entry.score for each in book.stored([1, 2])]
        assert scores == [80.0, 50.0]
        with pytest.raises(SQLAlchemyError), book._engine.begin() as connection:
            connection.execute(text("UPDATE runs SET course = ''"))
