"""Pictures that students paste into their texts: raster pictures of a bounded size, by names of ours.

Jupyter puts them into the cell as attachments, Colab writes them out in the text. Here both become attachments
whose name holds a hash of the content, so that a changed picture is a changed source.
"""

import base64
import hashlib
import re
from typing import Any
from urllib.parse import unquote

MAX_PICTURE = 3_000_000  # bytes of one
MAX_PICTURES = 9_000_000  # of all in a notebook
KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF87a": "gif", b"GIF89a": "gif"}  # by how they begin
PICTURE = re.compile(r"!\[picture\]\(attachment:(?P<name>picture-[0-9a-f]{12}\.(?:png|jpeg|gif))\)")
WRITTEN_OUT = re.compile(r"data:image/[a-z+.-]{1,20};base64,([A-Za-z0-9+/=]+)")
SHOWN = re.compile(
    r"!\[[^\]\n]{0,300}\]\(\s*<?attachment:(?P<name>[^)\s\"'<>]{1,300})>?(?:\s+\"[^\"\n]{0,300}\")?\s*\)"
    r"|<img\s[^<>\n]{0,300}?src\s*=\s*[\"']attachment:(?P<of_tag>[^\"'<>]{1,300})[\"'][^<>\n]{0,300}>"
)
WRITTEN = "-of-the-text"  # behind the number of a picture that was written out
LEFT_OUT = "[a picture that is left out]"
Attachments = dict[str, dict[str, str]]


class Album:
    """The pictures of one notebook, as long as there is room.

    remarks: what was left out, in words
    """

    def __init__(self) -> None:
        self.remarks: list[str] = []
        self._room = MAX_PICTURES

    def collect(self, text: str, attached: Any, length: int) -> tuple[str, Attachments]:
        """The text, of ``length`` characters at most, with every picture under a name of ours; the pictures by these names.

        attached: the cell's attachments, as they were handed in
        """
        found: Attachments = {}
        written_out: list[str] = []

        def named(match: re.Match[str]) -> str:
            written_out.append(match[1])
            return f"attachment:{len(written_out)}{WRITTEN}"

        def renamed(match: re.Match[str]) -> str:
            name = match["name"] or match["of_tag"]
            number = name.removesuffix(WRITTEN)
            of_text = name.endswith(WRITTEN) and number.isdecimal() and 0 < int(number[:6]) <= len(written_out)
            picture = self._picture(written_out[int(number[:6]) - 1] if of_text else _attachment(attached, name))
            found.update(picture)
            return f"![picture](attachment:{next(iter(picture))})" if picture else LEFT_OUT

        return SHOWN.sub(renamed, WRITTEN_OUT.sub(named, text)[:length]), found

    def _picture(self, data: str | None) -> Attachments:
        """The one picture in ``data`` by its name; nothing if it is none, or too large."""
        content = _decoded(data)
        kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), None)
        if kind is None:
            self.remarks.append("A picture in a text is left out: it is not there, or it is not PNG, JPEG or GIF.")
            return {}
        if len(content) > min(MAX_PICTURE, self._room):
            self.remarks.append(
                f"A picture in a text is left out: one may have {MAX_PICTURE // 10**6} MB, all {MAX_PICTURES // 10**6} MB."
            )
            return {}
        self._room -= len(content)
        name = f"picture-{hashlib.sha256(content).hexdigest()[:12]}.{kind}"
        return {name: {f"image/{kind}": base64.b64encode(content).decode()}}


def _attachment(attached: Any, name: str) -> str | None:
    """What is attached under a name, written as it stands in an address."""
    for known in (name, unquote(name)):
        kinds = attached.get(known) if isinstance(attached, dict) else None
        for data in kinds.values() if isinstance(kinds, dict) else ():
            text = "".join(part for part in data if isinstance(part, str)) if isinstance(data, list) else data
            if isinstance(text, str):
                return text
    return None


def _decoded(data: str | None) -> bytes:
    try:
        return base64.b64decode("".join((data or "").split()), validate=True)
    except ValueError:
        return b""
