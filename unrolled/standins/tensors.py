"""What stand-ins of torch's assignments share: arrays out of tensors, two things that came back."""

from typing import Any

from unrolled.late import Late
from unrolled.standins import by_name

torch: Any = Late("torch")


def as_array(value: Any) -> Any:
    """A tensor as an array, in a list or tuple too; anything else as it is."""
    if isinstance(value, list | tuple):
        kind = tuple if isinstance(value, tuple) else list
        return kind(as_array(item) for item in value)
    return value.detach().numpy() if isinstance(value, torch.Tensor) else value


def two_by_name(value: Any, names: tuple[str, str]) -> dict[str, Any]:
    """The two things that came back, by name.

    Raises WrongResult if there are not two.
    """
    return by_name(value if isinstance(value, tuple | list) else as_array(value), names)
