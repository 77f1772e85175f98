"""What stand-ins of torch's assignments share: arrays out of tensors, two things that came back."""

from typing import Any

from unrolled.compare import describe
from unrolled.late import Late

torch: Any = Late("torch")


def as_array(value: Any) -> Any:
    """A tensor as an array, in a list or tuple too; anything else as it is."""
    if type(value) in (list, tuple):
        return type(value)(as_array(item) for item in value)
    return value.detach().numpy() if isinstance(value, torch.Tensor) else value


def two_by_name(value: Any, names: tuple[str, str]) -> dict[str, Any]:
    """The two things that came back, by name.

    Raises ValueError if there are not two.
    """
    if not isinstance(value, tuple | list) or len(value) != len(names):
        raise ValueError(f"what came back is {describe(as_array(value))}; expected two values, {' and '.join(names)}")
    return dict(zip(names, value, strict=True))
