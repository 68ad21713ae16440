"""What `convert` wrote, as text: a line for each source, where it is, and that it is confidential."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from xicen_kpi.words.convert import convert_word as word
from xicen_kpi.words.labels import label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xicen_kpi.plan.source import Source
    from xicen_kpi.read.convert import Converted
    from xicen_kpi.words.labels import Lang


def conversion_text(files: Sequence[Converted], sources: Mapping[str, Source], folder: str, lang: Lang) -> str:
    """The whole account.

    Args:
        files: What was written.
        sources: The plan's sources.
        folder: Where it is, as the user named it.
        lang: Language of the account.
    """
    lines = [_source(source_id, source, files, lang) for source_id, source in sources.items()]
    size = f"{sum(one.size for one in files) / 1e6:.1f}"
    lines += [word("written", lang, folder=folder, size=size), word("confidential", lang)]
    return "\n".join(lines) + "\n"


def _source(source_id: str, source: Source, files: Sequence[Converted], lang: Lang) -> str:
    own = [one for one in files if one.source_id == source_id]
    title = source.title.zh if lang == "zh" else source.title.en
    if not own:
        return word("nothing", lang, source=source_id, title=title)
    trails = [trail for one in own for trail in one.trails]
    read, used = sum(trail.rows_read for trail in trails), sum(trail.rows_used for trail in trails)
    line = word("source", lang, source=source_id, title=title, files=len(own), read=read, used=used)
    aside = sum((trail.set_aside for trail in trails), Counter[str]())
    tie = "、" if lang == "zh" else ", "
    reasons = tie.join(f"{label(f'aside.{why}', lang)} {count}" for why, count in sorted(aside.items()))
    return line + (word("aside", lang, aside=reasons) if reasons else "")
