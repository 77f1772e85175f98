"""nbgrader's settings: stock ``nbgrader ...`` commands work from this folder."""

import os
import sys
from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ComputeChecksums,
    DeduplicateIds,
    GetGrades,
    LimitOutput,
    LockCells,
    OverwriteCells,
    OverwriteKernelspec,
    SaveCells,
)
from nbgrader.server_extensions.formgrader.handlers import template_path as formgrader_templates

from autograder.authoring.stubs import NamedStubs
from autograder.gradebook.hooks import Judge, RepairingExporter, SaveVerdicts
from autograder.gradebook.pages import DefuseMarkup, FeedbackExporter, LinkMathJax
from autograder.grading.beside import guard
from autograder.grading.handins import usual_to_real
from autograder.paths import EXERCISES, GRADEBOOK, ROOT

c = get_config()  # noqa: F821  given by nbgrader
# nbgrader calls alembic by name, also where the environment is not activated
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

c.CourseDirectory.root = str(ROOT)
c.CourseDirectory.source_directory = str(GRADEBOOK / "source")
c.CourseDirectory.release_directory = str(EXERCISES)
c.CourseDirectory.submitted_directory = str(GRADEBOOK / "submitted")
c.CourseDirectory.autograded_directory = str(GRADEBOOK / "autograded")
c.CourseDirectory.feedback_directory = str(GRADEBOOK / "feedback")
c.CourseDirectory.db_url = f"sqlite:///{GRADEBOOK}/gradebook.db"
# The notebook alone counts. No other file of a submission is copied, followed or run.
c.CourseDirectory.ignore = ["*"]
guard(usual_to_real)  # nor is one opened, or walked through

c.GenerateAssignment.preprocessors = [
    LockCells,
    NamedStubs,  # before the checksums: they must be those of the stubs that students get
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
    SaveCells,
    ClearHiddenTests,
    ClearMarkScheme,
    ComputeChecksums,
    CheckCellMetadata,
]

c.Autograde.exporter_class = RepairingExporter
c.Autograde.sanitize_preprocessors = [
    ClearOutput,
    DeduplicateIds,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
c.Autograde.autograde_preprocessors = [
    Judge,  # runs the notebook in the sandbox and asks the oracle
    LimitOutput,
    SaveVerdicts,  # the score is the oracle's, whatever the cells printed
    AssignLatePenalties,
    DefuseMarkup,  # after the scores: it changes written answers that hold markup
    CheckCellMetadata,
]

c.GenerateFeedback.preprocessors = [GetGrades, CSSHTMLHeaderPreprocessor, LinkMathJax]
c.GenerateFeedback.exporter_class = FeedbackExporter
c.FeedbackExporter.template_name = "unrolled"
c.FeedbackExporter.template_file = "page.html.j2"
c.FeedbackExporter.extra_template_basedirs = [str(ROOT / "autograder" / "reports" / "templates"), formgrader_templates]
