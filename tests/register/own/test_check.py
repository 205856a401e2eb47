"""The check over the shipped register and over files, with file and line of each fault."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from dragoman.register import Register, default_register
from dragoman.register.own.check import check_files, shipped_faults


def test_the_shipped_register_has_no_faults() -> None:
    assert check_files([]) == ()


def test_a_fault_of_the_shipped_data_is_told_with_its_row() -> None:
    register = default_register()
    content = register.content
    person = content.entries["person:olaf-scholz"]
    terms = tuple(dataclasses.replace(o, valid_to=None) for o in person.offices)
    broken = {**content.entries, person.id: dataclasses.replace(person, offices=terms)}
    made = Register(dataclasses.replace(content, entries=broken), register.roles)
    (fault,) = shipped_faults(made)
    assert fault.file == "leaders.csv"
    assert fault.line > 1
    assert "Olaf Scholz" in fault.problem.what


def test_faults_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("aliases:\n  - {text: Hamas, actor: 'state:PRT'}\n")
    (fault,) = check_files([path])
    assert (fault.file, fault.line, fault.problem.code) == (str(path), 2, "DR112")
