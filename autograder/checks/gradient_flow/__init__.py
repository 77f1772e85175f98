"""Checks of the assignment ``gradient_flow``: Jacobians, their products, spectral radius, clipping, identity."""

from autograder.checks.gradient_flow.clip_by_global_norm import CLIP_BY_GLOBAL_NORM
from autograder.checks.gradient_flow.gradient_norms import GRADIENT_NORMS
from autograder.checks.gradient_flow.identity_recurrence import IDENTITY_RECURRENCE
from autograder.checks.gradient_flow.jacobian_product import JACOBIAN_PRODUCT
from autograder.checks.gradient_flow.spectral_radius import SPECTRAL_RADIUS
from autograder.checks.gradient_flow.step_jacobian import STEP_JACOBIAN
from autograder.checks.spec import Assignment

ASSIGNMENT = Assignment(
    "gradient_flow",
    [STEP_JACOBIAN, JACOBIAN_PRODUCT, GRADIENT_NORMS, SPECTRAL_RADIUS, CLIP_BY_GLOBAL_NORM, IDENTITY_RECURRENCE],
)
