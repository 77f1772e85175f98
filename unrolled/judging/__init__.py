"""From observations to a verdict and its report; the prepared examples that ship with the package."""
